"""A clerk's morning at the desk, told by the keys that are pressed and what the screen then says."""

from __future__ import annotations

from datetime import datetime

import pytest

from qiantai import ZONE
from qiantai_tui.dialogs.step_form import StepForm
from tests.tui.desk_driver import Clock, at_the_desk
from tests.tui.waiting import gathered, until


async def test_a_call_is_taken_in_with_one_line_and_two_enters() -> None:
    async with at_the_desk() as desk:
        await desk.press("f2")
        await desk.type("1-2-301 漏水")
        assert "1栋2单元301 王*" in desk.screen
        assert "紧急(漏水)" in desk.screen
        await desk.press("enter")
        assert "受理登记" in desk.screen
        await desk.press("enter")
        (case,) = desk.app.desk.store.open_cases()
        assert (case.kind, case.household, case.text("summary")) == ("repair", "1-2-301", "漏水")
        assert case.holds("emergency")
        assert case.text("channel") == "phone"
        assert f"{case.number} 已受理" in desk.screen
        assert desk.app.focused is not None
        assert desk.app.focused.id == "queue"


async def test_taken_in_sent_out_and_called_back_by_function_keys() -> None:
    async with at_the_desk() as desk:
        await desk.press("f2")
        await desk.type("1-2-301 灯不亮")
        await desk.press("enter", "enter")
        (case,) = desk.app.desk.store.open_cases()
        await desk.press("f5", "enter")
        assert "派人" in desk.screen
        assert desk.app.desk.case(case.number).state == "dispatched"
        desk.give(case.number, "arrive", "sun")
        desk.give(case.number, "complete", "sun", result="换了灯管")
        await desk.press("f6")
        assert "维修合格" in desk.screen
        await desk.press("1", "enter")
        assert "这一项要填" in desk.screen, "Enter goes on to what is still to be said"
        await desk.press("1")
        assert "这一项要填" not in desk.screen
        await desk.press("enter")
        done = desk.app.desk.case(case.number)
        assert done.state == "closed", desk.screen
        assert "已办结归档" in desk.screen
        assert "没有待办的事项。F2 登记一件" in desk.screen


async def test_the_board_changes_as_the_clock_goes_past_due_times() -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        await desk.go(seconds=1)
        assert "00:04:59" in desk.screen
        assert "超时 0" in desk.screen
        await desk.go(minutes=5)
        assert "+00:00" in desk.screen
        assert "超时 1" in desk.screen
        assert "00:04:59" in desk.screen, "the arrival is still in time"


async def test_a_step_that_asks_nothing_is_done_at_once_and_taken_back_with_ctrl_z() -> None:
    async with at_the_desk("sun") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        desk.give(number, "dispatch", "li", to=["engineering"])
        await desk.press("f4", "enter")
        assert desk.app.desk.case(number).state == "on_site"
        assert "10 分钟内可 ^Z 撤销" in desk.screen
        await desk.press("ctrl+z")
        assert desk.app.desk.case(number).state == "dispatched"
        assert "已撤销" in desk.screen


async def test_the_number_is_shown_for_half_a_minute_and_that_is_on_record() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="漏水", phone="13912345678")
        assert "139****5678" in desk.screen
        assert "13912345678" not in desk.screen
        await desk.press("ctrl+r")
        assert "13912345678" in desk.screen
        (look,) = desk.app.desk.store.looks()
        assert (look.by, look.what, look.which) == ("li", "phone", number)
        await desk.go(seconds=29)
        assert "13912345678" in desk.screen
        await desk.go(seconds=1)
        assert "13912345678" not in desk.screen


async def test_the_number_is_shown_in_a_narrow_window_too_and_goes_away() -> None:
    async with at_the_desk(size=(80, 24)) as desk:
        desk.receive(kind="repair", household="1-2-301", summary="漏水", phone="13912345678")
        await desk.press("ctrl+r")
        assert "13912345678" in desk.screen
        await desk.go(seconds=30)
        assert "13912345678" not in desk.screen


async def test_an_emergency_is_taken_in_by_its_first_questions_and_sending_comes_next() -> None:
    async with at_the_desk() as desk:
        await desk.press("f9")
        await desk.type("电梯困人")
        await desk.press("down")
        await desk.type("3栋1单元 电梯")
        await desk.press("down", "2", "down", "2", "down")
        await desk.type("13900001111")
        await desk.press("enter")
        (case,) = desk.app.desk.store.open_cases()
        assert case.holds("emergency")
        assert case.text("place") == "3栋1单元 电梯"
        assert case.text("phone") == "13900001111"
        assert "电梯困人" in case.text("summary")
        assert "2人" in case.text("summary")
        assert "无人受伤" in case.text("summary")
        assert f"派人 · {case.number}" in desk.screen


async def test_a_room_that_fits_several_households_is_chosen_from_a_list() -> None:
    async with at_the_desk() as desk:
        await desk.press("f2")
        await desk.type("李姐 问物业费")
        assert "户相符" in desk.screen
        await desk.press("enter")
        assert "是哪一户?" in desk.screen
        await desk.press("1")
        assert "受理登记" in desk.screen
        await desk.press("enter")
        (case,) = desk.app.desk.store.open_cases()
        assert case.kind == "enquiry"
        assert desk.app.handbook.households[case.household].name.startswith("李")


