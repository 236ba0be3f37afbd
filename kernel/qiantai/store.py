"""Where cases are kept: the protocol that every store fulfils, its errors, and what all stores share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from attrs import frozen

from qiantai.case import Case, fold
from qiantai.events import Event
from qiantai.people import Household
from qiantai.periods import local
from qiantai.words import Bilingual


class StoreError(Exception):
    """Something a store could not do; `why` says it in both languages. Nothing that was acknowledged is lost."""

    def __init__(self, why: Bilingual) -> None:
        super().__init__(f"{why.zh} / {why.en}")
        self.why = why


class Conflict(StoreError):
    """The case has gone on meanwhile: the events were made for an earlier state of it. Nothing was written."""


class Locked(StoreError):
    """Another program holds the store."""


class Damaged(StoreError):
    """What is on disk is not what was written; the place is named and nothing was changed."""


class Unwritable(StoreError):
    """The disk did not take it. Nothing of the action is kept."""


class Unreachable(StoreError):
    """The server that keeps it cannot be reached, or was lost on the way; `why` says what is known of the action."""


@frozen
class Look:
    """A look into a dossier, an export, or what was done to the roll: who, when, which, and what for [M-3.4c].

    `why` is empty for a look that the work at the desk itself explains.
    """

    at: datetime
    by: str
    what: str
    which: str
    why: str = ""


class Source(Protocol):
    """What can be read whole: a store, or an export of one."""

    def all_cases(self) -> Iterator[Case]:
        """See `Store`."""
        ...

    def households(self) -> Sequence[Household]:
        """See `Store`."""
        ...

    def looks(self) -> Sequence[Look]:
        """See `Store`."""
        ...


class Store(Protocol):
    """What the desk asks of a store. Everything is durable before a method returns."""

    def append(self, events: Sequence[Event]) -> None:
        """Keep these events, all or none. Raises `Conflict` where an event's `seq` is not the next of its case."""
        ...

    def erase(self, histories: Sequence[Sequence[Event]]) -> None:
        """Put these histories, as `qiantai.erasure.erase` gives them, in the place of those of their closed cases.

        All or none; then no word and no salt that they leave out is anywhere in the store, nor what an entry of the
        roll was before it was replaced; with no history it is that alone. Raises `Conflict` where a case has gone on
        meanwhile.
        """
        ...

    def where(self, number: str) -> str:
        """Where in the store a case is kept, for whoever has to look there; empty where there is no such place."""
        ...

    def open_cases(self) -> Sequence[Case]:
        """All cases that are not closed, in no order."""
        ...

    def case(self, number: str) -> Case | None:
        """One case, open or closed."""
        ...

    def closed_cases(self, household: str = "", words: str = "") -> Iterator[Case]:
        """Closed cases, the latest receipt first: of one household, or that mention all these words."""
        ...

    def closed_count(self, month: str = "") -> int:
        """How many cases are closed, of all or of those received in a local month: `2026-11`."""
        ...

    def closed_page(self, first: int, most: int, month: str = "") -> Sequence[Case]:
        """So many closed cases at most, from that place on: of all, or of those received in that local month.

        The latest receipt is in place 0, as `closed_cases` has it. No place is to cost more than another.
        """
        ...

    def stamp(self, month: str) -> object:
        """What tells one state of the cases received in a local month from another: `2026-11`.

        It is the same twice only where nothing has happened to any of them between, open or closed. It is asked for
        again and again, and should read no case that is filed.
        """
        ...

    def all_cases(self) -> Iterator[Case]:
        """Every case once, in no order, whatever its state and whatever lists it may be missing from: for an audit."""
        ...

    def received(self, first: date, last: date) -> Iterable[Case]:
        """The cases received on these local days and between, open or closed, in order of receipt.

        A store may read each where it is asked for.
        """
        ...

    def last_number(self, prefix: str, day: date) -> int:
        """The highest sequence that this prefix has used on that local day; 0 where none."""
        ...

    def households(self) -> Sequence[Household]:
        """The roll."""
        ...

    def keep_households(self, households: Sequence[Household]) -> None:
        """Add these to the roll, or replace those of the same id."""
        ...

    def record(self, look: Look) -> None:
        """Put a look on record."""
        ...

    def looks(self) -> Sequence[Look]:
        """The looks on record, the oldest first."""
        ...

    def news(self) -> Collection[str]:
        """The numbers of the cases that others have changed since it was last asked, at times of more than these.

        Empty for a store that is one process's alone. What it names, and all that is asked for afterwards, is read as
        the others left it.
        """
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...


def conflict(number: str) -> Conflict:
    """The error for a case that has gone on meanwhile."""
    return Conflict(Bilingual(f"{number} 刚被别人更新,请重看后再办", f"{number} has just been changed; look again"))


def without_words(before: Case | None, history: Sequence[Event]) -> Case:
    """The case that an erasure makes of the one before it. Raises `Conflict` where it was not made for that one."""
    case = fold(history)
    seals = [each.seal for each in history[:-1]]
    if before is None or before.open or [each.seal for each in before.history] != seals:
        raise conflict(case.number)
    return case


def local_day(at: datetime) -> date:
    """The site's calendar day of a moment."""
    return local(at).date()


def sequence(number: str) -> tuple[str, int]:
    """What a case number is made of: `BX-20261123` and 1 of `BX-20261123-001`."""
    stem, _, counted = number.rpartition("-")
    return stem, int(counted)


def said(number: str, households: Iterable[str], fields: Iterable[Mapping[str, Any]]) -> str:
    """What a search for words looks through, case-folded: a case's number, its households and the values given.

    `fields` are those of its events, as they are or as plain data; truth values and times are nothing said.

    >>> said("BX-20261123-001", ["1-2-301"], [{"summary": "Wi-Fi\\n断了", "emergency": True, "score": 5}])
    'bx-20261123-001 1-2-301 wi-fi 断了 5'
    """
    values = (text for each in fields for value in each.values() for text in _texts(value))
    return " ".join(" ".join(dict.fromkeys((number, *households, *values))).casefold().split())


def _texts(value: Any) -> Iterable[str]:
    match value:
        case bool():
            return ()
        case str() | int():
            return (str(value),)
        case [*several]:
            names: list[Any] = several
            return (str(each) for each in names)
        case _:
            return ()


def sought(words: str) -> tuple[str, ...]:
    """The words of a search, each to stand somewhere in what is `said`."""
    return tuple(words.casefold().split())


def mentions(case: Case, words: str) -> bool:
    """Whether every word stands somewhere in what is `said` in the case."""
    asked = sought(words)
    if not asked:
        return True
    text = said(case.number, (case.household, *case.households), (each.fields for each in case.history))
    return all(word in text for word in asked)
