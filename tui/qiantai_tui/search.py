"""One search over the roll and all cases, open and closed, each as far as whoever asks may see it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from attrs import frozen

from qiantai import Case, Desk, Person
from qiantai.directory import Directory, Found
from qiantai.rooms import half_width
from qiantai.standing import SEE_ALL, may_see
from qiantai.store import mentions

MOST_HOUSEHOLDS = 50
MOST_CASES = 100
_FEW = 3
"""So few households are meant, not merely found: their cases are shown too."""


@frozen
class Results:
    """What a search found: households the likeliest first, cases open ones first, then the latest receipt first.

    `barred` tells that the roll was not searched, because who asks may not see it [M-3.4c]; `more` that there are more
    cases than these.
    """

    households: tuple[Found, ...] = ()
    cases: tuple[Case, ...] = ()
    barred: bool = False
    more: bool = False


def search(query: str, person: Person | None, desk: Desk, directory: Directory) -> Results:
    """What a text may mean: a room, a telephone or its end, a name, initials, a number, words of a case.

    With an empty text: the latest cases, for a look around.
    """
    if person is None:
        return Results(barred=True)
    asked = half_width(query).strip()
    allowed = person.has(*SEE_ALL)
    households = directory.find(asked)[:MOST_HOUSEHOLDS] if allowed and asked else ()
    meant = [each.household.id for each in households] if len(households) <= _FEW else []
    cases = tuple(islice(_cases(asked, meant, person, desk), MOST_CASES + 1))
    return Results(households, cases[:MOST_CASES], not allowed, len(cases) > MOST_CASES)


def _cases(asked: str, meant: list[str], person: Person, desk: Desk) -> Iterator[Case]:
    seen: set[str] = set()
    for case in _found(asked, meant, desk):
        if case.number not in seen and may_see(case, person):
            seen.add(case.number)
            yield case


def _found(asked: str, meant: list[str], desk: Desk) -> Iterator[Case]:
    store = desk.store
    exact = store.case(asked.upper()) if "-" in asked else None
    if exact is not None:
        yield exact
        return
    latest = sorted(store.open_cases(), key=lambda case: (case.received, case.number), reverse=True)
    for case in latest:
        if mentions(case, asked) or not set(meant).isdisjoint(case.households):
            yield case
    for household in meant:
        yield from islice(store.closed_cases(household=household), MOST_CASES)
    yield from store.closed_cases(words=asked)
