"""The figures of a month as they are read: counts, values and how each stands against its goal, by kind and area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from enum import StrEnum

from attrs import frozen

from qiantai.case import Case
from qiantai.handbook import Handbook
from qiantai.periods import ZONE, local
from qiantai.projections.months import days_of, later
from qiantai.projections.reckoning import SOON, Item, Verdict, reckoned
from qiantai.projections.targets import EVERY_ONE, Target, Unit

Place = tuple[str, str, int, Verdict]
"""Kind, area, day of receipt and verdict of what is counted together."""
Tally = Mapping[str, Mapping[Place, int]]
"""How many there are in each place, by target."""
Counts = Mapping[Verdict, int]
Beside = Mapping[str, Mapping[str, Counts]]
"""By month and target: what is counted outside the cases."""
LAST_DAY = 31
_NOON = time(12)


class Result(StrEnum):
    """How a figure stands against its goal."""

    MISSED = "missed"
    AT_RISK = "at_risk"
    MET = "met"
    NOTHING = "nothing"
    NO_GOAL = "no_goal"
    UNMEASURED = "unmeasured"


@frozen
class Month:
    """What the figures of one month are made of, as it stood `at` that time.

    `hours` are the desk's a day. `until` is the last of its days that is counted, and `over` whether there are no more
    to come. `stamp` is the store's, by which it may have changed since, and `turns` when a due time passes.
    """

    month: str
    at: datetime
    tally: Tally
    hours: float
    until: int
    over: bool
    stamp: object
    turns: datetime | None


@frozen
class Reading:
    """One figure of a month or of some of its days: how many cases have which verdict, and what that makes.

    `value` is in the unit of the target, None where there is nothing to make it of; `share` is what is counted of all,
    and `before` the share that a change is held against.
    """

    target: Target
    counts: Counts
    value: float | None
    over: bool
    before: float | None = None

    def count(self, *verdicts: Verdict) -> int:
        """How many cases have one of these verdicts."""
        return sum(self.counts.get(each, 0) for each in verdicts)

    @property
    def share(self) -> float | None:
        """What part of the cases is counted, of all that count or stand besides; None where there are none."""
        return _counted(self.counts)

    @property
    def cases(self) -> int:
        """How many cases it can show."""
        return sum(n for verdict, n in self.counts.items() if verdict is not Verdict.BESIDES)

    @property
    def result(self) -> Result:
        """How it stands: below a goal that later cases can still lift it to, it is at risk and not missed."""
        goal = self.target.goal
        if not self.target.measured:
            return Result.UNMEASURED
        if goal is None:
            return Result.NO_GOAL
        if self.value is None:
            return Result.AT_RISK if self.count(Verdict.SOON) else Result.NOTHING
        match self.target.unit:
            case Unit.CHANGE:
                met, lost = self.value <= goal, self.over
            case Unit.SHARE:
                met, lost = self.value >= goal, self._lost(goal)
            case _:
                met, lost = self.value >= goal, True
        if met:
            return Result.AT_RISK if self._slips(goal) else Result.MET
        return Result.MISSED if lost else Result.AT_RISK

    def _lost(self, goal: float) -> bool:
        """Whether a share stays below its goal even where all that is due is done, and all that may yet come."""
        due = self.count(Verdict.DUE, Verdict.SOON)
        best = _share(self.count(Verdict.MEETS) + due, self.count(Verdict.MISSES))
        return (best or 0) < goal and (self.over or goal == EVERY_ONE)

    def _slips(self, goal: float) -> bool:
        """Whether it falls below its goal where what is due within the hour is not done."""
        soon = self.count(Verdict.SOON)
        least = _share(self.count(Verdict.MEETS), self.count(Verdict.MISSES) + soon)
        return bool(soon) and least is not None and least < goal


def tallied(items: Iterable[Item]) -> Tally:
    """How many there are of each, by target."""
    found: dict[str, Counter[Place]] = {}
    for each in items:
        found.setdefault(each.target, Counter())[each.kind, each.area, each.day, each.verdict] += 1
    return found


def month_made(month: str, cases: Iterable[Case], stamp: object, at: datetime, handbook: Handbook) -> Month:
    """The month of these cases, which are all that it received, at that time; `stamp` is not of a later one."""
    cases, last, today = tuple(cases), days_of(month)[1], local(at).date()
    items, over = reckoned(cases, at, handbook), today > last
    ends = [each.due for each in items if each.due and each.verdict in (Verdict.DUE, Verdict.SOON)]
    end = min(at, datetime.combine(last, _NOON, ZONE))
    return Month(
        month,
        at,
        tallied(items),
        handbook.policy(end).hours.length.total_seconds() / 3600,
        LAST_DAY if over else today.day,
        over,
        stamp,
        min((due if due - at <= SOON else due - SOON for due in ends), default=None),
    )


def holds(known: Month, stamp: object, at: datetime) -> bool:
    """Whether a month is still as it was: nothing in it was done since, and no due time passed."""
    same_day = known.over or local(at).date() == local(known.at).date()
    turned = known.turns is not None and at > known.turns
    return same_day and not turned and at >= known.at and known.stamp == stamp


def counts(tally: Tally, target: str, kind: str = "", area: str = "", days: tuple[int, int] = (1, LAST_DAY)) -> Counts:
    """How many of which verdict: of one kind, one area and these days of the month, of all where nothing is said."""
    found: Counter[Verdict] = Counter()
    for (its_kind, its_area, day, verdict), n in tally.get(target, {}).items():
        if (not kind or kind == its_kind) and (not area or area == its_area) and days[0] <= day <= days[1]:
            found[verdict] += n
    return found


def reading(
    target: Target,
    month: Month,
    before: Month | None = None,
    kind: str = "",
    area: str = "",
    days: tuple[int, int] = (1, LAST_DAY),
    beside: Beside | None = None,
) -> Reading:
    """The figure of a target in a month; `before` is the same month a year earlier, `beside` what other books count."""
    if target.beside:
        found: Counts = (beside or {}).get(month.month, {}).get(target.id, {})
    else:
        found = counts(month.tally, target.id, kind, area, days)
    value, earlier = _value(target, found), None
    if target.unit is Unit.HOURS:
        value = month.hours
    elif (
        target.measured
        and target.unit is Unit.CHANGE
        and before is not None
        and before.month == later(month.month, -12)
    ):
        then = counts(before.tally, target.id, kind, area, (days[0], min(days[1], month.until)))
        earlier, rate = _counted(then), _counted(found)
        value = rate / earlier - 1 if earlier and rate is not None else None
    over = month.over or days[1] < month.until
    return Reading(target, found, value if target.measured else None, over, earlier)


def _value(target: Target, found: Counts) -> float | None:
    if target.unit is Unit.COUNT:
        return float(found.get(Verdict.COUNTED, 0))
    if target.unit is not Unit.SHARE:
        return None
    if (share := _counted(found)) is not None:
        return share
    return _share(found.get(Verdict.MEETS, 0), found.get(Verdict.MISSES, 0))


def _counted(found: Counts) -> float | None:
    return _share(found.get(Verdict.COUNTED, 0), found.get(Verdict.BESIDES, 0))


def _share(met: int, missed: int) -> float | None:
    return met / (met + missed) if met or missed else None
