"""Repairs against their table: emergencies and ordinary ones, reclassified, put on hold, called back by phone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.kernel.front_desk import FrontDesk, clock, moved, names, own_offers

DESK = "desk desk2"
NOBODY: set[str] = set()
RECLASSIFY = f"{DESK} engineering"
OWN_OFFERS = {
    "received": {"dispatch": f"{DESK} supervisor", "reclassify": RECLASSIFY},
    "dispatched": {"reclassify": RECLASSIFY, "arrive": "engineering", "wait": RECLASSIFY},
    "on_site": {"wait": RECLASSIFY, "complete": "engineering"},
    "waiting": {"wait": RECLASSIFY, "resume": RECLASSIFY},
    "awaiting_call_back": {"call_back": f"{DESK} supervisor"},
    "closed": {},
}
ETA = clock(12, day=26)
WAIT = {"reason": "parts", "eta": ETA, "informed": True}
GOOD = {"channel": "phone", "quality_ok": True, "satisfied": True}


@pytest.mark.parametrize("state", OWN_OFFERS)
def test_who_may_do_what(state: str) -> None:
    desk = FrontDesk()
    number = desk.reach("repair", state)
    assert own_offers(desk, number) == {command: names(who) for command, who in OWN_OFFERS[state].items()}


@pytest.mark.parametrize(
    ("emergency", "owed"),
    [
        (True, {"dispatch": ("M-3.3a", clock(9, 5), "owner"), "arrive": ("M-3.3a", clock(9, 10), "handler")}),
        (False, {"finish": ("M-3.3b", clock(9, day=24), "handler")}),
    ],
)
def test_what_is_owed_from_receipt(emergency: bool, owed: dict[str, Any]) -> None:
    desk = FrontDesk()
    case = desk.case(desk.receive("repair", emergency=emergency))
    assert {each.name: (each.clause.id, each.due, each.owed_by) for each in case.duties} == owed


def test_noted_only_an_emergency_is_sent_by_its_receiver() -> None:
    desk = FrontDesk()
    ordinary, emergency = desk.receive("repair", "monitor"), desk.receive("repair", "monitor", emergency=True)
    assert own_offers(desk, ordinary) == {"reclassify": names(f"{DESK} monitor engineering")}
    assert desk.refused(ordinary, "dispatch", "monitor", to="engineering") == ""
    for other in ("desk", "supervisor", "security"):
        assert desk.refused(emergency, "dispatch", other, to="engineering") == ""
    assert desk.refused(emergency, "dispatch", "monitor", to="security") == ""
    result = moved(desk, emergency, "dispatch", "monitor", to="engineering")
    assert result == ("dispatched", NOBODY, {"dispatch"}, {"hand_to_desk"})


STEPS = [
    ("received", "dispatch", "supervisor", {"to": "engineering"}, "dispatched", NOBODY, NOBODY, NOBODY),
    (
        "received",
        "reclassify",
        "engineering",
        {"emergency": True},
        "received",
        names("dispatch arrive"),
        NOBODY,
        {"finish"},
    ),
    ("dispatched", "reclassify", "desk", {"emergency": True}, "dispatched", {"arrive"}, NOBODY, {"finish"}),
    ("dispatched", "arrive", "engineering", {}, "on_site", NOBODY, NOBODY, NOBODY),
    ("dispatched", "wait", "desk", WAIT, "waiting", NOBODY, NOBODY, NOBODY),
    ("on_site", "wait", "engineering", WAIT, "waiting", NOBODY, NOBODY, NOBODY),
    ("waiting", "wait", "desk", WAIT, "waiting", NOBODY, NOBODY, NOBODY),
    ("waiting", "resume", "engineering", {}, "on_site", NOBODY, NOBODY, NOBODY),
    ("on_site", "complete", "engineering", {"result": "好"}, "awaiting_call_back", {"call_back"}, {"finish"}, NOBODY),
    ("awaiting_call_back", "call_back", "desk", GOOD, "closed", NOBODY, {"call_back"}, NOBODY),
    ("awaiting_call_back", "call_back", "desk", GOOD | {"satisfied": False}, "closed", NOBODY, {"call_back"}, NOBODY),
    (
        "awaiting_call_back",
        "call_back",
        "desk",
        GOOD | {"quality_ok": False},
        "dispatched",
        {"finish"},
        {"call_back"},
        NOBODY,
    ),
]


@pytest.mark.parametrize(("state", "command", "by", "fields", "to", "opened", "done", "ended"), STEPS)
def test_steps(
    state: str, command: str, by: str, fields: Any, to: str, opened: set[str], done: set[str], ended: set[str]
) -> None:
    desk = FrontDesk()
    assert moved(desk, desk.reach("repair", state), command, by, **fields) == (to, opened, done, ended)


REFUSED = [
    ("received", "dispatch", "engineering", {"to": "engineering"}, ""),
    ("received", "dispatch", "desk", {"to": "security"}, ""),
    ("received", "reclassify", "desk", {"reason": "漏水"}, ""),
    ("received", "reclassify", "security", {"emergency": True}, ""),
    ("on_site", "reclassify", "desk", {"emergency": True}, ""),
    ("received", "wait", "desk", WAIT, ""),
    ("dispatched", "arrive", "security", {}, ""),
    ("dispatched", "complete", "engineering", {"result": "好"}, ""),
    ("on_site", "wait", "security", WAIT, ""),
    ("on_site", "wait", "desk", WAIT | {"reason": "weather"}, ""),
    ("on_site", "wait", "desk", WAIT | {"reason": "other"}, ""),
    ("on_site", "wait", "desk", WAIT | {"eta": clock(8)}, ""),
    ("on_site", "wait", "desk", {"reason": "parts", "informed": True}, ""),
    ("on_site", "wait", "desk", {"eta": ETA, "informed": True}, ""),
    ("received", "reclassify", "desk", {"emergency": False, "reason": "不急"}, ""),
    ("on_site", "wait", "desk", WAIT | {"informed": False}, "M-3.3b"),
    ("on_site", "wait", "desk", {"reason": "parts", "eta": ETA}, "M-3.3b"),
    ("on_site", "wait", "desk", {"reason": "parts", "eta": clock(8)}, ""),
    ("waiting", "complete", "engineering", {"result": "好"}, ""),
    ("waiting", "resume", "security", {}, ""),
    ("awaiting_call_back", "call_back", "desk", GOOD | {"channel": "visit"}, "M-3.3c"),
    ("awaiting_call_back", "call_back", "desk", GOOD | {"channel": "visit", "quality_ok": False}, "M-3.3c"),
    ("awaiting_call_back", "call_back", "desk", {"channel": "visit", "reached": False}, "M-3.3c"),
    ("awaiting_call_back", "call_back", "desk", {"channel": "phone", "satisfied": True}, ""),
    ("awaiting_call_back", "call_back", "desk", {"channel": "phone", "quality_ok": True}, ""),
    ("awaiting_call_back", "call_back", "desk", {"quality_ok": True, "satisfied": True}, ""),
]


@pytest.mark.parametrize(("state", "command", "by", "fields", "clause"), REFUSED)
def test_refusals(state: str, command: str, by: str, fields: Any, clause: str) -> None:
    desk = FrontDesk()
    assert desk.refused(desk.reach("repair", state), command, by, **fields) == clause


@pytest.mark.parametrize(
    ("emergency", "promised", "clause"),
    [
        (False, clock(9, day=24), None),
        (False, clock(17), None),
        (False, clock(9, 1, day=24), "P-2.1"),
        (False, clock(8, 59), ""),
        (True, clock(17), ""),
    ],
)
@pytest.mark.parametrize("by", ["desk", "staff"])
def test_its_finish_is_promised_within_a_day(emergency: bool, promised: datetime, clause: str | None, by: str) -> None:
    desk = FrontDesk()
    found = desk.desk.receive(by, kind="repair", channel="phone", emergency=emergency, promised=promised)
    if clause is None:
        assert desk.duty("BX-20261123-001", "finish").due == promised
    else:
        assert getattr(found, "clause_id", None) == clause


def test_reclassified_what_can_still_be_done_runs_from_the_first_receipt() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "dispatched")
    desk.later(hours=1).do(number, "reclassify", "engineering", emergency=True, reason="漏到楼下")
    assert (desk.duty(number, "arrive").due, desk.status(number, "arrive")) == (clock(9, 10), "overdue")
    assert desk.status(number, "finish") == "void"
    assert desk.refused(number, "reclassify", "desk", emergency=True) == ""
    desk.do(number, "reclassify", "desk", emergency=False, reason="已止住")
    assert (desk.status(number, "arrive"), desk.duty(number, "arrive").by) == ("late", "")
    assert (desk.duty(number, "finish").due, desk.status(number, "finish")) == (clock(9, day=24), "open")


def test_an_emergency_is_reached_before_it_waits() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "dispatched", emergency=True)
    assert desk.refused(number, "wait", "desk", **WAIT) == "M-3.3a"
    assert desk.refused(number, "wait", "desk", reason="parts", eta=ETA) == "M-3.3a", "in the order written"
    assert desk.refused(number, "wait", "desk", reason="parts", eta=clock(8)) == ""
    desk.do(number, "arrive", "engineering")
    assert moved(desk, number, "wait", "desk", **WAIT) == ("waiting", {"finish"}, NOBODY, NOBODY)
    assert (desk.duty(number, "finish").due, desk.duty(number, "finish").clause.id) == (ETA, "M-3.3b")


def test_put_on_hold_it_is_due_when_it_is_expected_and_stays_so() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "on_site")
    desk.do(number, "wait", "desk", **WAIT)
    desk.do(number, "wait", "desk", **WAIT | {"eta": clock(9, day=28)})
    desk.do(number, "resume", "desk")
    assert desk.duty(number, "finish").due == clock(9, day=28)


def test_at_the_due_time_itself_it_can_still_be_put_off() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "on_site")
    desk.at = clock(9, day=24)
    desk.do(number, "wait", "desk", **WAIT)
    assert (desk.duty(number, "finish").due, desk.status(number, "finish")) == (ETA, "open")


def test_what_is_overdue_is_not_put_off() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "on_site")
    desk.at = clock(10, day=24)
    desk.do(number, "wait", "desk", **WAIT)
    assert (desk.duty(number, "finish").due, desk.status(number, "finish")) == (clock(9, day=24), "overdue")


def test_the_call_back_is_due_a_day_after_completion_and_bad_work_is_done_again() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "on_site", emergency=True)
    desk.at = clock(11)
    desk.do(number, "complete", "engineering", result="好")
    assert (desk.duty(number, "call_back").clause.id, desk.duty(number, "call_back").due) == (
        "M-3.3c",
        clock(11, day=24),
    )
    desk.at = clock(15)
    desk.do(number, "call_back", "desk", **GOOD | {"quality_ok": False})
    assert desk.duty(number, "finish").due == clock(15, day=24)
    assert desk.owed(number) == {"finish"}


def test_an_anonymous_one_closes_when_it_is_done() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "on_site", anonymous=True, household=None)
    assert moved(desk, number, "complete", "engineering", result="好") == ("closed", NOBODY, {"finish"}, NOBODY)


@pytest.mark.parametrize("by", ["desk", "staff", "engineering"])
def test_desk_owner_and_fitters_change_its_class_to_and_fro(by: str) -> None:
    desk = FrontDesk()
    number = desk.receive("repair", "staff")
    for _ in range(2):
        desk.do(number, "reclassify", by, emergency=True, reason="漏到楼下")
        assert desk.owed(number) == names("hand_to_desk dispatch arrive")
        desk.do(number, "reclassify", by, emergency=False, reason="已止住")
        assert desk.owed(number) == names("hand_to_desk finish")


def test_what_was_worked_on_already_has_been_reached_and_is_still_to_be_finished() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "awaiting_call_back")
    desk.do(number, "call_back", "desk", **GOOD | {"quality_ok": False})
    assert moved(desk, number, "reclassify", "desk", emergency=True) == ("dispatched", NOBODY, NOBODY, NOBODY)
    assert desk.owed(number) == {"finish"}


def test_an_emergency_without_a_name_is_sent_for_and_reached_like_any_other() -> None:
    desk = FrontDesk()
    number = desk.receive("repair", emergency=True, anonymous=True, household=None)
    assert desk.owed(number) == names("dispatch arrive")


def test_it_may_be_expected_this_very_minute_and_put_off_again_it_waits_from_then() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "on_site")
    desk.do(number, "wait", "desk", **WAIT | {"eta": desk.at})
    case = desk.do(number, "wait", "desk", **WAIT | {"reason": "contractor"})
    assert case.text("waiting_for") == "contractor"
    case = desk.later(hours=1).do(number, "wait", "desk", **WAIT)
    assert (case.text("waiting_for"), case.since) == ("parts", desk.at)
    assert desk.do(number, "resume", "desk").facts["waiting_for"] == ""


def test_the_end_of_its_incident_ends_the_waiting_and_the_sending() -> None:
    desk = FrontDesk()
    waiting = desk.reach("repair", "waiting")
    urgent = desk.receive("repair", emergency=True, household="1-1-102")
    desk.do(desk.incident(waiting, urgent), "complete", "desk", result="已恢复")
    assert desk.case(waiting).facts["waiting_for"] == ""
    assert desk.owed(waiting) == desk.owed(urgent) == {"call_back"}
