"""Suggestions against their table: thanks, the head called for, the decision, the answer in kind, the follow-up."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.front_desk import ROLES, FrontDesk, clock, moved, names, own_offers

DESK = "desk desk2"
NOBODY: set[str] = set()
OWN_OFFERS = {
    "received": {"thank": DESK, "assign": f"{DESK} supervisor"},
    "handling": {"thank": DESK, "assign": f"{DESK} supervisor", "decide": "cs_head"},
    "decided": {"thank": DESK, "reply": "cs_head"},
    "implementing": {"thank": DESK, "follow_up": "cs_head", "complete": "cs_head"},
    "awaiting_call_back": {"thank": DESK, "call_back": f"{DESK} supervisor"},
    "closed": {},
}
ADOPTED = {"outcome": "adopted", "reason": "可行"}
DECLINED = {"outcome": "declined", "reason": "管线不允许"}
BY_PHONE = {"channel": "phone", "text": "答复"}


@pytest.mark.parametrize("state", OWN_OFFERS)
def test_who_may_do_what(state: str) -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", state)
    assert own_offers(desk, number) == {command: names(who) for command, who in OWN_OFFERS[state].items()}


def test_noted_it_is_thanked_for_by_whoever_met_the_resident() -> None:
    desk = FrontDesk()
    assert own_offers(desk, desk.receive("suggestion", "cleaning")) == {"thank": names(f"{DESK} cleaning")}


@pytest.mark.parametrize(
    ("channel", "clause"),
    [
        ("visit", "H-4.1.1.3"),
        ("phone", "H-4.1.1.3"),
        ("letter_in_person", "H-4.1.1.3"),
        ("patrol", "H-4.1.1.3"),
        ("letter", "H-4.1.1.4"),
        ("email", "H-4.1.1.4"),
        ("opinion_box", "H-4.1.1.4"),
        ("online", "H-4.1.1.4"),
        ("wechat", "H-4.1.1.4"),
    ],
)
def test_what_is_owed_from_receipt(channel: str, clause: str) -> None:
    desk = FrontDesk()
    number = desk.receive("suggestion", channel=channel)
    thank, reply = desk.duty(number, "thank"), desk.duty(number, "reply")
    assert (thank.clause.id, thank.due, thank.owed_by) == (clause, clock(9, 5), "owner")
    assert (reply.clause.id, reply.due) == ("H-4.1.1.4", clock(18, 30, day=30))
    assert desk.owed(number) == names("thank reply")


@pytest.mark.parametrize(
    ("came", "by", "thanked", "clause"),
    [
        ("visit", "desk", "letter", None),
        ("letter", "desk", "letter", "H-4.1.1.4"),
        ("online", "desk", "wechat", "H-4.1.1.4"),
        ("online", "desk", "phone", None),
        ("visit", "cleaning", "visit", None),
        ("phone", "cleaning", "phone", None),
        ("patrol", "cleaning", "patrol", None),
        ("visit", "cleaning", "letter", ""),
        ("letter", "cleaning", "visit", "H-4.1.1.4"),
        ("visit", "security", "visit", ""),
    ],
)
def test_thanks(came: str, by: str, thanked: str, clause: str | None) -> None:
    desk = FrontDesk()
    number = desk.receive("suggestion", "desk" if by == "desk" else "cleaning", channel=came)
    if clause is None:
        assert moved(desk, number, "thank", by, channel=thanked)[2] == {"thank"}
    else:
        assert desk.refused(number, "thank", by, channel=thanked) == clause


def test_where_no_number_is_known_a_written_one_is_thanked_for_otherwise() -> None:
    desk = FrontDesk()
    number = desk.receive("suggestion", channel="email", household="4-1-401")
    assert moved(desk, number, "thank", "desk", channel="email")[2] == {"thank"}


@pytest.mark.parametrize("state", ["noted", "received"])
@pytest.mark.parametrize("command", ["answer", "decide", "reply"])
@pytest.mark.parametrize("by", ROLES)
def test_nobody_judges_it_on_the_spot(state: str, command: str, by: str) -> None:
    desk = FrontDesk()
    number = desk.receive("suggestion", "desk" if state == "received" else "staff")
    assert desk.refused(number, command, by) == "H-4.1.1.3"


SPOKEN = "phone visit"
IN_KIND = {
    "letter": "letter",
    "letter_in_person": "letter",
    "opinion_box": "letter",
    "email": "email",
    "online": f"online {SPOKEN}",
    "wechat": f"wechat {SPOKEN}",
    "visit": SPOKEN,
    "phone": SPOKEN,
    "patrol": SPOKEN,
}


@pytest.mark.parametrize("came", IN_KIND)
def test_the_reply_goes_the_way_it_came(came: str) -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", "decided", channel=came)
    for channel in IN_KIND:
        if channel not in names(IN_KIND[came]):
            assert desk.refused(number, "reply", "cs_head", channel=channel, text="答复") == "H-4.1.3.1a"
    other = next(each for each in IN_KIND if each not in names(IN_KIND[came]))
    assert desk.do(number, "reply", "cs_head", channel=other, text="答复", reason="业户要求").state == "implementing"


STEPS = [
    ("decided", "reply", "cs_head", BY_PHONE, "implementing", {"follow_up"}, {"reply"}, NOBODY),
    ("implementing", "follow_up", "cs_head", {"text": "在做"}, "implementing", {"follow_up"}, {"follow_up"}, NOBODY),
    (
        "implementing",
        "complete",
        "cs_head",
        {"result": "好"},
        "awaiting_call_back",
        {"call_back"},
        NOBODY,
        {"follow_up"},
    ),
    ("awaiting_call_back", "call_back", "desk", {"satisfied": True}, "closed", NOBODY, {"call_back"}, NOBODY),
    ("awaiting_call_back", "call_back", "desk", {"satisfied": False}, "closed", NOBODY, {"call_back"}, NOBODY),
]


@pytest.mark.parametrize(("state", "command", "by", "fields", "to", "opened", "done", "ended"), STEPS)
def test_steps(
    state: str, command: str, by: str, fields: Any, to: str, opened: set[str], done: set[str], ended: set[str]
) -> None:
    desk = FrontDesk()
    assert moved(desk, desk.reach("suggestion", state), command, by, **fields) == (to, opened, done, ended)


def test_declined_it_is_replied_to_and_called_back() -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", "handling")
    desk.do(number, "decide", "cs_head", **DECLINED)
    assert moved(desk, number, "reply", "cs_head", **BY_PHONE) == (
        "awaiting_call_back",
        {"call_back"},
        {"reply"},
        NOBODY,
    )


def test_its_author_hears_every_seven_days() -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", "implementing")
    since = desk.at
    assert desk.duty(number, "follow_up").due - since == clock(9, day=30) - clock(9)
    assert (desk.duty(number, "follow_up").clause.id, desk.duty(number, "follow_up").owed_by) == (
        "H-4.1.3.1b",
        "handler",
    )
    desk.later(days=8).do(number, "follow_up", "cs_head", text="在做")
    assert [each.status(desk.at) for each in desk.case(number).duties if each.name == "follow_up"] == ["late", "open"]
    assert desk.duty(number, "follow_up").due - desk.at == clock(9, day=30) - clock(9)


def test_overdue_news_stays_a_miss_when_it_is_done() -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", "implementing")
    desk.later(days=8).do(number, "complete", "cs_head", result="好")
    duty = desk.duty(number, "follow_up")
    assert (duty.status(desk.at), duty.by) == ("late", "")


@pytest.mark.parametrize(
    ("outcome", "state"), [("adopted", "implementing"), ("partly", "implementing"), ("declined", "closed")]
)
def test_an_anonymous_one_is_answered_by_its_decision(outcome: str, state: str) -> None:
    desk = FrontDesk()
    number = desk.receive("suggestion", anonymous=True, household=None, channel="opinion_box")
    assert desk.status(number, "thank") == "void"
    desk.do(number, "assign", "desk", to="cs_head")
    assert moved(desk, number, "decide", "cs_head", outcome=outcome, reason="研究过") == (
        state,
        NOBODY,
        {"reply"},
        NOBODY,
    )
    if state == "implementing":
        assert moved(desk, number, "complete", "cs_head", result="好") == ("closed", NOBODY, NOBODY, NOBODY)


def test_a_decision_without_its_reason_does_not_close_an_anonymous_one() -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", "handling", anonymous=True, household=None)
    assert desk.refused(number, "decide", "cs_head", outcome="declined") == "H-4.6.2"


def test_the_day_of_the_reply_counts_working_days() -> None:
    desk = FrontDesk(clock(9, day=20))
    assert desk.duty(desk.receive("suggestion"), "reply").due == clock(18, 30, day=27)


@pytest.mark.parametrize("state", ["noted", "received", "handling", "decided", "implementing", "awaiting_call_back"])
def test_who_took_it_in_may_thank_for_it_whatever_has_become_of_it(state: str) -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", state, by="cleaning")
    assert desk.offered(number, "thank") == names("desk desk2 cleaning")


def test_carried_out_an_anonymous_one_closes_only_with_the_reason_of_its_decision() -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", "handling", anonymous=True, household=None)
    desk.do(number, "decide", "cs_head", outcome="adopted")
    assert desk.refused(number, "complete", "cs_head", result="已装") == "H-4.6.2"
    assert desk.offered(number, "complete") == NOBODY
