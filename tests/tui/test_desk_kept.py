"""What the desk says it has done is on disk by then; what it could not keep it says, and asks again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from qiantai.plugins import open_store
from qiantai.words import Bilingual
from qiantai_tui.actions.everything import all_actions
from qiantai_tui.actions.keymap import reserved, sendable
from qiantai_tui.app import DeskApp
from tests.tui.desk_driver import Clock, at_the_desk, desk_in_memory, site_of


def _written(folder: Path) -> str:
    return "".join(
        each.read_text(encoding="utf-8", errors="replace")
        for each in folder.rglob("*")
        if each.is_file() and each.name != "drafts.json"
    )


async def test_it_is_on_disk_before_the_screen_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store("tinydb", tmp_path)
    said: list[tuple[str, bool]] = []
    tell = DeskApp.notify

    def notify(app: DeskApp, message: str | Bilingual, **given: Any) -> None:
        said.append((str(message), "灯不亮" in _written(tmp_path)))
        tell(app, message, **given)

    monkeypatch.setattr(DeskApp, "notify", notify)
    try:
        async with at_the_desk(store=store) as desk:
            await desk.press("f2")
            await desk.type("1-2-301 灯不亮")
            assert "灯不亮" not in _written(tmp_path)
            await desk.press("enter", "enter")
    finally:
        store.close()
    assert said
    assert all(on_disk for _, on_disk in said), said


async def test_the_only_one_of_the_staff_is_not_asked_who_they_are(tmp_path: Path) -> None:
    clock = Clock()
    desk = desk_in_memory(clock)
    alone = desk.with_handbook(evolve(desk.handbook, people={"li": desk.handbook.people["li"]}))
    app = DeskApp(site_of(alone), clock=clock, reports=tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert app.person is not None
        assert app.person.id == "li"
        assert len(app.screen_stack) == 1


async def test_drafts_of_closed_cases_are_forgotten_at_the_start(tmp_path: Path) -> None:
    clock = Clock()
    desk = desk_in_memory(clock)
    taken = desk.receive("li", kind="repair", channel="phone", summary="灯不亮", household="1-2-301")
    number = taken.case.number  # type: ignore[union-attr]
    desk.do(number, "withdraw", "li", reason="好了")
    app = DeskApp(site_of(desk, tmp_path), clock=clock, reports=tmp_path)
    app.drafts.keep(f"{number}:note", {"text": "没写完"})
    app.drafts.keep("receive:1-2-301", {"summary": "漏水"})
    async with app.run_test(size=(120, 36)):
        assert app.drafts.names() == ("receive:1-2-301",)


IN_A_FIELD_FIRST = ("ctrl+z", "ctrl+y", "ctrl+e")
"""Undo and redo of typing go before the step that is taken back, and before the dossier; the end of a line goes before
the export of a screen that has no field."""


def test_every_action_has_one_name_and_no_key_that_typing_needs() -> None:
    actions = all_actions()
    assert {"take_in", "next_step", "send_on", "call_back", "undo", "reveal", "emergency", "staff", "jump"} <= {
        each.id for each in actions
    }
    for each in actions:
        keys = {key.strip() for key in each.key.split(",")} - {"", *IN_A_FIELD_FIRST}
        assert each.label.zh, each.id
        assert each.label.en, each.id
        assert not any(key.startswith("ctrl+") and reserved(key) for key in keys), each.id
        assert all(sendable(key) for key in keys), each.id
