"""What every kind of case shares: receipt, who may do what in every state, shift changes, joining, call-backs."""

from __future__ import annotations

from typing import Any

import pytest

from qiantai import Desk, Refusal
from tests.kernel.front_desk import (
    KINDS,
    LATE_EVENING,
    MONDAY,
    PEOPLE,
    ROLES,
    WAYS,
    FrontDesk,
    clock,
    moved,
    names,
)

PREFIXES = dict(zip(KINDS, ("TS", "JY", "ZX", "ZY", "QZ", "BX"), strict=True))
HANDLERS = {
    "complaint": "engineering",
    "suggestion": "cs_head",
    "enquiry": "area_manager",
    "challenge": "area_manager",
    "help": "security",
    "repair": "engineering",
}
BEFORE_HANDLING = ("noted", "received", "pending")
OPEN_STATES = [
    *(
        (kind, state)
        for kind in KINDS
        for state in WAYS["enquiry" if kind == "challenge" else kind]
        if state != "closed"
    ),
    ("challenge", "approving"),
    ("repair", "waiting"),
]
SEE_ALL = names("desk desk2 supervisor area_manager cs_head centre_head admin")
HAND_TO_DESK = {
    "complaint": "M-3.1c",
    "suggestion": "H-4.1.1.2",
    "enquiry": "H-4.3.2",
    "challenge": "H-4.4.2",
    "help": "H-4.2.2",
    "repair": "M-3.1c",
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_counts_the_days_receipts_of_its_kind(kind: str) -> None:
    desk = FrontDesk()
    prefix = PREFIXES[kind]
    assert desk.receive(kind) == f"{prefix}-20261123-001"
    assert desk.receive(kind) == f"{prefix}-20261123-002"
    desk.at = clock(0, 0, day=24)
    assert desk.receive(kind) == f"{prefix}-20261124-001"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", KINDS)
def test_received_by_the_desk_noted_by_everybody_else(kind: str, role: str) -> None:
    desk = FrontDesk()
    case = desk.case(desk.receive(kind, role))
    assert case.state == ("received" if role == "desk" else "noted")
    assert (case.first_contact, case.owner) == (role, role)
    owes = role != "desk" and (kind != "help" or role in names("monitor cleaning staff hq trainer admin"))
    assert case.owes("hand_to_desk") == owes


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_noted_is_passed_to_the_desk_at_once(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind, "staff")
    duty = desk.duty(number, "hand_to_desk")
    assert (duty.clause.id, duty.due, duty.owed_by) == (HAND_TO_DESK[kind], clock(9, 5), "first_contact")
    assert desk.refused(number, "hand_to_desk", "staff") == ""
    assert desk.refused(number, "hand_to_desk", "staff", to="supervisor") == ""
    assert desk.refused(number, "hand_to_desk", "security", to="desk") == ""
    case = desk.do(number, "hand_to_desk", "staff", to="desk2")
    assert case.state == "received"
    assert case.first_contact == "staff"
    assert case.owner == ("staff" if kind == "complaint" else "desk2")
    assert desk.status(number, "hand_to_desk") == "met"


@pytest.mark.parametrize("kind", KINDS)
def test_a_clerk_fetches_what_was_noted(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind, "staff")
    case = desk.later(minutes=6).do(number, "hand_to_desk", "desk")
    assert case.owner == ("staff" if kind == "complaint" else "desk")
    assert desk.status(number, "hand_to_desk") == "late"


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (clock(8, 29), clock(8, 35)),
        (clock(8, 30), clock(8, 35)),
        (clock(18, 29), clock(18, 34)),
        (clock(18, 30), clock(8, 35, day=24)),
        (LATE_EVENING, clock(8, 35, day=24)),
    ],
)
def test_outside_desk_hours_it_is_passed_on_once_the_desk_opens(at: Any, due: Any) -> None:
    desk = FrontDesk(at)
    assert desk.duty(desk.receive("repair", "staff"), "hand_to_desk").due == due


