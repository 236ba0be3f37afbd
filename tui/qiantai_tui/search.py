"""One search over the roll and all cases, open and closed, each as far as whoever asks may see it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from attrs import frozen

from qiantai import Case, Seat
from qiantai.access import may_have
from qiantai.directory import Directory, Found
from qiantai.rooms import half_width, read_room
from qiantai.store import local_day

MOST_HOUSEHOLDS = 50
MOST_CASES = 100
RECENT = timedelta(days=1)
"""How far back the look around goes with nothing asked: yesterday and today."""
_NUMBER = re.compile(r"[A-Z]{2}-[0-9]{8}-[0-9]{3,}")


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


def search(query: str, seat: Seat, directory: Directory, at: datetime, *, archive: bool = True) -> Results:
    """What a text may mean: a room, a telephone or its end, a name, initials, a number, words of a case.

    With an empty text: what is open, and what came in of late. Without `archive` only what takes no time.
    """
    asked = half_width(query).strip()
    allowed = may_have("roll", seat.person)
    households = directory.find(asked)[:MOST_HOUSEHOLDS] if allowed and asked else ()
    meant = households[0].household.id if len(households) == 1 else ""
    found = _found(asked, meant, seat, at, archive=archive)
    cases = tuple(islice(_once(found), MOST_CASES + 1))
    return Results(households, cases[:MOST_CASES], not allowed, len(cases) > MOST_CASES, archive)


def _once(found: Iterator[Case]) -> Iterator[Case]:
    numbers: set[str] = set()
    for case in found:
        if case.number not in numbers:
            numbers.add(case.number)
            yield case


def _found(asked: str, meant: str, seat: Seat, at: datetime, *, archive: bool) -> Iterator[Case]:
    if _NUMBER.fullmatch(asked.upper()):
        exact = seat.known(asked.upper())
        yield from () if exact is None else (exact,)
        return
    theirs = (each for each in seat.open_cases() if meant and meant in each.households)
    yield from sorted((*seat.open_cases(asked), *theirs), key=_receipt, reverse=True)
    if not asked:
        yield from sorted(seat.received(local_day(at - RECENT), local_day(at)), key=_receipt, reverse=True)
    elif archive:
        if meant:
            yield from seat.closed_cases(household=meant)
        if not (meant and read_room(asked)):
            yield from seat.closed_cases(words=asked)


def _receipt(case: Case) -> tuple[datetime, str]:
    return case.received, case.number
