"""Links held against what else happens to a case: merged, taken back, withdrawn, erased, of a kind from outside."""

from __future__ import annotations

import pytest
from attrs import evolve

from qiantai import Break, Command, Done, MemoryStore, Refusal, audit, others_of
from qiantai.requests import REQUESTS
from qiantai.words import label
from tests.kernel.front_desk import MONDAY, WATER, FrontDesk


@pytest.mark.parametrize("given", [5, True, None, {"a": 1}, "", [""], object(), MONDAY])
def test_what_is_no_number_of_a_case_is_misread(given: object) -> None:
    found = FrontDesk().desk.open_incident("desk", summary="停电", place="1栋", cases=given)
    assert isinstance(found, Refusal)
    assert (found.rule, found.would_do.zh) == ("field_misread", "单号")


def test_a_kind_that_knows_no_link_is_not_linked_and_one_without_a_row_stays_as_it_is() -> None:
    desk = FrontDesk()
    aside = evolve(REQUESTS["help"], kind="aside", prefix="PT", linked=())
    apart = evolve(aside, kind="apart", prefix="DL", steps=tuple(s for s in aside.steps if s.command != "link"))
    kinds = {**REQUESTS, "aside": aside, "apart": apart}
    desk.desk = desk.desk.with_handbook(evolve(desk.handbook, requests=kinds))
    one, other = desk.receive("aside"), desk.receive("apart")
    found = desk.desk.open_incident("desk", summary="停电", place="1栋", cases=[one, other])
    assert isinstance(found, Refusal)
    assert found.why.en == f"{other} cannot be linked"
    incident = desk.incident(one)
    done = desk.desk.do(incident, "complete", "desk", result="已恢复")
    assert isinstance(done, Done)
    assert [(each.case, each.name) for each in done.events] == [(incident, "complete")]
    assert [(each.command.case, each.rule) for each in done.left] == [(one, "unknown_command")]
    assert "to the kind aside it means nothing" in done.left[0].sentence.en
    assert desk.case(one).open


def test_a_kind_that_takes_no_part_in_it_is_named_and_a_case_to_which_its_row_is_not_stays() -> None:
    desk = FrontDesk()
    kinds = dict(REQUESTS)
    kinds["help"] = evolve(kinds["help"], linked=())
    kinds["repair"] = evolve(
        kinds["repair"], linked=tuple(evolve(each, for_case=lambda _: False) for each in kinds["repair"].linked)
    )
    desk.desk = desk.desk.with_handbook(evolve(desk.handbook, requests=kinds))
    done = desk.desk.do(desk.incident(desk.receive("help"), desk.receive("repair")), "complete", "desk", result="好")
    assert isinstance(done, Done)
    assert [each.rule for each in done.left] == ["unknown_command", "not_in_this_state"]
    assert label("kinds", "help").en in done.left[0].why.en
    assert label("states", "received").en in done.left[1].why.en
    assert label("states", "on_site").en in done.left[1].would_do.en


def test_what_has_closed_or_awaits_its_call_back_already_is_not_left_over_by_its_end_but_still_told() -> None:
    desk = FrontDesk()
    waiting, closed = desk.reach("repair", "awaiting_call_back"), desk.receive("help")
    incident = linked(desk, waiting, closed)
    desk.do(closed, "withdraw", "desk", reason="已好")
    done = desk.desk.do(incident, "broadcast", "desk", text="抢修中")
    assert isinstance(done, Done)
    assert ([each.case for each in done.events], done.left) == ([incident, waiting], ())
    done = desk.desk.do(incident, "complete", "desk", result="已恢复")
    assert isinstance(done, Done)
    assert ([each.case for each in done.events], done.left) == ([incident], ())


def test_an_agreed_answer_is_what_a_case_is_settled_by_and_not_what_it_is_told_on_the_way() -> None:
    desk = FrontDesk(scripts=(WATER,))
    number = desk.receive("repair")
    incident = desk.incident(number, topic="water")
    desk.do(incident, "broadcast", "desk", text="抢修中")
    assert desk.case(number).history[-1].fields == {"text": "抢修中", "incident": incident}
    desk.do(incident, "complete", "desk", result="已恢复")
    assert desk.case(number).history[-1].fields == {"result": "已恢复", "incident": incident, "script": "water-1"}


def test_what_is_said_of_one_case_alone_is_passed_on_to_none() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "on_site")
    done = desk.desk.do(number, "complete", "engineering", result="已修好")
    assert isinstance(done, Done)
    assert ([each.fields for each in done.events], done.left) == ([{"result": "已修好"}], ())
    incident = linked(desk, desk.receive("help"))
    done = desk.desk.do(incident, "note", "desk", text="记")
    assert isinstance(done, Done)
    assert (len(done.events), done.left) == (1, ())


def linked(desk: FrontDesk, *numbers: str) -> str:
    """The number of an incident of these cases; a minute has passed since."""
    incident = desk.incident(*numbers)
    desk.later(minutes=1)
    return incident


def names(desk: FrontDesk, number: str) -> list[str]:
    """What has happened to a case, in order."""
    return [each.name for each in desk.case(number).history]


