"""Due times of a year whose calendar nobody knows yet: marked, and put right on record once it is known."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from qiantai import Handbook, fold, verify
from qiantai.days import Year
from tests.kernel.front_desk import FrontDesk, clock

NEW_YEARS_EVE = clock(9, day=31, month=12, year=2030)
HOLIDAYS = Year(2031, {date(2031, 1, day): "元旦" for day in (1, 2, 3)}, {date(2031, 1, 4): "元旦"}, "通知")


def known(desk: FrontDesk) -> None:
    """The notice for 2031 comes out."""
    book = desk.handbook
    desk.desk = desk.desk.with_handbook(
        Handbook(book.people, book.households, calendar=book.calendar.with_years([HOLIDAYS]))
    )


def due(day: int) -> datetime:
    """Closing time of that day of January 2031."""
    return clock(18, 30, day=day, month=1, year=2031)


def test_it_is_marked_and_counted_anew_once_the_year_is_known() -> None:
    desk = FrontDesk(NEW_YEARS_EVE)
    number = desk.receive("complaint")
    assert (desk.duty(number, "resolve").due, desk.duty(number, "resolve").provisional) == (due(2), True)
    assert not desk.duty(number, "feedback").provisional
    assert desk.desk.recount() == (), "nothing is known yet"
    known(desk)
    events = desk.later(days=3).desk.recount()
    assert [(each.name, each.by, each.case) for each in events] == [("recount", "", number)]
    assert (desk.duty(number, "resolve").due, desk.duty(number, "resolve").provisional) == (due(6), False)
    assert desk.status(number, "resolve") == "open"
    assert fold(desk.case(number).history) == desk.case(number)
    assert verify(desk.case(number).history) is None
    assert desk.desk.recount() == (), "once"


@pytest.mark.parametrize(("until", "before", "after"), [("3wd", 3, 7), ("7wd", 9, 13)])
def test_an_extension_is_counted_anew_as_long_as_it_was_extended(until: str, before: int, after: int) -> None:
    desk = FrontDesk(NEW_YEARS_EVE)
    number = desk.reach("complaint", "handling")
    desk.do(number, "extend", "cs_head", until=until, informed=True)
    assert (desk.duty(number, "resolve").due, desk.duty(number, "resolve").provisional) == (due(before), True)
    known(desk)
    desk.desk.recount()
    assert desk.duty(number, "resolve").due == due(after)


def test_an_extension_taken_back_is_counted_as_if_never_given() -> None:
    desk = FrontDesk(NEW_YEARS_EVE)
    number = desk.reach("complaint", "handling")
    desk.do(number, "extend", "cs_head", until="7wd", informed=True)
    desk.do(number, "undo", "cs_head")
    known(desk)
    desk.desk.recount()
    assert desk.duty(number, "resolve").due == due(6)


def test_the_last_command_can_still_be_taken_back_after_a_recount() -> None:
    desk = FrontDesk(NEW_YEARS_EVE)
    number = desk.receive("complaint")
    desk.do(number, "note", "desk", text="一")
    known(desk)
    desk.desk.recount()
    assert desk.offered(number, "undo") == {"desk"}
    desk.do(number, "undo", "desk")
    assert desk.duty(number, "resolve").due == due(6)


def test_an_extension_taken_back_after_a_recount_leaves_no_trace_in_the_due_time() -> None:
    desk = FrontDesk(NEW_YEARS_EVE)
    number = desk.reach("complaint", "handling")
    before = desk.case(number)
    desk.do(number, "extend", "cs_head", until="7wd", informed=True)
    known(desk)
    desk.desk.recount()
    desk.do(number, "undo", "cs_head")
    assert desk.case(number).duties == before.duties
    desk.desk.recount()
    assert desk.duty(number, "resolve").due == due(6)


def test_what_is_done_or_closed_is_left_alone() -> None:
    desk = FrontDesk(NEW_YEARS_EVE)
    desk.do(desk.receive("complaint"), "withdraw", "desk")
    known(desk)
    assert desk.desk.recount() == ()


def test_what_reopened_it_is_taken_back_after_a_recount() -> None:
    desk = FrontDesk(NEW_YEARS_EVE)
    number = desk.reach("complaint", "awaiting_call_back")
    before = desk.case(number)
    desk.do(number, "call_back", "desk", satisfied=False)
    known(desk)
    assert desk.desk.recount()
    after = desk.do(number, "undo", "desk")
    assert (after.state, after.duties) == (before.state, before.duties)


def test_of_two_extensions_the_first_stays_when_the_second_is_taken_back() -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "handling")
    desk.do(number, "extend", "cs_head", until="4wd", informed=True)
    due_then = desk.duty(number, "resolve").due
    desk.do(number, "extend", "cs_head", until="7wd", informed=True)
    assert desk.do(number, "undo", "cs_head").duty("resolve") == desk.duty(number, "resolve")
    assert desk.duty(number, "resolve").due == due_then
