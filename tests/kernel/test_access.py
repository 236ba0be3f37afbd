"""What each role may see: which cases, and which of the lists, figures and records as a whole."""

from __future__ import annotations

import pytest

from qiantai import Desk, Refusal
from qiantai.access import OPEN_TO, may_have, may_know_of, may_see
from tests.kernel.front_desk import ROLES, STAFF, FrontDesk, names

WHOLE = {
    "cases": "desk supervisor area_manager cs_head centre_head admin",
    "dossier": "desk supervisor area_manager cs_head centre_head admin",
    "roll": "desk supervisor area_manager cs_head centre_head admin",
    "register": "desk supervisor area_manager cs_head centre_head admin",
    "figures": "desk supervisor area_manager cs_head centre_head admin hq",
    "looks": "supervisor cs_head centre_head admin",
}
ALL = names(WHOLE["cases"])
WORK = names("engineering security monitor cleaning staff")


@pytest.mark.parametrize("what", OPEN_TO)
def test_what_each_role_may_have_as_a_whole(what: str) -> None:
    assert {role for role in ROLES if may_have(what, STAFF[role])} == names(WHOLE[what])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("case", "seen_by"),
    [
        ("taken in by the desk", ALL),
        ("taken in by themselves", ALL | WORK),
        ("handled by engineering", ALL | {"engineering"}),
        ("a major complaint", ALL | {"hq"}),
        ("an incident", ALL | WORK | {"hq"}),
    ],
)
def test_which_case_each_role_sees(role: str, case: str, seen_by: set[str]) -> None:
    front = FrontDesk()
    match case:
        case "taken in by the desk":
            number = front.receive("enquiry")
        case "taken in by themselves":
            number = front.receive("enquiry", role)
        case "handled by engineering":
            number = front.reach("repair", "dispatched")
        case "a major complaint":
            number = front.receive("complaint", major=True)
        case _:
            number = front.incident()
    seat = front.desk.seat(role)
    assert isinstance(seat.case(number), Refusal) is (role not in seen_by)
    assert (seat.known(number) is not None) is (role in seen_by)
    assert (number in {each.number for each in seat.open_cases()}) is (role in seen_by)


def test_an_incident_is_known_to_all_who_work_and_is_theirs_to_note_on_only_as_any_case_is() -> None:
    front = FrontDesk()
    incident = front.case(front.incident())
    assert may_know_of(incident, STAFF["security"])
    assert not may_see(incident, STAFF["security"])
    assert not may_know_of(incident, STAFF["trainer"])


def test_what_is_withheld_says_by_which_clause_and_whom_to_ask() -> None:
    seat = FrontDesk().desk.seat("security")
    refused = seat.dossier("1-1-101")
    assert isinstance(refused, Refusal)
    assert (refused.rule, refused.clause_id, refused.command.by) == ("may_not_see", "M-3.4c", "security")
    assert refused.command.case == "", "it is of no case"
    assert refused.sentence.en == (
        "Looking is refused: not theirs to see: Dossier [M-3.4c]. What would do: ask: Front desk, Customer-service "
        "supervisor, Area manager, Head of customer service, Head of the service centre, Administrator"
    )


def test_a_case_that_is_not_theirs_to_see_is_named_as_they_named_it() -> None:
    front = FrontDesk()
    refused = front.desk.seat("security").case(front.receive("repair"))
    assert isinstance(refused, Refusal)
    assert (refused.rule, refused.clause_id, refused.command.case) == ("may_not_see", "M-3.4c", "BX-20261123-001")


def test_several_roles_together_see_what_each_of_them_sees() -> None:
    front = FrontDesk()
    assert not isinstance(front.desk.seat("fitter").dossier("1-1-101"), Refusal)
    assert isinstance(Desk(front.handbook).seat("engineering").figures(), Refusal)
