"""Commands given again that touch several cases: an incident's day comes out as it was, or as a change has it."""

from __future__ import annotations

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantai import Case, Done, Handbook, Policy, change_policy
from qiantai.again import Again, play_again
from qiantai.what_if import what_if
from tests.kernel.front_desk import KINDS, NOISE, STAFF, WATER, FrontDesk

DOORS = tuple(f"1-1-{door}" for door in range(101, 111))
COMMANDS = ("open", "link", "unlink", "broadcast", "complete", "undo", "withdraw", "merge", "note", "call_back")
SAID = {"withdraw": {"reason": "已好"}, "note": {"text": "记"}}
TURNS = st.lists(st.tuples(st.sampled_from(COMMANDS), st.data()), min_size=4, max_size=14)


def everything(desk: FrontDesk) -> list[Case]:
    return list(desk.desk.store.all_cases())


def again(desk: FrontDesk, handbook: Handbook | None = None) -> dict[str, Again]:
    return dict(play_again(everything(desk), handbook or desk.handbook))


def as_it_stands(case: Case | None) -> Case | None:
    """The case without its history, which a replay has none of the taking back in."""
    return None if case is None else evolve(case, history=())


def day(desk: FrontDesk) -> tuple[str, str]:
    """The numbers of an incident, told of and ended, and of a repair that was linked to it."""
    number = desk.receive("repair")
    incident = desk.later(minutes=1).incident(number)
    desk.later(minutes=1).do(incident, "broadcast", "desk", text="抢修中")
    desk.later(minutes=1).do(incident, "complete", "desk", result="已恢复")
    return incident, number


def test_a_tighter_limit_is_seen_where_an_incidents_end_opened_the_duty() -> None:
    desk = FrontDesk()
    _, number = day(desk)
    tighter = evolve(desk.handbook, policies=(change_policy({"repair_call_back": "2h"}, Policy()),))
    found = what_if(everything(desk), desk.handbook, tighter, desk.at)
    assert [(each.case, each.duty) for each in found.dues] == [(number, "call_back")]
    assert (found.refused, found.unplayed) == ((), ())


def test_an_agreed_answer_against_which_an_incident_was_opened_undoes_all_that_came_of_it() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    incident = desk.later(minutes=1).incident(number, topic="water", wording="20点前恢复")
    desk.later(minutes=1).do(incident, "complete", "desk", result="已恢复")
    desk.later(minutes=1).do(number, "note", "desk", text="记")
    found = again(desk, evolve(desk.handbook, scripts=(WATER,)))
    stopped = found[incident].stopped
    assert stopped is not None
    assert stopped.refusal.clause_id == "H-4.4.5"
    assert found[incident].case is None
    alone = found[number]
    assert alone.stopped is None
    assert alone.case is not None
    assert (alone.case.incident, alone.case.state, alone.case.history[-1].name) == ("", "received", "note")


def test_a_case_that_an_end_would_leave_out_goes_on_without_it() -> None:
    desk = FrontDesk()
    challenge, repair = desk.receive("challenge", topic="noise"), desk.receive("repair", household=DOORS[1])
    incident = desk.later(minutes=1).incident(challenge, repair)
    desk.later(minutes=1).do(incident, "complete", "desk", result="已恢复")
    found = again(desk, evolve(desk.handbook, scripts=(NOISE,)))
    assert {number: each.case and each.case.state for number, each in found.items()} == {
        challenge: "received",
        repair: "awaiting_call_back",
        incident: "closed",
    }


def test_where_whoever_ended_it_has_left_it_stops_there_and_so_does_what_followed() -> None:
    desk = FrontDesk()
    incident, number = day(desk)
    desk.later(minutes=1).do(number, "call_back", "desk", channel="phone", satisfied=True, quality_ok=True)
    others = {id: person for id, person in STAFF.items() if id != "desk"}
    found = what_if(everything(desk), desk.handbook, evolve(desk.handbook, people=others), desk.at)
    assert {each.case for each in found.refused} == {incident, number}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(kinds=st.lists(st.sampled_from(KINDS), min_size=2, max_size=4), turns=TURNS)
def test_under_the_same_handbook_every_day_with_incidents_comes_out_as_it_was(
    kinds: list[str], turns: list[tuple[str, st.DataObject]]
) -> None:
    desk = FrontDesk()
    numbers = [desk.receive(kind, household=door) for kind, door in zip(kinds, DOORS, strict=False)]
    incidents = [desk.incident(numbers[0])]
    for command, data in turns:
        desk.later(seconds=1)
        number, incident = data.draw(st.sampled_from(numbers)), data.draw(st.sampled_from(incidents))
        match command:
            case "open":
                linked = data.draw(st.lists(st.sampled_from(numbers), unique=True))
                done = desk.desk.open_incident("desk", summary="停电", place="1栋", cases=linked)
                incidents += [done.case.number] if isinstance(done, Done) else []
            case "link" | "unlink":
                desk.desk.do(number, command, "desk", incident=incident, reason="同一原因")
            case "broadcast" | "complete":
                said = {"text": "抢修中"} if command == "broadcast" else {"result": "已恢复"}
                desk.desk.do(incident, command, "desk", **said)
            case "merge":
                desk.desk.do(number, command, "desk", into=data.draw(st.sampled_from(numbers)))
            case "call_back":
                desk.desk.do(number, command, "desk", channel="phone", satisfied=False, quality_ok=False)
            case _:
                whom = data.draw(st.sampled_from([number, incident]))
                desk.desk.do(whom, command, "desk", **SAID.get(command, {}))
    cases = everything(desk)
    for found in (play_again(cases, desk.handbook), play_again(reversed(cases), desk.handbook)):
        for case in cases:
            assert found[case.number].stopped is None, found[case.number].stopped
            assert as_it_stands(found[case.number].case) == as_it_stands(case)
