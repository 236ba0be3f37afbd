"""What the calendar libraries know of a year: its days off and make-up days, only where they carry the notice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from importlib import import_module
from types import ModuleType
from typing import Any

from qiantai.calendar import Year
from qiantai_cn_calendar.written import may_know

# As the notices write them; chinesecalendar cuts some of them short.
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}
ENGLISH = {zh: en.replace("sweeping", "Sweeping").replace("autumn", "Autumn") for en, zh in NAMES.items()}
FIRST = 2001


def years_beyond(known: Collection[int], upto: int) -> tuple[Year, ...]:
    """The years after the last of the known ones, up to and with `upto`, that an installed library has a notice for.

    chinesecalendar speaks first, then holidays. A year on which the two contradict each other is left out, and so
    stays provisional; so does every year when neither is installed.
    """
    years = range(max(known, default=FIRST - 1) + 1, upto + 1)
    asked = {reader: may_know(*file, years) for reader, file in READERS.items()}
    found = (_agreed([reader(year) for reader, theirs in asked.items() if year in theirs]) for year in years)
    return tuple(each for each in found if each is not None)


def from_chinesecalendar(year: int) -> Year | None:
    """The year as chinesecalendar has it; None where it has no data for it, or is not installed."""
    library = _library("chinese_calendar")
    if library is None or date(year, 10, 1) not in library.holidays:
        return None
    first, last = _span(year)

    def days(marked: dict[date, str]) -> dict[date, str]:
        return {day: NAMES.get(name, name) for day, name in sorted(marked.items()) if first <= day <= last}

    return Year(year, days(library.holidays), days(library.workdays), _title(year, "chinesecalendar", library), ENGLISH)


def from_holidays(year: int) -> Year | None:
    """The year as holidays has it; None where its table of notices lacks the year, or it is not installed.

    For other years that library computes dates that no notice has confirmed; they are not taken.
    """
    library, china = _library("holidays"), _library("holidays.countries.china")
    if library is None or china is None or year not in china.ChinaStaticHolidays.special_public_holidays:
        return None
    named: Any = library.country_holidays("CN", years=(year - 1, year), language="zh_CN")
    first, last = _span(year)
    everyday = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    off = [day for day in everyday if day in named]
    work = [day for day in everyday if day.weekday() > 4 and named.is_working_day(day)]
    festivals = {day: name for day in off for name in NAMES.values() if name in named[day]}

    # A swapped day off carries no festival's name there, but the date of the day worked for it.
    def called(day: date) -> str:
        swapped = next((each for each in off if str(day) in named[each]), day)
        return festivals[min(festivals, key=lambda each: (abs(each - swapped), each))]

    return Year(
        year,
        {day: called(day) for day in off},
        {day: called(day) for day in work},
        _title(year, "holidays", library),
        ENGLISH,
    )


READERS: Mapping[Callable[[int], Year | None], tuple[str, str]] = {
    from_chinesecalendar: ("chinese_calendar", "constants.py"),
    from_holidays: ("holidays", "countries/china.py"),
}
"""What asks a library, with the library and its file that has the years."""


def _agreed(said: list[Year | None]) -> Year | None:
    found = [each for each in said if each is not None]
    return found[0] if found and all(_workdays(each) == _workdays(found[0]) for each in found) else None


def _workdays(year: Year) -> frozenset[date]:
    """What the year changes in a plain week; a holiday on a Saturday or Sunday changes nothing."""
    return frozenset(day for day in year.off if day.weekday() < 5) | frozenset(year.work)


def _span(year: int) -> tuple[date, date]:
    """The days that a year's notice may name: New Year's reaches into the December before, nothing else into one."""
    return date(year - 1, 12, 1), date(year, 11, 30)


def _library(name: str) -> ModuleType | None:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        return None


def _title(year: int, name: str, library: ModuleType) -> str:
    return f"国务院办公厅关于{year}年部分节假日安排的通知({name} {getattr(library, '__version__', '?')})"
