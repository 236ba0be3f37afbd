"""Who was told an agreed answer: the list, what it opens, and its export with a purpose on record."""

from __future__ import annotations

import csv
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from qiantai_tui.dialogs.told_export import ToldExportForm
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.told import ToldScreen
from qiantai_tui.text.words import Language
from tests.tui.agreed_answers import LANGUAGES, SIZES, foreign, on
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.untranslated import untranslated

TEXT = "您好,东门和西门现在都有充电棚。回电13800001234"


def answered(desk: Driver, household: str, *, kind: str = "challenge", satisfied: bool = True, **said: Any) -> str:
    """Somebody asks about charging and is answered by the agreed answer; the number."""
    number = desk.receive(kind=kind, household=household, summary="充电怎么收费", topic="ev-charging", **said)
    desk.give(number, "answer", "li", text=TEXT, script="ev-charging", satisfied=satisfied)
    return number


async def told(desk: Driver) -> ToldScreen:
    """The list for the version in force."""
    await on(desk, "ev-charging", 2)
    await desk.press("f6")
    assert isinstance(desk.app.screen, ToldScreen)
    return desk.app.screen


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_list(size: tuple[int, int], language: Language, picture: Callable[[str, App[Any]], None]) -> None:
    async with at_the_desk("lin", size=size, language=language) as desk:
        answered(desk, "1-2-301")
        await desk.go(minutes=5)
        answered(desk, "2-1-101", satisfied=False)
        await told(desk)
        assert [each for each in foreign(desk, language) if each not in f"{TEXT}袁王"] == []
        assert "13800001234" not in desk.screen
        picture(f"told_{size[0]}_{language}", desk.app)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_nobody_was_told_it_says_so(language: Language) -> None:
    async with at_the_desk("lin", size=(80, 24), language=language) as desk:
        await told(desk)
        assert "F6" in desk.screen
        await desk.press("f6")
        assert "Esc" in desk.screen
        assert untranslated(desk.screen, language, data=("阳光花园", "林晓", "充电桩")) == []
        await desk.press("f10")
        assert isinstance(desk.app.screen, ToldScreen), "there is nothing to export"


async def test_enter_opens_the_case_and_the_other_versions_are_a_key_away() -> None:
    async with at_the_desk("lin") as desk:
        desk.clock.at = desk.clock.at.replace(year=2026, month=8, day=3)
        first = answered(desk, "1-2-301")
        desk.clock.at = desk.clock.at.replace(month=11, day=23)
        second = answered(desk, "2-1-101")
        screen = await told(desk)
        assert [(each.number, each.version) for each in screen.shown] == [(second, 2)]
        await desk.press("f6")
        assert [(each.number, each.version) for each in screen.shown] == [(second, 2), (first, 1)]
        assert "各版告知过 2 次 · 2 户" in desk.screen
        await desk.press("enter")
        assert isinstance(desk.app.screen, CaseScreen)
        assert desk.app.screen.number == second


async def test_what_was_taken_back_was_not_told() -> None:
    async with at_the_desk("lin") as desk:
        number = answered(desk, "1-2-301", satisfied=False)
        screen = await told(desk)
        assert [each.number for each in screen.shown] == [number]
        desk.give(number, "undo", "li")
        await desk.pilot.pause()
        assert screen.shown == ()


async def test_an_enquiry_told_word_for_word_by_the_form_is_in_the_list() -> None:
    async with at_the_desk("li") as desk:
        number = desk.receive(kind="enquiry", household="1-2-301", summary="充电", topic="ev-charging")
        desk.app.screen.give(number, "answer")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        desk.app.screen.row("satisfied").load("yes")  # type: ignore[attr-defined]
        await desk.press("f10")
        screen = await told(desk)
        assert [(each.number, each.kind) for each in screen.shown] == [(number, "enquiry")]


async def test_the_export_is_masked_private_and_on_record_with_its_purpose(tmp_path: Path, handed: list[Path]) -> None:
    async with at_the_desk("lin", folder=tmp_path) as desk:
        answered(desk, "1-2-301", name="=cmd", phone="13800001234")
        await told(desk)
        await desk.press("f10")
        assert isinstance(desk.app.screen, ToldExportForm)
        await desk.press("enter")
        assert list(tmp_path.rglob("*.csv")) == [], "not without a purpose"
        await desk.type("停用后逐户回访")
        await desk.press("enter")
        [file] = tmp_path.rglob("*.csv")
        assert handed == [file]
        text = file.read_text(encoding="utf-8-sig")
        head, row = csv.reader(text.splitlines())
        assert (head[0], head[-1], row[6]) == ("单号", "再告知", "2")
        assert "138****1234" in row
        assert "13800001234" not in text
        assert not any(cell.startswith("=") for cell in row)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        looks = desk.app.desk.store.looks()
        assert [(each.by, each.what, each.which, each.why) for each in looks] == [
            ("lin", "export", "told ev-charging v2 1", "停用后逐户回访")
        ]


async def test_who_sees_no_cases_sees_no_list() -> None:
    async with at_the_desk("sun") as desk:
        answered(desk, "1-2-301")
        screen = await told(desk)
        assert screen.shown == ()
        assert "M-3.4c" in desk.screen
