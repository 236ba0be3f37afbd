"""Which head a suggestion is given to, who alone decides it, and what happens where the other is called for."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.front_desk import ROLES, FrontDesk, clock, moved, names

NOBODY: set[str] = set()
ADOPTED = {"outcome": "adopted", "reason": "可行"}
DECLINED = {"outcome": "declined", "reason": "管线不允许"}
BY_PHONE = {"channel": "phone", "text": "答复"}


@pytest.mark.parametrize(
    ("fields", "head"),
    [
        ({}, "cs_head"),
        ({"joint": 5}, "cs_head"),
        ({"joint": 6}, "centre_head"),
        ({"important": True}, "centre_head"),
        ({"household": "2-1-201"}, "centre_head"),
        ({"household": "2-1-201", "important": False}, "cs_head"),
    ],
)
def test_the_head_that_is_called_for(fields: Any, head: str) -> None:
    desk = FrontDesk()
    number = desk.receive("suggestion", **fields)
    for to in ("engineering", "centre_head" if head == "cs_head" else "cs_head", ["cs_head", "centre_head"]):
        assert desk.refused(number, "assign", "desk", to=to) == "H-4.1.2.1"
    assert desk.refused(number, "assign", "cs_head", to=head) == ""
    assert moved(desk, number, "assign", "supervisor", to=head) == ("handling", NOBODY, NOBODY, NOBODY)
    for role in set(ROLES) - {head}:
        assert desk.refused(number, "decide", role, **ADOPTED) == "H-4.1.2.1"
    assert desk.refused(number, "decide", head, reason="无") == ""
    assert desk.refused(number, "decide", head, outcome="maybe") == ""
    assert desk.do(number, "decide", head, **ADOPTED).state == "decided"
    replies = names("cs_head centre_head") if head == "centre_head" else {"cs_head"}
    assert desk.offered(number, "reply") == replies


@pytest.mark.parametrize("how", ["join", "merge", "correct"])
def test_the_centres_head_comes_to_be_called_for(how: str) -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", "handling", joint=5)
    desk.later(hours=1)
    match how:
        case "join":
            desk.do(number, "join", "desk", household="1-1-102")
        case "merge":
            desk.do(desk.receive("suggestion", household="1-1-103"), "merge", "desk", into=number)
        case _:
            desk.do(number, "correct", "desk", field="important", value=True)
    duty = desk.duty(number, "assign")
    assert (duty.clause.id, duty.due, duty.owed_by) == ("H-4.1.2.1", clock(10, 7), "owner")
    for role in ("cs_head", "centre_head"):
        assert desk.refused(number, "decide", role, **ADOPTED) == "H-4.1.2.1"
    assert desk.refused(number, "assign", "desk", to="cs_head") == "H-4.1.2.1"
    assert moved(desk, number, "assign", "desk", to="centre_head") == ("handling", NOBODY, {"assign"}, NOBODY)
    assert desk.refused(number, "decide", "cs_head", **ADOPTED) == "H-4.1.2.1"
    assert desk.do(number, "decide", "centre_head", **ADOPTED).state == "decided"


def test_the_centres_head_is_called_for_no_longer() -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", "handling")
    for minutes, status in ((0, "void"), (6, "late")):
        desk.do(number, "correct", "desk", field="important", value=True)
        desk.later(minutes=minutes)
        assert moved(desk, number, "correct", "desk", field="important", value=False)[3] == {"assign"}
        assert desk.status(number, "assign") == status
    assert desk.do(number, "decide", "cs_head", **ADOPTED).state == "decided"


def test_the_centres_head_who_has_it_decides_though_the_other_head_would_do_by_now() -> None:
    desk = FrontDesk()
    number = desk.receive("suggestion", important=True)
    desk.do(number, "assign", "desk", to="centre_head")
    desk.do(number, "correct", "desk", field="important", value=False, reason="看错")
    assert "assign" not in desk.owed(number)
    desk.do(number, "decide", "centre_head", **DECLINED)
    assert desk.do(number, "reply", "centre_head", **BY_PHONE).state == "awaiting_call_back"


def test_until_the_centres_head_has_it_that_stays_owed_whatever_else_happens() -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", "handling")
    desk.do(number, "correct", "desk", field="important", value=True, reason="查到")
    for command, by, fields in (("note", "desk", {"text": "记"}), ("urge", "desk", {"text": "快"})):
        assert moved(desk, number, command, by, **fields)[2:] == (NOBODY, NOBODY)
    assert "assign" in desk.owed(number)


def test_given_to_the_head_again_it_stands_there_anew() -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", "handling")
    assert desk.later(hours=1).do(number, "assign", "desk", to="cs_head").since == desk.at
