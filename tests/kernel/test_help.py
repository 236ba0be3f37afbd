"""Help requests against their table: sent at once, by the desk or by whoever hears of it, mediated, logged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from attrs import evolve

from qiantai import Person
from tests.kernel.front_desk import LATE_EVENING, MONDAY, ROLES, STAFF, FrontDesk, clock, moved, names, own_offers

DESK = "desk desk2"
NOBODY: set[str] = set()
SEND_THEMSELVES = names("area_manager engineering security supervisor cs_head centre_head")
OWN_OFFERS = {
    "received": {"dispatch": f"{DESK} supervisor"},
    "dispatched": {"dispatch": f"{DESK} supervisor security", "arrive": "security area_manager"},
    "on_site": {"dispatch": f"{DESK} supervisor security", "complete": "security area_manager"},
    "awaiting_call_back": {"call_back": f"{DESK} supervisor"},
    "closed": {},
}


@pytest.mark.parametrize("state", OWN_OFFERS)
def test_who_may_do_what(state: str) -> None:
    desk = FrontDesk()
    number = desk.reach("help", state)
    assert own_offers(desk, number) == {command: names(who) for command, who in OWN_OFFERS[state].items()}


@pytest.mark.parametrize(
    ("name", "clause", "due", "owed_by", "emergency"),
    [
        ("dispatch", "H-4.2.1", clock(9, 5), "owner", False),
        ("arrive", "H-4.2.4", clock(9, 10), "handler", False),
        ("start_plan", "H-4.2.3", clock(9, 5), "owner", True),
    ],
)
def test_what_is_owed_from_receipt(name: str, clause: str, due: datetime, owed_by: str, emergency: bool) -> None:
    desk = FrontDesk()
    number = desk.receive("help", emergency=emergency)
    duty = desk.duty(number, name)
    assert (duty.clause.id, duty.due, duty.owed_by) == (clause, due, owed_by)
    assert desk.owed(number) == names("dispatch arrive") | ({"start_plan"} if emergency else set())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("emergency", [False, True])
@pytest.mark.parametrize("at", [MONDAY, LATE_EVENING])
def test_who_sends_somebody_to_what_was_noted(role: str, emergency: bool, at: datetime) -> None:
    desk = FrontDesk(at)
    number = desk.receive("help", "staff", emergency=emergency)
    if role in SEND_THEMSELVES or emergency or at == LATE_EVENING:
        result = moved(desk, number, "dispatch", role, to="security")
        assert result == ("dispatched", NOBODY, {"dispatch"}, {"hand_to_desk"} if at == MONDAY else NOBODY)
        assert desk.case(number).owner == "staff"
    else:
        assert desk.refused(number, "dispatch", role, to="security") == "H-4.2.2"
        assert desk.refused(number, "dispatch", role) == "H-4.2.2"


@pytest.mark.parametrize("role", [each for each in ROLES if each != "desk"])
@pytest.mark.parametrize("at", [MONDAY, LATE_EVENING])
def test_who_has_to_pass_it_to_the_desk(role: str, at: datetime) -> None:
    desk = FrontDesk(at)
    number = desk.receive("help", role)
    assert ("hand_to_desk" in desk.owed(number)) is (role not in SEND_THEMSELVES and at == MONDAY)


@pytest.mark.parametrize(
    ("by", "state", "to", "accepted"),
    [
        ("security", "noted", "supervisor", True),
        ("security", "noted", "area_manager", True),
        ("security", "noted", "cs_head", False),
        ("security", "noted", "monitor", False),
        ("desk", "received", "security", True),
        ("desk", "received", "engineering", True),
        ("desk", "received", "supervisor", False),
        ("desk", "received", "area_manager", False),
        ("security", "dispatched", "engineering", True),
        ("supervisor", "on_site", "engineering", True),
        ("supervisor", "on_site", "supervisor", False),
    ],
)
def test_whom_may_be_sent(by: str, state: str, to: str, accepted: bool) -> None:
    desk = FrontDesk()
    number = desk.reach("help", state, by="security" if state == "noted" else "desk")
    if accepted:
        case = desk.do(number, "dispatch", by, to=to, also="area_manager")
        assert case.handlers == (to, "area_manager")
    else:
        assert desk.refused(number, "dispatch", by, to=to) == ""


def test_a_superior_sent_for_sends_somebody_on() -> None:
    desk = FrontDesk()
    number = desk.receive("help", "security")
    desk.do(number, "dispatch", "security", to="supervisor")
    desk.do(number, "dispatch", "supervisor", to="engineering")
    assert desk.offered(number, "arrive") == names("engineering area_manager")


STEPS = [
    ("received", "dispatch", "supervisor", {"to": "security"}, "dispatched", NOBODY, {"dispatch"}),
    ("dispatched", "dispatch", "desk", {"to": "engineering"}, "dispatched", NOBODY, NOBODY),
    ("dispatched", "arrive", "area_manager", {}, "on_site", NOBODY, {"arrive"}),
    ("on_site", "complete", "security", {"log": "已送医"}, "awaiting_call_back", {"call_back"}, NOBODY),
    ("awaiting_call_back", "call_back", "desk", {"satisfied": True}, "closed", NOBODY, {"call_back"}),
    ("awaiting_call_back", "call_back", "desk", {"satisfied": False}, "closed", NOBODY, {"call_back"}),
]


@pytest.mark.parametrize(("state", "command", "by", "fields", "to", "opened", "done"), STEPS)
def test_steps(state: str, command: str, by: str, fields: Any, to: str, opened: set[str], done: set[str]) -> None:
    desk = FrontDesk()
    assert moved(desk, desk.reach("help", state), command, by, **fields) == (to, opened, done, NOBODY)


REFUSED = [
    ("received", "dispatch", "security", {"to": "security"}, ""),
    ("received", "dispatch", "desk", {}, ""),
    ("received", "dispatch", "desk", {"to": "security", "also": "engineering"}, ""),
    ("received", "arrive", "security", {}, ""),
    ("dispatched", "arrive", "engineering", {}, ""),
    ("dispatched", "complete", "security", {"log": "已送医"}, ""),
    ("on_site", "complete", "security", {}, "H-4.2.5"),
    ("on_site", "complete", "security", {"log": " \n"}, "H-4.2.5"),
    ("on_site", "complete", "engineering", {}, ""),
    ("on_site", "mediate", "security", {"text": "劝解"}, ""),
    ("closed", "intervene", "security", {}, ""),
]


@pytest.mark.parametrize(("state", "command", "by", "fields", "clause"), REFUSED)
def test_refusals(state: str, command: str, by: str, fields: Any, clause: str) -> None:
    desk = FrontDesk()
    assert desk.refused(desk.reach("help", state), command, by, **fields) == clause


@pytest.mark.parametrize("state", [each for each in OWN_OFFERS if each != "closed"])
@pytest.mark.parametrize("role", ["security", "desk", "trainer"])
def test_nobody_takes_action_against_anybody(state: str, role: str) -> None:
    desk = FrontDesk()
    assert desk.refused(desk.reach("help", state), "intervene", role) == "H-4.2.4"


def test_a_dispute_is_mediated_by_the_team() -> None:
    desk = FrontDesk()
    number = desk.reach("help", "on_site", dispute=True)
    assert desk.offered(number, "mediate") == {"security"}
    assert moved(desk, number, "mediate", "security", text="劝解") == ("on_site", NOBODY, NOBODY, NOBODY)
    assert desk.do(number, "complete", "area_manager", log="已和解").text("result") == "已和解"


def test_an_anonymous_one_closes_when_it_is_done() -> None:
    desk = FrontDesk()
    number = desk.reach("help", "on_site", anonymous=True, household=None)
    assert desk.do(number, "complete", "security", log="已送医").state == "closed"


def test_emergency_help_starts_the_plan() -> None:
    desk = FrontDesk()
    number = desk.receive("help", emergency=True)
    assert moved(desk, number, "start_plan", "monitor", plan="疏散") == ("received", NOBODY, {"start_plan"}, NOBODY)


def test_of_another_area_but_of_the_guards_too_they_send_somebody_themselves() -> None:
    desk = FrontDesk()
    both = Person("west", "west", {"area_manager", "security"}, {"west"})
    desk.desk = desk.desk.with_handbook(evolve(desk.handbook, people={**STAFF, "west": both}))
    number = desk.receive("help", "west", household="3-1-301")
    assert desk.do(number, "dispatch", "west", to="security").state == "dispatched"


def test_without_a_name_it_is_passed_on_and_planned_for_like_any_other() -> None:
    desk = FrontDesk()
    number = desk.receive("help", "staff", anonymous=True, household=None, emergency=True)
    assert names("hand_to_desk start_plan dispatch arrive") <= desk.owed(number)
