"""What an import of a roll would change: nothing is deleted, and what the file leaves blank stays as it is known."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import asdict, evolve, frozen

from qiantai.people import Household
from qiantai.rooms import Rooms, key
from qiantai.words import Bilingual
from qiantai_roll.reading import Reading


@frozen
class Change:
    """A household as it is known, and as it would be."""

    old: Household
    new: Household

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that would change."""
        old, new = asdict(self.old), asdict(self.new)
        return tuple(name for name in old if old[name] != new[name])


@frozen
class Similar:
    """A new room that may be one already known under a fuller or shorter id: for somebody to look at."""

    id: str
    known: tuple[str, ...]


@frozen
class Preview:
    """What an import would do. `missing` are known households the file does not name: they stay."""

    new: tuple[Household, ...] = ()
    changed: tuple[Change, ...] = ()
    same: tuple[Household, ...] = ()
    missing: tuple[Household, ...] = ()
    similar: tuple[Similar, ...] = ()

    @property
    def to_save(self) -> tuple[Household, ...]:
        """The households that the caller is to save: the new ones, and the changed ones as they would be."""
        return (*self.new, *(each.new for each in self.changed))

    @property
    def summary(self) -> Bilingual:
        """The whole in one sentence."""
        return Bilingual(
            "新增 {new} 户,变更 {changed} 户,不变 {same} 户;文件里没有而原有的 {missing} 户保留",
            "{new} new, {changed} changed, {same} the same; {missing} known ones are not in the file and stay",
        ).format(new=len(self.new), changed=len(self.changed), same=len(self.same), missing=len(self.missing))


def compare(reading: Reading, existing: Mapping[str, Household]) -> Preview:
    """What an import of the reading would change in the households known by their ids.

    The same room is the same household however it is written (`01-02-0301` is `1-2-301`, under the id already known),
    so a second import of one file changes nothing. A field that the file leaves blank keeps its value.
    """
    known = {key(id): household for id, household in existing.items()}
    rooms = Rooms(existing)
    new: list[Household] = []
    changed: list[Change] = []
    same: list[Household] = []
    for household in reading.households:
        old = known.pop(key(household.id), None)
        if old is None:
            new.append(household)
            continue
        given = {name: value for name, value in asdict(household).items() if name in reading.given[household.id]}
        updated = evolve(old, **given)
        if updated == old:
            same.append(old)
        else:
            changed.append(Change(old, updated))
    similar = (Similar(each.id, rooms.find(each.id.split("-"))) for each in new)
    return Preview(tuple(new), tuple(changed), tuple(same), tuple(known.values()), tuple(s for s in similar if s.known))
