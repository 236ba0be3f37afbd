"""Complaints against their table: duties, who may do what, extension, group and major, call-back and reopening."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.kernel.front_desk import FrontDesk, clock, moved, names, own_offers

DESK = "desk desk2"
OWN_OFFERS = {
    "received": {
        "explain": DESK,
        "assign": f"{DESK} supervisor",
        "feedback": DESK,
        "report_up": f"{DESK} supervisor cs_head",
    },
    "handling": {
        "explain": DESK,
        "assign": f"{DESK} supervisor cs_head",
        "feedback": f"{DESK} engineering",
        "extend": "supervisor cs_head centre_head",
        "report_up": f"{DESK} supervisor cs_head",
        "complete": "engineering cs_head",
    },
    "resolved": {"explain": DESK, "report_up": f"{DESK} supervisor cs_head", "reply": DESK},
    "awaiting_call_back": {
        "explain": DESK,
        "report_up": f"{DESK} supervisor cs_head",
        "call_back": f"{DESK} supervisor",
    },
    "closed": {},
}


@pytest.mark.parametrize("state", OWN_OFFERS)
def test_who_may_do_what(state: str) -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", state)
    assert own_offers(desk, number) == {command: names(who) for command, who in OWN_OFFERS[state].items()}


def test_noted_it_is_explained_and_reported_up_by_its_owner_or_the_desk() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", "staff")
    assert own_offers(desk, number) == {
        "explain": names(f"{DESK} staff"),
        "report_up": names(f"{DESK} staff supervisor cs_head"),
    }


@pytest.mark.parametrize(
    ("name", "clause", "due"),
    [
        ("explain", "R-3.1.3a", clock(9, 5)),
        ("pass_on", "R-3.1.3b", clock(9, 0, day=24)),
        ("feedback", "R-4b", clock(9, 0, day=24)),
        ("resolve", "M-4.2b", clock(18, 30, day=25)),
    ],
)
def test_what_is_owed_from_receipt(name: str, clause: str, due: datetime) -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    duty = desk.duty(number, name)
    assert (duty.clause.id, duty.due, duty.owed_by) == (clause, due, "owner")
    assert desk.owed(number) == names("explain pass_on feedback resolve")


@pytest.mark.parametrize("at", [clock(9, 0, day=20), clock(23, 0, day=20)])
def test_on_a_friday_it_is_to_be_answered_by_tuesday_evening(at: datetime) -> None:
    desk = FrontDesk(at)
    assert desk.duty(desk.receive("complaint"), "resolve").due == clock(18, 30, day=24)


NOBODY: set[str] = set()
STEPS = [
    ("received", "explain", "desk", {}, "received", NOBODY, {"explain"}),
    ("received", "feedback", "desk", {"text": "在查"}, "received", NOBODY, {"feedback"}),
    ("received", "assign", "supervisor", {"to": "engineering"}, "handling", NOBODY, {"pass_on"}),
    ("handling", "assign", "cs_head", {"to": "security"}, "handling", NOBODY, NOBODY),
    ("handling", "feedback", "engineering", {"text": "在查"}, "handling", NOBODY, {"feedback"}),
    (
        "handling",
        "complete",
        "cs_head",
        {"result": "好", "valid": True, "responsible": "某"},
        "resolved",
        NOBODY,
        NOBODY,
    ),
    (
        "resolved",
        "reply",
        "desk",
        {"channel": "visit", "text": "好"},
        "awaiting_call_back",
        {"call_back"},
        names("resolve feedback"),
    ),
    ("awaiting_call_back", "call_back", "desk", {"satisfied": True, "score": 5}, "closed", NOBODY, {"call_back"}),
    ("awaiting_call_back", "call_back", "desk", {"satisfied": False}, "handling", {"resolve"}, {"call_back"}),
]


@pytest.mark.parametrize(("state", "command", "by", "fields", "to", "opened", "done"), STEPS)
def test_steps(state: str, command: str, by: str, fields: Any, to: str, opened: set[str], done: set[str]) -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", state)
    assert moved(desk, number, command, by, **fields) == (to, opened, done, NOBODY)


REFUSED = [
    ("received", "assign", "security", {"to": "engineering"}, ""),
    ("received", "assign", "cs_head", {"to": "engineering"}, ""),
    ("received", "assign", "desk", {}, ""),
    ("received", "report_up", "desk", {}, ""),
    ("received", "assign", "desk", {"to": "plumber"}, ""),
    ("received", "assign", "desk", {"to": ["engineering", "security"], "lead": "engineering"}, "M-4.3b"),
    ("received", "assign", "desk", {"to": ["engineering", "desk"], "lead": ["desk", "security"]}, "M-4.3b"),
    ("received", "complete", "cs_head", {"valid": False}, ""),
    ("received", "extend", "cs_head", {"until": "7wd", "informed": True}, ""),
    ("handling", "complete", "engineering", {"result": "好"}, ""),
    ("handling", "complete", "engineering", {"result": "好", "valid": True}, ""),
    ("handling", "complete", "security", {"result": "好", "valid": False}, ""),
    ("handling", "close", "cs_head", {"reason": "无法满足"}, ""),
    ("handling", "extend", "desk", {"until": "3wd", "informed": True}, ""),
    ("handling", "extend", "cs_head", {"informed": True}, ""),
    ("handling", "extend", "cs_head", {"until": "soon", "informed": True}, ""),
    ("handling", "extend", "cs_head", {"until": "72h", "informed": True}, ""),
    ("handling", "extend", "cs_head", {"until": "2wd", "informed": True}, ""),
    ("handling", "extend", "cs_head", {"until": "8wd", "informed": True}, "M-4.2c"),
    ("handling", "extend", "cs_head", {"until": "99999wd", "informed": True}, "M-4.2c"),
    ("handling", "extend", "cs_head", {"until": "3wd"}, "M-4.2c"),
    ("resolved", "reply", "engineering", {"channel": "phone"}, ""),
    ("resolved", "reply", "desk", {"text": "好"}, ""),
    ("awaiting_call_back", "call_back", "desk", {"satisfied": True, "score": 6}, ""),
]


@pytest.mark.parametrize(("state", "command", "by", "fields", "clause"), REFUSED)
def test_refusals(state: str, command: str, by: str, fields: Any, clause: str) -> None:
    desk = FrontDesk()
    assert desk.refused(desk.reach("complaint", state), command, by, **fields) == clause


@pytest.mark.parametrize("missing", ["occurred_at", "place", "demand", "summary", "household"])
def test_an_incomplete_form_is_not_assigned(missing: str) -> None:
    desk = FrontDesk()
    without: dict[str, Any] = {missing: None}
    number = desk.receive("complaint", **without)
    assert desk.refused(number, "assign", "desk", to="engineering") == "M-4.2a"
    assert desk.refused(number, "assign", "desk") == "", "the fields speak before the form"
    assert desk.offered(number, "assign") == NOBODY


@pytest.mark.parametrize("lead", sorted(names("desk supervisor area_manager cs_head centre_head")))
def test_of_several_departments_the_service_centre_leads(lead: str) -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    case = desk.do(number, "assign", "desk", to=["engineering", "security"], lead=lead)
    assert (case.handlers, case.facts["lead"]) == (("engineering", "security"), (lead,))
    alone = desk.receive("complaint")
    assert desk.do(alone, "assign", "desk", to="engineering", lead="engineering").state == "handling"
    together = ["desk", "supervisor", "area_manager", "cs_head", "centre_head"]
    assert desk.do(number, "assign", "desk", to=["engineering", "security"], lead=together).state == "handling"


def test_a_name_will_do_for_the_complainant() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", household=None, name="过路人")
    assert desk.do(number, "assign", "desk", to="engineering").state == "handling"


@pytest.mark.parametrize(
    ("until", "due"),
    [("3wd", clock(18, 30, day=26)), ("5wd", clock(18, 30, day=30)), ("7wd", clock(18, 30, day=2, month=12))],
)
def test_extended_the_days_count_from_receipt(until: str, due: datetime) -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "handling")
    desk.later(hours=5).do(number, "extend", "centre_head", until=until, reason="复杂", informed=True)
    assert desk.duty(number, "resolve").due == due


def test_an_answer_that_is_overdue_is_not_put_off() -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "handling")
    desk.at = clock(18, 30, day=25)
    assert desk.offered(number, "extend") == names("supervisor cs_head centre_head")
    desk.at = clock(18, 31, day=25)
    assert desk.offered(number, "extend") == NOBODY
    assert desk.refused(number, "extend", "cs_head", until="3wd", informed=True) == "M-4.2c"


def test_at_the_longest_limit_nothing_is_left_to_extend() -> None:
    desk = FrontDesk(complaint_limit="5wd")
    number = desk.reach("complaint", "handling")
    assert desk.refused(number, "extend", "cs_head", until="6wd", informed=True) == "M-4.2c"
    desk.do(number, "extend", "cs_head", until="5wd", informed=True)
    assert desk.offered(number, "extend") == NOBODY
    assert desk.refused(number, "extend", "cs_head", until="5wd", informed=True) == ""


def test_reopened_it_is_owed_anew_and_extended_from_then() -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "awaiting_call_back")
    desk.at = clock(10, 0, day=27)
    desk.do(number, "call_back", "desk", satisfied=False)
    assert desk.duty(number, "resolve").due == clock(18, 30, day=1, month=12)
    desk.do(number, "extend", "cs_head", until="7wd", informed=True)
    assert desk.duty(number, "resolve").due == clock(18, 30, day=8, month=12)
    assert own_offers(desk, number)["close"] == names("cs_head centre_head")
    assert desk.do(number, "close", "centre_head", reason="无法满足").state == "closed"
    assert desk.status(number, "resolve") == "void"


@pytest.mark.parametrize(
    ("promised", "clause"),
    [(clock(8, 59), ""), (clock(9, 1, day=24), "P-2.1"), (clock(9, 0, day=24), None), (clock(20, 0), None)],
)
def test_a_first_feedback_is_promised_within_its_limit(promised: datetime, clause: str | None) -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    if clause is None:
        desk.do(number, "explain", "desk", promised=promised)
        assert desk.duty(number, "feedback").due == promised
        desk.do(number, "explain", "desk", promised=clock(8, 0, day=24))
        assert desk.duty(number, "feedback").due == clock(8, 0, day=24), "the limit is the policy's, not the promise's"
    else:
        assert desk.refused(number, "explain", "desk", promised=promised) == clause


def test_no_feedback_that_is_given_or_overdue_is_promised() -> None:
    desk = FrontDesk()
    given, overdue = desk.receive("complaint"), desk.receive("complaint")
    desk.do(given, "feedback", "desk", text="在查")
    assert desk.refused(given, "explain", "desk", promised=clock(20)) == ""
    desk.later(hours=25)
    assert desk.refused(overdue, "explain", "desk", promised=desk.at) == ""


def test_an_anonymous_complaint_closes_when_it_is_resolved() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", anonymous=True, household=None)
    assert desk.status(number, "explain") == "void"
    desk.do(number, "assign", "desk", to="engineering")
    result = moved(desk, number, "complete", "engineering", result="已整改", valid=False)
    assert result == ("closed", NOBODY, names("resolve feedback"), NOBODY)


def test_a_valid_one_without_a_name_names_the_person_at_fault_too() -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "handling", anonymous=True, household=None)
    assert desk.refused(number, "complete", "engineering", result="已整改", valid=True) == ""
    assert {"engineering"} <= desk.offered(number, "complete"), "what it needs to close comes with the command"
    case = desk.do(number, "complete", "engineering", result="已整改", valid=True, responsible="保洁")
    assert (case.state, case.text("responsible")) == ("closed", "保洁")


def test_given_to_others_it_stands_there_anew() -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "handling")
    case = desk.later(hours=1).do(number, "assign", "desk", to="security")
    assert (case.state, case.since, case.handlers) == ("handling", desk.at, ("security",))


def test_no_longer_anonymous_it_is_not_given_to_others_until_it_is_known_whose_it_is() -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "handling", anonymous=True, household=None)
    desk.do(desk.receive("complaint", household=None), "merge", "desk", into=number)
    assert not desk.case(number).holds("anonymous")
    assert desk.refused(number, "assign", "cs_head", to="security") == "M-4.2a"
    assert desk.offered(number, "assign") == NOBODY
    desk.do(number, "correct", "desk", field="name", value="王女士", reason="问到")
    assert desk.do(number, "assign", "cs_head", to="security").handlers == ("security",)


def test_a_feedback_may_be_promised_for_this_very_minute_and_at_its_last() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.do(number, "explain", "desk", promised=desk.at)
    assert desk.duty(number, "feedback").due == desk.at
    desk.do(number, "explain", "desk", promised=clock(9, day=24))
    assert desk.duty(number, "feedback").due == clock(9, day=24)


def test_explained_again_nothing_needs_to_be_promised() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.do(number, "feedback", "desk", text="在查")
    assert desk.do(number, "explain", "desk").state == "received"
