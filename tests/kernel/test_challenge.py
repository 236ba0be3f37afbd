"""Challenges against their table: the desk alone answers, the agreed wording, the spokesperson, approval."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from qiantai import Done, Person, Refusal
from qiantai.projections.call_backs import wanting_an_answer
from tests.kernel.front_desk import NOISE, ROLES, STAFF, WATER, FrontDesk, clock, moved, names, own_offers

DESK = "desk desk2"
NOBODY: set[str] = set()
OWN_OFFERS = {
    "received": {"answer": DESK, "take_contact": DESK, "assign": f"{DESK} supervisor"},
    "pending": {"reply": DESK, "assign": f"{DESK} supervisor"},
    "handling": {"consult": "area_manager", "reply": "area_manager", "ask_approval": "area_manager"},
    "approving": {"approve": "cs_head", "return_draft": "cs_head"},
    "awaiting_call_back": {"call_back": f"{DESK} supervisor"},
    "closed": {},
}
YES = {"text": "依合同", "satisfied": True}
NO = {"text": "依合同", "satisfied": False}
REPLY = {"channel": "phone", "text": "依合同"}
TO_AREA = {"to": "area_manager"}


@pytest.mark.parametrize("state", OWN_OFFERS)
def test_who_may_do_what(state: str) -> None:
    desk = FrontDesk()
    number = desk.reach("challenge", state)
    assert own_offers(desk, number) == {command: names(who) for command, who in OWN_OFFERS[state].items()}


def test_what_is_owed() -> None:
    desk = FrontDesk()
    number = desk.receive("challenge")
    answer = desk.duty(number, "answer")
    assert (answer.clause.id, answer.due, desk.owed(number)) == ("H-4.4.1", clock(9, 5), {"answer"})
    desk.later(hours=1).do(number, "answer", "desk", **NO)
    assign = desk.duty(number, "assign")
    assert (assign.clause.id, assign.due) == ("H-4.4.3", clock(10, 5))
    desk.later(hours=1).do(number, "assign", "desk", **TO_AREA)
    reply = desk.duty(number, "reply")
    assert (reply.clause.id, reply.due) == ("H-4.4.1", clock(11, day=24))


def test_an_answer_is_owed_from_when_the_desk_has_it() -> None:
    desk = FrontDesk()
    number = desk.receive("challenge", "staff")
    assert desk.owed(number) == {"hand_to_desk"}
    desk.later(hours=1).do(number, "hand_to_desk", "desk")
    assert desk.duty(number, "answer").due == clock(10, 5)


@pytest.mark.parametrize("role", ROLES)
def test_nobody_but_the_desk_answers(role: str) -> None:
    desk = FrontDesk()
    noted, received, handling = (
        desk.receive("challenge", "staff"),
        desk.receive("challenge"),
        desk.reach("challenge", "handling"),
    )
    if role != "desk":
        for number in (noted, received, handling):
            assert desk.refused(number, "answer", role) == "H-4.4.2"
    assert desk.refused(noted, "reply", role) == "H-4.4.2"


def test_noted_contact_is_taken_and_the_desk_is_still_told() -> None:
    desk = FrontDesk()
    number = desk.receive("challenge", "staff")
    assert own_offers(desk, number) == {"take_contact": {"staff"}}
    assert moved(desk, number, "take_contact", "staff", phone="13700000000") == ("noted", NOBODY, NOBODY, NOBODY)
    assert desk.owed(number) == {"hand_to_desk"}
    assert desk.case(number).text("phone") == "13700000000"


STEPS = [
    ("received", "answer", "desk", YES, "closed", NOBODY, {"answer"}),
    ("received", "answer", "desk", NO, "received", {"assign"}, {"answer"}),
    ("received", "take_contact", "desk", {}, "pending", {"reply"}, {"answer"}),
    ("received", "assign", "supervisor", TO_AREA, "handling", {"reply"}, {"answer"}),
    ("pending", "reply", "desk", YES, "closed", NOBODY, {"reply"}),
    ("pending", "reply", "desk", NO, "pending", {"assign"}, {"reply"}),
    ("pending", "assign", "desk", TO_AREA, "handling", NOBODY, NOBODY),
    ("handling", "ask_approval", "area_manager", {"draft": "拟复"}, "approving", NOBODY, NOBODY),
    ("approving", "approve", "cs_head", {}, "handling", NOBODY, NOBODY),
    ("approving", "return_draft", "cs_head", {"reason": "再核"}, "handling", NOBODY, NOBODY),
    ("handling", "reply", "area_manager", REPLY, "awaiting_call_back", {"call_back"}, {"reply"}),
    ("awaiting_call_back", "call_back", "desk", {"satisfied": True}, "closed", NOBODY, {"call_back"}),
    ("awaiting_call_back", "call_back", "desk", {"satisfied": False}, "handling", {"reply"}, {"call_back"}),
]


@pytest.mark.parametrize(("state", "command", "by", "fields", "to", "opened", "done"), STEPS)
def test_steps(state: str, command: str, by: str, fields: Any, to: str, opened: set[str], done: set[str]) -> None:
    desk = FrontDesk()
    assert moved(desk, desk.reach("challenge", state), command, by, **fields) == (to, opened, done, NOBODY)


@pytest.mark.parametrize("mark", ["important", "sensitive"])
def test_a_grave_one_without_agreed_answer_is_assigned_and_approved(mark: str) -> None:
    desk = FrontDesk()
    marked: dict[str, Any] = {mark: True}
    number = desk.receive("challenge", **marked)
    assert desk.refused(number, "answer", "desk", **YES) == "H-4.4.4"
    assert desk.refused(number, "answer", "desk", text="是") == "", "the fields speak first"
    assert desk.offered(number, "answer") == NOBODY
    desk.do(number, "take_contact", "desk")
    assert desk.refused(number, "reply", "desk", **YES) == "H-4.4.4"
    desk.do(number, "assign", "desk", **TO_AREA)
    assert desk.refused(number, "reply", "area_manager", **REPLY) == "H-4.4.4"
    for verdict, allowed in (("return_draft", False), ("approve", True)):
        desk.do(number, "ask_approval", "area_manager", draft="拟复")
        assert desk.refused(number, "approve", "area_manager") == ""
        desk.do(number, verdict, "cs_head")
        assert desk.offered(number, "reply") == ({"area_manager"} if allowed else NOBODY)
    desk.do(number, "reply", "area_manager", **REPLY)
    desk.do(number, "call_back", "desk", satisfied=False)
    assert desk.refused(number, "reply", "area_manager", **REPLY) == "H-4.4.4", "approved for one reply"


def test_what_was_approved_is_not_once_it_is_returned() -> None:
    desk = FrontDesk()
    number = desk.reach("challenge", "handling", important=True)
    for verdict in ("approve", "return_draft"):
        desk.do(number, "ask_approval", "area_manager", draft="拟复")
        desk.do(number, verdict, "cs_head")
    assert desk.refused(number, "reply", "area_manager", **REPLY) == "H-4.4.4"


def test_the_agreed_answer_in_force_is_given_and_named() -> None:
    desk = FrontDesk(scripts=(WATER,))
    number = desk.receive("challenge", topic="water")
    assert desk.case(number).holds("sensitive"), "by default as its topic's agreed answer"
    for script in ({}, {"script": "water-0"}):
        assert desk.refused(number, "answer", "desk", **YES, **script) == "H-4.4.5"
    desk.do(number, "answer", "desk", **NO, script="water-1")
    desk.do(number, "assign", "desk", **TO_AREA)
    assert desk.refused(number, "reply", "area_manager", **REPLY) == "H-4.4.5"
    case = desk.do(number, "reply", "area_manager", **REPLY, script="water-1")
    assert case.state == "awaiting_call_back", "given by the agreed answer, it needs no approval"


@pytest.mark.parametrize(
    ("state", "command", "fields"),
    [("received", "answer", YES), ("pending", "reply", YES), ("handling", "reply", REPLY)],
)
def test_the_spokesperson_alone_gives_it_in_every_state_but_noted(state: str, command: str, fields: Any) -> None:
    desk = FrontDesk(scripts=(NOISE,))
    number = desk.reach("challenge", state, topic="noise")
    usual = "area_manager" if state == "handling" else "desk"
    assert desk.refused(number, command, usual, **fields, script="noise-1") == "H-4.4.5"
    assert desk.offered(number, command) == {"security"}
    assert desk.refused(number, command, "security", **fields) == "H-4.4.5", "and names it"
    assert desk.do(number, command, "security", **fields, script="noise-1").state in ("closed", "awaiting_call_back")


def test_away_from_the_desk_the_spokesperson_too_passes_it_on() -> None:
    desk = FrontDesk(scripts=(NOISE,))
    number = desk.receive("challenge", "security", topic="noise")
    assert desk.refused(number, "answer", "security", **YES, script="noise-1") == "H-4.4.2"
    assert desk.refused(number, "reply", "security", **YES, script="noise-1") == "H-4.4.2"


@pytest.mark.parametrize(
    ("first", "last", "in_force"),
    [
        (date(2026, 11, 23), None, True),
        (date(2026, 11, 24), None, False),
        (date(2026, 1, 1), date(2026, 11, 23), True),
        (date(2026, 1, 1), date(2026, 11, 22), False),
    ],
)
def test_an_agreed_answer_is_in_force_on_its_first_and_last_day(first: date, last: date | None, in_force: bool) -> None:
    script = type(WATER)("water-9", "water", "按表", first, "cs_head", last)
    desk = FrontDesk(scripts=(script,))
    number = desk.receive("challenge", topic="water")
    if in_force:
        assert desk.refused(number, "answer", "desk", **YES) == "H-4.4.5"
    else:
        assert desk.refused(number, "answer", "desk", **YES, script="water-9") == ""
        assert desk.do(number, "answer", "desk", **YES).state == "closed"


@pytest.mark.parametrize(("assigned", "filed"), [(False, ("register",)), (True, ("register", "dossier"))])
def test_its_form_goes_into_the_dossier_where_one_was_made(assigned: bool, filed: tuple[str, ...]) -> None:
    desk = FrontDesk()
    number = desk.reach("challenge", "closed") if assigned else desk.receive("challenge")
    if not assigned:
        desk.do(number, "answer", "desk", **YES)
    assert desk.case(number).filed == filed


@pytest.mark.parametrize(("count", "days", "called_for"), [(3, 0, True), (2, 0, False), (3, 31, False)])
def test_so_many_on_one_topic_call_for_an_agreed_answer(count: int, days: int, called_for: bool) -> None:
    desk = FrontDesk()
    for _ in range(count):
        desk.receive("challenge", topic="parking")
    desk.receive("enquiry", topic="parking")
    at = desk.at + timedelta(days=days)
    found = wanting_an_answer(desk.desk.store.open_cases(), at, desk.handbook)
    assert found == ((("parking", count),) if called_for else ())


def test_what_was_taken_in_by_mistake_was_no_challenge() -> None:
    desk = FrontDesk()
    numbers = [desk.receive("challenge", topic="parking") for _ in range(3)]
    desk.do(numbers[0], "withdraw", "desk", reason="登错", mistaken=True)
    store = desk.desk.store
    cases = (*store.open_cases(), *store.closed_cases())
    assert len(cases) == 3
    assert wanting_an_answer(cases, desk.at, desk.handbook) == ()


OUT = {"text": "不归我们管", "out_of_scope": True, "alternative": "街道办", "proxy_offered": True}
ANSWERS = [YES, NO, OUT | {"satisfied": True}, OUT | {"satisfied": False}, OUT | {"proxy_accepted": True}]


@pytest.mark.parametrize("said", ANSWERS)
def test_whatever_is_answered_is_the_agreed_answer_and_never_a_bare_refusal(said: dict[str, Any]) -> None:
    desk = FrontDesk(scripts=(WATER,))
    asked, other = desk.receive("challenge", topic="water"), desk.receive("challenge", topic="parking")
    assert desk.refused(asked, "answer", "desk", **said) == "H-4.4.5"
    found = desk.desk.do(other, "answer", "desk", **said, script="water-1")
    assert isinstance(found, Refusal)
    assert found.rule == "no_such_answer_in_force"
    away = said | {"out_of_scope": True, "alternative": ""}
    assert desk.refused(other, "answer", "desk", **away) == "H-4.3.3"
    assert desk.offered(asked, "answer") == names(DESK)


@pytest.mark.parametrize("satisfied", [True, False])
def test_whatever_the_desk_replies_is_the_agreed_answer(satisfied: bool) -> None:
    desk = FrontDesk(scripts=(WATER,))
    asked, other = (desk.reach("challenge", "pending", topic=topic) for topic in ("water", "parking"))
    said: dict[str, Any] = {"text": "依合同", "satisfied": satisfied}
    assert desk.refused(asked, "reply", "desk", **said) == "H-4.4.5"
    found = desk.desk.do(other, "reply", "desk", **said, script="water-1")
    assert isinstance(found, Refusal)
    assert found.rule == "no_such_answer_in_force"


def test_who_gives_the_agreed_answer_gives_no_other_command_for_it() -> None:
    desk = FrontDesk(scripts=(NOISE,))
    number = desk.receive("challenge", topic="noise")
    assert desk.offered(number, "assign") == names("desk desk2 supervisor")


@pytest.mark.parametrize("state", ["received", "pending", "handling"])
def test_an_incident_settles_by_the_agreed_answer_alone_and_by_who_gives_it(state: str) -> None:
    desk = FrontDesk(scripts=(WATER, NOISE))
    without, by_another, by_it = (desk.reach("challenge", state, topic=topic) for topic in ("water", "noise", "noise"))
    for number, topic, rule in ((without, "", "not_the_agreed_answer"), (by_another, "noise", "not_the_spokesperson")):
        done = desk.desk.do(desk.incident(number, topic=topic or None), "complete", "desk", result="已恢复")
        assert isinstance(done, Done)
        assert [(each.rule, each.clause_id) for each in done.left] == [(rule, "H-4.4.5")]
        assert desk.case(number).state == state
    speaks = Person("security", "security", {"security", "desk"})
    desk.desk = desk.desk.with_handbook(evolve(desk.handbook, people={**STAFF, "security": speaks}))
    desk.do(desk.incident(by_it, topic="noise"), "complete", "security", result="已恢复")
    assert (desk.case(by_it).state, desk.case(by_it).text("script")) == ("awaiting_call_back", "noise-1")


def test_an_incident_settles_a_grave_one_that_was_approved_and_that_approval_has_served() -> None:
    desk = FrontDesk()
    number = desk.reach("challenge", "handling", important=True)
    first = desk.incident(number)
    done = desk.desk.do(first, "complete", "desk", result="已恢复")
    assert isinstance(done, Done)
    assert [(each.rule, each.clause_id) for each in done.left] == [("must_be_approved", "H-4.4.4")]
    desk.do(number, "unlink", "desk", incident=first, reason="再来")
    desk.do(number, "ask_approval", "area_manager", draft="拟复")
    desk.do(number, "approve", "cs_head")
    desk.do(desk.incident(number), "complete", "desk", result="已恢复")
    assert desk.case(number).state == "awaiting_call_back"
    desk.do(number, "call_back", "desk", satisfied=False)
    assert desk.refused(number, "reply", "area_manager", **REPLY) == "H-4.4.4", "approved for one reply"
