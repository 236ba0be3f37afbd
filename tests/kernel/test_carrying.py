"""All of one store carried into another, proved equal there; and what two stores do not have alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from qiantai import Event, Household, Look, MemoryStore, fold
from qiantai.carrying import Differing, How, NotEmpty, NotEqual, carry, differences, inventory
from qiantai.testing.happenings import LEAK, LIFT, NINE, TAP, closed, noted, received
from tests.kernel.estate import Books
from tests.kernel.front_desk import FrontDesk, clock

WANG, LI = Household("3-2-501", "王女士", "13800001234", important=True), Household("1-1-101", "李先生")
LOOKS = [Look(NINE + timedelta(minutes=each), "li", "phone", LIFT) for each in (0, 0, 1)]


def a_site() -> MemoryStore:
    """Open, closed and erased cases, an incident, a roll, and looks, two of them alike."""
    store = MemoryStore()
    front = FrontDesk()
    front.desk = evolve(front.desk, store=store)
    several = [front.receive("repair"), front.receive("repair"), front.receive("help")]
    front.incident(*several[:2])
    number = front.reach("repair", "closed")
    front.desk.erase(number, "centre_head", reason="业主要求")
    store.keep_households([WANG, LI])
    for each in LOOKS:
        store.record(each)
    return store


def test_everything_is_there_as_it_was() -> None:
    source, target = a_site(), MemoryStore()
    found = carry(source, target)
    assert found.audited.whole
    assert found.counts == {"cases": 5, "events": found.audited.events, "households": 2, "looks": 3}
    assert {each.number: each for each in target.all_cases()} == {each.number: each for each in source.all_cases()}
    assert any(event.left for case in target.all_cases() for event in case.history), "something was erased"
    assert (target.households(), target.looks()) == (source.households(), source.looks())
    assert differences(source, target) == ()
    assert inventory(source).digest == found.digest


def test_the_next_number_follows_on() -> None:
    source, target = a_site(), MemoryStore()
    carry(source, target)
    day = date(2026, 11, 23)
    assert [target.last_number(each, day) for each in ("BX", "SJ", "QZ")] == [
        source.last_number(each, day) for each in ("BX", "SJ", "QZ")
    ]
    assert target.last_number("BX", day) == 3


@pytest.mark.parametrize("holds", ["case", "household", "look"])
def test_nothing_is_carried_into_what_holds_something(holds: str) -> None:
    target = MemoryStore()
    match holds:
        case "case":
            target.append([received(LIFT)])
        case "household":
            target.keep_households([WANG])
        case _:
            target.record(LOOKS[0])
    before = inventory(target)
    with pytest.raises(NotEmpty):
        carry(a_site(), target)
    assert inventory(target) == before


class ForgetsSalts(MemoryStore):
    def append(self, events: Sequence[Event]) -> None:
        super().append([evolve(each, salt="") for each in events])


class LosesALook(MemoryStore):
    def looks(self) -> Sequence[Look]:
        return super().looks()[1:]


class RoundsTheRoll(MemoryStore):
    def keep_households(self, households: Sequence[Household]) -> None:
        super().keep_households([evolve(each, important=False) for each in households])


class CountsFromOne(MemoryStore):
    def last_number(self, prefix: str, day: date) -> int:  # noqa: ARG002
        return 0


@pytest.mark.parametrize("poor", [ForgetsSalts, LosesALook, RoundsTheRoll, CountsFromOne])
def test_a_store_that_gives_back_something_else_is_found_out(poor: type[MemoryStore]) -> None:
    with pytest.raises(NotEqual):
        carry(a_site(), poor())


def test_a_broken_chain_is_carried_as_it_is_and_told() -> None:
    source = a_site()
    case = next(each for each in source.all_cases() if len(each.history) > 1)
    history = (evolve(case.history[0], by="nobody"), *case.history[1:])
    source._cases[case.number] = fold(history)
    found = carry(source, MemoryStore())
    assert [(each.case, each.what) for each in found.audited.breaks] == [(case.number, "altered")]


class ManyCases(MemoryStore):
    appended = 0

    def append(self, events: Sequence[Event]) -> None:
        self.__class__.appended += 1
        super().append(events)


def test_many_cases_go_over_in_several_actions() -> None:
    source = MemoryStore()
    source.append([received(f"BX-20261123-{each:03}") for each in range(1, 2002)])
    target = ManyCases()
    assert carry(source, target).counts["cases"] == 2001
    assert ManyCases.appended == 3


def test_what_differs_is_told_from_the_first() -> None:
    first, other = MemoryStore(), MemoryStore()
    for store in (first, other):
        store.append([received(LIFT), received(TAP), received(LEAK)])
    first.append([noted(LIFT, 1, "此处在前")])
    other.append([noted(TAP, 1, "那边在前"), closed(TAP, 2)])
    first.append([noted(LEAK, 1, "一种说法")])
    other.append([noted(LEAK, 1, "另一种说法")])
    first.append([received("BX-20261123-009")])
    other.append([received("TS-20261123-009")])
    first.keep_households([WANG, LI])
    other.keep_households([evolve(WANG, phone="")])
    first.record(LOOKS[0])
    other.record(LOOKS[0])
    other.record(LOOKS[0])
    assert set(differences(first, other)) == {
        Differing("case", LIFT, How.AHEAD),
        Differing("case", TAP, How.BEHIND),
        Differing("case", LEAK, How.OTHER),
        Differing("case", "BX-20261123-009", How.ONLY),
        Differing("case", "TS-20261123-009", How.MISSING),
        Differing("household", WANG.id, How.OTHER),
        Differing("household", LI.id, How.ONLY),
        Differing("look", f"{NINE.isoformat()} li phone {LIFT}", How.MISSING),
    }


def test_looks_in_another_order_differ() -> None:
    first, other = MemoryStore(), MemoryStore()
    for each in LOOKS:
        first.record(each)
    for each in reversed(LOOKS):
        other.record(each)
    assert differences(first, other) == (Differing("look", "", How.OTHER),)


@given(st.lists(st.sampled_from(["repair", "complaint", "help"]), max_size=6), st.sets(st.integers(0, 5)))
def test_what_one_has_alone_the_other_lacks(kinds: list[str], taken: set[int]) -> None:
    books = Books(FrontDesk(clock(9)))
    numbers = [books.front.receive(each) for each in kinds]
    cases = [books.desk.case(each) for each in numbers]
    here, there = MemoryStore(), MemoryStore()
    here.append([event for case in cases for event in case.history])
    there.append([event for place, case in enumerate(cases) if place not in taken for event in case.history])
    only = {number for place, number in enumerate(numbers) if place in taken}
    assert {each.which for each in differences(here, there) if each.how is How.ONLY} == only
    assert {each.which for each in differences(there, here) if each.how is How.MISSING} == only
    assert (inventory(here).digest == inventory(there).digest) == (not only)
