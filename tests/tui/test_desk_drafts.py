"""What is half written at the desk outlives the program, however it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qiantai import MemoryStore
from qiantai_tui.dialogs import form as forms
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.sites.draft_book import DraftBook
from qiantai_tui.widgets import quick_intake
from qiantai_tui.widgets.field_rows import FieldRow
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.killed_desk import FORMS, opened


async def step(desk: Driver, number: str, command: str) -> StepForm:
    """The form of a command on a case, with what was left unfinished of it."""
    desk.app.screen.stand_on(number)  # type: ignore[attr-defined]
    desk.app.screen.action_step(command)  # type: ignore[attr-defined]
    await desk.press()
    assert isinstance(desk.app.screen, StepForm)
    await desk.press()
    return desk.app.screen


def row(form: StepForm, name: str) -> FieldRow:
    found = form.row(name)
    assert found is not None, name
    return found


async def test_the_line_and_the_form_are_there_after_the_program_was_killed(tmp_path: Path) -> None:
    store = MemoryStore()
    async with at_the_desk(folder=tmp_path, store=store) as desk:
        await desk.press("f2")
        await desk.type("5-1-101 投诉太吵")
        await desk.go(seconds=1)
        await desk.press("enter")
        form = desk.app.screen
        form.row("demand").focus_field()  # type: ignore[attr-defined]
        await desk.type("十点以后停工")
        form.keep()  # type: ignore[attr-defined]
    assert (tmp_path / "drafts.json").stat().st_mode & 0o077 == 0
    async with at_the_desk(folder=tmp_path, store=store) as desk:
        assert "5-1-101 投诉太吵" in desk.screen
        await desk.press("f2", "enter")
        assert "十点以后停工" in desk.screen
        await desk.press("enter", "enter")
        assert "已受理" in desk.screen
        await desk.go(seconds=1)
    assert json.loads((tmp_path / "drafts.json").read_text(encoding="utf-8")) == {}


async def test_a_correction_goes_on_with_the_words_that_were_left() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        form = await step(desk, number, "correct")
        row(form, "field").load("summary")
        await desk.press()
        assert row(form, "value").text() == "灯不亮", "what is known, to be gone on from"
        row(form, "value").load("走廊灯不亮")
        await desk.press("escape")
        form = await step(desk, number, "correct")
        assert row(form, "value").text() == "走廊灯不亮"
        row(form, "field").load("place")
        await desk.press()
        assert row(form, "value").text() == "", "another fact, of which nothing was left"


async def test_what_was_chosen_and_can_be_chosen_no_more_is_not_put_back() -> None:
    async with at_the_desk() as desk:
        older, other, number = (
            desk.receive(kind="repair", household=each, summary="灯不亮") for each in ("1-2-301", "1-2-302", "5-1-101")
        )
        form = await step(desk, number, "merge")
        row(form, "into").load(older)
        await desk.press("escape")
        assert row(await step(desk, number, "merge"), "into").text() == older
        await desk.press("escape")
        desk.give(older, "withdraw", "li", reason="好了")
        form = await step(desk, number, "merge")
        assert row(form, "into").text() == ""
        row(form, "into").load(other)
        await desk.press("f10")
        assert desk.app.desk.case(number).state == "closed"


def test_a_file_that_is_no_draft_book_is_begun_anew(tmp_path: Path) -> None:
    for text in ("", "[1]", '{"a": 1}', '{"a": {"b": 2}}', "\x00"):
        (tmp_path / "drafts.json").write_text(text, encoding="utf-8")
        book = DraftBook(tmp_path / "drafts.json")
        assert dict(book.get("a")) == {}
        book.keep("a", {"b": "文字"})
        assert dict(DraftBook(tmp_path / "drafts.json").get("a")) == {"b": "文字"}


def test_a_disk_that_takes_nothing_leaves_the_drafts_in_memory(tmp_path: Path) -> None:
    book = DraftBook(tmp_path / "none" / "drafts.json")
    book.keep("a", {"b": "文字"})
    assert dict(book.get("a")) == {"b": "文字"}


def test_each_desk_that_shares_a_folder_has_drafts_of_its_own(tmp_path: Path) -> None:
    one, other = (DraftBook.of_one_of_several(tmp_path) for _ in range(2))
    one.keep("quick", {"line": "1-2-301 漏水"})
    other.keep("quick", {"line": "5-1-101 太吵"})
    assert other.get("quick") == {"line": "5-1-101 太吵"}
    one.let_go()
    again = DraftBook.of_one_of_several(tmp_path)
    assert again.get("quick") == {"line": "1-2-301 漏水"}
    assert {each.name for each in tmp_path.glob("drafts*.json")} == {"drafts.json", "drafts-2.json"}
    for each in (again, other):
        each.let_go()


@pytest.mark.parametrize("name", ["line", "receive"])
async def test_what_was_written_in_the_last_moment_is_kept_too(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (forms, quick_intake):
        monkeypatch.setattr(module, "KEEP_AFTER", 3600)
    async with at_the_desk(folder=tmp_path) as desk:
        await opened(desk, name)
        await desk.type("漏水了")
        await desk.press("ctrl+q")
    (kept,) = (texts for texts in DraftBook(tmp_path / "drafts.json")._kept.values() if FORMS[name].field in texts)
    assert kept[FORMS[name].field] == "漏水了"
