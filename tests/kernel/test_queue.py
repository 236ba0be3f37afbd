"""The queue's order: the next due time, an emergency first of equals, and cases with nothing owed at the end."""

from datetime import datetime, timedelta

from qiantai import Desk, Done, Handbook, Household, Person
from qiantai.periods import ZONE
from qiantai.projections.queue import queue, tally

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
HANDBOOK = Handbook(
    people={"li": Person("li", "李静", ["desk"]), "sun": Person("sun", "孙浩", ["engineering"])},
    households={"1-2-301": Household("1-2-301", "王岚", "13800001234")},
)


def taken_in(desk: Desk, **fields: object) -> str:
    done = desk.receive("li", channel="phone", household="1-2-301", summary="…", **fields)
    assert isinstance(done, Done)
    return done.case.number


def test_the_queue_is_ordered_by_what_presses() -> None:
    now = [NINE]
    desk = Desk(HANDBOOK, clock=lambda: now[0])
    ordinary = taken_in(desk, kind="repair")
    help_ = taken_in(desk, kind="help")
    emergency = taken_in(desk, kind="repair", emergency=True)
    on_site = taken_in(desk, kind="repair", emergency=True)
    desk.do(on_site, "dispatch", "li", to="engineering")
    desk.do(on_site, "arrive", "sun")

    lines = queue(desk.store.open_cases())

    assert [line.case.number for line in lines] == [emergency, help_, ordinary, on_site]
    assert [line.left(NINE) for line in lines] == [timedelta(minutes=5)] * 2 + [timedelta(hours=24), None]
    counted = tally(lines, NINE + timedelta(minutes=5, seconds=1))
    assert (counted.overdue, counted.unassigned, counted.call_backs) == (2, 3, 0)


def test_no_case_no_line() -> None:
    assert queue([]) == ()
    assert tally((), NINE).overdue == 0
