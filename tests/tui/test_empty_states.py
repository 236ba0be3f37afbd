"""Where there is nothing to show, the words name the key that goes on."""

from __future__ import annotations

import re

import pytest
from textual.widget import Widget

from qiantai_tui.text.words import Language
from qiantai_tui.widgets.case_pane import CasePane
from qiantai_tui.widgets.line_table import LineTable
from qiantai_tui.widgets.page import Page
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.screens_text import screen_lines
from tests.tui.waiting import until

KEY = re.compile(r"F\d+|\^[A-Z]|Esc|Enter|Tab|[↑↓←→]|退格|Backspace")


def words_in(desk: Driver, widget: Widget) -> str:
    """What stands in a widget, without its frame."""
    region = widget.content_region
    lines = screen_lines(desk.app)[region.y : region.bottom]
    return "\n".join(lines)


async def nothing_on(desk: Driver, selector: str, kind: type[Widget]) -> str:
    widget = desk.app.screen.query_one(selector, kind) if selector else desk.app.screen.query_one(kind)
    if isinstance(widget, LineTable):
        assert widget.row_count == 0
    return words_in(desk, widget)


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_empty_list_names_the_next_key(size: tuple[int, int], language: Language) -> None:
    async with at_the_desk(size=size, language=language) as desk:
        assert KEY.search(await nothing_on(desk, "#queue", LineTable))
        if size[0] >= 110:
            assert KEY.search(words_in(desk, desk.app.screen.query_one(CasePane)))
        await desk.press("right")
        assert KEY.search(await nothing_on(desk, "#queue", LineTable))
        await desk.press("f12")
        await desk.type("没有的人")
        assert "Esc" in await nothing_on(desk, "#list", LineTable)
        await desk.press("escape", "f3")
        await desk.type("没有的字")
        lists = [desk.app.screen.query_one(each, LineTable) for each in ("#cases", "#households")]
        await until(desk.pilot, lambda: all("F2" in words_in(desk, each) for each in lists))
        for name in ("#cases", "#households"):
            assert "F2" in await nothing_on(desk, name, LineTable)
        await desk.press("f7")
        assert "F2" in await nothing_on(desk, "#entries", LineTable)
        desk.app.open_household("1-2-301")
        await desk.pilot.pause()
        assert re.search(r"没有在办的。F2|Nothing open\. F2", words_in(desk, desk.app.screen.query_one(Page)))
