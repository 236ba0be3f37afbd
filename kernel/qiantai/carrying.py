"""Everything of one store carried into another and proved equal there, and what differs between two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice

from attrs import frozen

from qiantai.auditing import Audit, audit
from qiantai.events import Event
from qiantai.store import Look, Source, Store, StoreError
from qiantai.wire import event_out, household_out, look_out
from qiantai.words import Bilingual

_AT_ONCE = 1000  # cases; so many are one action of the store, and in memory together
_NUMBER = re.compile(r"(.+)-(\d{8})-(\d+)")


class NotEmpty(StoreError):
    """The store that was to take everything in holds something already. Nothing was written."""


class NotEqual(StoreError):
    """What was carried did not come back as it was: the store that took it in is not to be used."""


@frozen
class Inventory:
    """What a store or an export holds: a digest of each history as it is kept, of each household, and of each look.

    Digests are of all there is, salts and erased words too, so two inventories are the same where everything is.
    """

    audited: Audit
    cases: Mapping[str, str]
    households: Mapping[str, str]
    looks: tuple[str, ...]

    @property
    def digest(self) -> str:
        """One short text that stands for all of it."""
        from qiantai.seals import digest

        return digest([sorted(self.cases.items()), sorted(self.households.items()), self.looks])

    @property
    def counts(self) -> dict[str, int]:
        """How many cases, events, households and looks there are."""
        counted = {"cases": len(self.cases), "events": self.audited.events}
        return {**counted, "households": len(self.households), "looks": len(self.looks)}


def inventory(source: Source) -> Inventory:
    """What there is in a source, its chains verified on the way; one case is held at a time.

    Raises what the source raises where it cannot read.
    """
    from qiantai.seals import digest

    cases: dict[str, str] = {}

    def seen(history: Sequence[Event]) -> None:
        cases[history[0].case] = digest(_kept(history))

    audited = audit(source, seen=seen)
    roll = {each.id: digest(household_out(each)) for each in source.households()}
    return Inventory(audited, cases, roll, tuple(digest(look_out(each)) for each in source.looks()))


def _kept(history: Sequence[Event]) -> list[object]:
    return [event_out(each) for each in history]


def carry(source: Source, target: Store) -> Inventory:
    """All cases, the roll and the looks are in `target`, which is empty before; gives what it holds then.

    Events keep their seals, salts and numbers. It is read back and held against the source: raises `NotEqual` where
    anything differs, `NotEmpty`, or what either raises. A chain that is broken is carried as it is, and the inventory's
    audit says so.
    """
    if any(True for _ in target.all_cases()) or target.households() or target.looks():
        raise NotEmpty(NOT_EMPTY)
    cases = source.all_cases()
    while some := tuple(islice(cases, _AT_ONCE)):
        target.append([event for case in some for event in case.history])
    target.keep_households(source.households())
    for look in source.looks():
        target.record(look)
    return prove_equal(source, target)


def prove_equal(source: Source, target: Store) -> Inventory:
    """What `target` holds, once it is sure that it is all that `source` holds and nothing else. Raises `NotEqual`."""
    before, after = inventory(source), inventory(target)
    if before.digest != after.digest:
        first = next(iter(differences(source, target)), None)
        raise NotEqual(_NOT_EQUAL.format(which=first.which if first else ""))
    for (prefix, day), last in _last_numbers(after.cases).items():
        if target.last_number(prefix, day) != last:
            raise NotEqual(_NOT_EQUAL.format(which=f"{prefix} {day}"))
    return after


def _last_numbers(numbers: Iterable[str]) -> dict[tuple[str, date], int]:
    """The highest sequence of each prefix and day."""
    last: dict[tuple[str, date], int] = {}
    for prefix, day, counted in (found.groups() for each in numbers if (found := _NUMBER.fullmatch(each))):
        stem = prefix, date.fromisoformat(day)
        last[stem] = max(int(counted), last.get(stem, 0))
    return last


class How(StrEnum):
    """How the first of two differs from the other: it alone has it, lacks it, goes on, stays behind, says other."""

    ONLY = "only"
    MISSING = "missing"
    AHEAD = "ahead"
    BEHIND = "behind"
    OTHER = "other"


@frozen
class Differing:
    """One case, household or look that is not the same in two sources; `what` is `case`, `household` or `look`."""

    what: str
    which: str
    how: How


def differences(first: Source, other: Source) -> tuple[Differing, ...]:
    """All that is not the same in two sources: cases by number, then households by room, then looks.

    Raises what either raises where it cannot read.
    """
    one, two = inventory(first), inventory(other)
    if one.digest == two.digest:
        return ()
    differing = {each for each in one.cases.keys() & two.cases.keys() if one.cases[each] != two.cases[each]}
    histories = [
        {case.number: _kept(case.history) for case in each.all_cases() if case.number in differing}
        for each in (first, other)
    ]
    gone_on = {number: _how(histories[0][number], histories[1][number]) for number in differing}
    return (
        *_sorted("case", one.cases, two.cases, gone_on),
        *_sorted("household", one.households, two.households, {}),
        *_looks(first.looks(), other.looks()),
    )


def _how(one: Sequence[object], two: Sequence[object]) -> How:
    if one[: len(two)] == two:
        return How.AHEAD
    return How.BEHIND if two[: len(one)] == one else How.OTHER


def _sorted(
    what: str, one: Mapping[str, str], two: Mapping[str, str], gone_on: Mapping[str, How]
) -> Iterator[Differing]:
    for which in sorted(one.keys() | two.keys()):
        if which not in two:
            yield Differing(what, which, How.ONLY)
        elif which not in one:
            yield Differing(what, which, How.MISSING)
        elif one[which] != two[which]:
            yield Differing(what, which, gone_on.get(which, How.OTHER))


def _looks(one: Sequence[Look], two: Sequence[Look]) -> Iterator[Differing]:
    here, there = Counter(one), Counter(two)
    for how, several in ((How.ONLY, here - there), (How.MISSING, there - here)):
        for look in several.elements():
            yield Differing("look", f"{look.at.isoformat()} {look.by} {look.what} {look.which}", how)
    if here == there and list(one) != list(two):
        yield Differing("look", "", How.OTHER)


NOT_EMPTY = Bilingual(
    "那里已经有资料了,什么都没有写。可行:另选一个空的地方",
    "it holds something already, and nothing was written. What would do: an empty place",
)
_NOT_EQUAL = Bilingual(
    "搬过去的与原来的不一样({which}),不要用它。原来的没有动;可行:检查磁盘,再搬一次",
    "what was carried over is not what was there ({which}): do not use it. The original is untouched. "
    "What would do: check the disk, then carry it over again",
)