def test_a_linked_case_that_was_merged_is_told_nothing_more_and_comes_back_with_its_link() -> None:
    desk = FrontDesk()
    older, younger = desk.receive("repair"), desk.later(minutes=1).receive("repair", household="1-1-102")
    incident = linked(desk, older, younger)
    desk.do(younger, "merge", "desk", into=older)
    done = desk.desk.do(incident, "broadcast", "desk", text="抢修中")
    assert isinstance(done, Done)
    assert [each.case for each in done.events] == [incident, older]
    assert isinstance(desk.desk.do(younger, "undo", "desk"), Refusal), "the older one has gone on"
    desk.do(incident, "undo", "desk")
    assert names(desk, older)[-2:] == ["broadcast", "undo"]
    assert names(desk, younger)[-1] == "merge"


def test_a_broadcast_is_not_taken_back_once_a_case_that_it_reached_was_erased() -> None:
    desk = FrontDesk()
    one, other = desk.receive("repair", anonymous=True, household=None), desk.receive("repair")
    incident = linked(desk, one, other)
    desk.do(incident, "complete", "supervisor", result="已恢复")
    assert desk.case(one).state == "closed"
    assert isinstance(desk.desk.erase(one, "admin", reason="本人要求"), Done)
    before = {number: desk.case(number) for number in (incident, one, other)}
    for number in (incident, other):
        found = desk.desk.do(number, "undo", "supervisor")
        assert isinstance(found, Refusal)
        assert found.rule == "touched_case_went_on"
    assert {number: desk.case(number) for number in before} == before
    assert audit(desk.desk.store).whole


def test_a_case_that_comes_back_after_its_incident_ended_leaves_it_and_is_linked_anew() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    incident, another = linked(desk, number), desk.incident()
    desk.do(number, "withdraw", "desk", reason="已好")
    done = desk.desk.do(incident, "complete", "supervisor", result="已恢复")
    assert isinstance(done, Done)
    assert [each.case for each in done.events] == [incident]
    desk.later(minutes=1).do(number, "undo", "desk")
    assert (desk.case(number).state, desk.case(number).incident) == ("received", incident)
    assert desk.refused(number, "link", "desk", incident=another) == ""
    desk.do(number, "unlink", "desk", incident=incident, reason="又停了")
    desk.do(number, "link", "desk", incident=another)
    assert (desk.case(incident).linked, desk.case(another).linked) == ((), (number,))
    assert desk.case(incident).state == "closed"


def test_whom_a_linked_case_is_about_tells_it_nothing() -> None:
    desk = FrontDesk()
    about, other = desk.receive("complaint", against="desk"), desk.receive("complaint", household="1-1-102")
    incident = linked(desk, about, other)
    done = desk.desk.do(incident, "broadcast", "desk", text="抢修中")
    assert isinstance(done, Done)
    assert [each.case for each in done.events] == [incident, other]
    assert [(each.command.case, each.clause_id) for each in done.left] == [(about, "M-4.1a")]
    assert desk.case(about).owes("feedback")


def test_an_incident_whose_number_is_gone_is_missed() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    first, second, _ = desk.incident(), desk.incident(number), desk.incident()
    assert audit(desk.desk.store).whole
    without = MemoryStore()
    for case in desk.desk.store.all_cases():
        without.append([] if case.number == second else case.history)
    assert audit(without).breaks == (Break(second, None, "gap"),)
    assert (first, second) == ("SJ-20261123-001", "SJ-20261123-002")


def test_what_is_said_to_all_stands_on_each_case_with_how_and_from_which_incident() -> None:
    desk = FrontDesk()
    first, second = desk.receive("repair"), desk.receive("complaint", household="1-1-102")
    incident = linked(desk, first, second)
    done = desk.desk.do(incident, "broadcast", "desk", text="抢修中", channel="wechat")
    assert isinstance(done, Done)
    assert done.events[0].fields == {"text": "抢修中", "channel": "wechat", "cases": (first, second)}
    for event in done.events[1:]:
        assert event.fields == {"text": "抢修中", "channel": "wechat", "incident": incident}


def test_which_other_cases_a_command_touches() -> None:
    desk = FrontDesk()
    older, newer = desk.receive("repair"), desk.later(minutes=1).receive("repair", household="1-1-102")
    incident = linked(desk, newer)

    def touched(number: str, command: str, **fields: object) -> set[str]:
        case = desk.case(number)
        return set(others_of(case, Command(command, "desk", number, fields), desk.desk.store.case))

    assert touched(newer, "merge", into=older) == {older}
    assert touched(newer, "merge", into=newer) == set(), "itself is no other case"
    assert touched(newer, "merge", into="BX-20261123-009") == set(), "what is not found is left out"
    assert touched(older, "link", incident=incident) == {incident}
    assert touched(newer, "unlink", incident=incident) == {incident}
    assert touched(newer, "undo") == {incident}, "its last command made the link"
    assert touched(older, "undo") == set()
    assert touched(incident, "broadcast", text="抢修中") == touched(incident, "complete", result="已恢复") == {newer}
    assert touched(incident, "note", text="记") == touched(older, "complete", result="已修好") == set()
    assert others_of(None, Command("undo", "desk", ""), desk.desk.store.case) == {}, "nothing was done before"
    opening = Command("incident", "desk", "", {"cases": (older, newer)})
    assert set(others_of(None, opening, desk.desk.store.case)) == {older, newer}
