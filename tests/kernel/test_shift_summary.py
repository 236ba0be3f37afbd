"""What a shift leaves to the next, by the cases and the clock."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantai import Script
from qiantai.shift.summary import OLD, Summary, follower, old_ones, summary_in, summary_out, theirs
from tests.kernel.front_desk import KINDS, MONDAY, PEOPLE, clock
from tests.kernel.shift_change import ShiftChange


def test_what_a_shift_leaves() -> None:
    desk = ShiftChange(at=clock(8))
    before = desk.receive("repair")
    desk.later(minutes=30)
    desk.takes("begin_shift", "desk")
    leak = desk.receive("repair", emergency=True)
    desk.do(leak, "dispatch", "desk", to=["engineering"])
    noise = desk.reach("complaint", "handling")
    idea = desk.receive("suggestion", by="desk2")
    call = desk.reach("repair", "awaiting_call_back", number=desk.receive("repair", by="desk2"))
    power = desk.incident(by="desk2")
    gone = desk.reach("enquiry", "closed")
    waits = desk.reach("repair", "waiting")
    desk.do(noise, "offer", "desk", to="desk2")
    desk.do(idea, "offer", "desk2", to="desk")
    desk.later(minutes=30)
    found = desk.summary()
    assert found.since == clock(8, 30)
    assert found.until == desk.at
    assert set(found.open) == {before, leak, noise, waits}
    assert set(found.taken_in) == {leak, noise, gone, waits}
    assert found.closed == (gone,)
    assert found.overdue == (leak,), "nobody has arrived"
    assert found.waiting == {leak: ("engineering",), noise: ("engineering",), waits: ("engineering",)}
    assert found.promised == {waits: MONDAY + timedelta(days=3)}
    assert (found.offered, found.asked) == ({noise: "desk2"}, (idea,))
    assert (found.call_backs, found.incidents) == ((call,), (power,))


def test_a_stand_in_follows_a_complaint_up_while_its_owner_stays() -> None:
    desk = ShiftChange()
    noise = desk.receive("complaint")
    desk.do(noise, "offer", "desk", to="desk2")
    desk.do(noise, "accept", "desk2")
    assert desk.case(noise).owner == "desk"
    assert follower(desk.case(noise)) == "desk2"
    assert (desk.summary("desk").open, desk.summary("desk2").open) == ((), (noise,))


def test_what_was_closed_by_the_giver_counts_though_another_follows_it_up() -> None:
    desk = ShiftChange()
    desk.takes("begin_shift", "desk2")
    desk.takes("begin_shift", "desk")
    number = desk.reach("help", "closed", number=desk.receive("help", by="desk2"))
    assert desk.case(number).history[-1].by == "desk"
    assert desk.summary("desk2").closed == (number,)
    assert desk.summary("desk").closed == (number,)


def test_a_closing_that_was_taken_back_is_none() -> None:
    desk = ShiftChange()
    desk.takes("begin_shift", "desk")
    number = desk.receive("repair")
    desk.do(number, "withdraw", "desk", reason="修好了")
    assert desk.summary().closed == (number,)
    desk.do(number, "undo", "desk")
    assert desk.summary().closed == ()
    assert desk.summary().open == (number,)


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2026, 11, 22), None, False),
        (date(2026, 11, 23), None, True),
        (date(2026, 11, 24), None, True),
        (date(2026, 11, 25), None, False),
        (date(2026, 1, 1), date(2026, 11, 23), True),
        (date(2026, 1, 1), date(2026, 11, 24), False),
    ],
)
def test_the_answers_that_change_around_the_shift(first: date, last: date | None, told: bool) -> None:
    desk = ShiftChange(scripts=(Script("water-2", "water", "按表计费。", first, "cs_head", last),))
    desk.takes("begin_shift", "desk")
    assert desk.later(hours=9).summary().scripts == (("water-2",) if told else ())


def test_an_answer_that_nobody_approved_is_no_change() -> None:
    desk = ShiftChange(scripts=(Script("water-2", "water", "按表计费。", date(2026, 11, 23), ""),))
    assert desk.summary().scripts == ()


def test_the_old_ones_are_those_that_a_search_by_receipt_misses() -> None:
    desk = ShiftChange()
    old = desk.receive("suggestion")
    desk.at = MONDAY + OLD + timedelta(seconds=1)
    new = desk.receive("repair")
    assert old_ones([desk.case(old), desk.case(new)], desk.at) == (old,)
    desk.takes("begin_shift", "desk")
    assert desk.book.running["desk"].old == (old,)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from(["desk", "desk2"]), st.integers(0, 90)), max_size=8),
    st.sampled_from(PEOPLE),
)
def test_every_open_case_is_in_exactly_one_persons_summary_and_it_comes_back_as_it_was(
    received: list[tuple[str, str, int]], person: str
) -> None:
    desk = ShiftChange()
    for kind, by, minutes in received:
        desk.receive(kind, by)
        desk.later(minutes=minutes)
    cases = desk.desk.store.open_cases()
    followed = [case.number for each in PEOPLE for case in theirs(cases, each)]
    assert sorted(followed) == sorted(case.number for case in cases)
    found = desk.summary(person)
    assert set(found.overdue) | set(found.promised) | set(found.waiting) | set(found.offered) <= set(found.open)
    assert summary_in(summary_out(found)) == found


def test_a_summary_of_everything_comes_back_as_it_was() -> None:
    found = Summary(
        "li", MONDAY, MONDAY, ("A",), ("B",), ("C",), ("C",), {"C": MONDAY}, {"C": ("sun", "engineering")}, {"C": "he"},
        ("D",), ("E",), ("F",), ("G",),
    )  # fmt: skip
    assert summary_in(summary_out(found)) == found
    assert set(found.numbers) == set("ABCDEF")
