"""What an incident means for each kind by which clause, and what is known of the incident itself."""

from __future__ import annotations

import pytest

from qiantai import Done, Refusal
from qiantai.requests import REQUESTS
from qiantai.why.trail import trail
from tests.kernel.front_desk import KINDS, FrontDesk

REACHED = "故障已排除"
TEXT = {"text": "抢修中"}


def ended(desk: FrontDesk, incident: str, by: str = "desk") -> Done:
    found = desk.desk.do(incident, "complete", by, result=REACHED)
    assert isinstance(found, Done), found.sentence.en
    return found


CLAUSES = {
    "complaint": {"noted": "P-2.2c", "received": "R-4b", "resolved": "P-2.2c", "complete": "M-4.4a"},
    "suggestion": {"received": "P-2.2c", "implementing": "H-4.1.3.1b", "complete": "H-4.1.3.1b"},
    "enquiry": {"received": "P-2.2c", "complete": "H-4.3.1"},
    "challenge": {"received": "P-2.2c", "handling": "P-2.2c", "complete": "H-4.4.5"},
    "help": {"received": "P-2.2c", "complete": "H-4.2.5"},
    "repair": {"received": "P-2.2c", "complete": "M-3.3c"},
}


@pytest.mark.parametrize(
    ("kind", "state"), [(kind, state) for kind in KINDS for state in CLAUSES[kind] if state != "complete"]
)
def test_what_an_incident_says_and_settles_goes_by_each_kinds_own_clause(kind: str, state: str) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, state, "staff" if state == "noted" else "desk")
    before = desk.case(number)
    incident = desk.incident(number)
    desk.do(incident, "broadcast", "desk", **TEXT)
    assert [each.act.clause and each.act.clause.id for each in trail(desk.case(number), desk.handbook)][-1:] == [
        CLAUSES[kind][state]
    ]
    settled = state in {each for step in REQUESTS[kind].linked if step.command == "complete" for each in step.states}
    ended(desk, incident)
    if settled:
        last = trail(desk.case(number), desk.handbook)[-1]
        assert last.act.clause is not None
        assert last.act.clause.id == CLAUSES[kind]["complete"]
    assert desk.case(number).workers == before.workers, "whoever speaks for all has worked on none"


OWN_CLAUSES = {"incident": "P-2.3", "broadcast": "P-2.3", "note": "P-2.1b", "complete": "P-2.2c", "undo": "house"}


def test_the_incident_itself_goes_by_these_clauses_and_nobody_works_on_it() -> None:
    desk = FrontDesk()
    assert {each.command: each.clause.id for each in desk.handbook.incident.steps} == OWN_CLAUSES
    number = desk.incident()
    desk.do(number, "broadcast", "supervisor", **TEXT)
    desk.do(number, "note", "desk", text="记")
    assert ended(desk, number).case.workers == ()


def test_what_is_said_to_all_and_how_it_ended_is_known_of_it() -> None:
    desk = FrontDesk()
    number = desk.incident()
    case = desk.do(number, "broadcast", "desk", **TEXT, wording="预计19点恢复")
    assert case.text("wording") == "预计19点恢复"
    assert ended(desk, number).case.text("result") == REACHED


@pytest.mark.parametrize(("command", "lacks"), [("broadcast", "text"), ("complete", "result")])
def test_nothing_is_said_to_all_without_words(command: str, lacks: str) -> None:
    desk = FrontDesk()
    found = desk.desk.do(desk.incident(), command, "desk")
    assert isinstance(found, Refusal)
    assert (found.rule, found.would_do.en) == ("field_missing", lacks)


@pytest.mark.parametrize("state", ["open", "closed"])
def test_whoever_may_see_it_notes_on_it_and_no_others_while_it_lasts_and_after(state: str) -> None:
    desk = FrontDesk()
    number = desk.incident()
    if state == "closed":
        ended(desk, number)
    assert desk.offered(number, "note") == {
        *("desk", "desk2", "supervisor", "area_manager", "cs_head", "centre_head", "admin")
    }
    assert desk.do(number, "note", "admin", text="记").history[-1].fields == {"text": "记"}
    assert desk.do(number, "note", "admin").history[-1].fields == {}


def test_a_challenge_whose_form_was_made_is_settled_only_when_it_is_complete() -> None:
    desk = FrontDesk()
    number = desk.receive("challenge", household="4-1-401")
    desk.do(number, "assign", "desk", to="area_manager")
    assert [each.clause_id for each in ended(desk, desk.incident(number)).left] == ["H-4.6.2"]


def test_a_suggestion_is_settled_only_when_its_form_is_complete() -> None:
    desk = FrontDesk()
    number = desk.reach("suggestion", "implementing", household="4-1-401")
    [left] = ended(desk, desk.incident(number)).left
    assert (left.clause_id, left.rule) == ("H-4.6.2", "form_incomplete_at_closing")
    assert "Phone" in left.why.en
    assert "电话" in left.why.zh


@pytest.mark.parametrize("own", [False, True])
def test_the_incidents_result_is_a_complaints_own_unless_its_handler_gave_one(own: bool) -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "resolved" if own else "handling")
    before = desk.case(number).text("result")
    ended(desk, desk.incident(number))
    assert desk.case(number).text("result") == (before if own else REACHED)
    assert bool(before) is own


@pytest.mark.parametrize("kind", ["enquiry", "challenge"])
def test_settled_with_its_incident_nobody_is_to_be_assigned_to_it(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind)
    desk.do(number, "answer", "desk", text="不清楚", satisfied=False)
    assert desk.owed(number) == {"assign"}
    desk.do(desk.incident(number), "complete", "desk", result="已恢复")
    assert (desk.owed(number), desk.status(number, "assign")) == ({"call_back"}, "void")
