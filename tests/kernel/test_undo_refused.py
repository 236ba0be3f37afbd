"""What stands in the way of taking a command back is named: which command, by whom, and when."""

from __future__ import annotations

import pytest

from qiantai import Command, Done, Refusal, decide
from qiantai.requests.common.undoing import UNDO_BARS
from tests.kernel.front_desk import KINDS, FrontDesk


def refused(desk: FrontDesk, number: str, by: str) -> Refusal:
    """The refusal of an undo that has to come."""
    found = desk.desk.do(number, "undo", by)
    assert isinstance(found, Refusal)
    assert found.clause is None
    return found


def holds(refusal: Refusal, rule: str, *named: str) -> None:
    """Whether this rule refused, and names these in both languages."""
    assert refusal.rule == rule
    for words in (refusal.why.zh, refusal.why.en):
        assert "{" not in words
        assert all(each in words for each in named), words
    assert refusal.would_do.zh
    assert refusal.would_do.en


def test_another_person_gave_it() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    desk.later(minutes=3).do(number, "urge", "desk2", text="快")
    found = refused(desk, number, "desk")
    holds(found, "not_ones_last", "desk2", "2026-11-23 09:03:00")
    assert "催办" in found.why.zh
    assert "Urge" in found.why.en


def test_the_window_has_passed() -> None:
    desk = FrontDesk(undo_within="2m")
    number = desk.receive("repair")
    desk.later(minutes=1).do(number, "note", "desk", text="补记")
    found = refused(desk.later(minutes=3), number, "desk")
    holds(found, "undo_too_late", "desk", "09:01:00")
    assert "2分钟" in found.why.zh
    assert "2 minutes" in found.why.en


def test_it_was_the_receipt() -> None:
    desk = FrontDesk()
    found = refused(desk, desk.receive("repair"), "desk")
    holds(found, "receipt_stays", "desk", "09:00:00")
    assert "撤回" in found.would_do.zh
    assert "事件" not in found.would_do.zh


def test_one_was_taken_back_just_now() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    desk.do(number, "note", "desk", text="补记")
    desk.later(minutes=2).do(number, "undo", "desk")
    for by in ("desk", "desk2"):
        holds(refused(desk, number, by), "undone_once", "desk", "09:02:00")


def test_the_other_case_of_a_merge_went_on() -> None:
    desk = FrontDesk()
    older = desk.receive("repair")
    newer = desk.later(minutes=1).receive("repair", household="1-1-102")
    desk.later(minutes=1).do(newer, "merge", "desk", into=older)
    desk.later(minutes=1).do(older, "note", "supervisor", text="后来")
    found = refused(desk, newer, "desk")
    holds(found, "touched_case_went_on", older, "supervisor", "09:03:00")
    holds(refused(desk, older, "desk"), "not_ones_last", "supervisor", "09:03:00")


def test_where_nothing_stands_in_the_way_nothing_is_named() -> None:
    for bar in UNDO_BARS:
        words = bar.in_general
        assert "{" not in words.zh + words.en
        assert "…" in words.zh
        assert "…" in words.en


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_erased_does_not_come_back_and_another_case_goes_on(kind: str) -> None:
    desk = FrontDesk()
    older, newer = desk.receive(kind), desk.later(minutes=1).receive(kind, household="1-1-102")
    desk.do(newer, "merge", "desk", into=older)
    desk.later(minutes=1).do(older, "note", "desk", text="后来")
    holds(refused(desk, newer, "desk"), "touched_case_went_on", older, "09:02:00")
    assert desk.offered(newer, "undo") == {"desk"}, "it is another case that stands in the way"
    assert isinstance(desk.desk.erase(newer, "admin", reason="本人要求"), Done)
    holds(refused(desk, newer, "admin"), "erased_for_good", "admin")
    assert desk.offered(newer, "undo") == set()


@pytest.mark.parametrize("kind", KINDS)
def test_an_undo_is_offered_to_nobody_after_an_undo(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind)
    desk.do(number, "note", "desk", text="补记")
    assert desk.offered(number, "undo") == {"desk"}
    desk.do(number, "undo", "desk")
    assert desk.offered(number, "undo") == set()


def test_a_touched_case_that_cannot_be_found_is_named() -> None:
    desk = FrontDesk()
    older, newer = desk.receive("repair"), desk.later(minutes=1).receive("repair", household="1-1-102")
    desk.do(newer, "merge", "desk", into=older)
    found = decide(desk.case(newer), Command("undo", "desk", newer), desk.at, desk.handbook)
    assert isinstance(found, Refusal)
    holds(found, "touched_case_went_on", older)


def test_of_an_incident_the_opening_stays_and_what_its_last_speaker_said_is_theirs_for_a_while() -> None:
    desk = FrontDesk()
    incident = desk.incident()
    found = refused(desk, incident, "desk")
    holds(found, "incident_stays", "desk")
    assert "结束这起事件" in found.would_do.zh
    assert desk.offered(incident, "undo") == set()
    desk.do(desk.receive("repair"), "link", "supervisor", incident=incident)
    desk.do(incident, "broadcast", "desk", text="抢修中")
    holds(refused(desk, incident, "desk2"), "not_ones_last", "desk")
    assert desk.offered(incident, "undo") == {"desk"}, "though it is on other cases too"
    holds(refused(desk.later(minutes=11), incident, "desk"), "undo_too_late", "desk")
    assert desk.offered(incident, "undo") == set()
    desk.do(incident, "broadcast", "desk", text="已恢复")
    desk.do(incident, "undo", "desk")
    holds(refused(desk, incident, "desk"), "undone_once", "desk")
    assert desk.offered(incident, "undo") == set()
    desk.do(incident, "complete", "desk", result="已恢复")
    assert isinstance(desk.desk.erase(incident, "admin", reason="本人要求"), Done)
    holds(refused(desk, incident, "admin"), "erased_for_good", "admin")
    assert desk.offered(incident, "undo") == set()
