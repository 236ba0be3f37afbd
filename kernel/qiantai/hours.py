"""The desk's hours, every day of the week alike, in the zone of the site."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attrs import frozen

from qiantai.plainly import shown
from qiantai.words import Bilingual

ZONE: ZoneInfo = ZoneInfo("Asia/Shanghai")
"""The zone of every site: desk hours, calendar days and due times are of this zone [C-201]."""

_DAY = timedelta(days=1)
_MIDNIGHT = time(0)


def local(at: datetime) -> datetime:
    """The moment in the zone of the site. Raises `ValueError` for a naive one: it could mean any moment."""
    if at.tzinfo is ZONE:
        return at
    if at.utcoffset() is None:
        raise ValueError(f"{at.isoformat()} has no offset; give one, as {at.isoformat()}+08:00")
    return at.astimezone(ZONE)


class BadHours(ValueError):
    """Desk hours that cannot be read; `why` says in both languages what was wrong, and what would do."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.why: Bilingual = Bilingual(zh, en)


@frozen
class Hours:
    """When the desk opens and closes, every day [M-3.1a]; closing at 00:00 is the end of the day, 24:00.

    Raises `BadHours` for a desk that closes before it opens.
    """

    opens: time
    closes: time

    def __attrs_post_init__(self) -> None:
        if self.opens >= self.closes != _MIDNIGHT:
            raise BadHours(
                f"{self}:关门要晚于开门,在同一天", f"{self}: the desk must close later than it opens, that day"
            )

    @classmethod
    def parse(cls, given: object) -> Hours:
        """The hours that `["08:30", "18:30"]` stands for. Raises `BadHours` for anything else."""
        match given:
            case [str() as opens, str() as closes]:
                return cls(_clock(opens), _MIDNIGHT if closes == "24:00" else _clock(closes))
            case _:
                raise BadHours(
                    f'读不懂前台时间 {shown(given)};写法如 ["08:30", "18:30"]',
                    f'cannot read the desk hours {shown(given)}; write them as ["08:30", "18:30"]',
                )

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{'24:00' if self.closes == _MIDNIGHT else format(self.closes, '%H:%M')}"

    @property
    def length(self) -> timedelta:
        """From opening to closing."""
        return self.closing(date.min) - datetime.combine(date.min, self.opens, ZONE)

    def contains(self, at: datetime) -> bool:
        """Whether the desk is open at that moment: the start included, the end not. Raises `ValueError` if naive."""
        clock = local(at).time()
        return self.opens <= clock and (clock < self.closes or self.closes == _MIDNIGHT)

    def next_opening(self, at: datetime) -> datetime:
        """The first moment after `at` at which desk hours start: later that day, or the next day."""
        at = local(at)
        today = datetime.combine(at.date(), self.opens, ZONE)
        return today if at < today else today + _DAY

    def closing(self, day: date) -> datetime:
        """The moment at which desk hours end on that day (C-203)."""
        return datetime.combine(day + _DAY if self.closes == _MIDNIGHT else day, self.closes, ZONE)


def _clock(given: str) -> time:
    found = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", given)
    if found is None:
        raise BadHours(
            f"读不懂钟点 {shown(given)};写法如 08:30", f"cannot read the time of day {shown(given)}; write it as 08:30"
        )
    return time(int(found[1]), int(found[2]))
