"""Chinese line breaks."""

from __future__ import annotations

import itertools
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import ComposeResult

from qiantai_tui.program.base import BaseApp
from qiantai_tui.text.safe import clean
from qiantai_tui.text.wrapping import NOT_FIRST, NOT_LAST, wrap
from qiantai_tui.widgets.reading import Reading
from tests.tui.hostile import hostile
from tests.tui.screens_text import screen_lines


def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket() -> None:
    assert wrap("厨房水管漏水，很急", 12) == ["厨房水管漏", "水，很急"]
    assert wrap("请到（三楼）来", 6) == ["请到", "（三", "楼）来"]
    assert wrap("电话 13800138000 王", 14) == ["电话", "13800138000 王"]
    assert wrap("关联事项:BX-1", 8) == ["关联事", "项:BX-1"]
    assert wrap("完工 21:13 · 移交给李娜", 10) == ["完工", "21:13 · 移", "交给李娜"]
    assert wrap("一\n\n二", 10) == ["一", "", "二"]
    assert wrap("", 10) == [""]


@given(st.integers(8, 60))
def test_what_follows_a_dot_between_blanks_begins_no_line_with_either(width: int) -> None:
    lines = wrap("投诉 2栋1单元101 装修噪音 · 说明流程 11-27 21:16 · 移交给 李娜", width)
    assert not [line for line in lines if line.startswith((" ", "·"))]


def test_too_narrow_is_said() -> None:
    with pytest.raises(ValueError, match="2 is the least"):
        wrap("漏", 1)


@given(hostile, st.integers(2, 40))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == clean(text, lines=True).replace("\n", "").replace(" ", "")


@given(st.text("漏水管，。（）《》 ", max_size=60))
def test_the_rules_hold_where_a_line_has_room_for_them(text: str) -> None:
    if not any(a in NOT_FIRST | NOT_LAST and b in NOT_FIRST | NOT_LAST for a, b in itertools.pairwise(text)):
        lines = wrap(text, 12)
        assert not any(line[:1] in NOT_FIRST and place for place, line in enumerate(lines) if line)


class Page(BaseApp):
    def compose(self) -> ComposeResult:
        yield Reading("[/]装修噪音，" * 6, id="text")


async def test_a_reading_is_as_high_as_its_lines(noon: datetime, tmp_path: Path) -> None:
    app = Page(clock=lambda: noon, reports=tmp_path)
    async with app.run_test(size=(30, 12)) as pilot:
        await pilot.pause()
        assert app.query_one(Reading).size.height == len(wrap("[/]装修噪音，" * 6, 30))
        assert screen_lines(app)[0].startswith("[/]装修噪音，[/]")
        app.query_one(Reading).show("一")
        await pilot.pause()
        assert app.query_one(Reading).size.height == 1
