"""^Z: what it takes back and for how long, what it says where it does not, and that it is one's own alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from qiantai.policy import change_policy
from qiantai.seat import Seat
from qiantai.words import Bilingual
from qiantai_tui.dialogs.in_stead import InStead
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.program.undoing import BOX_FIRST
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.taking_back import TABLE, Undone
from qiantai_tui.text.words import say
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.desk_driver import Clock, Driver, at_the_desk
from tests.tui.door import PINS, door, sign_in
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
        assert f"已撤销:{second} 的派人" in told(desk)
        await desk.press("f3", "ctrl+z")
        assert (state(desk, first), state(desk, second)) == ("received", "received")
        assert f"已撤销:{first} 的派人" in told(desk)


async def test_what_was_done_twice_is_two_things() -> None:
    async with at_the_desk() as desk:
        first, second = [
            desk.receive(kind="repair", household=each, summary="灯不亮") for each in ("1-2-301", "5-1-101")
        ]
        for number in (first, second, first):
            desk.app.carry_out(number, "note", text="来电催问")
        await desk.press("f7", "ctrl+z", "ctrl+z")
        assert [sorted(desk.app.desk.case(number).struck) for number in (first, second)] == [[2], [1]]


async def test_the_cursor_is_on_what_was_taken_back() -> None:
    async with at_the_desk() as desk:
        first, second = await two_sent(desk)
        assert isinstance(desk.app.screen, QueueScreen)
        desk.app.carry_out(second, "withdraw", reason="好了")
        await desk.pilot.pause()
        desk.app.screen.stand_on(first)
        await desk.press("ctrl+z")
        assert desk.app.screen.query_one(LineTable).key == second


async def test_of_one_case_no_second_in_a_row_as_the_rules_say() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        for text in ("一", "二"):
            desk.app.carry_out(number, "note", text=text)
        await desk.press("ctrl+z")
        assert [
            desk.app.desk.case(number).history[seq].fields["text"] for seq in desk.app.desk.case(number).struck
        ] == ["二"]
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
        await desk.press("escape")
        assert desk.app.desk.case(case.number).state == "received"


@pytest.mark.parametrize(("window", "later", "left"), [("10m", 0, "10 分钟"), ("1m", 0, "1 分钟"), ("2m", 75, "45 秒")])
async def test_the_time_that_is_left_is_the_policy_s(window: str, later: int, left: str) -> None:
    async with at_the_desk(clock=Clock()) as desk:
        handbook = desk.app.desk.handbook
        policy = change_policy({"undo_within": window}, handbook.policy(desk.clock()))
        desk.app.site = evolve(desk.app.site, desk=desk.app.desk.with_handbook(evolve(handbook, policies=(policy,))))
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        desk.app.carry_out(number, "note", text="看过")
        desk.clock.go(seconds=later)
        desk.app.tell_done(Bilingual("办了", "done"), number)
        await desk.pilot.pause()
        assert f"办了  {left}内可 ^Z 撤销" in told(desk)


async def test_what_another_did_is_theirs_and_one_s_own_is_there_again() -> None:
    async with at_the_desk() as desk:
        first, second = await two_sent(desk)
        desk.app.be("bao")
        await desk.press("f7", "ctrl+z")
        assert "您在这里没有可以撤销的" in told(desk)
        desk.app.carry_out(first, "note", text="催过")
        await desk.press("ctrl+z", "ctrl+z")
        assert [desk.app.desk.case(first).history[each].name for each in desk.app.desk.case(first).struck] == ["note"]
        assert state(desk, second) == "dispatched"
        desk.app.be("li")
        await desk.press("ctrl+z")
        assert state(desk, second) == "received"


async def test_a_superior_gave_it_and_takes_it_back_themself() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        seat = Seat(desk.app.desk, desk.app.desk.handbook.people["lin"])
        desk.app.in_stead = InStead(seat, number, "escalate", "她在场")
        desk.app.carry_out(number, "escalate", reason="催了三次")
        desk.app.tell_done(Bilingual("升级了", "escalated"), number)
        await desk.pilot.pause()
        assert "不能撤销,可行:请本人撤销" in told(desk)
        await desk.press("ctrl+z")
        assert "最后一道指令是别人下的:林晓" in desk.screen


async def test_after_somebody_else_has_signed_in_nothing_of_the_first_is_left(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        await sign_in(desk, "李静", PINS["li"])
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        desk.app.carry_out(number, "note", text="看过")
        desk.app.lock()
        await desk.press("ctrl+z")
        desk.app.screen.query_one("#who").focus()
        await sign_in(desk, "林晓", PINS["lin"])
        await desk.press("escape", "f7", "ctrl+z")
        assert "您在这里没有可以撤销的" in told(desk)
        assert not desk.app.desk.case(number).struck


async def test_what_is_no_command_is_told_as_the_table_has_it() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        for sort, row in TABLE.items():
            if row.undone is Undone.BY_THE_RULES:
                continue
            struck = len(desk.app.desk.case(number).struck)
            desk.app.carry_out(number, "note", text="看过")
            desk.app.did(sort)
            desk.app.clear_notifications()
            if row.stops:
                await desk.press("ctrl+z")
                assert say(row.instead) in told(desk)
                assert len(desk.app.desk.case(number).struck) == struck, "it goes no further behind anybody's back"
            await desk.press("ctrl+z")
            assert len(desk.app.desk.case(number).struck) == struck + 1


async def test_a_look_at_a_number_stays_on_record() -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="repair", household="1-2-301", summary="灯不亮", phone="13912345678")
        await desk.press("ctrl+r", "ctrl+z")
        assert "M-3.4c" in told(desk)
        assert len(desk.app.desk.store.looks()) == 1


async def test_a_box_is_answered_first_and_a_field_has_its_own() -> None:
    async with at_the_desk() as desk:
        first, second = await two_sent(desk)
        await desk.press("f12", "ctrl+z")
        assert say(BOX_FIRST) in told(desk)
        await desk.press("escape", "f3")
        await desk.type("漏")
        await desk.press("ctrl+z")
        assert (state(desk, first), state(desk, second)) == ("dispatched", "dispatched")


async def test_f1_tells_what_is_taken_back_and_what_is_not() -> None:
    async with at_the_desk(size=(120, 90)) as desk:
        await desk.press("f1")
        shown = "".join(desk.screen.replace("│", "").split())
        for each in TABLE.values():
            assert "".join(say(each.what).split()) in shown
            assert "".join(say(each.instead).split())[:12] in shown
