"""Events, households and looks as plain data and back: the same, with stable tags, and nothing that JSON has not."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai import Household, Look, UnknownClause, events, fold
from qiantai.events import TAGS, Event, Kept
from qiantai.wire import event_in, event_out, household_in, household_out, look_in, look_out
from tests.kernel.front_desk import KINDS, MONDAY, WAYS, FrontDesk, clock, names

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
VALUES = st.one_of(
    st.text(), st.integers(-(10**9), 10**9), st.booleans(), MOMENTS, st.lists(st.text(), max_size=3).map(tuple)
)


def there_and_back(event: Event) -> Event:
    """The event after a journey through JSON text."""
    return event_in(json.loads(json.dumps(event_out(event), ensure_ascii=False)))


def test_every_change_has_a_tag_of_its_own_that_does_not_follow_class_names() -> None:
    assert set(TAGS.values()) == set(events.Change.__args__)
    assert set(TAGS) == names(
        "began entered opened discharged voided moved kept owned stood_in offered handled worked counted tried"
        " dissatisfied filed struck"
    )


@pytest.mark.parametrize("state", ["closed", "awaiting_call_back"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_case_comes_back_the_same(kind: str, state: str) -> None:
    assert state in WAYS["enquiry" if kind == "challenge" else kind]
    desk = FrontDesk()
    case = desk.case(desk.reach(kind, state, "staff", against="admin", rings=2))
    assert [there_and_back(each) for each in case.history] == list(case.history)
    assert fold(there_and_back(each) for each in case.history) == case


def test_a_merge_its_undo_and_a_shift_change_come_back_the_same() -> None:
    desk = FrontDesk()
    older = desk.receive("complaint")
    newer = desk.later(minutes=1).receive("complaint", household="1-1-102", major=True)
    desk.do(newer, "offer", "desk", to="desk2")
    desk.do(newer, "accept", "desk2")
    desk.do(newer, "merge", "desk", into=older)
    desk.do(older, "undo", "desk")
    for number in (older, newer):
        history = desk.case(number).history
        assert fold(there_and_back(each) for each in history) == desk.case(number)


@given(st.dictionaries(st.text(min_size=1), VALUES, max_size=4))
def test_whatever_was_said_comes_back_the_same(fields: dict[str, Any]) -> None:
    event = Event("QZ-20261123-001", 3, MONDAY, "desk", "note", fields, (Kept(fields),))
    back = there_and_back(event)
    assert back == event
    assert {name: type(value) for name, value in back.fields.items()} == {
        name: type(value) for name, value in fields.items()
    }


def test_a_time_keeps_its_offset() -> None:
    out = event_out(Event("QZ-20261123-001", 0, clock(9), "desk", "note"))
    assert out["at"] == "2026-11-23T09:00:00+08:00"


@pytest.mark.parametrize(
    "damage",
    [
        {"at": "yesterday"},
        {"changes": [["sung", {}]]},
        {"changes": [["entered", {"place": "x"}]]},
        {"fields": {"text": None}},
        {"fields": {"text": {"clock": "x"}}},
        {"fields": {"text": {"time": "x"}}},
    ],
)
def test_what_is_no_event_is_not_read(damage: dict[str, Any]) -> None:
    plain = event_out(Event("QZ-20261123-001", 0, MONDAY, "desk", "note"))
    with pytest.raises((ValueError, KeyError, TypeError)):
        event_in(plain | damage)


def test_a_clause_that_no_document_has_is_not_read() -> None:
    desk = FrontDesk()
    plain = event_out(desk.case(desk.receive("repair")).history[0])
    text = json.dumps(plain).replace("M-3.3b", "M-9.9")
    with pytest.raises(UnknownClause):
        event_in(json.loads(text))


def test_households_and_looks_come_back_the_same() -> None:
    household = Household("1-1-101", "王女士", "13800000000", "a@b.cn", True, "east")
    look = Look(MONDAY, "admin", "export", f"register {date(2026, 11, 1)}")
    for one in (household, Household("1-1-102")):
        assert household_in(json.loads(json.dumps(household_out(one)))) == one
    assert look_in(json.loads(json.dumps(look_out(look)))) == look
