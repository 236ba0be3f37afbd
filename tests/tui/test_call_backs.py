"""The call-backs on the screen: the list, what the caller has before them, and one call after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from rich.cells import cell_len
from textual.app import App

from qiantai import Case
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.screens.call_backs import CallBacksScreen
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.hostile import hostile
from tests.tui.pictured import LANGUAGES, SIZES, data
from tests.tui.screens_text import screen_lines
from tests.tui.untranslated import untranslated

SAID = ("静", "灯不亮", "门锁坏了", "已换灯管", "换了锁芯", "地库", "退费", "停车收费太乱", "已重划车位")


def repaired(desk: Driver, household: str = "1-2-301", summary: str = "灯不亮", result: str = "已换灯管") -> str:
    number = desk.receive(kind="repair", household=household, summary=summary)
    desk.give(number, "dispatch", "li", to=["engineering"])
    desk.give(number, "arrive", "sun")
    desk.give(number, "complete", "sun", result=result)
    return number


async def several(desk: Driver) -> list[str]:
    """Three that await a call-back, the first tried twice in vain, the last one about the clerk at the desk."""
    numbers = [repaired(desk), repaired(desk, "5-1-101", "门锁坏了", "换了锁芯")]
    await desk.go(minutes=10)
    number = desk.receive(
        kind="complaint", household="2-1-101", summary="停车收费太乱", against="li", by="bao",
        place="地库", occurred_at=desk.clock(), demand="退费",
    )  # fmt: skip
    desk.give(number, "assign", "bao", to=["security"])
    desk.give(number, "complete", "zhou", result="已重划车位", valid=False)
    desk.give(number, "reply", "bao", channel="phone", text="已重划车位")
    desk.give(numbers[0], "call_back", "bao", reached=False)
    await desk.go(minutes=7)
    desk.give(numbers[0], "call_back", "li", reached=False)
    return [*numbers, number]


def case(desk: Driver, number: str) -> Case:
    found = desk.app.seat.known(number)
    assert found is not None
    return found


def fill(desk: Driver, name: str, text: str) -> None:
    """Fills in a line of the form that stands open."""
    assert isinstance(desk.app.screen, StepForm)
    row = desk.app.screen.row(name)
    assert row is not None
    row.load(text)


def at_hand(desk: Driver) -> str | None:
    return desk.app.screen.query_one("#calls", LineTable).key


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_screen(size: tuple[int, int], language: Language, picture: Callable[[str, App[Any]], None]) -> None:
    async with at_the_desk(size=size, language=language) as desk:
        numbers = await several(desk)
        await desk.press("f18")
        assert isinstance(desk.app.screen, CallBacksScreen)
        desk.app.screen.query_one("#calls", LineTable).move_to(numbers[0])
        await desk.pilot.pause()
        assert untranslated(desk.screen, language, data=(*data(), *SAID)) == []
        assert "13800" not in desk.screen
        picture(f"call_backs_{size[0]}x{size[1]}_{language}", desk.app)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_empty_list_names_the_next_key(
    size: tuple[int, int], language: Language, picture: Callable[[str, App[Any]], None]
) -> None:
    async with at_the_desk(size=size, language=language) as desk:
        await desk.press("7")
        assert "F2" in desk.screen
        picture(f"call_backs_empty_{size[0]}x{size[1]}_{language}", desk.app)


async def test_what_was_tried_lately_stands_behind_and_comes_back_in_its_time() -> None:
    async with at_the_desk() as desk:
        first, second, third = await several(desk)
        await desk.press("7")
        table = desk.app.screen.query_one("#calls", LineTable)

        def order() -> list[str]:
            return [each.key for each in table._rows.rows(0, 9)]

        assert order() == [second, third, first]
        await desk.go(minutes=59)
        assert order() == [second, third, first]
        await desk.go(minutes=1)
        assert order() == [first, second, third]


async def test_one_call_after_the_other() -> None:
    async with at_the_desk() as desk:
        first, second, third = [repaired(desk, f"1-1-{n}01") for n in (1, 2, 3)]
        await desk.press("7")
        assert at_hand(desk) == first
        await desk.press("f6")
        assert isinstance(desk.app.screen, StepForm)
        fill(desk, "reached", "no")
        await desk.press("f10")
        assert case(desk, first).tries == 1
        assert at_hand(desk) == second
        await desk.press("f6")
        for row, value in (("reached", "yes"), ("satisfied", "yes"), ("quality_ok", "yes"), ("channel", "phone")):
            fill(desk, row, value)
        await desk.press("f10")
        assert isinstance(desk.app.screen, CallBacksScreen)
        assert case(desk, second).state == "closed"
        assert at_hand(desk) == third


async def test_a_call_taken_back_is_the_one_that_the_next_key_records() -> None:
    async with at_the_desk() as desk:
        first, second = [repaired(desk, f"1-1-{n}01") for n in (1, 2)]
        await desk.press("7")
        assert at_hand(desk) == first
        await desk.press("f6")
        for row, value in (("reached", "yes"), ("satisfied", "no"), ("quality_ok", "no"), ("channel", "phone")):
            fill(desk, row, value)
        await desk.press("f10")
        assert at_hand(desk) == second
        await desk.press("ctrl+z")
        assert at_hand(desk) == first
        await desk.press("f6")
        assert isinstance(desk.app.screen, StepForm)
        assert desk.app.screen.asked.case.number == first


async def test_who_may_not_call_is_told_why() -> None:
    async with at_the_desk() as desk:
        number = (await several(desk))[2]
        await desk.press("7")
        desk.app.screen.query_one("#calls", LineTable).move_to(number)
        await desk.pilot.pause()
        assert "须回避 M-4.1a" in desk.screen
        assert "李静 M-4.1a" in desk.screen
        await desk.press("f6")
        assert isinstance(desk.app.screen, RefusalDialog)
        assert "M-4.1a" in desk.screen


async def test_after_so_many_tries_closing_is_offered() -> None:
    async with at_the_desk() as desk:
        number = repaired(desk)
        for _ in range(2):
            await desk.go(hours=1)
            desk.give(number, "call_back", "bao", reached=False)
        await desk.press("7")
        assert "按 g 可以办结" not in desk.screen
        await desk.press("f6")
        fill(desk, "reached", "no")
        await desk.press("f10")
        assert "已试 3 次,按 g 可以办结" in desk.screen
        await desk.press("g")
        assert isinstance(desk.app.screen, StepForm)
        fill(desk, "reason", "三次没接")
        await desk.press("f10")
        assert case(desk, number).state == "closed"
        assert isinstance(desk.app.screen, CallBacksScreen)


async def test_the_number_is_shown_for_half_a_minute_and_that_is_on_record() -> None:
    async with at_the_desk() as desk:
        number = repaired(desk)
        phone = desk.app.desk.handbook.households["1-2-301"].phone
        await desk.press("7")
        assert phone not in desk.screen
        await desk.press("ctrl+r")
        assert phone in desk.screen
        assert [(each.by, each.what, each.which) for each in desk.app.desk.store.looks()] == [("li", "phone", number)]
        await desk.go(seconds=30)
        assert phone not in desk.screen


async def test_who_takes_the_desk_next_sees_no_number_that_another_asked_for() -> None:
    async with at_the_desk() as desk:
        repaired(desk)
        phone = desk.app.desk.handbook.households["1-2-301"].phone
        await desk.press("7", "ctrl+r")
        assert phone in desk.screen
        desk.app.be("lin")
        await desk.pilot.pause()
        assert phone not in desk.screen
        assert len(desk.app.desk.store.looks()) == 1


async def test_enter_opens_the_case_and_escape_goes_to_the_queue() -> None:
    async with at_the_desk() as desk:
        number = repaired(desk)
        await desk.press("7", "enter")
        assert isinstance(desk.app.screen, CaseScreen)
        assert desk.app.screen.number == number
        await desk.press("escape", "escape")
        assert desk.app.current_mode == "queue"


async def test_a_row_is_chosen_with_the_mouse() -> None:
    async with at_the_desk() as desk:
        numbers = [repaired(desk, f"1-1-10{n}") for n in (1, 2)]
        await desk.press("7")
        await desk.pilot.click("#calls", offset=(10, 3))
        assert at_hand(desk) == numbers[1]
        await desk.pilot.click("#calls", offset=(10, 3))
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, CaseScreen)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile)
@example(text="[@click=app.quit]x[/]" + "漏" * 200)
async def test_no_words_break_it(text: str) -> None:
    async with at_the_desk(size=(80, 24)) as desk:
        repaired(desk, summary=text or "x", result=text or "x")
        await desk.press("7")
        assert {cell_len(each) for each in screen_lines(desk.app)} == {80}
