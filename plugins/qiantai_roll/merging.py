"""Rows of one file that name the same room, made one household."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import asdict, evolve, frozen

from qiantai.people import Household
from qiantai.rooms import key

Entry = tuple[int, Household, frozenset[str]]


@frozen
class Duplicate:
    """A room that several rows of a file name.

    The first row holds, its blanks filled from the later ones; `differing` are the fields in which they disagree.
    """

    id: str
    rows: tuple[int, ...]
    differing: tuple[str, ...]


def merged(
    entries: Iterable[Entry],
) -> tuple[tuple[Household, ...], Mapping[str, frozenset[str]], tuple[Duplicate, ...]]:
    """One household a room, which fields its rows fill, and the rooms that several rows named; in the file's order."""
    by_room: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        by_room.setdefault(key(entry[1].id), []).append(entry)
    households: list[Household] = []
    given: dict[str, frozenset[str]] = {}
    duplicates: list[Duplicate] = []
    for same in by_room.values():
        household, fields = same[0][1], same[0][2]
        for _, other, filled in same[1:]:
            missing = filled - fields
            household = evolve(household, **{name: value for name, value in asdict(other).items() if name in missing})
            fields |= missing
        households.append(household)
        given[household.id] = fields
        if len(same) > 1:
            duplicates.append(Duplicate(household.id, tuple(row for row, _, _ in same), _differing(same)))
    return tuple(households), given, tuple(duplicates)


def _differing(same: list[Entry]) -> tuple[str, ...]:
    names = sorted({name for _, _, filled in same for name in filled})
    values = {name: {asdict(each)[name] for _, each, filled in same if name in filled} for name in names}
    return tuple(name for name in names if len(values[name]) > 1)
