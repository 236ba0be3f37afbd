"""Calling back: by the desk or its supervisor, never by who did the work; tries, giving up, and the forms it closes."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from tests.kernel.front_desk import KINDS, MONDAY, ROLES, STAFF, FrontDesk, clock, moved, names

CALL_BACK: dict[str, tuple[str, dict[str, Any]]] = {
    "complaint": ("M-4.4a", {"satisfied": True}),
    "suggestion": ("H-4.5.1", {"satisfied": True}),
    "enquiry": ("H-4.5.1", {"satisfied": True}),
    "challenge": ("H-4.5.1", {"satisfied": True}),
    "help": ("H-4.5.1", {"satisfied": True}),
    "repair": ("M-3.3c", {"satisfied": True, "quality_ok": True, "channel": "phone"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_desk_calls_back_within_a_day(kind: str) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, "awaiting_call_back")
    clause, fields = CALL_BACK[kind]
    duty = desk.duty(number, "call_back")
    assert (duty.clause.id, duty.owed_by, duty.due - desk.at) == (clause, "desk", clock(9, day=24) - MONDAY)
    assert desk.owed(number) == {"call_back"}
    for role in set(ROLES) - names("desk supervisor"):
        assert desk.refused(number, "call_back", role, **fields) == "H-4.5.1"
        assert desk.refused(number, "call_back", role) == "H-4.5.1", "the role speaks before the fields"
    assert desk.refused(number, "call_back", "desk") == ""
    case = desk.do(number, "call_back", "supervisor", **fields)
    assert case.state == "closed"
    assert desk.status(number, "call_back") == "met"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "said",
    [
        {"reached": False, "channel": "phone", "score": 2},
        {"satisfied": True, "quality_ok": True, "channel": "phone", "score": 5},
        {"satisfied": False, "quality_ok": True, "channel": "phone", "score": 1},
        {"satisfied": True, "quality_ok": False, "channel": "phone", "score": 3},
    ],
)
def test_desk_and_supervisor_call_back_alike_with_whatever_was_answered(kind: str, said: dict[str, Any]) -> None:
    if kind != "repair":
        said = {name: value for name, value in said.items() if name != "quality_ok"}
    came: list[tuple[Any, ...]] = []
    for by in ("desk", "supervisor"):
        desk = FrontDesk()
        case = desk.do(desk.reach(kind, "awaiting_call_back"), "call_back", by, **said)
        assert {name: case.history[-1].fields[name] for name in said} == said
        came.append((case.state, case.tries, case.unsatisfied, [each.name for each in case.owed], case.facts))
    assert came[0] == came[1]
    assert (came[0][1] == 1) == (said.get("reached") is False)


@pytest.mark.parametrize("kind", KINDS)
def test_any_other_role_is_refused_a_call_back_in_every_open_state(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind)
    assert desk.refused(number, "call_back", "security", satisfied=True) == "H-4.5.1"
    assert desk.refused(number, "call_back", "desk", satisfied=True) == ""


@pytest.mark.parametrize(
    ("kind", "worker"),
    [
        ("complaint", "engineering"),
        ("suggestion", "cs_head"),
        ("enquiry", "area_manager"),
        ("challenge", "area_manager"),
        ("help", "security"),
        ("repair", "engineering"),
    ],
)
def test_who_did_the_work_does_not_call_back_on_it(kind: str, worker: str) -> None:
    desk = FrontDesk()
    both = evolve(STAFF[worker], roles={worker, "desk"})
    desk.desk = desk.desk.with_handbook(evolve(desk.handbook, people={**STAFF, worker: both}))
    number = desk.reach(kind, "awaiting_call_back")
    assert desk.refused(number, "call_back", worker, **CALL_BACK[kind][1]) == "H-4.5.1"
    assert desk.refused(number, "call_back", worker) == "H-4.5.1", "the role speaks before the fields"
    assert desk.offered(number, "call_back", (worker, "desk")) == {"desk"}


def test_tries_are_counted_anew_for_every_call_back() -> None:
    desk = FrontDesk()
    number = desk.reach("enquiry", "awaiting_call_back")
    for _ in range(3):
        desk.do(number, "call_back", "desk", reached=False)
    desk.do(number, "call_back", "desk", satisfied=False)
    desk.do(number, "reply", "area_manager", channel="phone", text="再复")
    assert (desk.case(number).tries, desk.offered(number, "close")) == (0, set())


@pytest.mark.parametrize("kind", KINDS)
def test_after_three_tries_the_desk_may_give_up(kind: str) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, "awaiting_call_back")
    for tries in range(3):
        assert desk.offered(number, "close") == set()
        assert desk.refused(number, "close", "desk", reason="联系不上") == ""
        assert moved(desk, number, "call_back", "desk", reached=False) == ("awaiting_call_back", set(), set(), set())
        assert desk.case(number).tries == tries + 1
    assert desk.offered(number, "close") == names("desk desk2 supervisor")
    assert desk.refused(number, "close", "cs_head") == ""
    assert moved(desk, number, "close", "supervisor", reason="联系不上") == ("closed", set(), set(), {"call_back"})
    assert desk.status(number, "call_back") == "void"


AGAIN: dict[str, tuple[tuple[str, str, dict[str, Any]], ...]] = {
    "complaint": (
        ("complete", "engineering", {"result": "已整改", "valid": False}),
        ("reply", "desk", {"channel": "phone", "text": "已整改"}),
    ),
    "enquiry": (("reply", "area_manager", {"channel": "phone", "text": "周三"}),),
    "challenge": (("reply", "area_manager", {"channel": "phone", "text": "依合同"}),),
    "repair": (("arrive", "engineering", {}), ("complete", "engineering", {"result": "重做"})),
}


@pytest.mark.parametrize("by_incident", [False, True])
@pytest.mark.parametrize("kind", AGAIN)
def test_what_was_done_again_is_called_back_on_again(kind: str, by_incident: bool) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, "awaiting_call_back")
    for _ in range(2):
        unwell = {"quality_ok": False, "channel": "phone"} if kind == "repair" else {}
        assert desk.later(hours=1).do(number, "call_back", "desk", satisfied=False, **unwell).unsatisfied
        assert not desk.case(number).owes("call_back")
        desk.later(hours=1)
        if by_incident:
            incident = desk.incident(number)
            desk.do(incident, "complete", "desk", result="已恢复")
            desk.do(number, "unlink", "desk", incident=incident, reason="已恢复")
        for command, who, fields in () if by_incident else AGAIN[kind]:
            desk.do(number, command, who, **fields)
        assert desk.case(number).state == "awaiting_call_back"
        assert desk.duty(number, "call_back").opened == desk.at


@pytest.mark.parametrize("kind", KINDS)
def test_given_up_as_unreachable_it_needs_only_its_summary(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind, household="4-1-401")
    if kind in ("enquiry", "challenge"):
        desk.do(number, "assign", "desk", to="area_manager")
        desk.do(number, "reply", "area_manager", channel="phone", text="周三开放")
    else:
        desk.reach(kind, "awaiting_call_back", number=number)
    for _ in range(3):
        desk.do(number, "call_back", "desk", reached=False)
    assert desk.refused(number, "call_back", "desk", **CALL_BACK[kind][1]) == "H-4.6.2"
    assert desk.do(number, "close", "desk", reason="联系不上").text("closed_because") == "联系不上"


@pytest.mark.parametrize("kind", ["complaint", "enquiry", "challenge"])
def test_given_up_by_a_head_its_form_is_to_be_complete(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind, household="4-1-401")
    if kind == "complaint":
        desk.reach(kind, "awaiting_call_back", number=number)
    else:
        desk.do(number, "assign", "desk", to="area_manager")
        desk.do(number, "reply", "area_manager", channel="phone", text="周三开放")
    desk.do(number, "call_back", "desk", satisfied=False)
    assert desk.refused(number, "close", "cs_head", reason="无法满足") == "H-4.6.2"
    assert desk.offered(number, "close") == set()
    desk.do(number, "correct", "desk", field="phone", value="13600000000", reason="查到")
    assert desk.offered(number, "close") == names("cs_head centre_head")
    assert desk.do(number, "close", "cs_head", reason="无法满足").state == "closed"
