"""A clerk's morning from signing in to the hand-over, by keys alone, and what the next one sees."""

from __future__ import annotations

from pathlib import Path

from qiantai.shift.book import Stage
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.signing import SignDialog
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.hand_over import HandOverScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.sign_in.book import PinBook
from tests.tui.desk_driver import Driver
from tests.tui.door import PEOPLE, PINS, door, people_at, sign_in
from tests.tui.waiting import until

HE = "4826"


def only(desk: Driver, kind: str) -> str:
    """The number of the one open case of that kind."""
    (found,) = [case.number for case in desk.app.desk.store.open_cases() if case.kind == kind]
    return found


def state(desk: Driver, number: str) -> str:
    """The state of a case on the disk."""
    return desk.app.desk.case(number).state


async def emergency_by_f9(desk: Driver) -> str:
    """Somebody is stuck in a lift: the first questions, and security is sent at once."""
    await desk.press("f9")
    await desk.type("电梯困人")
    await desk.press("down")
    await desk.type("3栋1单元 电梯")
    await desk.press("down", "2", "down", "2", "down")
    await desk.type("13900001111")
    await desk.press("enter")
    number = next(case.number for case in desk.app.desk.store.open_cases() if case.holds("emergency"))
    assert f"派人 · {number}" in desk.screen
    await desk.press("enter")
    assert state(desk, number) == "dispatched"
    return number


async def one_line_intake(desk: Driver) -> str:
    """A light is out: one line and two Enters; sent to engineering by F5."""
    before = {case.number for case in desk.app.desk.store.open_cases()}
    await desk.press("f2")
    await desk.type("1-2-301 灯不亮")
    await desk.press("enter", "enter")
    (number,) = {case.number for case in desk.app.desk.store.open_cases()} - before
    await desk.press("f5", "enter")
    assert state(desk, number) == "dispatched"
    return number


async def anonymous_letter(desk: Driver) -> str:
    """A letter without a name suggests something: nobody is to be thanked, and the clerk may not decide on it."""
    await desk.press("f2")
    await desk.type("建议 大堂加一个雨伞架")
    await desk.press("enter")
    form = desk.app.screen
    for name, text in (("kind", "suggestion"), ("channel", "letter"), ("anonymous", "yes")):
        form.row(name).load(text)  # type: ignore[attr-defined]
    await desk.pilot.pause()
    await desk.press("f10")
    number = only(desk, "suggestion")
    case = desk.app.desk.case(number)
    assert (case.holds("anonymous"), case.text("channel")) == (True, "letter")
    assert not case.owes("thank")
    return number


async def test_a_clerks_morning(tmp_path: Path) -> None:
    async with door(tmp_path, lock_after=600) as desk:
        PinBook(tmp_path).choose(PEOPLE["he"], HE)
        old = desk.receive(kind="repair", household="5-1-101", summary="门禁坏了")
        desk.give(old, "withdraw", "li", reason="自己好了")
        await sign_in(desk, "李静", PINS["li"])
        assert people_at(desk) == "li"
        began = desk.clock()

        lift = await emergency_by_f9(desk)
        await desk.go(minutes=5)
        light = await one_line_intake(desk)
        letter = await anonymous_letter(desk)

        screen = desk.app.screen
        assert isinstance(screen, QueueScreen)
        screen.give(letter, "decide")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, RefusalDialog)
        assert "H-4.1.1.3" in desk.screen
        await desk.press("enter")

        await desk.go(minutes=20)
        desk.give(light, "arrive", "sun")
        desk.give(light, "complete", "sun", result="换了灯管")
        screen.stand_on(light)
        await desk.press("f6", "1", "enter", "1", "enter")
        assert state(desk, light) == "closed", desk.screen
        await desk.press("ctrl+z")
        assert state(desk, light) == "awaiting_call_back", "taken back within its window"

        await desk.press("f3")
        await desk.type("门禁")
        assert isinstance(desk.app.screen, FindScreen)
        await until(desk.pilot, lambda: old in desk.screen)
        await desk.press("enter")
        assert old in desk.screen
        assert "自己好了" in desk.screen, "the old case with all that was said"
        await desk.press("escape")

        await desk.go(hours=3)
        await desk.press("f24", "f4")
        await desk.type("何悦")
        await desk.press("enter", "n")
        await desk.type("3栋电梯等维保单位来")
        await desk.press("f10", "f4")
        assert isinstance(desk.app.screen, SignDialog)
        await desk.type(PINS["li"])
        await desk.press("enter")
        given = desk.app.shifts.book().hand_overs[0]
        assert given.stage is Stage.SIGNED_OFF
        assert given.summary is not None
        assert given.since == began
        assert set(given.summary.open) == {lift, light, letter}
        assert lift in given.summary.overdue, "nobody has reached the lift"
        assert given.summary.call_backs == (light,)
        assert {desk.app.desk.case(each).owner for each in given.summary.open} == {"li"}

        await desk.press("escape", "f12", "shift+tab")
        await sign_in(desk, "何悦", HE)
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, HandOverScreen), "the next one sees it first thing"
        assert "3栋电梯等维保单位来" in desk.screen
        assert lift in desk.screen
        await desk.press("f4")
        await desk.type(HE)
        await desk.press("enter")
        taken = desk.app.shifts.book().hand_overs[0]
        assert taken.stage is Stage.TAKEN_OVER
        assert set(taken.accepted) == {lift, light, letter}
        assert {desk.app.desk.case(each).owner for each in taken.accepted} == {"he"}
        assert desk.app.shifts.broken() is None
