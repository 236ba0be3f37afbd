"""A moment as a clerk types it: `14:30`, `明天 9:00`, `11-24 18:30`, `2小时后`."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from qiantai.periods import ZONE
from qiantai.words import Bilingual

from ..widgets.entry import half_width

UNREADABLE = Bilingual(
    "读不懂这个时间;写法如 14:30、明天 9:00、11-24 18:30、2小时后",
    "This is no time; write 14:30, tomorrow 9:00, 11-24 18:30 or in 2 hours",
)

_DAYS = {
    "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0, "今晚": 0, "今早": 0,
    "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "后天": 2, "大后天": 3,
    "yesterday": -1, "today": 0, "tomorrow": 1,
}  # fmt: skip
_DAY = re.compile("|".join(sorted(_DAYS, key=len, reverse=True)), re.IGNORECASE)
_DATE = re.compile(r"(?:(?P<y>20\d\d)[-/.年])?(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})[日号]?")
_CLOCK = re.compile(
    r"(?P<part>凌晨|早上|上午|早|中午|下午|傍晚|晚上|晚|am|pm)?\s*(?P<h>\d{1,2})(?:[:：](?P<min>\d{2})|[点时](?:(?P<dm>\d{1,2})分?|(?P<half>半))?)",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"(?:in )?(?P<n>\d{1,3}|半)\s*个?\s*(?P<unit>分钟|分|小时|天|minutes?|min|hours?|h|days?|d)\s*"
    r"(?P<way>后|前|以后|以前|ago)?",
    re.IGNORECASE,
)
_NOW = ("现在", "刚才", "刚刚", "now", "just now")
_AFTERNOON = ("下午", "傍晚", "晚上", "晚", "pm")
_UNITS = {"分": 60, "m": 60, "小": 3600, "h": 3600, "天": 86400, "d": 86400}


def read_time(text: str, now: datetime, *, past: bool = False) -> datetime | None:
    """The moment that is meant, in the site's zone; None where it cannot be read.

    A time of day alone is its next one to come, or with `past` the last one that was.
    """
    plain = half_width(text).strip()
    now = now.astimezone(ZONE)
    if plain.lower() in _NOW:
        return now.replace(second=0, microsecond=0)
    if away := _AWAY.fullmatch(plain):
        return _away(away, now)
    day, rest = _day(plain, now, past)
    if day is _WRONG:
        return None
    clock = _CLOCK.fullmatch(rest.strip())
    if clock is None:
        return None
    hour, minute = (
        _hour(clock, evening="晚" in plain[:3]),
        int(clock["min"] or clock["dm"] or (30 if clock["half"] else 0)),
    )
    if hour > 23 or minute > 59:
        return None
    found = datetime(now.year, now.month, now.day, hour, minute, tzinfo=ZONE)
    if isinstance(day, date):
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)
    if past:
        return found if found <= now else found - timedelta(days=1)
    return found if found >= now else found + timedelta(days=1)


_WRONG = object()
_HALF_A_YEAR = 180


def _day(plain: str, now: datetime, past: bool) -> tuple[object, str]:
    """The day that a text begins with, None where it names none, and what is left of the text."""
    if named := _DAY.match(plain):
        return now.date() + timedelta(days=_DAYS[named[0].lower()]), plain[named.end() :]
    if dated := _DATE.match(plain):
        try:
            day = _dated(dated, now.date(), past)
        except ValueError:
            return _WRONG, ""
        return day, plain[dated.end() :].lstrip("T")
    return None, plain


def _dated(dated: re.Match[str], today: date, past: bool) -> date:
    """The date; without a year that of this year, or of the one beside it. Raises `ValueError` where there is none."""
    day = date(int(dated["y"] or today.year), int(dated["m"]), int(dated["d"]))
    if not dated["y"] and past and day > today:
        return day.replace(year=day.year - 1)
    if not dated["y"] and not past and (today - day).days > _HALF_A_YEAR:
        return day.replace(year=day.year + 1)
    return day


def _hour(clock: re.Match[str], *, evening: bool) -> int:
    hour = int(clock["h"])
    part = (clock["part"] or "").lower()
    return hour + 12 if hour < 12 and (part in _AFTERNOON or (evening and not part)) else hour


def _away(away: re.Match[str], now: datetime) -> datetime:
    count = 0.5 if away["n"] == "半" else int(away["n"])
    seconds = count * _UNITS[away["unit"][0].lower()]
    back = away["way"] in ("前", "以前", "ago")
    moment = now + timedelta(seconds=-seconds if back else seconds)
    return moment.replace(second=0, microsecond=0)


def shown_time(at: datetime, now: datetime) -> str:
    """A moment as it is shown: `11-24 18:30`, with the year where it is another."""
    local = at.astimezone(ZONE)
    return f"{local:%m-%d %H:%M}" if local.year == now.astimezone(ZONE).year else f"{local:%Y-%m-%d %H:%M}"
