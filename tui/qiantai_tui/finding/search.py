"""One search over the roll and all cases, open and closed, each as far as whoever asks may see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice, takewhile

from attrs import evolve, frozen

from qiantai import Case, Seat
from qiantai.access import may_have
from qiantai.directory import Directory, Found
from qiantai.projections.months import days_of, month_of
from qiantai.rooms import half_width, read_room
from qiantai.store import local_day
from qiantai.words import CLOSED

MOST_HOUSEHOLDS = 50
MOST_CASES = 100
PAGE = 20
"""Closed cases of a month that are read at a time."""
RECENT = timedelta(days=1)
"""How far back the look around goes with nothing asked: yesterday and today."""
_NUMBER = re.compile(r"[A-Z]{2}-[0-9]{8}-[0-9]{3,}")


UNFINISHED = "unfinished"
"""The state of a search for whatever is not closed yet."""


@frozen
class Only:
    """What a search is narrowed to: a kind, a state (`UNFINISHED` or one by name), a month of receipt (`2026-11`)."""

    kind: str = ""
    state: str = ""
    month: str = ""

    def allows(self, case: Case) -> bool:
        """Whether a case is among them."""
        state = not self.state or (case.open if self.state == UNFINISHED else case.state == self.state)
        return state and self.kind in ("", case.kind) and self.month in ("", month_of(case.received))

    def before(self, case: Case) -> bool:
        """Whether it came before the month, as then do all that are older."""
        return bool(self.month) and month_of(case.received) < self.month


EVERYTHING = Only()


@frozen
class Results:
    """What a search found: households the likeliest first, cases open ones first, then the latest receipt first.

    `barred` tells that the roll was not searched, because who asks may not see it [M-3.4c]; `more` that there are more
    cases than these; `whole` that the archive was searched too.
    """

    households: tuple[Found, ...] = ()
    cases: tuple[Case, ...] = ()
    barred: bool = False
    more: bool = False
    whole: bool = True

    @property
    def open(self) -> tuple[Case, ...]:
        """Those that are not closed."""
        return tuple(each for each in self.cases if each.open)

    @property
    def closed(self) -> tuple[Case, ...]:
        """Those of the archive."""
        return tuple(each for each in self.cases if not each.open)


@frozen
class Search:
    """One search: what takes no time at once, and the archive a case at a time, for as long as somebody wants it."""

    asked: str
    seat: Seat
    directory: Directory
    at: datetime
    only: Only = EVERYTHING

    @classmethod
    def of(cls, query: str, seat: Seat, directory: Directory, at: datetime, only: Only = EVERYTHING) -> Search:
        """The search for a text as it was typed."""
        return cls(half_width(query).strip(), seat, directory, at, only)

    @cached_property
    def households(self) -> tuple[Found, ...]:
        """The households that the text may mean, the likeliest first; none for who may not see the roll."""
        allowed = may_have("roll", self.seat.person)
        return self.directory.find(self.asked)[:MOST_HOUSEHOLDS] if allowed and self.asked else ()

    def at_once(self) -> Results:
        """What takes no time: the households, and the open cases."""
        households = self.households
        cases = tuple(islice(self._open(_meant(households)), MOST_CASES + 1))
        barred = not may_have("roll", self.seat.person)
        return Results(households, cases[:MOST_CASES], barred, len(cases) > MOST_CASES, False)

    def archive(self) -> Iterator[Case]:
        """The closed cases, the latest receipt first; nothing is read before it is asked for."""
        if self.only.state not in ("", CLOSED):
            return  # none of them is in another
        seen: set[str] = set()
        for case in self._closed(_meant(self.households)):
            if case.number not in seen and self.only.allows(case):
                seen.add(case.number)
                yield case

    def _open(self, meant: str) -> Iterator[Case]:
        if self._number:
            exact = self.seat.known(self.asked.upper())
            found = [exact] if exact is not None and exact.open else []
        else:
            theirs = [each for each in self.seat.open_cases() if meant and meant in each.households]
            both = {each.number: each for each in (*self.seat.open_cases(self.asked), *theirs)}
            found = sorted(both.values(), key=_receipt, reverse=True)
        yield from filter(self.only.allows, found)

    def _closed(self, meant: str) -> Iterator[Case]:
        if self._number:
            exact = self.seat.known(self.asked.upper())
            yield from [exact] if exact is not None and not exact.open else []
        elif not self.asked:
            yield from self._looked_around()
        else:
            if meant:
                yield from self._late_enough(self.seat.closed_cases(household=meant))
            if not (meant and read_room(self.asked)):
                yield from self._late_enough(self.seat.closed_cases(words=self.asked))

    def _late_enough(self, cases: Iterable[Case]) -> Iterator[Case]:
        """Cases that come the latest first, until one is of before all that is asked for."""
        return takewhile(lambda case: not self.only.before(case), cases)

    def _looked_around(self) -> Iterator[Case]:
        """With nothing asked: of a kind or a month; else of late. No more is read than is asked for."""
        request = self.seat.handbook.requests.get(self.only.kind)
        if not may_have("cases", self.seat.person) or not request:
            yield from self._by_day()
        elif self.only.month:
            yield from self._by_page(self.only.month)
        else:
            yield from self.seat.closed_cases(words=f"{request.prefix}-")

    def _by_day(self) -> Iterator[Case]:
        if self.only.month:
            first, last = days_of(self.only.month)
        else:
            first, last = local_day(self.at - RECENT), local_day(self.at)
        for back in range((last - first).days + 1):
            day = last - timedelta(days=back)
            received = (each for each in self.seat.received(day, day) if not each.open)
            yield from sorted(received, key=_receipt, reverse=True)

    def _by_page(self, month: str) -> Iterator[Case]:
        for first in range(0, self.seat.closed_count(month) or 0, PAGE):
            yield from self.seat.closed_page(first, PAGE, month)

    @property
    def _number(self) -> bool:
        return _NUMBER.fullmatch(self.asked.upper()) is not None


def search(query: str, seat: Seat, directory: Directory, at: datetime, only: Only = EVERYTHING) -> Results:
    """What a text may mean, in the archive too: a room, a telephone or its end, a name, initials, a number, words.

    With an empty text: what is open, and what came in of late.
    """
    asked = Search.of(query, seat, directory, at, only)
    return with_archive(asked.at_once(), asked.archive())


def with_archive(found: Results, archive: Iterable[Case]) -> Results:
    """What was found at once, and what of the archive there is room for."""
    cases = (*found.cases, *islice(archive, MOST_CASES + 1 - len(found.cases)))
    return evolve(found, cases=cases[:MOST_CASES], more=found.more or len(cases) > MOST_CASES, whole=True)


def _meant(households: tuple[Found, ...]) -> str:
    """The one household that a text means; empty where it means several or none."""
    return households[0].household.id if len(households) == 1 else ""


def _receipt(case: Case) -> tuple[datetime, str]:
    return case.received, case.number
