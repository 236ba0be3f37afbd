"""The month's sample on the screen: who is drawn, who may call, what they found, and how many are done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App

from qiantai_tui.dialogs.sample_form import SampleForm
from qiantai_tui.screens.call_backs import CallBacksScreen
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.sample import SampleScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.pictured import LANGUAGES, SIZES, data
from tests.tui.untranslated import untranslated
from tests.tui.waiting import gathered


def settled(desk: Driver, household: str = "1-2-301") -> str:
    """A question answered on the spot."""
    number = desk.receive(kind="enquiry", household=household, summary="几点可以装修")
    desk.give(number, "answer", "li", text="八点到六点", satisfied=True)
    return number


async def month(desk: Driver) -> None:
    """Twelve completed cases, the time for taking them back over, and the sample shown."""
    for _ in range(12):
        settled(desk)
    await desk.go(minutes=11)
    await desk.press("7", "s")
    await gathered(desk.pilot)


def table(desk: Driver) -> LineTable:
    return desk.app.screen.query_one("#drawn", LineTable)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_screen(size: tuple[int, int], language: Language, picture: Callable[[str, App[Any]], None]) -> None:
    async with at_the_desk("lin", size=size, language=language) as desk:
        await month(desk)
        assert isinstance(desk.app.screen, SampleScreen)
        assert table(desk).row_count > 0
        assert untranslated(desk.screen, language, data=(*data(), "几点可以装修", "八点到六点")) == []
        picture(f"sample_{size[0]}x{size[1]}_{language}", desk.app)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_month_with_none_drawn_names_the_next_key(
    language: Language, picture: Callable[[str, App[Any]], None]
) -> None:
    async with at_the_desk(size=(80, 24), language=language) as desk:
        await desk.press("7", "s")
        await gathered(desk.pilot)
        assert "Esc" in desk.screen
        picture(f"sample_empty_80x24_{language}", desk.app)
        await desk.press("escape")
        assert isinstance(desk.app.screen, CallBacksScreen)


async def test_a_superior_records_what_the_call_found_and_it_counts() -> None:
    async with at_the_desk("lin") as desk:
        await month(desk)
        count = table(desk).row_count
        number = table(desk).key
        assert number is not None
        assert "已打通 0" in desk.screen
        await desk.press("f6")
        form = desk.app.screen
        assert isinstance(form, SampleForm)
        for name, value in (("found", "dissatisfied"), ("text", "回答太笼统")):
            row = form.row(name)
            assert row is not None
            row.load(value)
        await desk.press("f10")
        await gathered(desk.pilot)
        assert "已打通 1" in desk.screen
        assert table(desk).row_count == count
        table(desk).move_to(number)
        await desk.pilot.pause()
        assert "林晓 不满意 回答太笼统" in desk.screen
        case = desk.app.seat.known(number)
        assert case is not None
        assert case.history[-1].fields["text"] == "抽查回访 / sample call-back: 不满意 / not satisfied: 回答太笼统"


async def test_a_call_that_ends_after_midnight_of_the_last_day_stays_in_its_month() -> None:
    async with at_the_desk("lin") as desk:
        await month(desk)
        drawn = table(desk).row_count
        await desk.press("f6")
        await desk.go(days=8)
        form = desk.app.screen
        assert isinstance(form, SampleForm)
        row = form.row("found")
        assert row is not None
        row.load("satisfied")
        await desk.press("f10")
        await gathered(desk.pilot)
        assert "抽查 2026-11" in desk.screen
        assert "已打通 1" in desk.screen
        assert table(desk).row_count >= drawn
        await desk.press("right")
        await gathered(desk.pilot)
        assert "抽查 2026-12" in desk.screen


async def test_a_clerk_sees_it_and_is_told_whose_it_is_to_call() -> None:
    async with at_the_desk() as desk:
        await month(desk)
        assert table(desk).row_count > 0
        await desk.press("f6")
        assert isinstance(desk.app.screen, SampleScreen)
        assert "主管或部门负责人" in desk.screen


async def test_of_another_month_and_for_another_person_nothing_stands_there_until_it_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with at_the_desk("lin") as desk:
        await month(desk)
        assert "12 已回访过" in desk.screen
        with monkeypatch.context() as uncounted:
            uncounted.setattr(SampleScreen, "_count", lambda *_: None)
            await desk.press("left")
            assert "0/0 已回访过" in desk.screen
            await desk.press("right")
            assert table(desk).row_count > 0, "this month's is known still"
            desk.app.be("sun")
            await desk.press()
            assert table(desk).row_count == 0


async def test_other_months_and_the_case_itself() -> None:
    async with at_the_desk("lin") as desk:
        await month(desk)
        assert "抽查 2026-11" in desk.screen
        await desk.press("left")
        await gathered(desk.pilot)
        assert "抽查 2026-10" in desk.screen
        assert table(desk).row_count == 0
        await desk.press("right", "right")
        await gathered(desk.pilot)
        assert "抽查 2026-11" in desk.screen
        await desk.press("enter")
        assert isinstance(desk.app.screen, CaseScreen)
        await desk.press("escape", "escape", "escape")
        assert desk.app.current_mode == "queue"
