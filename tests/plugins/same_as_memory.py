"""A store over any sequence of actions and restarts, told the same as the one in memory."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from qiantai.case import Case
from qiantai.erasure import erase, spots
from qiantai.events import Event
from qiantai.handbook import Handbook
from qiantai.memory import MemoryStore
from qiantai.people import Household, Person
from qiantai.projections.months import days_of, month_of
from qiantai.store import Store, local_day
from qiantai.testing.happenings import NINE, closed, joined, noted, received, taken_back

TEXTS = st.text(st.characters(), max_size=8) | st.sampled_from(["漏水 Wi-Fi", 'a": {"CRC": "', "\\n\\\\"])
HOUSEHOLDS = st.sampled_from(["1-1-101", "1-1-10", '"', "", "三栋"])
HEAD = Handbook({"zhao": Person("zhao", "赵颖", ("cs_head",))})
PLACES = st.integers(0, 9)
DAYS = st.sampled_from([-40, -31, -1, 0, 1])


class SameAsMemory(RuleBasedStateMachine):
    """Two stores that are told the same."""

    def __init__(self) -> None:
        super().__init__()
        self.memory = MemoryStore()
        self.number = 0
        self.stamps = dict[str, list[tuple[dict[str, int], object]]]()
        self.begin()

    def begin(self) -> None:
        """Opens a new and empty store."""
        raise NotImplementedError

    @property
    def store(self) -> Store:
        """The store, open."""
        raise NotImplementedError

    def tell(self, *events: Event) -> None:
        self.memory.append(events)
        self.store.append(events)

    def all_cases(self) -> list[Case]:
        return [*self.memory.open_cases(), *self.memory.closed_cases()]

    def chosen(self, data: st.DataObject) -> Case | None:
        known = self.all_cases()
        return data.draw(st.sampled_from(known)) if known else None

    @rule(household=HOUSEHOLDS, text=TEXTS, days=DAYS, dated=st.booleans())
    def a_case_is_received(self, household: str, text: str, days: int, dated: bool) -> None:
        at = NINE + timedelta(days=days, seconds=self.number)
        self.number += 1
        number = f"BX-{at:%Y%m%d}-{self.number:03}" if dated else f"OLD-{self.number}"
        self.tell(received(number, at, household, summary=text))

    @rule(data=st.data(), text=TEXTS)
    def a_word_is_said(self, data: st.DataObject, text: str) -> None:
        if case := self.chosen(data):
            self.tell(noted(case.number, len(case.history), text))

    @rule(data=st.data())
    def a_case_is_closed_or_its_closing_taken_back(self, data: st.DataObject) -> None:
        if not (case := self.chosen(data)):
            return
        following = len(case.history)
        if case.open:
            self.tell(closed(case.number, following))
        else:
            last = max(each.seq for each in case.history if each.name == "withdraw" and each.seq not in case.struck)
            self.tell(taken_back(case.number, following, last))

    @rule(data=st.data(), text=TEXTS)
    def one_action_touches_two(self, data: st.DataObject, text: str) -> None:
        one, other = self.chosen(data), self.chosen(data)
        if one and other and one.number != other.number:
            self.tell(noted(one.number, len(one.history), text), noted(other.number, len(other.history), text))

    @rule(data=st.data(), household=HOUSEHOLDS)
    def a_household_joins(self, data: st.DataObject, household: str) -> None:
        if case := self.chosen(data):
            self.tell(joined(case.number, len(case.history), *case.households, household))

    @rule(data=st.data(), names=st.sampled_from([[], ["reason"], ["summary", "text"]]))
    def words_of_a_closed_case_are_erased(self, data: st.DataObject, names: list[str]) -> None:
        case = self.chosen(data)
        if case and not case.open and spots(case, names):
            known = [each for each in names if spots(case, [each])]
            history = erase(case, known, "zhao", case.history[-1].at, "业主要求", "0" * 16, HEAD)
            assert isinstance(history, tuple)
            for store in (self.memory, self.store):
                store.erase([history])

    @rule(id=HOUSEHOLDS, name=TEXTS)
    def a_household_is_kept(self, id: str, name: str) -> None:
        for store in (self.memory, self.store):
            store.keep_households([Household(id, name)])

    @rule(household=HOUSEHOLDS, words=TEXTS)
    def both_find_the_same(self, household: str, words: str) -> None:
        assert list(self.store.closed_cases(household, words)) == list(self.memory.closed_cases(household, words))

    @rule(first=PLACES, most=PLACES, days=st.none() | DAYS)
    def both_have_the_same_list(self, first: int, most: int, days: int | None) -> None:
        month = "" if days is None else month_of(NINE + timedelta(days=days))
        closed = [each for each in self.memory.closed_cases() if month in ("", month_of(each.received))]
        assert self.store.closed_count(month) == len(closed)
        assert list(self.store.closed_page(first, most, month)) == closed[first : first + most]

    @rule(first=DAYS, last=DAYS)
    def both_have_the_same_register(self, first: int, last: int) -> None:
        days = [local_day(NINE) + timedelta(days=each) for each in (first, last)]
        assert list(self.store.received(*days)) == list(self.memory.received(*days))
        assert self.store.last_number("BX", days[0]) == self.memory.last_number("BX", days[0])

    @rule(days=DAYS)
    def a_stamp_holds_as_long_as_its_month_does(self, days: int) -> None:
        month = month_of(NINE + timedelta(days=days))
        first, last = days_of(month)
        now = {each.number: len(each.history) for each in self.memory.received(first, last)}
        stamp = self.store.stamp(month)
        for then, was in self.stamps.get(month, ()):
            assert stamp != was or then == now
        self.stamps.setdefault(month, []).append((now, stamp))

    @rule()
    def both_have_all_cases(self) -> None:
        expected = {each.number: each for each in self.memory.all_cases()}
        found = list(self.store.all_cases())
        assert {each.number: each for each in found} == expected
        assert len(found) == len(expected)

    @rule(data=st.data())
    def both_have_the_same_case(self, data: st.DataObject) -> None:
        if case := self.chosen(data):
            assert self.store.case(case.number) == case

    @invariant()
    def both_have_the_same_open_cases_and_roll(self) -> None:
        open_ones = {each.number: each for each in self.memory.open_cases()}
        assert {each.number: each for each in self.store.open_cases()} == open_ones
        assert list(self.store.households()) == list(self.memory.households())


def run(machine: type[SameAsMemory], examples: int = 40) -> None:
    """Tries so many sequences."""
    from hypothesis.stateful import run_state_machine_as_test

    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    chosen = settings(max_examples=examples, stateful_step_count=25, deadline=None, suppress_health_check=slow)
    run_state_machine_as_test(machine, settings=chosen)