@pytest.mark.parametrize(("kind", "state"), OPEN_STATES)
def test_who_may_do_in_any_open_state(kind: str, state: str) -> None:
    desk = FrontDesk()
    number = desk.later(hours=1).reach(kind, state)
    desk.later(minutes=11)
    handler = set() if state in BEFORE_HANDLING else {HANDLERS[kind]}
    expected = {
        "note": SEE_ALL | handler,
        "correct": names("desk desk2 supervisor cs_head") | handler,
        "join": names("desk desk2"),
        "hand_over": names("desk supervisor cs_head"),
        "offer": {"desk"},
        "accept": set(),
        "decline_offer": set(),
        "urge": names("desk desk2 supervisor"),
        "escalate": set(PEOPLE),
        "call_police": set(PEOPLE),
        "start_plan": names("desk desk2 supervisor monitor centre_head cs_head") | handler,
        "withdraw": names("desk desk2"),
        "merge": names("desk desk2"),
        "undo": set(),
        "hand_to_desk": set(),
    }
    assert {command: desk.offered(number, command) for command in expected} == expected


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_a_note_a_correction_and_an_undo_once_closed(kind: str) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, "closed")
    offered = {command for person in PEOPLE for command in desk.desk.offers(number, person)}
    assert offered == {"note", "correct", "undo"}
    assert desk.offered(number, "undo") == {"desk"}
    assert desk.refused(number, "urge", "desk") == ""
    assert desk.refused(number, "call_back", "security", satisfied=True) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_of_a_case_changes_neither_state_nor_duties(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind)
    for command, by, fields in (
        ("note", "admin", {"text": "留意"}),
        ("correct", "desk", {"field": "place", "value": "二栋大堂", "reason": "写错"}),
        ("join", "desk", {"household": "1-1-102"}),
        ("offer", "desk", {"to": "desk2"}),
        ("decline_offer", "desk2", {"reason": "在忙"}),
        ("urge", "supervisor", {"text": "尽快"}),
        ("call_police", "trainer", {"reason": "打架"}),
        ("hand_over", "desk", {"to": "desk2"}),
    ):
        assert moved(desk, number, command, by, **fields) == ("received", set(), set(), set()), command
    case = desk.case(number)
    assert case.text("place") == "二栋大堂"
    assert (case.joint, case.households) == (2, ("1-1-101", "1-1-102"))
    assert desk.refused(number, "join", "desk", household="1-1-102") == ""
    assert desk.refused(number, "join", "desk") == ""


@pytest.mark.parametrize("field", ["kind", "emergency", "joint", "major", "anonymous", "promised", "colour"])
def test_what_is_never_corrected(field: str) -> None:
    desk = FrontDesk()
    assert desk.refused(desk.receive("repair"), "correct", "desk", field=field, value=True) == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [("household", "9-9-909"), ("against", "nobody"), ("rings", -1), ("occurred_at", "昨天"), ("channel", "fax")],
)
def test_a_correction_is_of_the_fields_own_type(field: str, value: Any) -> None:
    desk = FrontDesk()
    assert desk.refused(desk.receive("help"), "correct", "desk", field=field, value=value) == ""


def test_a_corrected_household_takes_the_place_of_the_wrong_one() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    case = desk.do(number, "correct", "desk", field="household", value="1-1-105")
    assert (case.household, case.households, case.joint) == ("1-1-105", ("1-1-105",), 1)
    assert case.history[0].fields["household"] == "1-1-101"


@pytest.mark.parametrize("kind", KINDS)
def test_a_shift_change_changes_the_owner_only_when_accepted(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind)
    desk.do(number, "offer", "desk", to="desk2")
    assert desk.case(number).owner == "desk"
    assert desk.refused(number, "accept", "supervisor") == ""
    desk.do(number, "offer", "desk", to="supervisor")
    assert desk.refused(number, "accept", "desk2") == "", "a new offer ends the one before"
    case = desk.do(number, "accept", "supervisor")
    assert (case.owner, case.stand_in) == (("desk", "supervisor") if kind == "complaint" else ("supervisor", ""))
    assert desk.refused(number, "accept", "supervisor") == ""


