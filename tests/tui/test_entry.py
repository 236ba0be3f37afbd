"""The field: pasting, full-width digits, refusals that are told, undo, drafts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hypothesis import given
from textual.app import ComposeResult
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Checkbox, Select, TextArea

from qiantai.words import Bilingual
from qiantai_tui.actions import Action, bound
from qiantai_tui.program.base import BaseApp
from qiantai_tui.widgets.choice import Choice
from qiantai_tui.widgets.drafts import drafts, put_back
from qiantai_tui.widgets.entry import Entry, half_width, one_line
from tests.tui.hostile import hostile


class Form(BaseApp):
    ACTIONS = (Action("undo_last", Bilingual("撤销", "Undo"), "ctrl+z"),)
    BINDINGS = bound(ACTIONS)

    def __init__(self, now: datetime, reports: Path) -> None:
        super().__init__(clock=lambda: now, reports=reports)
        self.undone = 0
        self.refused: list[str] = []

    def compose(self) -> ComposeResult:
        yield Entry(id="words", draft="summary")
        yield Entry(id="phone", halfwidth=True, most=20, draft="phone")
        yield Choice([("来访", "visit"), ("来电", "phone")], draft="channel")
        area = TextArea(id="long")
        area.draft = "demand"  # type: ignore[attr-defined]
        yield area
        box = Checkbox("紧急")
        box.draft = "emergency"  # type: ignore[attr-defined]
        yield box

    def action_undo_last(self) -> None:
        self.undone += 1

    def on_entry_refused(self, event: Entry.Refused) -> None:
        self.refused.append(event.text)


async def paste(pilot: Pilot[int], selector: str, text: str) -> Entry:
    entry = pilot.app.query_one(selector, Entry)
    entry.focus()
    await pilot.pause()
    entry.post_message(Paste(text))
    await pilot.pause()
    return entry


async def test_pasted_lines_are_joined(noon: datetime, tmp_path: Path) -> None:
    async with Form(noon, tmp_path).run_test() as pilot:
        entry = await paste(pilot, "#words", "1-2-301\r\n  漏水\n\n很急")
        assert entry.value == "1-2-301 漏水 很急"
        await pilot.press("home")
        await paste(pilot, "#words", "[/]\n")
        assert entry.value == "[/]1-2-301 漏水 很急"
        pilot.app.copy_to_clipboard("一\n二")
        await pilot.press("end", "ctrl+v")
        assert entry.value == "[/]1-2-301 漏水 很急一 二"


async def test_a_phone_number_comes_in_however_it_is_written(noon: datetime, tmp_path: Path) -> None:
    async with Form(noon, tmp_path).run_test() as pilot:
        assert (await paste(pilot, "#phone", "138 0013 8000")).value == "138 0013 8000"
        pilot.app.query_one("#phone", Entry).load("")
        assert (await paste(pilot, "#phone", "\u202d１３８００１３８０００\u202c\n")).value == "13800138000"
        await pilot.press("１")
        assert pilot.app.query_one("#phone", Entry).value == "138001380001"


async def test_what_does_not_fit_is_told_and_changes_nothing(noon: datetime, tmp_path: Path) -> None:
    app = Form(noon, tmp_path)
    async with app.run_test(notifications=True) as pilot:
        await paste(pilot, "#phone", "1" * 20)
        entry = await paste(pilot, "#phone", "22")
        assert entry.value == "1" * 20
        assert app.refused == ["22"]
        assert [note.message for note in app._notifications] == ["最多 20 个字,这次的 2 个字没有放入"]
        await pilot.press("backspace")
        assert entry.value == "1" * 19


async def test_undo_takes_back_a_stretch_then_a_paste(noon: datetime, tmp_path: Path) -> None:
    app = Form(noon, tmp_path)
    async with app.run_test() as pilot:
        entry = await paste(pilot, "#words", "漏水")
        await pilot.press("3", "0", "1")
        await pilot.press("ctrl+u")
        assert entry.value == ""
        shown = []
        for _ in range(3):
            await pilot.press("ctrl+z")
            shown.append(entry.value)
        assert shown == ["漏水301", "漏水", ""]
        await pilot.press("ctrl+z")
        assert app.undone == 0
        await pilot.press("ctrl+y", "ctrl+y")
        assert entry.value == "漏水301"


async def test_undo_in_an_untouched_field_is_the_screens(noon: datetime, tmp_path: Path) -> None:
    app = Form(noon, tmp_path)
    async with app.run_test() as pilot:
        entry = app.query_one("#words", Entry)
        entry.load("旧草稿")
        entry.focus()
        await pilot.press("ctrl+z")
        assert app.undone == 1
        assert entry.value == "旧草稿"


async def test_focus_selects_nothing(noon: datetime, tmp_path: Path) -> None:
    app = Form(noon, tmp_path)
    async with app.run_test() as pilot:
        app.query_one("#words", Entry).load("写了一半")
        app.query_one("#words").focus()
        await pilot.press("水")
        assert app.query_one("#words", Entry).value == "写了一半水"


async def test_drafts_come_back(noon: datetime, tmp_path: Path) -> None:
    app = Form(noon, tmp_path)
    kept = {"summary": "[/]漏水", "phone": "138", "channel": "phone", "demand": "一\n二", "emergency": "1"}
    async with app.run_test() as pilot:
        assert drafts(app.screen) == {}
        assert put_back(app.screen, kept | {"gone": "x"}) == {"gone"}
        await pilot.pause()
        assert drafts(app.screen) == kept
        assert app.query_one(Select).value == "phone"
        assert put_back(app.screen, {"channel": "telex"}) == {"channel"}


def test_only_digits_letters_and_the_signs_of_rooms_are_made_half_width() -> None:
    assert half_width("１栋２单元３０１，Ａ座：ｂ　１－２＃") == "1栋2单元301，A座：b 1-2#"


@given(hostile)
def test_one_line_is_one_line_and_settles(text: str) -> None:
    joined = one_line(text)
    assert len(joined.splitlines()) <= 1
    assert one_line(joined) == joined
