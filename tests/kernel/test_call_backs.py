"""The call-back list: in which order, who is kept out and why, what was tried, and when a case may be given up."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from qiantai.projections.call_backs import call_backs, kept_out, may_give_up
from tests.kernel.front_desk import KINDS, FrontDesk, clock


def listed(desk: FrontDesk) -> list[str]:
    return [each.case.number for each in call_backs(desk.desk.store.open_cases(), desk.at, desk.handbook)]


def out(desk: FrontDesk, number: str) -> dict[str, str]:
    """Who may not call, and by which clause."""
    return {each.command.by: each.clause_id for each in kept_out(desk.case(number), desk.at, desk.handbook)}


def test_only_what_awaits_a_call_back_is_listed_the_earliest_due_first() -> None:
    desk = FrontDesk()
    late = desk.reach("help", "awaiting_call_back")
    desk.later(minutes=5)
    early = desk.reach("repair", "awaiting_call_back")
    due = desk.at + timedelta(hours=24)
    desk.reach("complaint", "handling")
    assert listed(desk) == [late, early]
    assert [each.duty and each.duty.due for each in call_backs([desk.case(early)], desk.at, desk.handbook)] == [due]


def test_a_try_in_vain_lets_the_others_go_first_for_a_while() -> None:
    desk = FrontDesk()
    numbers = [desk.reach("help", "awaiting_call_back", household=f"1-1-10{n}") for n in (1, 2, 3)]
    assert listed(desk) == numbers
    desk.do(numbers[0], "call_back", "desk", reached=False)
    assert listed(desk) == [numbers[1], numbers[2], numbers[0]]
    desk.later(minutes=20).do(numbers[1], "call_back", "desk", reached=False)
    assert listed(desk) == [numbers[2], numbers[0], numbers[1]]
    assert listed(desk.later(minutes=39, seconds=59))[0] == numbers[2]
    assert listed(desk.later(seconds=1)) == [numbers[0], numbers[2], numbers[1]]
    assert listed(desk.later(minutes=20)) == numbers


def test_how_long_it_rests_is_the_sites_to_set() -> None:
    desk = FrontDesk(call_back_again="5m")
    numbers = [desk.reach("help", "awaiting_call_back", household=f"1-1-10{n}") for n in (1, 2)]
    desk.do(numbers[0], "call_back", "desk", reached=False)
    assert listed(desk.later(minutes=5)) == numbers


def test_each_try_is_known_with_when_and_by_whom_and_only_since_it_was_last_completed() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "awaiting_call_back")
    first = desk.at
    desk.do(number, "call_back", "desk", reached=False)
    desk.later(hours=2).do(number, "call_back", "supervisor", reached=False)
    (found,) = call_backs([desk.case(number)], desk.at, desk.handbook)
    assert [(each.at, each.by) for each in found.tried] == [(first, "desk"), (desk.at, "supervisor")]
    assert (found.tries, found.rests(desk.at), found.rests(desk.at + timedelta(hours=1))) == (2, True, False)
    desk.do(number, "undo", "supervisor")
    assert call_backs([desk.case(number)], desk.at, desk.handbook)[0].tries == 1
    desk.do(number, "call_back", "desk", quality_ok=False, satisfied=False, channel="phone")
    desk.do(number, "arrive", "engineering")
    desk.do(number, "complete", "engineering", result="再修好")
    assert call_backs([desk.case(number)], desk.at, desk.handbook)[0].tries == 0


def test_who_did_the_work_and_whom_it_is_about_are_kept_out() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    desk.do(number, "dispatch", "desk", to="engineering")
    desk.do(number, "arrive", "fitter")
    desk.do(number, "complete", "fitter", result="修好")
    assert out(desk, number) == {"fitter": "H-4.5.1"}
    number = desk.reach("complaint", "awaiting_call_back", against="desk2")
    assert out(desk, number) == {"desk2": "M-4.1a"}


def test_it_may_be_given_up_after_so_many_tries_alone() -> None:
    desk = FrontDesk()
    number = desk.reach("help", "awaiting_call_back")
    for _ in range(3):
        assert not may_give_up(desk.case(number), "desk", desk.at, desk.handbook)
        desk.later(hours=1).do(number, "call_back", "desk", reached=False)
    assert may_give_up(desk.case(number), "desk", desk.at, desk.handbook)
    assert not may_give_up(desk.case(number), "security", desk.at, desk.handbook)
    number = desk.reach("complaint", "handling")
    assert not may_give_up(desk.case(number), "cs_head", desk.at, desk.handbook)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 90)), max_size=12))
def test_nothing_is_lost_from_the_list_and_what_rests_stands_behind(tries: list[tuple[int, int]]) -> None:
    desk = FrontDesk(clock(8, 30))
    numbers = [desk.reach(kind, "awaiting_call_back") for kind in KINDS[:5]]
    for place, minutes in tries:
        desk.later(minutes=minutes).do(numbers[place], "call_back", "desk", reached=False)
        found = call_backs(desk.desk.store.open_cases(), desk.at, desk.handbook)
        assert {each.case.number for each in found} == set(numbers)
        resting = [each.rests(desk.at) for each in found]
        assert resting == sorted(resting)
        assert sum(each.tries for each in found) == sum(desk.case(each).tries for each in numbers)
