"""Every case there can be: each state is come by, every open case has a way to its proper end, no closed one owes."""

from __future__ import annotations

import pytest

from qiantai.requests import REQUESTS
from tests.kernel.front_desk import KINDS
from tests.kernel.reachable import Traits, walked

LET_GO = ("withdraw", "merge")


@pytest.mark.parametrize("kind", KINDS)
def test_the_walk_went_on_until_nothing_was_new(kind: str) -> None:
    found = walked(kind)
    assert set(found.ways) == set(found.found)
    assert {traits for way in found.ways.values() for _, traits in way} <= set(found.found)


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_is_come_by(kind: str) -> None:
    assert {each.case.state for each in walked(kind).found.values()} == set(REQUESTS[kind].states)


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_of_the_duty_table_is_owed_somewhere(kind: str) -> None:
    owed = {(each.name, each.clause, each.owed_by) for seen in walked(kind).found.values() for each in seen.case.duties}
    assert owed == {(each.name, each.clause, each.owed_by) for each in REQUESTS[kind].duties}


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_case_owes_nothing_and_waits_for_nobody(kind: str) -> None:
    closed = [each.case for each in walked(kind).found.values() if not each.case.open]
    assert closed
    for case in closed:
        assert not case.owed
        assert case.filed or kind == "enquiry"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_owed_twice(kind: str) -> None:
    for seen in walked(kind).found.values():
        names = [each.name for each in seen.case.owed]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", KINDS)
def test_every_open_case_has_a_way_to_its_end_without_being_let_go(kind: str) -> None:
    found = walked(kind)
    ending = {traits for traits, seen in found.found.items() if not seen.case.open}
    before: dict[Traits, set[Traits]] = {}
    for traits, ways in found.ways.items():
        for command, to in ways:
            if not (command in LET_GO and to in ending):
                before.setdefault(to, set()).add(traits)
    reached, waiting = set(ending), list(ending)
    while waiting:
        for each in before.get(waiting.pop(), ()):
            if each not in reached:
                reached.add(each)
                waiting.append(each)
    stuck = [found.found[each].case for each in found.found.keys() - reached]
    assert not [(case.state, case.facts, [each.name for each in case.history]) for case in stuck[:3]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_case_is_never_opened_again_but_by_an_undo(kind: str) -> None:
    found = walked(kind)
    for traits, seen in found.found.items():
        if not seen.case.open:
            assert all(not found.found[to].case.open for _, to in found.ways[traits])
