"""What the owner, a stand-in and the first contact may do for being that, whatever their role."""

from __future__ import annotations

import pytest

from tests.kernel.front_desk import KINDS, FrontDesk, names

ANYBODY = names("note escalate call_police")
OWNER = names("correct join hand_over link offer urge start_plan")
OWN = [
    ("complaint", "received", "explain assign feedback report_up"),
    ("complaint", "handling", "explain assign feedback report_up"),
    ("complaint", "resolved", "explain report_up reply"),
    ("complaint", "awaiting_call_back", "explain report_up"),
    ("suggestion", "received", ""),
    ("suggestion", "implementing", ""),
    ("enquiry", "received", ""),
    ("enquiry", "pending", ""),
    ("challenge", "handling", ""),
    ("help", "received", ""),
    ("help", "dispatched", "dispatch"),
    ("help", "on_site", "dispatch"),
    ("repair", "received", "reclassify"),
    ("repair", "dispatched", "reclassify"),
    ("repair", "on_site", ""),
]


@pytest.mark.parametrize(("kind", "state", "own"), OWN)
def test_what_the_owner_may(kind: str, state: str, own: str) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, state)
    assert set(desk.desk.offers(number, "admin")) == ANYBODY
    desk.do(number, "hand_over", "supervisor", to="admin", reason="接手")
    assert desk.case(number).owner == "admin"
    assert set(desk.desk.offers(number, "admin")) == ANYBODY | OWNER | names(own)


@pytest.mark.parametrize(("kind", "state", "own"), [each for each in OWN if each[0] == "complaint"])
def test_a_stand_in_may_what_the_owner_may_while_the_owner_stays(kind: str, state: str, own: str) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, state)
    desk.do(number, "offer", "desk", to="admin")
    desk.do(number, "accept", "admin")
    desk.later(minutes=11)
    assert (desk.case(number).owner, desk.case(number).stand_in) == ("desk", "admin")
    assert set(desk.desk.offers(number, "admin")) == ANYBODY | OWNER | names(own)


@pytest.mark.parametrize("kind", [each for each in KINDS if each != "complaint"])
def test_what_the_first_contact_may_once_the_desk_has_it(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind, "cleaning")
    desk.do(number, "hand_to_desk", "desk")
    extra = {"thank"} if kind == "suggestion" else set()
    assert set(desk.desk.offers(number, "cleaning")) == ANYBODY | names("correct join") | extra
    assert desk.case(number).owner == "desk"


NOTED = {
    "complaint": names("explain report_up"),
    "suggestion": {"thank"},
    "enquiry": names("answer take_contact"),
    "challenge": {"take_contact"},
    "help": set(),
    "repair": {"reclassify"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_its_receiver_may_while_it_is_noted(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind, "cleaning")
    assert set(desk.desk.offers(number, "cleaning")) == ANYBODY | OWNER | {"hand_to_desk"} | NOTED[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_supervisor_or_a_head_replaces_the_owner_of_a_complaint(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind)
    desk.do(number, "hand_over", "desk", to="admin")
    assert desk.case(number).owner == ("desk" if kind == "complaint" else "admin")
    desk.do(number, "hand_over", "cs_head", to="staff")
    assert desk.case(number).owner == "staff"
    assert desk.case(number).first_contact == "desk"