async def test_a_room_off_the_roll_asks_for_name_and_telephone_and_keeps_the_room_as_the_place() -> None:
    async with at_the_desk() as desk:
        await desk.press("f2")
        await desk.type("99-1-101 漏水")
        assert "花名册没有" in desk.screen
        await desk.press("enter")
        assert "请填姓名和电话" in desk.screen
        form = desk.app.screen
        form.row("name").focus_field()  # type: ignore[attr-defined]
        await desk.type("赵六")
        await desk.press("down")
        await desk.type("１３９　００００　２２２２")
        await desk.press("enter")
        (case,) = desk.app.desk.store.open_cases()
        assert case.household == ""
        assert case.text("place") == "99栋1单元101"
        assert case.text("name") == "赵六"
        assert case.text("phone") == "13900002222"


async def test_what_was_written_is_kept_when_the_form_is_left_and_put_back_with_the_same_line() -> None:
    async with at_the_desk() as desk:
        await desk.press("f2")
        await desk.type("5-1-101 投诉楼上太吵")
        await desk.press("enter")
        form = desk.app.screen
        form.row("demand").focus_field()  # type: ignore[attr-defined]
        await desk.type("晚上十点以后不要敲")
        await desk.press("escape")
        assert "没写完的先留着" in desk.screen
        assert "5-1-101 投诉楼上太吵" in desk.screen
        await desk.press("enter")
        assert "晚上十点以后不要敲" in desk.screen


@pytest.mark.parametrize("person", ["li", "lin", "sun", "zhou", "tang"])
async def test_the_board_shows_only_what_one_may_see(person: str) -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="complaint", household="5-1-101", summary="太吵")
        desk.app.be(person)
        await desk.pilot.pause()
        assert ("太吵" in desk.screen) == (person in ("li", "lin"))


async def test_nobody_at_the_desk_is_asked_first_and_found_by_initials() -> None:
    async with at_the_desk(None) as desk:
        assert "谁在前台?" in desk.screen
        await desk.type("lx")
        await desk.press("enter")
        assert desk.app.person is not None
        assert desk.app.person.name == "林晓"
        assert "林晓" in desk.screen


async def test_the_kinds_are_gone_through_with_the_arrows() -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        desk.receive(kind="complaint", household="5-1-101", summary="太吵")
        await desk.press("right")
        assert "[投诉]" in desk.screen
        assert "太吵" in desk.screen
        assert "灯不亮" not in desk.screen
        await desk.press("left", "left")
        assert "灯不亮" in desk.screen
        assert "太吵" not in desk.screen
        await desk.press("left")
        assert "没有待办的求助" in desk.screen


async def test_whom_the_case_waits_for_is_said_where_one_can_do_nothing() -> None:
    async with at_the_desk(clock=Clock(datetime(2026, 11, 23, 10, 0, tzinfo=ZONE))) as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        desk.give(number, "dispatch", "li", to=["engineering"])
        await desk.pilot.pause()
        assert "等 工程 到场" in desk.screen


async def test_an_emergency_takes_over_what_stands_in_the_line() -> None:
    async with at_the_desk() as desk:
        await desk.press("f2")
        await desk.type("1-2-301 漏水")
        await desk.press("f9", "enter")
        (case,) = desk.app.desk.store.open_cases()
        assert (case.kind, case.household, case.text("summary")) == ("repair", "1-2-301", "漏水")
        assert case.text("place") == "1栋2单元301"


async def test_a_room_taken_out_of_the_form_brings_name_and_telephone() -> None:
    async with at_the_desk() as desk:
        await desk.press("f2")
        await desk.type("1-2-301 漏水")
        await desk.press("enter")
        assert "姓名" not in desk.screen.split("受理登记")[1]
        desk.app.screen.row("household").load("")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        assert "姓名" in desk.screen.split("受理登记")[1]


async def test_any_command_is_given_from_the_palette_by_its_initials() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.press("ctrl+p")
        await desk.type("cuiban")
        await desk.press(*["backspace"] * 6)
        await desk.type("催办")
        await gathered(desk.pilot)
        await desk.press("enter")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, StepForm))
        await desk.type("请尽快")
        await desk.press("enter")
        assert desk.app.desk.case(number).last_command.name == "urge"


async def test_nobody_reached_asks_nothing_more_and_counts_a_try() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        desk.give(number, "dispatch", "li", to=["engineering"])
        desk.give(number, "arrive", "sun")
        desk.give(number, "complete", "sun", result="好了")
        await desk.press("f6")
        desk.app.screen.row("reached").load("no")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        assert "维修合格" not in desk.screen
        await desk.press("f10")
        assert desk.app.desk.case(number).tries == 1


async def test_ctrl_g_escalates_and_ctrl_o_goes_to_another_screen() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="complaint", household="5-1-101", summary="太吵")
        await desk.press("ctrl+g")
        await desk.type("业户情绪激动")
        await desk.press("enter")
        assert desk.app.desk.case(number).holds("major")
        await desk.press("ctrl+o", "ctrl+o")
        assert "去哪里?" in desk.screen
        await desk.press("2")
        assert desk.app.current_mode != "queue"


async def test_a_guard_takes_in_and_is_told_to_pass_it_to_the_desk() -> None:
    async with at_the_desk("zhou") as desk:
        await desk.press("f2")
        await desk.type("5-1-101 投诉楼上太吵")
        await desk.press("enter", "enter")
        (case,) = desk.app.desk.store.open_cases()
        assert case.state == "noted"
        await desk.press("f5")
        assert "转前台" in desk.screen
        await desk.press("1", "enter")
        assert desk.app.desk.case(case.number).state == "received"
