"""What every kind of case shares at its edges: at night, without a name, with nothing said, before its call-back."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from qiantai import Person, Refusal
from tests.kernel.front_desk import (
    KINDS,
    LATE_EVENING,
    STAFF,
    FrontDesk,
)

HANDLERS = {
    "complaint": "engineering",
    "suggestion": "cs_head",
    "enquiry": "area_manager",
    "challenge": "area_manager",
    "help": "security",
    "repair": "engineering",
}


MUSTS = [
    ("correct", {"value": "东门"}, "field"),
    ("correct", {"field": "place"}, "value"),
    ("join", {}, "household"),
    ("hand_over", {"reason": "下班"}, "to"),
    ("offer", {}, "to"),
    ("merge", {}, "into"),
    ("link", {}, "incident"),
    ("unlink", {"reason": "另一回事"}, "incident"),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("command", "said", "lacks"), MUSTS)
def test_what_has_to_be_said_is_named_where_it_was_not(
    kind: str, command: str, said: dict[str, Any], lacks: str
) -> None:
    desk = FrontDesk()
    found = desk.desk.do(desk.receive(kind), command, "desk", **said)
    assert isinstance(found, Refusal)
    assert (found.rule, found.would_do.en) == ("field_missing", lacks)


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_received_it_passes_it_on_corrects_and_joins_whoever_answers_for_it_by_now(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind, "cleaning")
    desk.do(number, "hand_over", "supervisor", to="staff", reason="换班")
    assert (desk.case(number).owner, desk.case(number).first_contact) == ("staff", "cleaning")
    for command in ("hand_to_desk", "correct", "join"):
        assert "cleaning" in desk.offered(number, command), command


@pytest.mark.parametrize("kind", KINDS)
def test_at_night_nothing_but_passing_it_to_the_desk_waits_for_the_desk_to_open(kind: str) -> None:
    desk = FrontDesk(LATE_EVENING)
    major: dict[str, Any] = {"emergency": True, "major": True}
    for case in (desk.case(desk.reach(kind, "awaiting_call_back", **more)) for more in ({}, major)):
        assert len(case.duties) > 1
        assert all(each.since in (case.received, each.opened) for each in case.duties)


@pytest.mark.parametrize("kind", ["suggestion", "enquiry", "challenge"])
@pytest.mark.parametrize("anonymous", [False, True])
def test_an_assignment_is_owed_at_once_at_night_and_for_a_case_without_a_name(kind: str, anonymous: bool) -> None:
    desk = FrontDesk(LATE_EVENING)
    who: dict[str, Any] = {"household": None, "anonymous": True} if anonymous else {}
    if kind == "suggestion":
        number = desk.reach(kind, "handling", **who)
        desk.do(number, "correct", "desk", field="important", value=True, reason="查到")
    else:
        number = desk.receive(kind, **who)
        desk.do(number, "answer", "desk", text="不清楚", satisfied=False)
    duty = desk.duty(number, "assign")
    assert (duty.since, duty.owed) == (desk.at, True)


WORKED_AND_AHEAD = [
    ("complaint", "resolved"),
    ("suggestion", "decided"),
    ("help", "on_site"),
    ("repair", "on_site"),
]


@pytest.mark.parametrize(("kind", "state"), WORKED_AND_AHEAD)
def test_before_it_is_to_be_called_back_who_works_on_it_is_told_its_state(kind: str, state: str) -> None:
    desk = FrontDesk()
    handler = HANDLERS[kind]
    people = {**STAFF, handler: evolve(STAFF[handler], roles={handler, "desk"})}
    desk.desk = desk.desk.with_handbook(evolve(desk.handbook, people=people))
    number = desk.reach(kind, state)
    assert handler in desk.case(number).workers
    found = desk.desk.do(number, "call_back", handler, satisfied=True)
    assert isinstance(found, Refusal)
    assert found.rule == "not_in_this_state"


@pytest.mark.parametrize("kind", ["enquiry", "challenge"])
def test_dissatisfied_it_is_handled_again_and_not_called_back_by_who_replied(kind: str) -> None:
    desk = FrontDesk()
    both = Person("area_manager", "area_manager", {"area_manager", "desk"})
    desk.desk = desk.desk.with_handbook(evolve(desk.handbook, people={**STAFF, "area_manager": both}))
    number = desk.reach(kind, "awaiting_call_back")
    desk.do(number, "call_back", "desk2", satisfied=False)
    found = desk.desk.do(number, "call_back", "area_manager", satisfied=True)
    assert isinstance(found, Refusal)
    assert found.rule == "not_in_this_state"


def test_a_declined_offer_is_offered_to_nobody() -> None:
    desk = FrontDesk()
    number = desk.receive("help")
    desk.do(number, "offer", "desk", to="desk2")
    assert desk.do(number, "decline_offer", "desk2", reason="在忙").offered_to == ""


def test_withdrawn_by_the_resident_nothing_is_said_of_a_mistake() -> None:
    desk = FrontDesk()
    assert "mistaken" not in desk.do(desk.receive("help"), "withdraw", "desk", reason="收回").facts
