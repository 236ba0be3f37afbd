"""The figures: they open at once and fill, open their clause and their cases, and show to each what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App

from qiantai import Done, Unreachable
from qiantai.projections.sample import Answer, record
from qiantai.seat import Seat
from qiantai.words import Bilingual
from qiantai_tui.dialogs.clause import ClauseDialog
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.figure import FigureScreen
from qiantai_tui.screens.figures import FiguresScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.at_the_figures import SAID, a_year_at_the_desk, filled, line_of, stand_on
from tests.tui.desk_driver import at_the_desk
from tests.tui.months import a_year
from tests.tui.screen_lint import faults


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_year_of_them(language: Language, picture: Callable[[str, App[Any]], None]) -> None:
    wrong: list[str] = []

    async def looked_at(name: str) -> None:
        for size in ((120, 36), (80, 24)):
            await desk.pilot.resize_terminal(*size)
            await filled(desk)
            picture(f"{name}_{size[0]}x{size[1]}_{language}", desk.app)
            wrong.extend(f"{name} at {size}: {each}" for each in faults(desk.app, language, SAID))

    async with a_year_at_the_desk(language=language) as desk:
        stand_on(desk, "satisfaction")
        await looked_at("figures_year")
        await desk.press("enter")
        await looked_at("figure_year")
    assert not wrong, "\n".join(wrong)


async def test_the_screen_is_there_before_anything_is_counted() -> None:
    async with at_the_desk("lin", store=a_year()) as desk:
        await desk.pilot.press("f20")
        assert isinstance(desk.app.screen, FiguresScreen)
        await filled(desk)
        assert "75%" in line_of(desk, "满意度 ")


async def test_the_same_by_its_digit_and_back_by_escape() -> None:
    async with at_the_desk("lin") as desk:
        await desk.press("escape", "4")
        assert isinstance(desk.app.screen, FiguresScreen)
        await filled(desk)
        await desk.press("escape")
        assert not isinstance(desk.app.screen, FiguresScreen)


async def test_enter_opens_the_cases_and_enter_a_case() -> None:
    async with a_year_at_the_desk() as desk:
        stand_on(desk, "satisfaction")
        await desk.press("enter")
        await filled(desk)
        assert isinstance(desk.app.screen, FigureScreen)
        assert desk.app.screen.query_one("#cases", LineTable).row_count == 4
        await desk.press("enter")
        assert isinstance(desk.app.screen, CaseScreen)
        assert desk.app.screen.number == "BX-20261102-001", "what misses it comes first"
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, FiguresScreen)


async def test_the_cursor_stays_on_its_case_through_a_case_and_whatever_is_done_elsewhere() -> None:
    async with a_year_at_the_desk() as desk:
        stand_on(desk, "satisfaction")
        await desk.press("enter")
        await filled(desk)
        table = desk.app.screen.query_one("#cases", LineTable)
        await desk.press("down", "down")
        key = table.key
        assert key not in (None, "BX-20261102-001")
        await desk.press("enter", "escape")
        assert table.row_count == 4, "they stay until they are found anew"
        await filled(desk)
        assert table.key == key
        desk.receive(kind="help", household="1-2-301", summary="灯不亮")
        assert table.row_count == 4
        await filled(desk)
        assert table.key == key


async def test_a_click_on_the_line_under_the_cursor_opens_it_too() -> None:
    async with a_year_at_the_desk() as desk:
        table = stand_on(desk, "satisfaction")
        await desk.pilot.click(table, offset=(20, table.cursor + 2 - table.scroll_offset.y))
        await filled(desk)
        assert isinstance(desk.app.screen, FigureScreen)


async def test_the_clause_in_full() -> None:
    async with a_year_at_the_desk() as desk:
        stand_on(desk, "called_back")
        await desk.press("f8")
        assert isinstance(desk.app.screen, ClauseDialog)
        assert "每月回访客户数不少于20%" in desk.screen
        await desk.press("escape", "enter")
        await filled(desk)
        assert "每月回访客户数不少于20%" in desk.screen, "and over its cases"
        await desk.press("f8")
        assert isinstance(desk.app.screen, ClauseDialog)


async def test_what_is_not_measured_here_says_why() -> None:
    async with a_year_at_the_desk() as desk:
        assert "未统计" in line_of(desk, "满意度调查")
        stand_on(desk, "survey")
        await desk.pilot.pause()
        assert "满意度调查在程序以外组织" in desk.screen
        await desk.press("enter")
        await filled(desk)
        assert "不是按事项算的" in desk.screen


async def test_one_kind_and_one_area() -> None:
    async with a_year_at_the_desk() as desk:
        await desk.press("f5")
        await desk.press("2")
        assert "统计 2026-11 · 投诉 · 全小区" in desk.screen
        assert "1/1" in line_of(desk, "满意度 ")
        assert "报修:" not in desk.screen
        assert "每天服务时间" not in desk.screen
        await desk.press("f5", "1", "f6", "2")
        assert "统计 2026-11 · 全部类别 · 东区" in desk.screen
        assert "2/3" in line_of(desk, "满意度 ")
        stand_on(desk, "satisfaction")
        await desk.press("enter")
        await filled(desk)
        assert "5栋1单元101" not in desk.screen
        assert desk.app.screen.query_one("#cases", LineTable).row_count == 3


async def test_an_area_manager_is_asked_for_their_own_areas() -> None:
    async with a_year_at_the_desk("xu") as desk:
        await desk.press("f6")
        shown = desk.screen
        assert "西区" in shown
        assert "南区" in shown
        assert "东区" not in shown


async def test_the_company_sees_the_number_and_not_the_list() -> None:
    async with a_year_at_the_desk("tang") as desk:
        assert "3/4" in line_of(desk, "满意度 ")
        stand_on(desk, "satisfaction")
        await desk.press("enter")
        await filled(desk)
        assert "4 件" in desk.screen
        assert "另有 4 件不归您查看" in desk.screen
        assert "[M-3.4c]" in desk.screen
        assert "BX-" not in desk.screen


async def test_who_may_not_have_the_figures_is_told_so_and_what_was_there_goes() -> None:
    async with a_year_at_the_desk() as desk:
        desk.app.be("sun")
        await filled(desk)
        assert "75%" not in desk.screen
        assert desk.app.screen.query_one("#figures", LineTable).row_count == 0
        assert "不能查看:统计不归此人查看" in desk.screen
        await desk.press("enter", "f8", "f5", "left")
        assert isinstance(desk.app.screen, FiguresScreen)


async def test_the_list_goes_with_whom_it_was_shown_to() -> None:
    async with a_year_at_the_desk() as desk:
        stand_on(desk, "satisfaction")
        await desk.press("enter")
        await filled(desk)
        assert "BX-20261102-001" in desk.screen
        desk.app.be("gu")
        await filled(desk)
        desk.app.be("sun")
        await filled(desk)
        assert "BX-" not in desk.screen


async def test_a_step_elsewhere_moves_the_figures() -> None:
    async with a_year_at_the_desk() as desk:
        assert "2" in line_of(desk, "在办 ")
        desk.receive(kind="help", household="1-2-301", summary="灯不亮")
        await filled(desk)
        screen = desk.app.screen
        assert isinstance(screen, FiguresScreen)
        screen.read_again()
        await filled(desk)
        assert " 3 " in line_of(desk, "在办 ")


async def test_a_sample_call_on_a_closed_case_moves_the_figures_of_its_month_and_their_line() -> None:
    async with a_year_at_the_desk() as desk:
        await desk.press("left")
        await filled(desk)
        assert "4/5" in line_of(desk, "满意度 ")
        await desk.press("right")
        await filled(desk)
        before = line_of(desk, "满意度 ")
        await desk.press("1")
        done = desk.app.desk.do("BX-20261016-001", "note", "zhao", text=record(Answer.DISSATISFIED))
        assert isinstance(done, Done)
        await desk.press("4")
        await filled(desk)
        assert line_of(desk, "满意度 ") != before, "the line of months"
        await desk.press("left")
        await filled(desk)
        assert "3/5" in line_of(desk, "满意度 ")


async def test_a_store_that_cannot_be_read_says_so_and_the_screen_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(self: Seat, month: str = "") -> tuple[()]:
        raise Unreachable(Bilingual("服务器断了", f"the server is gone {self.person.id}{month}"))

    async with a_year_at_the_desk() as desk:
        monkeypatch.setattr(Seat, "behind", lost)
        await desk.press("left")
        await filled(desk)
        assert "服务器断了" in desk.screen
        stand_on(desk, "satisfaction")
        await desk.press("enter")
        await filled(desk)
        assert isinstance(desk.app.screen, FigureScreen)
        assert "服务器断了" in desk.screen
