"""A trainer writes checks, agreed answers and incidents by their forms, and moves rows; each is one edit."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.widgets.field_rows import FieldRow
from qiantai_tui.widgets.line_table import LineTable
from qiantai_tui.writing import screen
from qiantai_tui.writing.form import RowForm
from tests.tui.writing_driver import Trainer, leak, writing

CHECK = """
[[check]]  # half way
at = 2026-11-23T09:05:00
case = "A"
state = "dispatched"
[check.duty.arrive]
status = "open"
"""


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks it as soon as it is written."""
    monkeypatch.setattr(screen, "_LOOK_AFTER", 0.01)


def checked_too(folder: Path) -> Path:
    """A rehearsal with a check."""
    file = leak(folder)
    file.write_text(file.read_text(encoding="utf-8") + CHECK, encoding="utf-8")
    return file


async def fill(trainer: Trainer, **texts: str) -> None:
    """Fills lines of the form and sends it off."""
    for name, text in texts.items():
        form = trainer.app.screen
        assert isinstance(form, RowForm)
        line = form.row(name)
        assert isinstance(line, FieldRow), name
        line.load(text)
    await trainer.pilot.pause()
    await trainer.press("f10")
    await trainer.looked()


async def add(trainer: Trainer, words: str) -> None:
    """Chooses the sort of row that is called so."""
    await trainer.press("a")
    dialog = trainer.app.screen
    assert isinstance(dialog, ChooseDialog)
    place = next(n for n, each in enumerate(dialog._items) if words in " ".join(each.cells))
    await trainer.press(*["down"] * place, "enter")


def last(trainer: Trainer, table: str) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(trainer.text)[table][-1]
    return found


async def test_a_check_and_what_it_holds_are_rows_with_forms(tmp_path: Path) -> None:
    async with writing(checked_too(tmp_path)) as trainer:
        assert "查验 A:状态 已派" in trainer.screen
        await trainer.on("check:1")
        await trainer.press("enter")
        assert "已到场" in trainer.screen, "the states of the case's kind"
        await fill(trainer, open="finish call_back", handler="engineering", filed="-")
        found = last(trainer, "check")
        assert (found["open"], found["handler"], found["filed"]) == (["finish", "call_back"], "engineering", [])
        assert "check" in trainer.told, "what does not come out so is named with its line"
        assert "改成演下来的,或改前面的步骤" in trainer.told
        await trainer.on("check:1:duty:arrive")
        await trainer.press("enter")
        await fill(trainer, status="met", due="9:10", clause="M-3.3a")
        duty = last(trainer, "check")["duty"]["arrive"]
        assert (duty["status"], f"{duty['due']:%H:%M}", duty["clause"]) == ("met", "09:10", "M-3.3a")
        assert "[check.duty.arrive]" in trainer.text, "it stays as it is written"
        await trainer.press("ctrl+z", "ctrl+z")
        await trainer.looked()
        assert trainer.text == trainer.saved
        await trainer.on("check:1:duty:arrive")
        await trainer.press("delete")
        assert "duty" not in last(trainer, "check")


async def test_checks_are_added_with_what_the_model_comes_to(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        await add(trainer, "一次查验")
        await trainer.press("f10")
        await trainer.looked()
        assert last(trainer, "check") == {"case": "A", "state": "on_site"}
        assert "都好了" in trainer.screen
        await add(trainer, "谁能办什么")
        await fill(trainer, name="li", commands="note join")
        await add(trainer, "一项时限")
        await fill(trainer, name="arrive", status="met")
        found = last(trainer, "check")
        assert (found["may"], found["duty"]) == ({"li": ["note", "join"]}, {"arrive": {"status": "met"}})
        assert "查验 A:李静 能办 备注、" in trainer.screen
        assert "都好了" in trainer.screen
        await trainer.on("check:1:may:li")
        await trainer.press("enter")
        await fill(trainer, name="sun", group="may_not", commands="dispatch")
        found = last(trainer, "check")
        assert ("may" in found, found["may_not"]) == (False, {"sun": ["dispatch"]})
        await trainer.press("f6")
        await trainer.press("f2", *["down"] * 11, "enter")
        await trainer.looked()
        assert last(trainer, "check")["may"] == {"li": ["note"]}, "in the text a sample is put in"


async def test_an_agreed_answer_is_added_and_changed(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        await add(trainer, "一条统一口径")
        await fill(trainer, topic="parking-fee", text="每月 300 元", approved_by="sun", until="2026-12-31")
        found = last(trainer, "script")
        assert (found["topic"], found["text"], found["approved_by"]) == ("parking-fee", "每月 300 元", "sun")
        assert (found["from"], found["until"]) == (date(2026, 1, 1), date(2026, 12, 31))
        assert "统一口径 parking-fee:每月 300 元" in trainer.screen
        await trainer.on("script:1")
        await trainer.press("enter")
        await fill(trainer, sensitive="yes", spokesperson="li")
        found = last(trainer, "script")
        assert (found["sensitive"], found["spokesperson"]) == (True, "li")
        await trainer.on("step:1")
        await trainer.press("enter")
        await fill(trainer, topic="parking-fee")
        assert tomllib.loads(trainer.text)["step"][0]["topic"] == "parking-fee"


async def test_incidents_links_and_merges_name_the_cases_of_the_file(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        await add(trainer, "有人来电")
        await fill(trainer, says="我家也漏", summary="厨房漏水", at="9:09")
        await add(trainer, "突发事件")
        await fill(trainer, at="9:10", summary="总管爆裂", place="1栋", cases="A")
        opened = last(trainer, "step")
        assert (opened["do"], opened["case"], opened["cases"]) == ("incident", "C", ["A"])
        await add(trainer, "学员该做的一步")
        await fill(trainer, at="9:11", case="B")
        await trainer.type("关联")
        await trainer.press("enter")
        assert isinstance(trainer.app.screen, RowForm)
        await fill(trainer, incident="C")
        assert (last(trainer, "step")["do"], last(trainer, "step")["incident"]) == ("link", "C")
        await trainer.on("step:5")
        await trainer.press("enter")
        await fill(trainer, cases="A B")
        assert next(each for each in tomllib.loads(trainer.text)["step"] if each["do"] == "incident")["cases"] == [
            "A",
            "B",
        ]


async def test_rows_are_moved_and_the_cursor_goes_with_them(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        await trainer.on("step:3")
        await trainer.press("shift+up")
        await trainer.looked()
        steps = tomllib.loads(trainer.text)["step"]
        assert [(each["do"], f"{each['at']:%H:%M}") for each in steps] == [
            ("receive", "09:00"), ("arrive", "09:02"), ("dispatch", "09:08"),
        ]  # fmt: skip
        assert trainer.writing.query_one(LineTable).key == "step:2"
        assert "“到场”办不成" in trainer.told
        await trainer.press("d")
        await trainer.looked()
        assert trainer.text == trainer.saved, "down again it is as it was"
        await trainer.on(":0")
        await trainer.press("shift+down")
        assert "不能再往那边挪" in trainer.screen
        await trainer.on("staff:2")
        await trainer.press("u", "ctrl+z")
        assert trainer.text == trainer.saved


async def test_a_step_says_by_which_clause_it_has_to_be_refused_and_by_whom_it_is(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        await trainer.on("step:3")
        await trainer.press("enter")
        await fill(trainer, refused="M-3.3a", by="li")
        step = last(trainer, "step")
        assert (step["refused"], step["by"]) == ("M-3.3a", "li")
        assert "必须被 M-3.3a 拒绝" in trainer.screen
