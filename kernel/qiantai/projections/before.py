"""What is on record already when a call comes in: open cases of the household, of the place, and of one cause."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from attrs import frozen

from qiantai.case import Case
from qiantai.handbook import Handbook
from qiantai.intakewords import cause_heard
from qiantai.projections.incidents import Spot, cause_of, spot_at, spot_of


@frozen
class Before:
    """The open cases that a call may belong to, those of its own cause first, then the latest receipt first.

    `alike` are those of one cause and place that no incident links yet and that came of late; `proposes` tells that
    with this call they are enough for an incident to be opened [house].
    """

    household: tuple[Case, ...] = ()
    place: tuple[Case, ...] = ()
    alike: tuple[Case, ...] = ()
    proposes: bool = False

    @property
    def cases(self) -> tuple[Case, ...]:
        """All of them, each once."""
        return (*self.household, *self.place)


def before(cases: Iterable[Case], summary: str, place: str, household: str, at: datetime, handbook: Handbook) -> Before:
    """What the open cases among these have to do with a call about `summary`, from a place or a household.

    Where no place is said, another household's case in the same stairs counts only if its cause is the same.
    """
    cause, spot = cause_heard(summary), spot_at(place, household)

    def rank(case: Case) -> tuple[bool, datetime, str]:
        return bool(cause.zh) and cause_of(case) == cause, case.received, case.number

    latest = sorted((each for each in cases if each.open and each.matter), key=rank, reverse=True)
    theirs = tuple(each for each in latest if household and household in each.households)
    there = [each for each in latest if each not in theirs and spot is not None and _meets(each, spot)]
    same = tuple(each for each in latest if rank(each)[0] and spot is not None and _in_building(each, spot))
    policy = handbook.policy(at)
    since = at - timedelta(seconds=policy.period("incident_within").seconds)
    alike = tuple(each for each in same if not each.incident and since <= each.received <= at)
    return Before(
        theirs,
        tuple(each for each in there if place.strip() or rank(each)[0]),
        alike,
        bool(alike) and len(alike) + 1 >= policy.count("incident_cases"),
    )


def _meets(case: Case, spot: Spot) -> bool:
    there = spot_of(case)
    return there is not None and there.meets(spot)


def _in_building(case: Case, spot: Spot) -> bool:
    there = spot_of(case)
    return there is not None and there.building == spot.building
