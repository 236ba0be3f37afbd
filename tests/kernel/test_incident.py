"""Incidents against their table: linked cases keep what is theirs, broadcast and end give each what it is owed."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from qiantai import Done, Refusal, fold
from qiantai.projections.call_backs import call_backs
from qiantai.projections.dossier import dossier
from qiantai.projections.queue import queue, tally
from qiantai.projections.register import register
from qiantai.requests import INCIDENT_REQUEST, REQUESTS
from qiantai.wire import event_in, event_out
from tests.kernel.front_desk import KINDS, MONDAY, PEOPLE, WATER, FrontDesk

REACHED = "故障已排除"
TEXT = {"text": "抢修中"}


def ended(desk: FrontDesk, incident: str, by: str = "desk") -> Done:
    found = desk.desk.do(incident, "complete", by, result=REACHED)
    assert isinstance(found, Done), found.sentence.en
    return found


def test_an_incident_has_its_own_numbers_and_two_states() -> None:
    desk = FrontDesk()
    assert [desk.incident(), desk.incident()] == ["SJ-20261123-001", "SJ-20261123-002"]
    assert desk.case("SJ-20261123-001").state == "open"
    assert ended(desk, "SJ-20261123-001").case.state == "closed"


def test_who_opens_broadcasts_and_ends_it() -> None:
    desk = FrontDesk()
    opens = {by for by in PEOPLE if isinstance(desk.desk.open_incident(by, summary="停电", place="1栋"), Done)}
    assert opens == {"desk", "desk2", "supervisor", "monitor", "cs_head", "centre_head"}
    number = desk.incident()
    for command in ("broadcast", "complete"):
        assert desk.offered(number, command) == {"desk", "desk2", "supervisor", "cs_head", "centre_head"}


def test_it_says_what_it_lacks_and_is_received_as_no_kind() -> None:
    desk = FrontDesk()
    for fields in ({"summary": "停电"}, {"place": "1栋"}):
        found = desk.desk.open_incident("desk", **fields)
        assert isinstance(found, Refusal)
        assert found.rule == "field_missing"
    found = desk.desk.receive("desk", kind="incident", channel="phone", summary="停电")
    assert isinstance(found, Refusal)
    assert found.rule == "unknown_kind"
    assert "'incident'" in found.why.en


@pytest.mark.parametrize("kind", KINDS)
def test_an_open_case_of_any_kind_is_linked_by_desk_supervisor_and_owner(kind: str) -> None:
    desk = FrontDesk()
    number, incident = desk.receive(kind), desk.incident()
    assert desk.offered(number, "link") == {"desk", "desk2", "supervisor"}
    before = desk.case(number)
    after = desk.later(minutes=1).do(number, "link", "desk", incident=incident)
    assert (after.incident, desk.case(incident).linked) == (incident, (number,))
    assert (after.duties, after.owner, after.state) == (before.duties, before.owner, before.state)
    noted = desk.receive(kind, "security")
    assert "security" in desk.offered(noted, "link")


def test_a_case_is_linked_to_one_open_incident() -> None:
    desk = FrontDesk()
    number, first, second = desk.receive("repair"), desk.incident(), desk.incident()
    assert desk.refused(number, "link", "desk", incident=desk.receive("repair")) == ""
    assert desk.refused(number, "link", "desk", incident="SJ-20261123-009") == ""
    assert desk.refused(number, "unlink", "desk", incident=first) == ""
    desk.do(number, "link", "desk", incident=first)
    assert desk.refused(number, "link", "desk", incident=second) == ""
    assert desk.refused(number, "unlink", "desk", incident=second) == ""
    ended(desk, second)
    desk.do(number, "unlink", "desk", incident=first, reason="另一回事")
    assert desk.refused(number, "link", "desk", incident=second) == "", "it has ended"


def test_a_closed_case_is_linked_to_none() -> None:
    desk = FrontDesk()
    number, incident = desk.reach("repair", "closed"), desk.incident()
    assert desk.refused(number, "link", "desk", incident=incident) == ""
    assert desk.offered(number, "link") == set()


def test_opened_with_cases_it_links_them_or_is_not_opened() -> None:
    desk = FrontDesk()
    one, two, shut = desk.receive("repair"), desk.receive("complaint"), desk.reach("repair", "closed")
    for cases in ((one, shut), (one, "BX-20261123-099")):
        found = desk.desk.open_incident("desk", summary="停电", place="1栋", cases=cases)
        assert isinstance(found, Refusal)
        assert (found.clause, cases[1] in found.why.en) == (None, True)
        assert desk.case(one).incident == ""
    incident = desk.incident(one, two)
    assert desk.case(incident).linked == (one, two)
    assert [each.name for each in desk.case(incident).history] == ["incident", "link"]
    found = desk.desk.open_incident("desk", summary="停电", place="1栋", cases=(one,))
    assert isinstance(found, Refusal), "it is linked already"


def test_where_an_agreed_answer_is_in_force_there_is_no_other_wording() -> None:
    desk = FrontDesk(scripts=(WATER,))
    found = desk.desk.open_incident("desk", summary="停水", place="1栋", topic="water", wording="不知道")
    assert isinstance(found, Refusal)
    assert found.clause_id == "H-4.4.5"
    number = desk.incident(topic="water")
    assert desk.refused(number, "broadcast", "desk", text="在修", wording="不知道") == "H-4.4.5"


@pytest.mark.parametrize(
    ("kind", "state", "discharged"),
    [
        *((kind, "received", set()) for kind in KINDS if kind != "complaint"),
        ("complaint", "received", {"feedback"}),
        ("complaint", "handling", {"feedback"}),
        ("complaint", "resolved", set()),
        ("suggestion", "implementing", {"follow_up"}),
        ("suggestion", "decided", set()),
    ],
)
def test_a_broadcast_discharges_what_it_answers_where_that_is_owed(kind: str, state: str, discharged: set[str]) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, state)
    desk.incident(number)
    before = desk.case(number)
    desk.later(minutes=5).do(before.incident, "broadcast", "supervisor", **TEXT)
    after = desk.case(number)
    changed = {old.name for old, new in zip(before.duties, after.duties, strict=False) if old != new}
    assert changed == discharged
    assert after.history[-1].name == "broadcast"
    assert (after.state, after.owner, after.handlers) == (before.state, before.owner, before.handlers)
    if kind == "suggestion" and discharged:
        assert desk.duty(number, "follow_up").opened == desk.at


@pytest.mark.parametrize("kind", KINDS)
def test_a_noted_case_hears_of_it_and_does_not_end_with_it(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind, "staff")
    incident = desk.incident(number)
    desk.do(incident, "broadcast", "desk", **TEXT)
    assert desk.case(number).history[-1].name == "broadcast"
    done = ended(desk, incident)
    assert [(each.command.case, each.rule) for each in done.left] == [(number, "not_in_this_state")]
    assert desk.case(number).state == "noted"


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (kind, state)
        for kind in KINDS
        for step in REQUESTS[kind].linked
        if step.command == "complete"
        for state in step.states
    ],
)
def test_the_end_leads_every_case_that_can_to_its_call_back(kind: str, state: str) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, state)
    incident = desk.incident(number)
    done = ended(desk.later(minutes=1), incident)
    assert done.left == ()
    case = desk.case(number)
    assert (case.state, case.owner) == ("awaiting_call_back", "desk")
    assert desk.owed(number) - {"explain", "thank"} == {"call_back"}
    assert case.text("result" if kind in ("repair", "help", "suggestion") else "reply") == REACHED
    assert [each.case.number for each in call_backs([case], desk.at, desk.handbook)] == [number]
    fields: dict[str, Any] = {"quality_ok": True, "channel": "phone"} if kind == "repair" else {}
    assert desk.do(number, "call_back", "desk2", satisfied=True, **fields).state == "closed"


def test_of_an_emergency_an_arrival_never_made_is_void_or_stays_a_miss() -> None:
    desk = FrontDesk()
    late = desk.reach("repair", "dispatched", emergency=True)
    desk.later(minutes=8)
    early = desk.reach("repair", "dispatched", emergency=True)
    incident = desk.incident(late, early)
    ended(desk.later(minutes=5), incident)
    assert (desk.status(late, "arrive"), desk.status(early, "arrive")) == ("late", "void")
    assert desk.duty(late, "arrive").by == ""


@pytest.mark.parametrize(
    ("kind", "fields", "clause"),
    [
        ("challenge", {"important": True}, "H-4.4.4"),
        ("challenge", {"topic": "water"}, "H-4.4.5"),
        ("repair", {"household": None}, "H-4.6.2"),
        *(("complaint", {each: None}, "H-4.6.2") for each in ("place", "occurred_at", "demand")),
        *((kind, {"household": "4-1-401"}, "H-4.6.2") for kind in ("complaint", "enquiry", "challenge", "help")),
        ("complaint", {"against": "desk"}, "M-4.1a"),
        ("suggestion", {}, ""),
    ],
)
def test_what_cannot_go_there_is_left_as_it_is_and_named(kind: str, fields: dict[str, Any], clause: str) -> None:
    desk = FrontDesk(scripts=(WATER,))
    number, other = desk.receive(kind, "desk2", **fields), desk.receive("repair", household="1-1-102")
    incident = desk.incident(number, other)
    before = desk.case(number)
    done = ended(desk, incident)
    [left] = done.left
    assert (left.command.case, left.clause_id) == (number, clause)
    assert left.why.zh
    assert desk.case(number) == before
    assert desk.case(other).state == "awaiting_call_back"
    assert done.events[0].fields["cases"] == (other,)


def test_a_challenge_is_settled_by_the_agreed_answer_of_the_incident() -> None:
    desk = FrontDesk(scripts=(WATER,))
    number = desk.receive("challenge", topic="water", sensitive=True)
    incident = desk.incident(number, topic="water")
    assert ended(desk, incident).left == ()
    assert desk.case(number).text("script") == WATER.id


def test_an_anonymous_case_closes_with_nobody_to_call_back() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", anonymous=True, household=None)
    ended(desk, desk.incident(number))
    assert desk.case(number).state == "closed"
    assert desk.owed(number) == set()
    assert desk.case(number).filed == ("register", "dossier")


def test_it_is_no_case_in_any_book() -> None:
    desk = FrontDesk()
    number = desk.incident()
    ended(desk, desk.incident())
    cases = desk.desk.store.received(MONDAY.date(), MONDAY.date())
    assert {each.kind for each in cases} == {"incident"}
    lines = queue(cases)
    assert (lines, register(cases, desk.handbook)) == ((), ())
    assert tally(lines, desk.at).unassigned == 0
    assert dossier("", cases, desk.handbook).open == ()
    assert dossier("", cases, desk.handbook).other == ()
    assert number not in REQUESTS
    assert "incident" not in REQUESTS


def test_its_events_go_over_the_wire() -> None:
    desk = FrontDesk()
    incident = desk.incident(desk.receive("complaint"), desk.receive("repair", household="1-1-102"))
    desk.do(incident, "broadcast", "desk", **TEXT)
    ended(desk, incident)
    history = desk.case(incident).history
    assert tuple(event_in(json.loads(json.dumps(event_out(each)))) for each in history) == history
    assert fold(history) == desk.case(incident)


def test_nobody_gives_a_case_the_commands_of_its_incident() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    desk.incident(number)
    assert desk.refused(number, "broadcast", "desk", **TEXT) == ""
    assert "broadcast" not in {each for by in PEOPLE for each in desk.desk.offers(number, by)}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_says_what_both_commands_mean_in_every_open_state(kind: str) -> None:
    request = REQUESTS[kind]
    told = [state for step in request.linked if step.command == "broadcast" for state in step.states]
    assert sorted(told) == sorted(request.open_states)
    assert {step.command for step in request.linked} <= set(INCIDENT_REQUEST.commands)
    assert all(step.who == () for step in request.linked)


def test_a_later_moment_is_needed_of_none_of_them() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    incident = desk.incident(number)
    desk.later(minutes=5).do(number, "note", "desk", text="记")
    desk.at -= timedelta(minutes=3)
    assert desk.refused(incident, "broadcast", "desk", **TEXT) == "", "earlier than what a linked case has had"


def test_what_it_has_no_command_for_is_named_as_people_say_it_with_what_there_is() -> None:
    desk = FrontDesk()
    found = desk.desk.do(desk.incident(), "call_back", "desk")
    assert isinstance(found, Refusal)
    assert found.rule == "unknown_command"
    assert found.why.zh == "突发事件没有“回访”这道指令"
    assert "统一通报" in found.would_do.zh
    assert "登记突发事件" not in found.would_do.zh
