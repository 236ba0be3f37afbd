"""Who may see a case, and for which areas an area manager acts."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from attrs import evolve

from qiantai.access import may_see
from qiantai.requests import REQUESTS
from qiantai.standing import named
from tests.kernel.front_desk import LATE_EVENING, MONDAY, ROLES, STAFF, FrontDesk, names

SEE_ALL = names("desk supervisor area_manager cs_head centre_head admin")


def seen_by(desk: FrontDesk, number: str) -> set[str]:
    """The roles that may see the case."""
    return {role for role in ROLES if may_see(desk.case(number), STAFF[role])}


@pytest.mark.parametrize("receiver", ["desk", "engineering", "security", "monitor", "cleaning", "staff"])
def test_others_see_what_they_received(receiver: str) -> None:
    desk = FrontDesk()
    assert seen_by(desk, desk.receive("help", receiver)) == SEE_ALL | {receiver}


def test_others_see_what_they_handle() -> None:
    desk = FrontDesk()
    assert seen_by(desk, desk.reach("repair", "dispatched")) == SEE_ALL | {"engineering"}


@pytest.mark.parametrize(
    ("kind", "major", "joint", "sees"),
    [
        ("complaint", True, 1, True),
        ("complaint", False, 6, True),
        ("complaint", False, 5, False),
        ("repair", True, 1, False),
    ],
)
def test_the_company_sees_major_and_group_complaints(kind: str, major: bool, joint: int, sees: bool) -> None:
    desk = FrontDesk()
    assert seen_by(desk, desk.receive(kind, major=major, joint=joint)) == SEE_ALL | ({"hq"} if sees else set())


def test_a_trainer_sees_no_case_even_one_they_received() -> None:
    desk = FrontDesk()
    assert "trainer" not in seen_by(desk, desk.receive("enquiry", "trainer"))


@pytest.mark.parametrize(
    ("household", "area", "refused"),
    [
        ("3-1-301", None, {"west"}),
        ("1-1-101", None, set()),
        ("1-1-101", "west", {"east"}),
        ("3-1-301", "west", {"east"}),
        (None, "east", {"west"}),
    ],
)
def test_an_area_manager_acts_on_cases_of_their_areas_or_of_none(
    household: str | None, area: str | None, refused: set[str]
) -> None:
    desk = FrontDesk()
    number = desk.reach("enquiry", "handling", household=household, area=area, name="某", phone="13600000000")
    managers = ("east", "west", "area_manager")
    assert desk.offered(number, "reply", managers) == set(managers) - refused
    for manager in managers:
        expected = "H-3.2" if manager in refused else ""
        assert desk.refused(number, "reply", manager) == expected, "the role speaks before the fields"
    assert desk.refused(number, "close", "west") == "", "a step that is no area manager's is not a matter of areas"


@pytest.mark.parametrize(
    ("manager", "emergency", "at", "clause"),
    [
        ("east", False, MONDAY, None),
        ("west", False, MONDAY, "H-3.2"),
        ("west", True, MONDAY, None),
        ("west", False, LATE_EVENING, None),
    ],
)
def test_help_is_sent_from_another_area_where_anyone_may_send_it(
    manager: str, emergency: bool, at: datetime, clause: str | None
) -> None:
    desk = FrontDesk(at)
    number = desk.receive("help", "staff", household="3-1-301", emergency=emergency)
    if clause is None:
        assert desk.do(number, "dispatch", manager, to="security").state == "dispatched"
    else:
        assert desk.refused(number, "dispatch", manager, to="security") == clause


def test_handling_it_they_are_bound_by_their_area_too() -> None:
    desk = FrontDesk()
    number = desk.receive("help", "security", household="3-1-301")
    desk.do(number, "dispatch", "security", to="area_manager")
    assert desk.refused(number, "arrive", "west") == "H-3.2"
    assert desk.do(number, "arrive", "east").state == "on_site"


def test_the_owner_stays_and_a_stand_in_does_what_the_owner_may() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", "security")
    desk.do(number, "hand_to_desk", "desk")
    desk.do(number, "hand_over", "security", to="staff")
    assert (desk.case(number).owner, desk.case(number).stand_in) == ("security", "staff")
    for command in ("explain", "assign", "feedback", "offer", "hand_over"):
        assert desk.offered(number, command, ("security", "staff")) == names("security staff"), command
    desk.do(number, "hand_over", "staff", to="security")
    assert desk.case(number).stand_in == "", "naming the owner ends it"
    desk.do(number, "hand_over", "security", to="staff")
    desk.do(number, "hand_over", "supervisor", to="desk2")
    assert (desk.case(number).owner, desk.case(number).stand_in) == ("desk2", "staff")
    assert desk.case(number).first_contact == "security"


@pytest.mark.parametrize("who", sorted({who for kind in REQUESTS.values() for step in kind.steps for who in step.who}))
def test_whoever_a_row_names_is_named_in_words(who: str) -> None:
    step = next(step for kind in REQUESTS.values() for step in kind.steps if who in step.who)
    words = named((evolve(step, who=(who,)),))
    assert re.search(r"[\u4e00-\u9fff]", words.zh), words
    assert "_" not in words.en


def test_who_has_worked_on_it_sees_it_when_others_have_it() -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "awaiting_call_back")
    desk.do(number, "call_back", "desk", satisfied=False)
    desk.do(number, "assign", "desk", to="cleaning")
    assert seen_by(desk, number) == SEE_ALL | names("engineering cleaning")
