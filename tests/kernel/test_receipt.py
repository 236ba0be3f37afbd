"""Receipts: what is said is kept, whoever takes it in, and the channel alone has to be said."""

from __future__ import annotations

import pytest

from qiantai import Command, Done, Refusal
from qiantai.decision import examine
from tests.kernel.front_desk import KINDS, NOISE, FrontDesk, clock

WHATEVER_IS_SAID = {
    **{name: f"{name}的内容" for name in ("name", "phone", "email", "summary", "topic", "place", "demand", "area")},
    **dict.fromkeys(("emergency", "important", "sensitive", "major", "dispute"), True),
    "channel": "online",
    "household": "1-1-102",
    "occurred_at": clock(8),
    "against": "cleaning",
    "rings": 4,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("by", ["desk", "staff"])
def test_a_receipt_keeps_all_that_is_said_and_asks_for_the_channel_alone(kind: str, by: str) -> None:
    desk = FrontDesk()
    case = desk.case(desk.receive(kind, by, **WHATEVER_IS_SAID, joint=3))
    assert {name: case.facts[name] for name in WHATEVER_IS_SAID} == WHATEVER_IS_SAID
    assert case.joint == 3
    assert desk.case(desk.receive(kind, by, household=None, anonymous=True)).facts["anonymous"] is True
    refused = desk.desk.receive(by, kind=kind, summary="事由")
    assert isinstance(refused, Refusal)
    assert (refused.rule, refused.would_do.en) == ("field_missing", "channel")
    assert isinstance(desk.desk.receive(by, kind=kind, channel="phone"), Done)


def test_a_grave_complaint_without_a_name_is_reported_and_planned_for_too() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", household=None, anonymous=True, major=True)
    assert {"report_up", "start_plan"} <= desk.owed(number)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("by", "clause"), [("desk", "H-4.6.1"), ("staff", "M-3.1c")])
def test_the_desk_receives_by_one_clause_and_everybody_else_by_another(kind: str, by: str, clause: str) -> None:
    desk = FrontDesk()
    asked = Command("receive", by, "A-20261123-001", {"kind": kind, "channel": "phone"})
    found = examine(None, asked, desk.at, desk.handbook)
    assert not isinstance(found, Refusal)
    assert found[1].clause.id == clause


def test_only_a_sensitive_agreed_answer_makes_its_topic_sensitive() -> None:
    desk = FrontDesk(scripts=(NOISE,))
    assert "sensitive" not in desk.case(desk.receive("challenge", topic="noise")).facts
