"""What several cases and their incident go through together: undone on all, unlinked as never linked, ended at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from attrs import evolve as replaced
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantai import Case, Done, Refusal
from tests.kernel.front_desk import KINDS, FrontDesk

REACHED = "故障已排除"
TEXT = {"text": "抢修中"}


def bare(case: Case) -> Case:
    """The case without its history and without what says that it was never linked, or is no longer."""
    facts = {name: value for name, value in case.facts.items() if not (name == "incident" and value == "")}
    return replaced(case, history=(), facts=facts)


@pytest.mark.parametrize("side", ["incident", "case"])
@pytest.mark.parametrize("command", ["link", "unlink", "broadcast", "complete"])
def test_an_undo_strikes_on_every_case_that_was_touched(command: str, side: str) -> None:
    desk = FrontDesk()
    numbers = [desk.receive("complaint"), desk.receive("repair", household="1-1-102")]
    incident = desk.incident(*(numbers if command != "link" else ()))
    before = {each: desk.case(each) for each in (*numbers, incident)}
    given: dict[str, Any] = {"broadcast": TEXT, "complete": {"result": REACHED}}.get(command, {"incident": incident})
    desk.later(minutes=1).do(incident if command in ("broadcast", "complete") else numbers[0], command, "desk", **given)
    assert {each for each, case in before.items() if desk.case(each) != case} >= {numbers[0], incident}
    desk.later(minutes=1).do(incident if side == "incident" else numbers[0], "undo", "desk")
    assert {each: bare(desk.case(each)) for each in before} == {each: bare(case) for each, case in before.items()}
    assert desk.refused(incident, "undo", "desk") == "", "once"


@pytest.mark.parametrize("on", ["first", "second", "incident"])
def test_it_is_not_undone_once_one_of_them_went_on_and_says_which(on: str) -> None:
    desk = FrontDesk()
    first, second = desk.receive("complaint"), desk.receive("repair", household="1-1-102")
    incident = desk.incident(first, second)
    desk.do(incident, "broadcast", "desk", **TEXT)
    went = {"first": first, "second": second, "incident": incident}[on]
    desk.later(minutes=1).do(went, "note", "desk2", text="后来")
    for number in {first, second, incident} - {went}:
        found = desk.desk.do(number, "undo", "desk")
        assert isinstance(found, Refusal)
        assert (found.rule, went in found.why.en) == ("touched_case_went_on", True)


def test_the_opening_is_never_undone_its_links_are() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    incident = desk.incident(number)
    desk.do(incident, "undo", "desk")
    assert desk.case(number).incident == ""
    assert desk.case(incident).linked == ()
    assert desk.refused(incident, "undo", "desk") == ""


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["broadcast", "link", "unlink", "note", "assign", "dispatch", "arrive", "explain"]),
        st.integers(0, 5),
        st.sampled_from([0, 1, 7, 90, 900]),
    ),
    max_size=14,
)
OWN: dict[str, tuple[str, dict[str, Any]]] = {
    "assign": ("desk", {"to": "engineering"}),
    "dispatch": ("desk", {"to": "engineering"}),
    "arrive": ("engineering", {}),
    "explain": ("desk", {}),
    "note": ("desk", {"text": "记"}),
}
ANSWERED = {"complaint": {"feedback"}, "suggestion": {"follow_up"}}


def walked(steps: Sequence[tuple[str, int, int]], *, with_incident: bool) -> tuple[FrontDesk, list[str], str]:
    """A case of each kind gone through these steps, with the incident's or without them."""
    desk = FrontDesk()
    numbers = [desk.receive(kind, household=f"1-1-10{place + 1}") for place, kind in enumerate(KINDS)]
    incident = desk.incident(by="desk2")
    for command, place, minutes in steps:
        desk.later(minutes=minutes)
        number = numbers[place]
        if command in OWN:
            by, fields = OWN[command]
            desk.desk.do(number, command, by, **fields)
        elif with_incident:
            fields = TEXT if command == "broadcast" else {"incident": incident}
            desk.desk.do(incident if command == "broadcast" else number, command, "desk2", **fields)
    return desk, numbers, incident


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_linked_cases_keep_their_clocks_and_ended_nothing_is_open(steps: list[tuple[str, int, int]]) -> None:
    desk, numbers, incident = walked(steps, with_incident=True)
    plain, same, _ = walked(steps, with_incident=False)
    assert numbers == same
    for number in numbers:
        case, alone = desk.case(number), plain.case(number)
        skip = ANSWERED.get(case.kind, set())
        assert [each for each in case.duties if each.name not in skip] == [
            each for each in alone.duties if each.name not in skip
        ]
        assert (case.state, case.owner, case.handlers) == (alone.state, alone.owner, alone.handlers)
        assert [each.due for each in case.duties] == [each.due for each in alone.duties]
    found = desk.later(minutes=1).desk.do(incident, "complete", "supervisor", result=REACHED)
    assert isinstance(found, Done)
    left = {each.command.case for each in found.left}
    for number in numbers:
        case = desk.case(number)
        linked = case.incident == incident
        assert (case.state == "awaiting_call_back") == (linked and number not in left)
        if case.state == "awaiting_call_back":
            assert desk.owed(number) <= {"call_back", "explain", "thank", "report_up", "start_plan"}
    assert desk.owed(incident) == set()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_an_unlink_restores_what_the_case_would_be(steps: list[tuple[str, int, int]]) -> None:
    desk, numbers, incident = walked(steps, with_incident=True)
    for number in numbers:
        before = desk.case(number)
        if before.incident:
            continue
        desk.do(number, "link", "supervisor", incident=incident)
        assert number in desk.case(incident).linked
        desk.later(minutes=1).do(number, "unlink", "supervisor", incident=incident)
        assert bare(desk.case(number)) == bare(before)
        assert number not in desk.case(incident).linked
