"""^Z: what it takes back and for how long, what it says where it does not, and that it is one's own alone."""

from __future__ import annotations

import pytest

from qiantai.policy import change_policy
from qiantai_tui.dialogs.help import HelpDialog
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.screens.hand_over import HandOverScreen
from qiantai_tui.taking_back import TABLE, Undone
from qiantai_tui.text.words import say
from tests.tui.desk_driver import Clock, Driver, at_the_desk, desk_in_memory
from tests.tui.taken_back import told


def state(desk: Driver, number: str) -> str:
    return desk.app.desk.case(number).state


async def two_sent(desk: Driver) -> tuple[str, str]:
    """Two repairs that whoever is there has sent on, the second last."""
    numbers = [desk.receive(kind="repair", household=each, summary="灯不亮") for each in ("1-2-301", "5-1-101")]
    for number in numbers:
        desk.app.carry_out(number, "dispatch", to=["engineering"])
    return numbers[0], numbers[1]


async def test_the_last_first_and_then_the_one_before() -> None:
    async with at_the_desk() as desk:
        first, second = await two_sent(desk)
        await desk.press("f7", "ctrl+z")
        assert (state(desk, first), state(desk, second)) == ("dispatched", "received")
        assert f"已撤销:{second} 的派单" in told(desk)
        await desk.press("f3", "ctrl+z")
        assert (state(desk, first), state(desk, second)) == ("received", "received")
        assert f"已撤销:{first} 的派单" in told(desk)


async def test_of_one_case_no_second_in_a_row_as_the_rules_say() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        for text in ("一", "二"):
            desk.app.carry_out(number, "note", text=text)
        await desk.press("ctrl+z")
        assert [desk.app.desk.case(number).history[seq].fields["text"] for seq in desk.app.desk.case(number).struck] == ["二"]
        await desk.press("ctrl+z")
        assert isinstance(desk.app.screen, RefusalDialog)
        assert "刚撤销过一次" in desk.screen
        await desk.press("escape", "ctrl+z")
        assert "刚撤销过一次" in desk.screen, "the case at hand, which the rules refuse too"
        assert len(desk.app.desk.case(number).struck) == 1


async def test_a_receipt_stays_and_the_toast_says_what_would_do() -> None:
    async with at_the_desk() as desk:
        await desk.press("f2")
        await desk.type("1-2-301 灯不亮")
        await desk.press("enter", "enter")
        [case] = desk.app.desk.store.open_cases()
        assert f"{case.number} 已受理" in told(desk)
        assert "不能撤销,可行:用撤回" in told(desk)
        assert "^Z" not in told(desk)
        await desk.press("ctrl+z")
        assert "受理不能撤销" in desk.screen
        await desk.press("escape", "escape")
        desk.app.clear_notifications()
        for screen in desk.app.screen_stack:
            screen.set_focus(None)
        await desk.press("1")


@pytest.mark.parametrize(("window", "seconds", "left"), [("10m", 0, "10 分钟"), ("90s", 0, "1 分钟"), ("45s", 0, "45 秒")])
async def test_the_time_that_is_left_is_the_policy_s(window: str, seconds: int, left: str) -> None:
    clock = Clock()
    async with at_the_desk(clock=clock) as desk:
        handbook = desk.app.desk.handbook
        policy = change_policy({"undo_within": window}, handbook.policy(clock()))
        from attrs import evolve

        desk.app.site = evolve(desk.app.site, desk=desk.app.desk.with_handbook(evolve(handbook, policies=(policy,))))
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.press("f5", "enter")
        assert f"{number} 已派单  {left}内可 ^Z 撤销" in told(desk)
