"""Enquiries against their table: answers at the desk and away from it, by proxy, and the area manager's form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.kernel.front_desk import FrontDesk, clock, moved, names, own_offers

DESK = "desk desk2"
NOBODY: set[str] = set()
OWN_OFFERS = {
    "received": {"answer": DESK, "take_contact": DESK, "assign": f"{DESK} supervisor"},
    "pending": {"reply": DESK, "assign": f"{DESK} supervisor"},
    "handling": {"consult": "area_manager", "reply": "area_manager"},
    "awaiting_call_back": {"call_back": f"{DESK} supervisor"},
    "closed": {},
}
YES = {"text": "周三开放", "satisfied": True}
NO = {"text": "不清楚", "satisfied": False}
OUT = {"text": "不在服务范围", "out_of_scope": True, "alternative": "街道办", "proxy_offered": True}
FOR_THEM = OUT | {"proxy_accepted": True}
TO_AREA = {"to": "area_manager"}


@pytest.mark.parametrize("state", OWN_OFFERS)
def test_who_may_do_what(state: str) -> None:
    desk = FrontDesk()
    number = desk.reach("enquiry", state)
    assert own_offers(desk, number) == {command: names(who) for command, who in OWN_OFFERS[state].items()}


def test_noted_only_its_receiver_answers() -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", "cleaning")
    assert own_offers(desk, number) == {"answer": {"cleaning"}, "take_contact": {"cleaning"}}
    assert desk.owed(number) == {"hand_to_desk"}
    desk.do(number, "take_contact", "cleaning")
    assert own_offers(desk, number)["reply"] == {"cleaning"}


@pytest.mark.parametrize("by", ["desk", "staff"])
def test_an_answer_is_owed_at_once_from_when_the_desk_has_it(by: str) -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", by)
    if by == "staff":
        desk.later(minutes=3).do(number, "hand_to_desk", "desk")
    duty = desk.duty(number, "answer")
    assert (duty.clause.id, duty.owed_by) == ("H-4.3.1", "owner")
    assert duty.due == clock(9, 5 if by == "desk" else 8)


STEPS = [
    ("noted", "answer", "staff", YES, "closed", NOBODY, NOBODY, {"hand_to_desk"}),
    ("noted", "answer", "staff", NO, "noted", NOBODY, NOBODY, NOBODY),
    ("noted", "answer", "staff", FOR_THEM, "noted", NOBODY, NOBODY, NOBODY),
    ("noted", "take_contact", "staff", {}, "noted", {"reply"}, NOBODY, {"hand_to_desk"}),
    ("received", "answer", "desk", YES, "closed", NOBODY, {"answer"}, NOBODY),
    ("received", "answer", "desk", NO, "received", {"assign"}, {"answer"}, NOBODY),
    ("received", "answer", "desk", OUT | {"satisfied": True}, "closed", NOBODY, {"answer"}, NOBODY),
    ("received", "answer", "desk", FOR_THEM, "pending", {"reply"}, {"answer"}, NOBODY),
    ("received", "answer", "desk", FOR_THEM | {"satisfied": True}, "pending", {"reply"}, {"answer"}, NOBODY),
    ("received", "take_contact", "desk", {}, "pending", {"reply"}, {"answer"}, NOBODY),
    ("received", "assign", "supervisor", TO_AREA, "handling", {"reply"}, {"answer"}, NOBODY),
    ("pending", "reply", "desk", YES, "closed", NOBODY, {"reply"}, NOBODY),
    ("pending", "reply", "desk", NO, "pending", {"assign"}, {"reply"}, NOBODY),
    ("pending", "assign", "desk", TO_AREA, "handling", NOBODY, NOBODY, NOBODY),
    ("handling", "consult", "area_manager", {"with": "工程"}, "handling", NOBODY, NOBODY, NOBODY),
    (
        "handling",
        "reply",
        "area_manager",
        {"channel": "phone", "text": "是"},
        "awaiting_call_back",
        {"call_back"},
        {"reply"},
        NOBODY,
    ),
    ("awaiting_call_back", "call_back", "desk", {"satisfied": True}, "closed", NOBODY, {"call_back"}, NOBODY),
    ("awaiting_call_back", "call_back", "desk", {"satisfied": False}, "handling", {"reply"}, {"call_back"}, NOBODY),
]


@pytest.mark.parametrize(("state", "command", "by", "fields", "to", "opened", "done", "ended"), STEPS)
def test_steps(
    state: str, command: str, by: str, fields: Any, to: str, opened: set[str], done: set[str], ended: set[str]
) -> None:
    desk = FrontDesk()
    number = desk.reach("enquiry", state, by="staff" if state == "noted" else "desk")
    assert moved(desk, number, command, by, **fields) == (to, opened, done, ended)


REFUSED = [
    ("received", "answer", "security", YES, ""),
    ("received", "answer", "desk", {"text": "是"}, ""),
    ("received", "answer", "desk", YES | {"out_of_scope": True}, "H-4.3.3"),
    ("received", "answer", "desk", NO | {"out_of_scope": True, "alternative": "街道办"}, "H-4.3.3"),
    ("received", "answer", "desk", FOR_THEM | {"alternative": ""}, "H-4.3.3"),
    ("received", "answer", "desk", FOR_THEM | {"alternative": "  "}, "H-4.3.3"),
    ("received", "reply", "desk", YES, ""),
    ("received", "assign", "desk", {"to": "engineering"}, ""),
    ("received", "assign", "area_manager", TO_AREA, ""),
    ("pending", "reply", "desk", {"text": "是"}, ""),
    ("pending", "answer", "desk", YES, ""),
    ("pending", "take_contact", "desk", {}, ""),
    ("handling", "reply", "desk", {"channel": "phone"}, ""),
    ("handling", "reply", "area_manager", {"text": "是"}, ""),
    ("handling", "close", "cs_head", {}, ""),
    ("handling", "ask_approval", "area_manager", {}, ""),
]


@pytest.mark.parametrize(("state", "command", "by", "fields", "clause"), REFUSED)
def test_refusals(state: str, command: str, by: str, fields: Any, clause: str) -> None:
    desk = FrontDesk()
    assert desk.refused(desk.reach("enquiry", state), command, by, **fields) == clause


def test_with_no_contact_known_nobody_asks_for_them_nor_replies_later() -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", household="4-1-401")
    assert desk.refused(number, "answer", "desk", **FOR_THEM) == "H-4.3.1"
    assert desk.refused(number, "take_contact", "desk") == "H-4.3.1"
    assert desk.do(number, "take_contact", "desk", email="a@b.cn").text("email") == "a@b.cn"


@pytest.mark.parametrize("by_phone", [True, False])
def test_a_reply_is_owed_within_a_day_of_the_step_that_opens_it(by_phone: bool) -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry")
    desk.at = clock(15)
    if by_phone:
        desk.do(number, "take_contact", "desk")
        desk.at = clock(18)
    desk.do(number, "assign", "desk", **TO_AREA)
    duty = desk.duty(number, "reply")
    assert (duty.clause.id, duty.due) == ("H-4.3.1", clock(15, day=24))
    assert desk.duty(number, "answer").status(desk.at) == "late"


@pytest.mark.parametrize(
    ("promised", "clause"),
    [(clock(8, 59), ""), (clock(9, 1, day=24), "P-2.1"), (clock(9, day=24), None), (clock(12), None)],
)
@pytest.mark.parametrize("by", ["desk", "staff"])
def test_a_reply_is_promised_within_its_limit(promised: datetime, clause: str | None, by: str) -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", by)
    if clause is None:
        desk.do(number, "take_contact", by, promised=promised)
        assert desk.duty(number, "reply").due == promised
    else:
        assert desk.refused(number, "take_contact", by, promised=promised) == clause


def test_away_from_the_desk_a_reply_that_does_not_satisfy_goes_to_the_desk() -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", "staff")
    assert desk.refused(number, "reply", "staff", **YES) == "", "contact has to be taken first"
    desk.do(number, "take_contact", "staff", phone="13700000000")
    assert desk.refused(number, "reply", "staff", text="是") == "", "whether it satisfied has to be said"
    desk.later(hours=2)
    assert moved(desk, number, "reply", "staff", **NO) == ("noted", {"hand_to_desk"}, {"reply"}, NOBODY)
    duty = desk.duty(number, "hand_to_desk")
    assert (duty.clause.id, duty.due) == ("H-4.3.2", clock(11, 5))


def test_asked_for_by_the_resident_away_from_the_desk_it_goes_there_at_once() -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", "staff")
    desk.do(number, "take_contact", "staff")
    desk.later(hours=2)
    assert moved(desk, number, "answer", "staff", **FOR_THEM) == ("noted", {"hand_to_desk"}, NOBODY, NOBODY)
    assert desk.duty(number, "hand_to_desk").due == clock(11, 5)


def test_an_assignment_is_owed_at_once_after_an_unsatisfying_word() -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry")
    desk.later(hours=1).do(number, "answer", "desk", **NO)
    duty = desk.duty(number, "assign")
    assert (duty.clause.id, duty.due, duty.owed_by) == ("H-4.3.4", clock(10, 5), "owner")
    assert moved(desk, number, "assign", "desk", **TO_AREA)[2] == {"assign"}


def test_dissatisfied_it_is_replied_to_anew_and_may_then_be_closed_by_a_head() -> None:
    desk = FrontDesk()
    number = desk.reach("enquiry", "awaiting_call_back")
    desk.at = clock(12)
    desk.do(number, "call_back", "desk", satisfied=False)
    assert desk.duty(number, "reply").due == clock(12, day=24)
    assert desk.offered(number, "close") == names("cs_head centre_head")
    assert desk.refused(number, "close", "supervisor") == ""
    assert desk.do(number, "close", "cs_head", reason="已尽力").state == "closed"


def test_what_is_told_on_the_spot_needs_only_its_summary() -> None:
    desk = FrontDesk()
    spot, later = desk.receive("enquiry", household=None), desk.receive("enquiry", household=None)
    assert desk.do(spot, "answer", "desk", satisfied=True).state == "closed"
    desk.do(later, "take_contact", "desk", phone="13700000000")
    assert desk.refused(later, "reply", "desk", **YES) == "H-4.6.2", "nobody is named"
    desk.do(later, "correct", "desk", field="name", value="过路人")
    assert desk.refused(later, "reply", "desk", satisfied=True) == "H-4.6.2", "nothing was replied"
    assert desk.do(later, "reply", "desk", **YES).state == "closed"


def test_an_anonymous_enquiry_is_answered_in_public() -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", household=None, anonymous=True)
    desk.do(number, "assign", "desk", **TO_AREA)
    assert "reply" in desk.owed(number)
    result = moved(desk, number, "reply", "area_manager", channel="online", text="已公示")
    assert result == ("closed", NOBODY, {"reply"}, NOBODY)


@pytest.mark.parametrize(("minutes", "refused"), [(0, None), (1, "")])
def test_while_a_reply_is_owed_it_is_promised_up_to_its_limit_and_not_once_that_has_passed(
    minutes: int, refused: str | None
) -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", "staff")
    desk.do(number, "take_contact", "staff")
    desk.later(days=1, minutes=minutes)
    if refused is None:
        desk.do(number, "take_contact", "staff", promised=desk.at)
        assert desk.duty(number, "reply").due == desk.at
    else:
        assert desk.refused(number, "take_contact", "staff", promised=desk.at) == refused


def test_replied_to_in_vain_away_from_the_desk_it_is_promised_anew_there() -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", "staff")
    desk.do(number, "take_contact", "staff")
    desk.do(number, "reply", "staff", **NO)
    desk.later(days=2).do(number, "hand_to_desk", "desk")
    assert desk.refused(number, "take_contact", "desk", promised=desk.at.replace(day=26, hour=10)) == "P-2.1"
    desk.do(number, "take_contact", "desk", promised=desk.at.replace(day=26))
    assert desk.duty(number, "reply").due == desk.at.replace(day=26)


@pytest.mark.parametrize("command", ["complete", "reply"])
def test_an_anonymous_one_that_would_close_by_it_is_offered_to_who_may_reply(command: str) -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", household=None, anonymous=True)
    desk.do(number, "assign", "desk", **TO_AREA)
    assert desk.offered(number, command) == ({"area_manager"} if command == "reply" else NOBODY)


@pytest.mark.parametrize("said", [YES, NO, FOR_THEM])
@pytest.mark.parametrize("by", ["desk", "staff"])
def test_whoever_is_told_that_it_is_out_of_scope_is_told_where_else_to_go(said: Any, by: str) -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", by)
    assert desk.refused(number, "answer", by, **said | {"out_of_scope": True, "alternative": ""}) == "H-4.3.3"


@pytest.mark.parametrize("then", ["take_contact", "for them at the desk"])
def test_after_a_reply_in_vain_another_one_is_owed_when_somebody_promises_it(then: str) -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", "staff")
    desk.do(number, "take_contact", "staff")
    desk.do(number, "reply", "staff", **NO)
    assert "reply" not in desk.owed(number)
    desk.later(hours=1)
    if then == "take_contact":
        desk.do(number, "take_contact", "staff")
    else:
        desk.do(number, "hand_to_desk", "desk")
        desk.do(number, "answer", "desk", **FOR_THEM)
    assert desk.duty(number, "reply").opened == desk.at
