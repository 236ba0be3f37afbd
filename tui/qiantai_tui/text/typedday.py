"""A day as a clerk types it: `2026-12-01`, `12-1`, `12月1日`, `明天`."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from qiantai.periods import ZONE
from qiantai.words import Bilingual

from ..widgets.entry import half_width

NO_DAY = Bilingual(
    "读不懂这个日期;写法如 2026-12-01、12月1日、明天", "This is no day; write 2026-12-01, 12-1 or tomorrow"
)
_NAMED = {"今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "后天": 2, "昨天": -1, "yesterday": -1, "前天": -2}
_DATE = re.compile(r"(?:(?P<y>\d{4})[-/.年])?(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})[日号]?")


def read_day(text: str, now: datetime, *, past: bool = False) -> date | None:
    """The day that is meant, one without its year being the next to come; None where it cannot be read.

    With `past` it is the last that there was.

    >>> read_day("12月1日", datetime(2026, 12, 2, 9, tzinfo=ZONE))
    datetime.date(2027, 12, 1)
    >>> read_day("12月3日", datetime(2026, 12, 2, 9, tzinfo=ZONE), past=True)
    datetime.date(2025, 12, 3)
    """
    plain, today = half_width(text).strip().lower(), now.astimezone(ZONE).date()
    if plain in _NAMED:
        return today + timedelta(days=_NAMED[plain])
    found = _DATE.fullmatch(plain)
    if found is None:
        return None
    years = (int(found["y"]),) if found["y"] else (today.year, today.year + (-1 if past else 1))
    days = [day for year in years if (day := _day(year, int(found["m"]), int(found["d"])))]
    return next((each for each in days if found["y"] or each == today or (each < today) == past), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
