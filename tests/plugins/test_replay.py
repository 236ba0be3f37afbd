"""The events of a case make the same case, to the byte, in every store and however they are told again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from attrs import asdict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kernel.estate import Books
from tests.kernel.front_desk import KINDS, PEOPLE
from tests.kernel.plausible import FIELDS, RECEIPTS, said

from qiantai import Case, Event, MemoryStore, Refusal, evolve, fold
from qiantai.clauses import Clause
from qiantai.wire import event_in, event_out
from qiantai_scenarios import play, read_scenario, shipped
from qiantai_tinydb.store import TinyStore

SCENARIOS = {each.name: each for each in shipped()}


def canonical(case: Case) -> bytes:
    """Everything of a case, its history too, always in the same order and spelling."""

    def plain(_: Any, __: Any, value: Any) -> Any:
        match value:
            case datetime():
                return value.isoformat()
            case Clause():
                return value.id
            case _:
                return value

    kept = asdict(case, value_serializer=plain)
    kept["history"] = [event_out(each) for each in case.history]
    return json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()


def step_by_step(events: Iterable[Event]) -> Case:
    """The case, evolved one event after the other."""
    case = None
    for event in events:
        case = evolve(case, event)
    assert case is not None
    return case


def over_the_wire(event: Event) -> Event:
    """The event after a journey through JSON text."""
    return event_in(json.loads(json.dumps(event_out(event), ensure_ascii=False)))


def actions(cases: Sequence[Case]) -> Iterable[list[Event]]:
    """The events of these cases as they were appended: those of one command together."""
    events = sorted((each for case in cases for each in case.history), key=lambda each: (each.at, each.case, each.seq))
    return [list(several) for _, several in groupby(events, key=lambda each: each.at)]


def same_everywhere(cases: Sequence[Case], folder: Path) -> None:
    """Whether these cases come out the same however their events are kept."""
    expected = {case.number: canonical(case) for case in cases}
    memory, tiny = MemoryStore(), TinyStore(folder)
    for events in actions(cases):
        memory.append(events)
        tiny.append(events)
    kept = [_all(memory, expected), _all(tiny, expected)]
    tiny.close()
    tiny = TinyStore(folder)
    kept.append(_all(tiny, expected))
    tiny.close()
    assert kept == [expected] * 3
    for case in cases:
        assert canonical(fold(case.history)) == expected[case.number]
        assert canonical(step_by_step(case.history)) == expected[case.number]
        assert canonical(fold(map(over_the_wire, case.history))) == expected[case.number]
        assert canonical(step_by_step(map(over_the_wire, case.history))) == expected[case.number]


def _all(store: MemoryStore | TinyStore, numbers: Iterable[str]) -> dict[str, bytes]:
    found = {number: store.case(number) for number in numbers}
    return {number: canonical(case) for number, case in found.items() if case is not None}


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_cases_of_a_scenario(name: str, tmp_path: Path) -> None:
    same_everywhere(tuple(play(read_scenario(SCENARIOS[name])).cases.values()), tmp_path)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(data=st.data(), kinds=st.lists(st.sampled_from(KINDS), min_size=2, max_size=3))
def test_the_cases_of_any_walk(data: st.DataObject, kinds: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    books = Books()
    for kind in kinds:
        fields = {"kind": kind, "channel": "phone", "summary": "事由", **data.draw(st.sampled_from(RECEIPTS))}
        given_now = {name: value for name, value in fields.items() if value is not None}
        books.give("", "receive", data.draw(st.sampled_from(("desk", "staff"))), given_now)
    steps = data.draw(st.lists(st.tuples(*[st.integers(0, 400)] * 3, st.sampled_from(PEOPLE)), max_size=30))
    for pick, command, fields, by in steps if books.numbers else ():
        number = books.numbers[pick % len(books.numbers)]
        if offers := books.desk.offers(number, by):
            name = offers[command % len(offers)]
            way = said(FIELDS[name][fields % len(FIELDS[name])], books.front.at, books.numbers[0], number)
            found = books.give(number, name, by, way)
            assert isinstance(found, Refusal) or found.events
            books.front.later(seconds=7)
    same_everywhere([books.desk.case(each) for each in books.numbers], tmp_path_factory.mktemp("site"))
