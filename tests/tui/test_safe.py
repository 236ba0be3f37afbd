"""Residents' words on every kind of widget: nothing raises, nothing is read as markup, no row is shifted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import example, given
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.events import Paste
from textual.widgets import Button, DataTable, Label, OptionList, Static, Tree

from qiantai.words import Bilingual
from qiantai_tui.program.base import BaseApp
from qiantai_tui.text.safe import _NOT_PLAIN, clean, crop, entitle, explain, fit, option, safe, safe_text
from qiantai_tui.widgets.choice import Choice
from qiantai_tui.widgets.entry import Entry
from qiantai_tui.widgets.line_table import LineTable
from qiantai_tui.widgets.notes import Notes
from qiantai_tui.widgets.reading import Reading
from qiantai_tui.widgets.rows import Column, Row, fixed
from tests.tui.hostile import SEEN, a_few, hostile
from tests.tui.screens_text import screen_lines

COLUMNS = (Column(Bilingual("事项", "Matter"), 8, flex=1), Column(Bilingual("剩余", "Left"), 9, align="right"))


class Everywhere(BaseApp):
    """One text in every place a text can be."""

    AUTO_FOCUS = ""

    CSS = """
    #grid { layout: grid; grid-size: 2; }
    .one { height: 3; border: round $primary; }
    """

    def __init__(self, text: str, now: datetime, reports: Path) -> None:
        super().__init__(clock=lambda: now, reports=reports)
        self.text = text

    def compose(self) -> ComposeResult:
        text = self.text
        yield Static(safe(text), classes="one", id="static")
        yield Label(safe(text, lines=True))
        yield Static(safe(text, "bold", width=10))
        yield Button(safe(text))
        yield OptionList(option(text), option(text + "2"), classes="one")
        yield Choice([(text, 1), ("别的", 2)], prompt=text, value=1)
        yield Choice([(text, 1)], prompt=text)
        yield Entry(text, placeholder=text, compact=True)
        yield LineTable(COLUMNS, fixed([Row("a", (text, text)), Row("b", (text, ""), "overdue")]), empty=text)
        yield LineTable(COLUMNS, fixed([]), empty=text)
        table: DataTable[object] = DataTable(classes="one")
        table.add_column(safe_text(text), key="a")
        table.add_row(safe_text(text))
        yield table
        tree: Tree[None] = Tree(safe_text(text))
        tree.root.add_leaf(safe_text(text))
        yield tree
        yield Notes(text, placeholder=text)
        yield Reading(text)

    def on_mount(self) -> None:
        static = self.query_one("#static")
        entitle(static, self.text, self.text)
        explain(static, self.text)
        self.notify(self.text, title=self.text, severity="warning")


@a_few
@given(text=hostile)
@example(text="[/]")
@example(text="$name [$x]" + "漏" * 200)
@example(text="[@click=app.quit]x[/]")
async def test_no_text_breaks_a_screen(text: str, noon: datetime, tmp_path: Path) -> None:
    app = Everywhere(text, noon, tmp_path)
    async with app.run_test(size=(80, 60), notifications=True) as pilot:
        await pilot.pause()
        lines = screen_lines(app)
        assert [cell_len(line) for line in lines] == [80] * 60
        for line in lines:
            line.encode("utf-8")
        await pilot.click("#static", offset=(2, 1))
        assert app.is_running
        entry, notes = app.query_one(Entry), app.query_one(Notes)
        entry.load(text)
        entry.post_message(Paste(text))
        notes.load_text(text)
        notes.insert(text)
        notes.undo()
        await pilot.pause()
        assert {cell_len(line) for line in screen_lines(app)} == {80}
        assert clean(entry.value) == entry.value
        assert clean(notes.text, lines=True) == notes.text
    assert app.return_code in (0, None)


@pytest.mark.parametrize("text", ["[急修]电梯[/急修]", "[@click=app.quit]点这里[/]", "[/]", "\\[/]"])
async def test_brackets_are_shown_as_they_were_said(text: str, noon: datetime, tmp_path: Path) -> None:
    app = Everywhere(text, noon, tmp_path)
    async with app.run_test(size=(80, 60), notifications=True) as pilot:
        await pilot.pause()
        shown = "\n".join(screen_lines(app))
        assert shown.count(text) >= 12, shown


@pytest.mark.parametrize("text", SEEN)
def test_clean_twice_is_clean_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_what_is_taken_as_it_is_would_stand_as_it_is_on_a_closer_look() -> None:
    plain = [letter for letter in map(chr, range(0x110000)) if _NOT_PLAIN.search(letter) is None]
    assert {*"1栋2单元301 漏水,(急)!?:“”…—·→●✓～"} <= {*plain}
    for letter in plain:
        assert clean(f"\t{letter}") == f" {letter}"
        assert cell_len(letter) in (1, 2)


@given(hostile)
def test_the_width_is_the_sum_of_the_characters(text: str) -> None:
    shown = clean(text)
    assert cell_len(shown) == sum(cell_len(letter) for letter in shown)
    assert not {"Cc", "Cs", "Zl", "Zp"} & {category(letter) for letter in shown}


@given(hostile)
def test_fit_gives_exactly_the_cells(text: str) -> None:
    for width in range(12):
        assert cell_len(fit(text, width)) == width
        assert cell_len(fit(text, width, "right")) == width
        assert cell_len(crop(text, width)) <= width


def test_what_is_seen() -> None:
    assert clean("⚠️漏水\n三楼\t急") == "⚠漏水↵三楼 急"
    assert clean("\x1b[31m") == "␛[31m"
    assert clean("🇨🇳") == "CN"
    assert clean("一\r\n二", lines=True) == "一\n二"
    assert crop("漏水了吗", 6) == "漏水…"
    assert crop("漏水了吗", 5) == "漏水…"
    assert crop("漏水", 4) == "漏水"
    assert fit("漏水", 6, "right") == "  漏水"
    assert crop("漏水", 1) == "…"
    assert crop("漏水", 0) == ""
