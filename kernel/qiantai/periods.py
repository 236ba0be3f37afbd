"""Lengths of time as policies write them (`5m`, `24h`, `7d`, `2wd`), and the due times they make."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from typing import Literal, cast

from attrs import frozen

from qiantai.calendar import Calendar, Day
from qiantai.hours import ZONE, BadHours, Hours, local
from qiantai.plainly import shown
from qiantai.words import Bilingual

__all__ = ["ZONE", "BadHours", "BadPeriod", "Due", "Hours", "Period", "counted", "due", "local"]

Unit = Literal["m", "h", "d", "wd"]

LONGEST = 99999

_DAY = timedelta(days=1)
_SECONDS: Mapping[str, int] = {"m": 60, "h": 3600, "d": 86400}
_UNITS: Mapping[str, tuple[str, str]] = {
    "m": ("分钟", "minute"),
    "h": ("小时", "hour"),
    "d": ("天", "day"),
    "wd": ("个工作日", "working day"),
}


class BadPeriod(ValueError):
    """A length of time that cannot be read or compared; `why` says in both languages what, and what would do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.why: Bilingual = Bilingual(zh, en)


@frozen(slots=False)
class Period:
    """A length of time: minutes, hours or calendar days on the clock, or working days [C-201].

    Written `5m`, `24h`, `7d`, `2wd`; `Period.parse` reads that. Raises `BadPeriod` for what is none.
    """

    count: int
    unit: Unit

    def __attrs_post_init__(self) -> None:
        if self.unit not in _UNITS:
            raise BadPeriod(f"没有单位 {self.unit!r};有 m、h、d、wd", f"no unit {self.unit!r}; there are m, h, d, wd")
        if not 1 <= self.count <= LONGEST:
            raise BadPeriod(f"{self} 不行:要 1 到 {LONGEST}", f"{self}: the number must be from 1 to {LONGEST}")

    @classmethod
    def parse(cls, given: object) -> Period:
        """The period that `5m`, `24h`, `7d` or `2wd` stands for. Raises `BadPeriod` for anything else."""
        found = re.fullmatch(r"([0-9]{1,9})(m|h|d|wd)", given) if isinstance(given, str) else None
        if found is None:
            raise BadPeriod(
                f"读不懂期限 {shown(given)};写法如 5m、24h、7d、2wd(分钟、小时、天、工作日)",
                f"cannot read the period {shown(given)}; write 5m, 24h, 7d or 2wd (minutes, hours, days, working days)",
            )
        return cls(int(found[1]), cast("Unit", found[2]))

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @property
    def counts_days(self) -> bool:
        """Whether it counts working days; all others run on the clock."""
        return self.unit == "wd"

    @property
    def seconds(self) -> int:
        """Its length on the clock. Raises `BadPeriod` for working days, which have none."""
        if self.counts_days:
            raise BadPeriod(
                f"{self} 按工作日算,没有固定时长", f"{self} counts working days and has no length in seconds"
            )
        return self.count * _SECONDS[self.unit]

    @cached_property
    def length(self) -> timedelta:
        """Its length on the clock. Raises `BadPeriod` for working days, which have none."""
        return timedelta(seconds=self.seconds)

    @property
    def label(self) -> Bilingual:
        """In words: 2个工作日, 2 working days."""
        zh, en = _UNITS[self.unit]
        return Bilingual(f"{self.count}{zh}", f"{self.count} {en}{'' if self.count == 1 else 's'}")

    def longer_than(self, other: Period) -> bool:
        """Whether it is longer. Raises `BadPeriod` where one counts working days and the other runs on the clock."""
        if self.counts_days != other.counts_days:
            raise BadPeriod(
                f"{self} 与 {other} 无法比较:一个按工作日,一个按时钟",
                f"{self} and {other} cannot be compared: one counts working days, the other runs on the clock",
            )
        return self.count > other.count if self.counts_days else self.seconds > other.seconds


@frozen
class Due:
    """When something is due; `provisional` where days of a year that no notice covers were counted."""

    at: datetime
    provisional: bool = False


def due(start: datetime, period: Period, calendar: Calendar, hours: Hours) -> Due:
    """When a period that runs from `start` (aware, of any offset) ends, in the site's zone.

    Minutes and hours run on the clock from that moment, days to the same time of day. Working days leave out the day
    of the event, and end when desk hours end on the last (C-201, C-203). Raises `ValueError` for a naive start.
    """
    start = local(start)
    if not period.counts_days:
        return Due(start + period.length)
    last = calendar.after(start.date(), period.count)
    return Due(hours.closing(last), not calendar.known_from(start.date() + _DAY, last))


def counted(start: datetime, period: Period, calendar: Calendar) -> tuple[Day, ...]:
    """The days that were looked at, from the one after the event to the last, each with why it counted or did not.

    None for a period that runs on the clock. Raises `ValueError` for a naive start.
    """
    if not period.counts_days:
        return ()
    event = local(start).date()
    last = calendar.after(event, period.count)
    return tuple(calendar.day(event + n * _DAY) for n in range(1, (last - event).days + 1))
