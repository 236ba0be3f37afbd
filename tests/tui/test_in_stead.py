"""A superior's command in somebody's stead: their own PIN, a reason on record, one command alone."""

from __future__ import annotations

from pathlib import Path

from qiantai_tui.dialogs.in_stead import InSteadDialog
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.widgets.entry import Entry
from tests.tui.desk_driver import Driver
from tests.tui.door import PEOPLE, PINS, door, people_at, sign_in


async def refused_to_sun(desk: Driver) -> str:
    """A case that engineering handles, on which they may not give `withdraw`; the refusal stands on the screen."""
    number = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水")
    desk.give(number, "dispatch", "li", to=["engineering"])
    await sign_in(desk, PEOPLE["sun"].name, PINS["sun"])
    screen = desk.app.screen
    assert isinstance(screen, QueueScreen)
    screen.stand_on(number)
    screen.give(number, "withdraw")
    await desk.pilot.pause()
    assert isinstance(desk.app.screen, RefusalDialog)
    return number


async def test_a_superior_gives_one_command_in_ones_stead_on_record_with_the_reason(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        number = await refused_to_sun(desk)
        await desk.press("f7")
        assert isinstance(desk.app.screen, InSteadDialog)
        await desk.type(PEOPLE["lin"].name)
        await desk.press("enter")
        await desk.type("前台不在,业主电话撤回")
        await desk.press("enter")
        await desk.type(PINS["lin"])
        await desk.press("enter")
        assert isinstance(desk.app.screen, StepForm)
        await desk.type("业主自己修好了")
        await desk.press("f10")
        case = desk.app.desk.case(number)
        assert case.state == "closed"
        assert [(each.name, each.by) for each in case.history[-2:]] == [("note", "lin"), ("withdraw", "lin")]
        assert "前台不在,业主电话撤回" in str(case.history[-2].fields["text"])
        assert PEOPLE["sun"].name in str(case.history[-2].fields["text"])
        assert people_at(desk) == "sun"
        assert desk.app.in_stead is None


async def test_without_a_reason_or_with_a_wrong_pin_nothing_is_given(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        number = await refused_to_sun(desk)
        before = desk.app.desk.case(number)
        await desk.press("f7")
        await desk.type(PEOPLE["lin"].name)
        await desk.press("enter", "enter")
        await desk.type(PINS["lin"])
        await desk.press("enter")
        assert "要写理由" in desk.screen
        await desk.type("急")
        await desk.press("enter")
        desk.app.screen.query_one("#pin", Entry).load("0000")
        await desk.press("enter")
        assert "不对" in desk.screen
        await desk.press("escape")
        assert desk.app.in_stead is None
        assert desk.app.desk.case(number) == before


async def test_a_form_that_is_left_lets_go_of_what_the_superior_agreed_to(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        number = await refused_to_sun(desk)
        await desk.press("f7")
        await desk.type(PEOPLE["lin"].name)
        await desk.press("enter")
        await desk.type("急")
        await desk.press("enter")
        await desk.type(PINS["lin"])
        await desk.press("enter")
        await desk.press("escape")
        assert desk.app.in_stead is None
        assert desk.app.giver(number, "withdraw").person.id == "sun"
