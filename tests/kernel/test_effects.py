"""What hand-over, correction and acceptance leave behind: who answers, who stands in, which households are counted."""

from __future__ import annotations

import pytest

from qiantai import Case
from tests.kernel.front_desk import FrontDesk


def who(case: Case) -> tuple[str, str]:
    return case.owner, case.stand_in


def test_a_corrected_household_takes_the_place_of_the_wrong_one_and_those_joined_stay() -> None:
    desk = FrontDesk()
    number = desk.receive("suggestion", household="1-1-101")
    desk.do(number, "join", "desk", household="1-1-105")
    case = desk.do(number, "correct", "desk", field="household", value="1-1-104", reason="听错了")
    assert (case.household, case.households, case.joint) == ("1-1-104", ("1-1-104", "1-1-105"), 2)


def test_corrected_to_one_that_has_joined_it_is_counted_once() -> None:
    desk = FrontDesk()
    number = desk.receive("suggestion", household="1-1-101")
    desk.do(number, "join", "desk", household="1-1-105")
    case = desk.do(number, "correct", "desk", field="household", value="1-1-105", reason="听错了")
    assert case.households == ("1-1-105",)


def test_another_correction_counts_nobody_anew() -> None:
    desk = FrontDesk()
    number = desk.receive("suggestion", household="1-1-101")
    before = desk.case(number).households
    assert desk.do(number, "correct", "desk", field="place", value="东门", reason="写错").households == before


def test_a_complaints_owner_and_stand_in_name_who_stands_in_and_the_owner_takes_it_back() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    assert who(desk.do(number, "hand_over", "desk", to="desk2", reason="下班")) == ("desk", "desk2")
    assert who(desk.do(number, "hand_over", "desk2", to="staff", reason="外出")) == ("desk", "staff")
    assert who(desk.do(number, "hand_over", "staff", to="desk", reason="回来了")) == ("desk", "")


@pytest.mark.parametrize(("to", "left"), [("desk2", ""), ("staff", "desk2")])
def test_a_supervisor_replaces_the_owner_and_who_becomes_it_no_longer_stands_in(to: str, left: str) -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.do(number, "hand_over", "desk", to="desk2", reason="下班")
    assert who(desk.do(number, "hand_over", "supervisor", to=to, reason="离职")) == (to, left)


def test_a_stand_in_who_is_supervisor_too_names_the_next_and_replaces_nobody() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.do(number, "hand_over", "desk", to="supervisor", reason="下班")
    assert who(desk.do(number, "hand_over", "supervisor", to="desk2", reason="外出")) == ("desk", "desk2")


def test_an_owner_who_accepts_their_own_complaint_back_ends_the_standing_in() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.do(number, "hand_over", "desk", to="desk2", reason="下班")
    desk.do(number, "offer", "desk2", to="desk")
    case = desk.do(number, "accept", "desk")
    assert (*who(case), case.offered_to) == ("desk", "", "")


def test_a_hand_over_ends_an_offer_and_only_where_there_was_one() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    desk.do(number, "offer", "desk", to="desk2")
    case = desk.do(number, "hand_over", "desk", to="staff", reason="急事")
    assert (case.owner, case.offered_to) == ("staff", "")
    again = desk.do(number, "hand_over", "staff", to="desk", reason="回来了")
    assert "Offered" not in {type(each).__name__ for each in again.history[-1].changes}


def test_whoever_answers_for_a_case_sees_it_whatever_their_role() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    assert desk.refused(number, "note", "cleaning", text="看不到") == ""
    desk.do(number, "hand_over", "desk", to="cleaning", reason="临时")
    assert desk.do(number, "note", "cleaning", text="看到了").owner == "cleaning"


def test_a_supervisor_who_replaces_the_owner_ends_an_offer_too() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.do(number, "offer", "desk", to="desk2")
    case = desk.do(number, "hand_over", "supervisor", to="staff", reason="离职")
    assert (*who(case), case.offered_to) == ("staff", "", "")


def test_accepted_nothing_is_offered_any_more() -> None:
    desk = FrontDesk()
    for kind in ("repair", "complaint"):
        number = desk.receive(kind)
        desk.do(number, "offer", "desk", to="desk2")
        assert desk.do(number, "accept", "desk2").offered_to == ""
