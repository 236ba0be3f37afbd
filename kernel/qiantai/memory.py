"""The store in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import islice

from attrs import field, frozen

from qiantai.case import Case, evolve
from qiantai.events import Event
from qiantai.people import Household
from qiantai.projections.months import month_of
from qiantai.store import Look, conflict, local_day, mentions, without_words


@frozen
class MemoryStore:
    """Everything in memory, for tests, rehearsals and embedders that keep nothing."""

    _cases: dict[str, Case] = field(factory=dict[str, Case])
    _roll: dict[str, Household] = field(factory=dict[str, Household])
    _looks: list[Look] = field(factory=list[Look])
    _used: dict[str, int] = field(factory=dict[str, int])

    def append(self, events: Sequence[Event]) -> None:
        """See `Store`."""
        changed: dict[str, Case] = {}
        for event in events:
            case = changed.get(event.case) or self._cases.get(event.case)
            if event.seq != (len(case.history) if case else 0):
                raise conflict(event.case)
            changed[event.case] = evolve(case, event)
        for number in changed:
            if number not in self._cases:
                stem, _, counted = number.rpartition("-")
                if counted.isdecimal():
                    self._used[stem] = max(int(counted), self._used.get(stem, 0))
        self._cases.update(changed)

    def erase(self, histories: Sequence[Sequence[Event]]) -> None:
        """See `Store`."""
        cases = [without_words(self._cases.get(history[0].case), history) for history in histories]
        self._cases.update({case.number: case for case in cases})

    def where(self, number: str) -> str:  # noqa: ARG002
        """See `Store`."""
        return ""

    def open_cases(self) -> Sequence[Case]:
        """See `Store`."""
        return [case for case in list(self._cases.values()) if case.open]

    def case(self, number: str) -> Case | None:
        """See `Store`."""
        return self._cases.get(number)

    def closed_cases(self, household: str = "", words: str = "") -> Iterator[Case]:
        """See `Store`."""
        for case in sorted(self._cases.values(), key=lambda each: (each.received, each.number), reverse=True):
            if not case.open and (not household or household in case.households) and mentions(case, words):
                yield case

    def closed_count(self, month: str = "") -> int:
        """See `Store`."""
        return sum(1 for _ in self._closed(month))

    def closed_page(self, first: int, most: int, month: str = "") -> Sequence[Case]:
        """See `Store`."""
        return list(islice(self._closed(month), first, first + most))

    def _closed(self, month: str) -> Iterator[Case]:
        return (case for case in self.closed_cases() if month in ("", month_of(case.received)))

    def stamp(self, month: str) -> object:
        """See `Store`."""
        theirs = (case for case in list(self._cases.values()) if month_of(case.received) == month)
        return frozenset((case.number, len(case.history)) for case in theirs)

    def all_cases(self) -> Iterator[Case]:
        """See `Store`."""
        return iter(list(self._cases.values()))

    def received(self, first: date, last: date) -> Sequence[Case]:
        """See `Store`."""
        found = [case for case in list(self._cases.values()) if first <= local_day(case.received) <= last]
        return sorted(found, key=lambda each: (each.received, each.number))

    def last_number(self, prefix: str, day: date) -> int:
        """See `Store`."""
        return self._used.get(f"{prefix}-{day:%Y%m%d}", 0)

    def households(self) -> Sequence[Household]:
        """See `Store`."""
        return list(self._roll.values())

    def keep_households(self, households: Sequence[Household]) -> None:
        """See `Store`."""
        self._roll.update({each.id: each for each in households})

    def record(self, look: Look) -> None:
        """See `Store`."""
        self._looks.append(look)

    def looks(self) -> Sequence[Look]:
        """See `Store`."""
        return list(self._looks)

    def news(self) -> Collection[str]:
        """See `Store`."""
        return ()

    def close(self) -> None:
        """See `Store`."""
