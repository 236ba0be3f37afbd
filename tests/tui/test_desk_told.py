"""What the desk is told beside its work: whole toasts, a plugin's failure once, why a number stays hidden, by whom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qiantai.plugins import Failure
from qiantai.words import Bilingual
from qiantai_tui.actions.case_actions import CaseActions
from qiantai_tui.app import DeskApp
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.duties import duty_items
from tests.tui.desk_driver import Clock, at_the_desk, desk_in_memory, site_of
from tests.tui.screens_text import screen_text
from tests.tui.untranslated import untranslated

LONG = "事项已受理并派给工程部门处理,业户要求下午三点以前到场,已经告知业户预计的时间,请留意后续的回访"


@pytest.mark.parametrize("width", [80, 81, 100, 109, 110, 111, 120, 121, 160])
async def test_a_toast_over_two_panes_is_whole(width: int) -> None:
    async with at_the_desk(size=(width, 36)) as desk:
        desk.receive(kind="repair", household="1-2-301", summary="漏水")
        desk.app.notify("x" + LONG, timeout=60)
        await desk.pilot.pause()
        await desk.pilot.pause()
        toast = desk.app.screen.query_one("Toast")
        left, right = toast.region.x, toast.region.right
        lines = desk.screen.splitlines()[toast.region.y : toast.region.bottom]
        shown = "".join(_cells(line, left, right).strip("▌ ") for line in lines)
        assert shown == "x" + LONG


@pytest.mark.parametrize("width", [80, 81, 111, 120, 160])
async def test_a_toast_leaves_the_first_line_of_a_form_to_be_read(width: int) -> None:
    async with at_the_desk(size=(width, 24)) as desk:
        await desk.press("f2")
        await desk.type("1-2-301 厨房漏水")
        await desk.press("enter")
        desk.app.notify("x" + LONG, timeout=60)
        await desk.pilot.pause()
        await desk.pilot.pause()
        toast = desk.app.screen.query_one("Toast")
        first = desk.app.screen.query_one("#frame").children[0]
        assert toast.region.bottom <= first.region.y, desk.screen
        left, right = toast.region.x, toast.region.right
        lines = desk.screen.splitlines()[toast.region.y : toast.region.bottom]
        assert "".join(_cells(line, left, right).strip("▌ ") for line in lines) == "x" + LONG


async def test_a_toast_that_is_taken_away_leaves_no_room_behind() -> None:
    async with at_the_desk(size=(80, 24)) as desk:
        for _ in range(3):
            desk.app.notify("已受理", timeout=60)
            await desk.pilot.pause()
            await desk.pilot.pause()
            assert desk.app.screen.query_one("Toast").region.y == 0, desk.screen
            desk.app.clear_notifications()
            await desk.pilot.pause()


def _cells(line: str, left: int, right: int) -> str:
    from rich.cells import chop_cells

    cells = [part for char in line for part in ((char, "") if len(chop_cells(char * 2, 2)) == 2 else (char,))]
    return "".join(cells[left:right])


async def test_a_number_is_shown_of_no_closed_case_and_to_nobody_who_may_not_see_it() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="漏水")
        screen: Any = desk.app.screen
        seen = desk.app.desk.case(number)
        desk.give(number, "withdraw", "li", reason="误报")
        screen.case_at_hand = lambda: desk.app.desk.case(number)
        await desk.press("ctrl+r")
        assert "M-3.4c" in desk.screen
        assert "13800001234" not in desk.screen
        desk.app.person = desk.app.handbook.people["sun"]
        screen.case_at_hand = lambda: seen
        CaseActions.action_reveal(screen)
        await desk.pilot.pause()
        assert "看不到内容" in desk.screen
        assert not desk.app.desk.store.looks()


async def test_who_owes_what_a_handler_owes_while_nobody_handles_it() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")

        def said() -> str:
            case = desk.app.desk.case(number)
            items = duty_items(case, desk.app.handbook, desk.clock.at, 100)
            return "".join(span.text for item in items for line in item.lines for span in line)

        assert "跟进人" in said()
        desk.give(number, "dispatch", "li", to=["engineering"])
        assert "处理" in said()
        assert "跟进人" not in said()


async def test_the_next_step_cites_the_duty_that_presses() -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="repair", household="1-2-301", summary="水管爆了", emergency=True)
        await desk.pilot.pause()
        line = next(each for each in desk.screen.splitlines() if "下一步" in each and "派人" in each)
        assert "M-3.3a" in line
        assert "H-3.3" not in line


@pytest.mark.parametrize(("language", "said"), [("zh", "插件 printer:没有纸"), ("en", "Plugin printer: no paper")])
async def test_a_plugin_that_fails_later_is_named_once(tmp_path: Path, language: Language, said: str) -> None:
    clock = Clock()
    site = site_of(desk_in_memory(clock), tmp_path)
    app = DeskApp(site, clock=clock, reports=tmp_path, language=language)
    app.person = app.handbook.people["li"]
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.pause()
        assert said not in screen_text(app)
        site._failed[Failure("printer", Bilingual("没有纸", "no paper"))] = None
        for summary in ("甲", "乙"):
            app.carry_out(None, "receive", kind="repair", channel="phone", household="1-2-301", summary=summary)
            await pilot.pause()
            await pilot.pause()
        assert screen_text(app).count(said) == 1


def test_clauses_are_no_english_words() -> None:
    assert untranslated("Q-S2b Q-T4.2.4 Q-T M-4.2a H-4.1.3.1a BX-20261122-001", "zh") == []
    assert untranslated("Q-S2b house", "zh") == ["house"]


@pytest.mark.parametrize(("language", "said"), [("zh", "到“待回访”时再办;F4"), ("en", "when it is Awaiting")])
async def test_a_step_of_another_state_says_when_it_can_be_given(language: Language, said: str) -> None:
    async with at_the_desk(language=language) as desk:
        desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.press("f6")
        assert said in desk.screen


async def test_a_case_of_nobody_known_is_told_by_its_place_alone() -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="repair", place="9栋大堂", summary="灯不亮")
        await desk.pilot.pause()
        line = next(each for each in desk.screen.splitlines() if "│ 业户  " in each)
        assert "9栋大堂" in line
        assert "· 9栋大堂" not in line


async def test_who_says_that_nobody_is_to_be_named_is_not_asked_for_a_name() -> None:
    async with at_the_desk() as desk:
        await desk.press("f2")
        await desk.type("投诉 楼上太吵 匿名")
        await desk.press("enter")
        form = desk.app.screen
        row = form.row("anonymous")  # type: ignore[attr-defined]
        assert row.display
        assert row.value() is True
        assert not form.row("name").display  # type: ignore[attr-defined]
        await desk.press("f10")
        (case,) = desk.app.desk.store.open_cases()
        assert case.holds("anonymous")


async def test_the_oldest_case_of_its_kind_has_nothing_to_be_merged_into() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        desk.app.screen.give(number, "merge")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        await desk.pilot.pause()
        assert "没有更早的同类事项" in desk.screen
        assert len(desk.app.screen_stack) == 1


async def test_a_long_label_is_whole_with_its_star() -> None:
    async with at_the_desk(language="en") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        desk.give(number, "dispatch", "li", to=["engineering"])
        desk.give(number, "arrive", "sun")
        desk.give(number, "complete", "sun", result="换了灯管")
        await desk.press("f6")
        assert "Quality " in desk.screen
        assert "confirmed*" in desk.screen


async def test_the_line_says_a_household_without_open_cases_without_a_gap() -> None:
    async with at_the_desk() as desk:
        await desk.press("f2")
        await desk.type("1-2-301 灯不亮")
        assert "138****1234 · 报修" in desk.screen


async def test_what_was_taken_back_is_no_longer_said_to_be_done() -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.press("ctrl+g")
        await desk.type("催了三次")
        await desk.press("enter")
        assert "已升级" in desk.screen
        await desk.press("ctrl+z")
        await desk.pilot.pause()
        assert "已撤销" in desk.screen
        assert "已升级" not in desk.screen


async def test_help_is_as_high_as_its_lines_however_late_they_come() -> None:
    async with at_the_desk() as desk:
        await desk.press("f1")
        await desk.pilot.pause()
        await desk.pilot.pause()
        page = desk.app.screen.query_one("#help")
        assert page.size.height == min(page.virtual_size.height, 36 - 8)
        assert page.size.height > 10


async def test_whoever_takes_the_desk_over_is_not_told_what_they_may_take_back() -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="enquiry", household="5-1-101", summary="几点开门")
        await desk.pilot.pause()
        desk.app.screen.give(desk.app.desk.store.open_cases()[0].number, "take_contact")  # type: ignore[attr-defined]
        await desk.press("f10")
        assert "分钟内可" in desk.screen
        desk.app.be("bao")
        await desk.pilot.pause()
        await desk.pilot.pause()
        assert "分钟内可" not in desk.screen


async def test_a_form_shows_a_clause_only_where_a_document_gives_one() -> None:
    async with at_the_desk() as desk:
        for summary in ("太吵", "还是太吵"):
            desk.receive(kind="complaint", household="5-1-101", summary=summary)
        [_, later] = desk.app.desk.store.open_cases()
        desk.app.screen.give(later.number, "merge")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        assert "并入*" in desk.screen
        assert "没有条款规定" not in desk.screen
