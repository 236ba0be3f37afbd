"""The table: windows, widths, the cursor that keeps its row, keys, mouse, the tick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.strip import Strip

from qiantai.words import Bilingual
from qiantai_tui.program.base import BaseApp
from qiantai_tui.widgets.line_table import LineTable
from qiantai_tui.widgets.rows import Column, KeyedRows, Row, Rows, fixed, widths
from tests.tui.screens_text import screen_lines, screen_text

COLUMNS = (
    Column(Bilingual("", ""), 1),
    Column(Bilingual("事项", "Matter"), 8),
    Column(Bilingual("位置", "Place"), 10, flex=1),
    Column(Bilingual("业户", "Resident"), 6, since=60),
    Column(Bilingual("剩余", "Left"), 9, align="right"),
)
EMPTY = Bilingual("没有待办。按 F2 登记。", "Nothing waits. F2 takes in.")


def row(key: str, left: str = "00:17:40", tone: str = "") -> Row:
    return Row(key, ("●", f"漏水{key}", f"1栋2单元{key}号房的厨房和卫生间", "王**", left), tone)


class Tables(BaseApp):
    def __init__(self, rows: Rows, now: datetime, reports: Path) -> None:
        super().__init__(clock=lambda: now, reports=reports)
        self.rows = rows
        self.heard: list[tuple[str, str | None, int]] = []

    def compose(self) -> ComposeResult:
        yield LineTable(COLUMNS, self.rows, empty=EMPTY)

    @property
    def table(self) -> LineTable:
        return self.query_one(LineTable)

    def on_line_table_row_highlighted(self, event: LineTable.RowHighlighted) -> None:
        self.heard.append(("at", event.key, event.index))

    def on_line_table_row_selected(self, event: LineTable.RowSelected) -> None:
        self.heard.append(("chosen", event.key, event.index))


@pytest.fixture
def tables(noon: datetime, tmp_path: Path) -> Callable[[Rows], Tables]:
    return lambda rows: Tables(rows, noon, tmp_path)


def many(n: int) -> KeyedRows:
    return fixed([row(f"{place:03}") for place in range(n)])


async def test_a_table_as_it_looks(tables: Callable[[Rows], Tables], picture: Callable[[str, App[Any]], None]) -> None:
    rows = fixed([row("101", "+00:12", "overdue"), row("102", "3天02:10"), row("[/]", "00:04:12", "soon")])
    app = tables(rows)
    for size in ((80, 8), (50, 8)):
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            picture(f"line_table_{size[0]}", app)
        app = tables(rows)


async def test_keys_move_the_cursor_and_the_view(tables: Callable[[Rows], Tables]) -> None:
    app = tables(many(100))
    async with app.run_test(size=(80, 11)) as pilot:
        app.table.focus()
        await pilot.press("down", "down")
        assert app.table.key == "002"
        await pilot.press("end")
        assert app.table.key == "099"
        assert "漏水099" in screen_lines(app)[10]
        assert "事项" in screen_lines(app)[0]
        await pilot.press("down")
        assert app.table.key == "099"
        await pilot.press("pageup")
        assert app.table.key == "089"
        assert "漏水089" in screen_lines(app)[1]
        await pilot.press("home", "up", "pagedown", "enter")
        assert app.heard[-1] == ("chosen", "010", 10)
        assert app.heard[0] == ("at", "000", 0)


async def test_the_cursor_stays_on_its_row(tables: Callable[[Rows], Tables]) -> None:
    app = tables(many(100))
    async with app.run_test(size=(80, 11)) as pilot:
        assert app.table.move_to("050")
        await pilot.pause()
        assert not app.table.move_to("nobody")
        app.heard.clear()
        app.table.show(fixed([row("new"), *(row(f"{n:03}") for n in range(100))]))
        await pilot.pause()
        assert (app.table.key, app.table.cursor) == ("050", 51)
        assert app.heard == []
        assert "漏水050" in screen_text(app)
        app.table.show(fixed([row(f"{n:03}") for n in range(100) if n != 50]))
        await pilot.pause()
        assert app.table.cursor == 51
        assert app.heard == [("at", app.table.key, 51)]
        app.table.show(fixed([row("7")]))
        await pilot.pause()
        assert (app.table.key, app.table.cursor) == ("7", 0)


async def test_an_empty_table_names_the_next_key(tables: Callable[[Rows], Tables]) -> None:
    app = tables(fixed([]))
    async with app.run_test(size=(80, 11)) as pilot:
        app.table.focus()
        await pilot.press("down", "end", "enter", "pageup")
        await pilot.click(LineTable, offset=(3, 3))
        assert "没有待办。按 F2 登记。" in screen_lines(app)[1]
        assert app.table.key is None
        assert app.heard == []
        app.table.show(many(2))
        await pilot.pause()
        assert app.heard == [("at", "000", 0)]
        app.table.show(fixed([]))
        await pilot.pause()
        assert app.heard[-1] == ("at", None, 0)


async def test_a_click_moves_and_a_second_one_chooses(tables: Callable[[Rows], Tables]) -> None:
    app = tables(many(5))
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.click(LineTable, offset=(3, 0))
        assert app.table.key == "000"
        await pilot.click(LineTable, offset=(3, 4))
        assert app.heard[-1] == ("at", "003", 3)
        await pilot.click(LineTable, offset=(3, 4))
        assert app.heard[-1] == ("chosen", "003", 3)
        await pilot.click(LineTable, offset=(3, 9))
        assert app.table.key == "003"


async def test_the_tick_asks_for_what_is_seen_and_repaints_what_changed(tables: Callable[[Rows], Tables]) -> None:
    asked: list[str] = []
    tick = 0

    def make(key: str) -> Row:
        asked.append(key)
        return row(key, f"00:00:{tick:02}" if key == "00003" else "3天02:10")

    app = tables(KeyedRows([f"{n:05}" for n in range(100_000)], make))
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.pause()
        assert set(asked) == {f"{n:05}" for n in range(10)}
        asked.clear()
        tick = 9
        painted: list[int] = []
        draw = app.table.render_line

        def watched(y: int) -> Strip:
            painted.append(y)
            return draw(y)

        app.table.render_line = watched  # type: ignore[method-assign]
        app.table.refresh_rows()
        await pilot.pause()
        assert len(asked) == 10
        assert painted == [4]
        assert "00:00:09" in screen_lines(app)[4]


async def test_a_tick_after_rows_changed_reloads(tables: Callable[[Rows], Tables]) -> None:
    keys = ["a", "b", "c"]
    app = tables(KeyedRows(keys, row))
    async with app.run_test(size=(80, 11)) as pilot:
        await pilot.pause()
        keys.pop(0)
        app.table.refresh_rows()
        await pilot.pause()
        assert "漏水a" not in screen_text(app)
        assert app.table.row_count == 2


async def test_of_a_hundred_thousand_rows_those_on_the_screen_are_made(tables: Callable[[Rows], Tables]) -> None:
    app = tables(fixed([]))
    keys: Sequence[str] = [str(n) for n in range(100_000)]
    made: set[str] = set()

    def counted(key: str) -> Row:
        made.add(key)
        return row(key)

    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        app.table.show(KeyedRows(keys, counted))
        await pilot.pause()
        assert "漏水34" in screen_text(app)
        assert 34 <= len(made) <= 36


@given(
    st.lists(st.builds(Column, st.just(EMPTY), st.integers(1, 20), st.integers(0, 3)), min_size=1, max_size=6),
    st.integers(1, 200),
)
def test_flexible_columns_take_up_the_rest(columns: list[Column], width: int) -> None:
    given_out = widths(columns, width)
    assert all(cells >= column.width for cells, column in zip(given_out, columns, strict=True))
    room = width - (len(columns) - 1)
    if any(column.flex for column in columns) and room >= sum(column.width for column in columns):
        assert sum(given_out) == room


async def test_every_line_is_as_wide_as_the_table(tables: Callable[[Rows], Tables]) -> None:
    for width in (20, 33, 59, 60, 121):
        app = tables(many(50))
        async with app.run_test(size=(width, 9)) as pilot:
            await pilot.pause()
            assert {cell_len(line) for line in screen_lines(app)} == {width}