@pytest.mark.parametrize("command", ["hand_over", "withdraw"])
def test_an_offer_ends_with_a_hand_over_and_with_the_case(command: str) -> None:
    desk = FrontDesk()
    number = desk.receive("help")
    desk.do(number, "offer", "desk", to="desk2")
    assert desk.do(number, command, "desk", **({"to": "supervisor"} if command == "hand_over" else {})).offered_to == ""


@pytest.mark.parametrize(("seconds", "status"), [(0, "void"), (1, "late")])
def test_at_the_due_time_itself_it_is_not_yet_missed(seconds: int, status: str) -> None:
    desk = FrontDesk()
    number = desk.receive("help")
    desk.later(minutes=5, seconds=seconds).do(number, "withdraw", "desk")
    assert desk.status(number, "dispatch") == status


@pytest.mark.parametrize("kind", KINDS)
def test_closing_does_not_wipe_out_a_miss(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind, "staff")
    desk.later(minutes=6).do(number, "withdraw", "desk", reason="业户收回")
    statuses = {each.name: each.status(desk.at).value for each in desk.case(number).duties}
    late = {each.name for each in desk.case(number).duties if each.due < desk.at}
    assert late, "something was due at once"
    assert statuses == {name: "late" if name in late else "void" for name in statuses}
    assert all(each.by == "" for each in desk.case(number).duties)


@pytest.mark.parametrize("kind", KINDS)
def test_whom_a_case_is_about_keeps_out_of_it(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind, "desk", against="desk")
    assert set(desk.desk.offers(number, "desk")) == {"note", "hand_over", "offer"}
    for command in ("urge", "escalate", "withdraw", "join", "correct", "call_police", "start_plan"):
        assert desk.refused(number, command, "desk") == "M-4.1a", command
    assert desk.refused(number, "arrive" if kind == "complaint" else "extend", "desk") == "", "the state speaks first"
    desk.do(number, "hand_over", "desk", to="desk2")
    noted = desk.receive(kind, "staff", against="staff")
    assert desk.do(noted, "hand_to_desk", "staff", to="desk").state == "received"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_person_command_kind_or_time_is_refused_by_no_clause(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind)
    assert desk.refused(number, "note", "nobody") == ""
    assert desk.refused(number, "sing", "desk") == ""
    assert desk.refused(number, "receive", "desk", kind=kind, channel="phone") == ""
    desk.at = clock(8, 59)
    assert desk.refused(number, "note", "desk") == "", "earlier than the last step"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kind": "gift", "channel": "phone"},
        {"kind": "help"},
        {"kind": "help", "channel": "pigeon"},
        {"kind": "help", "channel": "phone", "household": "9-9-909"},
        {"kind": "help", "channel": "phone", "joint": 0},
        {"kind": "help", "channel": "phone", "colour": "red"},
        {"kind": "help", "channel": "phone", "promised": LATE_EVENING},
        {"kind": "help", "channel": "phone", "against": ["desk"]},
        {"kind": "help", "channel": "phone", "emergency": "yes"},
        {"kind": "help", "channel": "phone", "occurred_at": MONDAY.replace(tzinfo=None)},
    ],
)
def test_a_receipt_that_cannot_be_read_is_refused_and_uses_no_number(fields: dict[str, Any]) -> None:
    desk = FrontDesk()
    found = Desk(desk.handbook, desk.desk.store, lambda: MONDAY).receive("desk", **fields)
    assert isinstance(found, Refusal)
    assert found.clause is None
    assert desk.receive("help").endswith("-001")


@pytest.mark.parametrize("kind", KINDS)
def test_the_latest_escalation_that_stands_is_the_cases(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind)
    assert desk.case(number).escalation is None
    desk.do(number, "escalate", "desk", reason="催得急")
    desk.later(minutes=1).do(number, "escalate", "engineering", reason="缺人手")
    found = desk.case(number).escalation
    assert found is not None
    assert (found.by, found.fields["reason"]) == ("engineering", "缺人手")
    found = desk.do(number, "undo", "engineering").escalation
    assert found is not None
    assert found.fields["reason"] == "催得急"
