"""Incidents as they are proposed and known: cases of one cause and place, and what the desk says to who calls next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from attrs import frozen

from qiantai.case import Case
from qiantai.handbook import Handbook
from qiantai.intakewords import cause_heard
from qiantai.roomforms import mentions
from qiantai.rooms import half_width, key, written
from qiantai.words import Bilingual


@frozen
class Spot:
    """Where something is, as far as incidents tell places apart: building and unit, or the place as it was said."""

    building: str
    unit: str = ""

    def meets(self, other: Spot) -> bool:
        """Whether both may be one place: the same, or one of them a building and the other a unit of it."""
        return self.building == other.building and (not self.unit or not other.unit or self.unit == other.unit)

    @property
    def written(self) -> str:
        """The place as it is said at the counter."""
        phase, named, building = self.building.rpartition("期")
        if not building.isascii() or not building.isalnum():
            return self.building
        room = "-".join(each for each in (building, self.unit, "000") if each)
        return phase + named + written(room).removesuffix("000").removesuffix("-")


@frozen
class Proposal:
    """Open cases of one cause and place that no incident links yet.

    `incident` is the open one of that cause and place which they may be linked to; None where one may be opened.
    """

    cause: Bilingual
    place: str
    cases: tuple[Case, ...]
    incident: Case | None = None


def proposals(cases: Iterable[Case], at: datetime, handbook: Handbook) -> tuple[Proposal, ...]:
    """The incidents that these open cases and incidents propose, the largest first.

    So many unlinked cases (`incident_cases`) of one cause and place, received within `incident_within` of each other,
    propose a new one; every one that an open incident fits is proposed to be linked to it [house].
    """
    open_ = tuple(case for case in cases if case.open and case.received <= at)
    incidents = tuple(case for case in open_ if not case.matter)
    loose = sorted((case for case in open_ if case.matter and not case.incident), key=lambda each: each.received)
    fitting: dict[str, list[Case]] = {}
    groups: dict[tuple[Bilingual, str], list[Case]] = {}
    for case in loose:
        cause, spot = cause_of(case), spot_of(case)
        if not cause.zh or spot is None:
            continue
        incident = _fitting(incidents, cause, spot)
        if incident is not None:
            fitting.setdefault(incident.number, []).append(case)
        else:
            groups.setdefault((cause, spot.building), []).append(case)
    policy = handbook.policy(at)
    count, within = policy.count("incident_cases"), timedelta(seconds=policy.period("incident_within").seconds)
    new = [
        Proposal(cause, _common(found), found)
        for (cause, _), several in groups.items()
        if len(found := _closest(several, within)) >= count
    ]
    more = [
        Proposal(cause_of(each), each.text("place"), tuple(fitting[each.number]), each)
        for each in incidents
        if each.number in fitting
    ]
    return tuple(sorted((*new, *more), key=lambda each: -len(each.cases)))


def known_incident(cases: Iterable[Case], summary: str, place: str, household: str = "") -> Case | None:
    """The open incident that a call of this cause, from this place, is likely about; None where there is none."""
    cause, spot = cause_heard(summary), spot_at(place, household)
    if not cause.zh or spot is None:
        return None
    return _fitting([case for case in cases if case.open and not case.matter], cause, spot)


def wording(incident: Case, at: datetime, handbook: Handbook) -> str:
    """What the desk says of it now: the agreed answer on its topic where one is in force [H-4.4.5], else its own."""
    script = handbook.script(incident.text("topic"), at)
    return script.text if script is not None else incident.text("wording")


def cause_of(case: Case) -> Bilingual:
    """The cause that a case or incident speaks of, by its words; nothing where they speak of none."""
    return cause_heard(case.text("summary"))


def spot_of(case: Case) -> Spot | None:
    """Where a case or incident is: by its place, else by its household; None where neither is known."""
    return spot_at(case.text("place"), case.household)


@lru_cache(maxsize=4096)
def spot_at(place: str, household: str = "") -> Spot | None:
    """Where a place is that is said in words, or else the home of a household.

    >>> spot_at("1栋2单元 电梯厅"), spot_at("", "1-2-301"), spot_at("东 门"), spot_at("")
    (Spot(building='1', unit='2'), Spot(building='1', unit='2'), Spot(building='东门', unit=''), None)
    """
    said = next((each for each in mentions(half_width(place)) if each.parts), None)
    if said is not None:
        return _stairs(key(said.parts), said.room)
    if place.strip():
        return Spot("".join(half_width(place).split()).upper())
    return _stairs(key(household), True) if household else None


def _stairs(parts: tuple[str, ...], room: bool) -> Spot:
    """Building and unit of a room's parts, or of those of a place."""
    match parts[:-1] if room and len(parts) > 1 else parts:
        case (phase, building, unit):
            return Spot(f"{phase}期{building}", unit)
        case (building, unit):
            return Spot(building, unit)
        case (building,):
            return Spot(building)
        case others:
            return Spot("-".join(others))


def _fitting(incidents: Iterable[Case], cause: Bilingual, spot: Spot) -> Case | None:
    for each in incidents:
        there = spot_of(each)
        if cause_of(each) == cause and there is not None and there.meets(spot):
            return each
    return None


def _closest(cases: list[Case], within: timedelta) -> tuple[Case, ...]:
    """The most of these, in order of receipt, that came within that time of each other; of equals the latest."""
    found: tuple[Case, ...] = ()
    for place, first in enumerate(cases):
        window = tuple(each for each in cases[place:] if each.received - first.received <= within)
        if len(window) >= len(found):
            found = window
    return found


def _common(cases: Iterable[Case]) -> str:
    spots = {spot for case in cases if (spot := spot_of(case)) is not None}
    [building] = {each.building for each in spots}
    units = {each.unit for each in spots}
    return Spot(building, units.pop() if len(units) == 1 else "").written
