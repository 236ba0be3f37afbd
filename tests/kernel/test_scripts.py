"""The agreed answers: in force from when to when, by version, and never unapproved."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from attrs import evolve

from qiantai import ZONE, Handbook, Script
from qiantai.scripts import script_in_force
from tests.kernel.front_desk import NOISE, WATER, FrontDesk, clock

FIRST = Script("a", "water", "按表", date(2026, 1, 1), "cs_head", date(2026, 6, 30))


def noon(on: date) -> datetime:
    return datetime.combine(on, time(12), ZONE)


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), "a"),
        (date(2026, 6, 30), "a"),
        (date(2026, 7, 1), None),
        (date(2026, 9, 1), "c"),
        (date(2027, 1, 1), "d"),
    ],
)
def test_of_several_the_one_that_came_into_force_last(on: date, found: str | None) -> None:
    later = Script("b", "water", "按表", date(2026, 9, 1), "cs_head", version=1)
    scripts = (
        evolve(later, id="d", valid_from=date(2027, 1, 1)),
        FIRST,
        later,
        evolve(later, id="c", version=2),
        evolve(later, id="unapproved", version=9, approved_by=""),
        evolve(later, id="other", topic="noise", version=9),
    )
    script = script_in_force(scripts, "water", noon(on))
    assert (script.id if script else None) == found


def test_no_topic_has_no_agreed_answer() -> None:
    assert script_in_force([evolve(FIRST, topic="")], "", noon(date(2026, 2, 1))) is None


def test_the_sites_own_day_counts() -> None:
    handbook = Handbook(scripts=(evolve(FIRST, valid_from=date(2026, 11, 24), valid_until=None),))
    assert handbook.script("water", clock(23, 59)) is None
    assert handbook.script("water", clock(0, 0, day=24)) is not None


@pytest.mark.parametrize(("given", "sensitive"), [(None, True), (False, False), (True, True)])
def test_sensitive_is_by_default_what_the_agreed_answer_at_receipt_says(given: bool | None, sensitive: bool) -> None:
    desk = FrontDesk(scripts=(WATER,))
    assert desk.case(desk.receive("challenge", topic="water", sensitive=given)).holds("sensitive") is sensitive
    assert not desk.case(desk.receive("challenge", topic="parking")).holds("sensitive")


def test_the_spokesperson_answers_an_enquiry_on_the_topic_too() -> None:
    desk = FrontDesk(scripts=(NOISE,))
    number = desk.receive("enquiry", topic="noise")
    assert desk.offered(number, "answer") == {"desk", "desk2", "security"}
    assert desk.do(number, "answer", "security", text="夜间不施工", satisfied=True).state == "closed"
