"""Which backups stay: the last of each of seven days, four weeks and twelve months."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime

from qiantai.store import local_day

DAYS, WEEKS, MONTHS = 7, 4, 12


def _week(day: date) -> object:
    return day.isocalendar()[:2]


def _month(day: date) -> object:
    return day.year, day.month


_RULE: tuple[tuple[int, Callable[[date], object]], ...] = ((DAYS, date.isoformat), (WEEKS, _week), (MONTHS, _month))


def kept(taken: Collection[datetime]) -> frozenset[datetime]:
    """Of backups taken at these times those that stay: the last one of each of the latest 7 days, 4 weeks, 12 months.

    Days, weeks from Monday and months are the site's own; those without a backup count for nothing, so a desk that
    stood still for a month loses none by it.
    """
    newest_first = sorted(set(taken), reverse=True)
    staying: set[datetime] = set()
    for most, period in _RULE:
        last: dict[object, datetime] = {}
        for at in newest_first:
            last.setdefault(period(local_day(at)), at)
        staying.update(list(last.values())[:most])
    return frozenset(staying)
