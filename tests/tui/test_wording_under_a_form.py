"""A wording that changes while somebody answers by it: the form says so, nothing is sent unread, nothing is lost."""

from __future__ import annotations

from datetime import datetime, time

from qiantai import ZONE
from qiantai.deeds import WITHDRAW
from qiantai_tui.dialogs.step_form import StepForm
from tests.tui.agreed_answers import approved, done
from tests.tui.desk_driver import Clock, Driver, at_the_desk, demo_handbook

PARKING = next(each for each in demo_handbook()[0].scripts if each.id == "parking-fee-2026")


async def answering(desk: Driver, topic: str = "parking-fee") -> str:
    """The form of an answer on that topic, filled in by the agreed wording; gives the case."""
    number = desk.receive(kind="challenge", household="1-2-301", summary="停车费太贵", topic=topic)
    desk.app.screen.give(number, "answer")  # type: ignore[attr-defined]
    await desk.pilot.pause()
    assert isinstance(desk.app.screen, StepForm)
    return number


def said(desk: Driver) -> str:
    """What stands in the form as the answer."""
    assert isinstance(desk.app.screen, StepForm)
    row = desk.app.screen.row("text")
    return row.text() if row is not None else ""


async def test_a_wording_withdrawn_under_the_form_is_told_and_comes_back_by_undo() -> None:
    async with at_the_desk("li") as desk:
        number = await answering(desk)
        await desk.press("1")
        assert said(desk) == PARKING.text
        done(desk, WITHDRAW, "zhao", id=PARKING.id, version=PARKING.version, reason="价格要变")
        desk.app.take_scripts_anew()
        await desk.pilot.pause()
        assert "刚停用或到期" in desk.screen
        assert said(desk) == ""
        assert PARKING.id not in desk.screen, "no field names what is in force no more"
        await desk.press("f10")
        assert "还没有保存" in desk.screen
        assert [each.name for each in desk.app.desk.case(number).history] == ["receive"]
        await desk.press("ctrl+z")
        assert said(desk) == PARKING.text
        await desk.press("f10")
        answer = desk.app.desk.case(number).history[-1]
        assert (answer.name, answer.fields["text"]) == ("answer", PARKING.text)
        assert "script" not in answer.fields


async def test_a_newer_wording_is_put_in_and_read_before_it_is_sent() -> None:
    async with at_the_desk("li") as desk:
        number = await answering(desk)
        await desk.press("1")
        newer = approved(desk, "parking-fee", "您好,地下固定车位每月 400 元。")
        desk.app.take_scripts_anew()
        await desk.pilot.pause()
        assert f"刚换成 v{newer.version}" in desk.screen
        assert said(desk) == "您好,地下固定车位每月 400 元。"
        await desk.press("f10")
        assert len(desk.app.desk.case(number).history) == 1
        await desk.press("f10")
        answer = desk.app.desk.case(number).history[-1]
        assert (answer.fields["text"], answer.fields["script"]) == ("您好,地下固定车位每月 400 元。", newer.id)


async def test_what_the_clerk_has_written_of_their_own_stays() -> None:
    async with at_the_desk("li") as desk:
        await answering(desk)
        await desk.press("up")
        await desk.type("王女士:")
        done(desk, WITHDRAW, "zhao", id=PARKING.id, version=PARKING.version, reason="价格要变")
        desk.app.take_scripts_anew()
        await desk.pilot.pause()
        assert said(desk) == f"王女士:{PARKING.text}"
        assert "刚停用或到期" in desk.screen


async def test_a_wording_whose_last_day_ends_under_the_form_is_not_sent_unread() -> None:
    assert PARKING.valid_until is not None
    clock = Clock(datetime.combine(PARKING.valid_until, time(23, 55), ZONE))
    async with at_the_desk("li", clock=clock) as desk:
        number = await answering(desk)
        assert said(desk) == PARKING.text
        await desk.press("1")
        await desk.go(minutes=6)
        await desk.press("f10")
        assert "停用或到期" in desk.screen
        assert said(desk) == ""
        assert len(desk.app.desk.case(number).history) == 1
