"""Who was told which version of an agreed answer, and who may know it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve

from qiantai import Handbook, Refusal, Script
from qiantai.projections.told import Told, told, version_told
from qiantai.seat import NOBODY, Seat
from tests.kernel.front_desk import MONDAY, ROLES, WATER, FrontDesk

FIRST = evolve(WATER, sensitive=False)
SECOND = evolve(FIRST, version=2, text="按表计费,每月抄一次。", valid_from=date(2026, 11, 24))
PHONE = "13911112222"


def asked(front: FrontDesk, kind: str = "challenge", satisfied: bool = True, **said: str) -> str:
    """A case on water that is answered by the agreed answer; its number."""
    number = front.receive(kind, topic="water", **said)
    script = front.handbook.script("water", front.at)
    assert script is not None
    front.do(number, "answer", "desk", text=script.text, script=script.id, satisfied=satisfied)
    return number


def words(front: FrontDesk, script: str = "water-1", role: str = "desk") -> tuple[Told, ...]:
    """What the seat of this role lists."""
    found = front.desk.seat(role).told(script)
    assert not isinstance(found, Refusal), found.sentence.en
    return found


def test_every_word_that_names_it_is_found_open_or_closed() -> None:
    front = FrontDesk(scripts=(FIRST, SECOND))
    first = asked(front)
    front.later(days=1)
    second = asked(front, satisfied=False, household="1-1-102")
    third = asked(front, kind="enquiry", household="1-1-103")
    front.receive("challenge", topic="parking")
    found = words(front)
    assert [(each.number, each.version, each.open) for each in found] == [
        (second, 2, True), (third, 2, False), (first, 1, False),
    ]  # fmt: skip
    assert [each.households for each in found] == [("1-1-102",), ("1-1-103",), ("1-1-101",)]
    assert {(each.by, each.command, each.script) for each in found} == {("desk", "answer", "water-1")}


def test_what_was_taken_back_was_not_told() -> None:
    front = FrontDesk(scripts=(FIRST,))
    number = asked(front, satisfied=False)
    front.do(number, "undo", "desk")
    assert words(front) == ()


def test_a_reply_says_how_it_reached_them_and_who_joined_is_told_too() -> None:
    front = FrontDesk(scripts=(FIRST,))
    number = front.receive("challenge", topic="water", phone=PHONE)
    front.do(number, "join", "desk", household="1-1-104")
    front.do(number, "answer", "desk", text="先等等", script="water-1", satisfied=False)
    front.do(number, "assign", "desk", to="area_manager")
    front.do(number, "reply", "area_manager", channel="visit", text=FIRST.text, script="water-1")
    found, before = words(front)
    assert (before.command, before.channel) == ("answer", "phone")
    assert (found.command, found.channel, found.households) == ("reply", "visit", ("1-1-101", "1-1-104"))
    assert found.phone == "139****2222"


def test_withdrawing_changes_nothing_in_what_was_told() -> None:
    front = FrontDesk(scripts=(FIRST,))
    number = asked(front)
    before = words(front)
    gone = evolve(FIRST, withdrawn=front.at + timedelta(hours=1))
    front.desk = front.desk.with_handbook(evolve(front.handbook, scripts=(gone,)))
    front.later(days=1)
    assert words(front) == before
    assert [each.number for each in before] == [number]


@pytest.mark.parametrize(
    ("text", "at", "version"),
    [
        (FIRST.text, MONDAY, 1),
        (FIRST.text, MONDAY + timedelta(days=1), 2),
        ("别的话", MONDAY, 1),
        (SECOND.text, MONDAY - timedelta(days=900), 2),
        ("别的话", MONDAY - timedelta(days=900), 0),
    ],
)
def test_the_version_is_the_one_in_force_else_the_one_with_these_words(text: str, at: object, version: int) -> None:
    assert version_told("water-1", text, at, (FIRST, SECOND)) == version  # type: ignore[arg-type]


def test_another_answer_on_the_topic_is_not_this_one() -> None:
    other = Script("water-2", "water", FIRST.text, date(2026, 11, 1), "cs_head")
    front = FrontDesk(scripts=(FIRST, other))
    asked(front)
    assert words(front) == ()
    assert [each.script for each in words(front, "water-2")] == ["water-2"]
    assert told((), "water-2", Handbook()) == ()


@pytest.mark.parametrize("role", ROLES)
def test_who_may_know_it_are_those_who_see_all_cases(role: str) -> None:
    front = FrontDesk(scripts=(FIRST,))
    asked(front)
    found = front.desk.seat(role).told("water-1")
    may = role in ("desk", "supervisor", "area_manager", "cs_head", "centre_head", "admin")
    assert isinstance(found, Refusal) is not may
    if isinstance(found, Refusal):
        assert found.clause_id == "M-3.4c"


@pytest.mark.parametrize("role", ROLES)
def test_drafts_are_read_by_those_who_write_or_approve_them_and_the_rest_by_everybody(role: str) -> None:
    draft = evolve(SECOND, approved_by="")
    past = evolve(FIRST, id="old", topic="past", valid_until=date(2026, 2, 1))
    front = FrontDesk(scripts=(FIRST, draft, past))
    seat = front.desk.seat(role)
    drafts = role in ("desk", "supervisor", "area_manager", "cs_head", "centre_head", "admin")
    assert seat.scripts() == ((FIRST, draft, past) if drafts else (FIRST,))
    assert (draft in seat.handbook.scripts) is drafts
    assert past in seat.handbook.scripts
    assert Seat(front.desk, NOBODY).scripts() == ()


def test_topics_that_call_for_an_answer_are_told_to_those_who_could_write_it() -> None:
    front = FrontDesk()
    for _ in range(3):
        front.receive("challenge", topic="lifts")
    assert front.desk.seat("desk").wanted_answers() == (("lifts", 3),)
    assert front.desk.seat("engineering").wanted_answers() == ()
    front.later(days=31)
    assert front.desk.seat("desk").wanted_answers() == ()
