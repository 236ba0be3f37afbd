"""The page: the cursor on what can be chosen, scrolling, the mouse, new widths, ticks that draw what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import ComposeResult
from textual.strip import Strip

from qiantai_tui.program.base import BaseApp
from qiantai_tui.widgets.items import Item, Span, beside, cells, cropped, heading, labelled, line
from qiantai_tui.widgets.page import Page
from tests.tui.hostile import hostile
from tests.tui.screens_text import screen_lines, screen_text


class Pages(BaseApp):
    def __init__(self, now: datetime, reports: Path, count: int = 40) -> None:
        super().__init__(clock=lambda: now, reports=reports)
        self.count, self.left, self.chosen, self.gone = count, "00:10", list[str](), ""

    def compose(self) -> ComposeResult:
        yield Page(self.make)

    def make(self, width: int) -> Sequence[Item]:
        items = [heading("开头", width, first=True)]
        for n in range(self.count):
            words = line(f"第{n}行 ", Span(self.left if n == 2 else "", "soon"))
            key = f"k{n}" if n % 2 == 0 and f"k{n}" != self.gone else ""
            items.append(Item((words,), key))
        return items

    @property
    def page(self) -> Page:
        return self.query_one(Page)

    def on_page_chosen(self, event: Page.Chosen) -> None:
        self.chosen.append(event.key)


@pytest.fixture
def pages(noon: datetime, tmp_path: Path) -> Pages:
    return Pages(noon, tmp_path)


async def test_the_cursor_goes_from_one_that_opens_to_the_next(pages: Pages) -> None:
    async with pages.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert pages.page.key == "k0"
        await pilot.press("down", "down", "enter")
        await pilot.press("up", "enter")
        await pilot.pause()
        assert pages.chosen == ["k4", "k2"]


async def test_the_view_follows(pages: Pages) -> None:
    async with pages.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        assert pages.page.key == "k38"
        assert "第38行" in screen_text(pages)
        await pilot.press("home")
        await pilot.pause()
        assert pages.page.key == "k0"
        assert "开头" in screen_text(pages)
        await pilot.press("pagedown")
        await pilot.pause()
        assert pages.page.key is not None
        assert f"第{pages.page.key[1:]}行" in screen_text(pages)
        assert "开头" not in screen_text(pages)
        for _ in range(30):
            await pilot.press("down")
        await pilot.pause()
        assert "第39行" in screen_text(pages)
        for _ in range(60):
            await pilot.press("up")
        await pilot.pause()
        assert "开头" in screen_text(pages)


async def test_with_nothing_to_choose_it_scrolls(noon: datetime, tmp_path: Path) -> None:
    app = Pages(noon, tmp_path)
    async with app.run_test(size=(40, 10)) as pilot:
        app.page.show(lambda _: [Item((line(f"第{n}行"),)) for n in range(40)])
        await pilot.pause()
        assert app.page.key is None
        await pilot.press("down", "down", "down", "enter")
        await pilot.pause()
        assert screen_lines(app)[0].startswith("第3行")
        assert app.chosen == []


async def test_a_click_moves_a_second_one_opens(pages: Pages) -> None:
    async with pages.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        await pilot.click(Page, offset=(2, 5))
        assert pages.page.key == "k4"
        await pilot.pause(0.6)
        await pilot.click(Page, offset=(2, 4))
        assert pages.page.key == "k4"
        await pilot.pause(0.6)
        await pilot.click(Page, offset=(2, 5))
        await pilot.pause()
        assert pages.chosen == ["k4"]


async def test_the_cursor_stays_on_its_item(pages: Pages) -> None:
    async with pages.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert pages.page.move_to("k6")
        assert not pages.page.move_to("k7")
        pages.page.reload()
        assert pages.page.key == "k6"
        pages.gone = "k6"
        pages.page.reload()
        assert pages.page.key == "k8"


async def test_a_tick_draws_only_the_line_that_changed(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    render = Page.render_line

    def counted(self: Page, y: int) -> Strip:
        drawn.append(y)
        return render(self, y)

    async with pages.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(Page, "render_line", counted)
        pages.left = "00:09"
        pages.page.reload()
        await pilot.pause()
        assert 3 in drawn
        assert len(set(drawn)) <= 2
        assert "00:09" in screen_text(pages)


async def test_another_width_lays_it_out_anew(pages: Pages) -> None:
    async with pages.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        before = screen_lines(pages)[0]
        await pilot.resize_terminal(60, 12)
        await pilot.pause()
        after = screen_lines(pages)[0]
        assert before.count("─") < after.count("─")


@given(text=hostile, width=st.integers(20, 90))
def test_lines_stay_within_their_width(text: str, width: int) -> None:
    for each in labelled("内容", text, width):
        assert cells(each) <= width
    assert cells(cropped(width, text, Span(text, "label"))) <= width
    assert cells(heading(text, width, first=True).lines[0]) <= width


def test_two_columns_stand_side_by_side() -> None:
    rows = beside([line("房号 1")], [line("姓名"), line("王*")], 10)
    shown = ["".join(span.text for span in row) for row in rows]
    assert shown == ["房号 1      姓名", "            王*"]
    assert cell_len(shown[1]) == 15
