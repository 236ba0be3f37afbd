"""The calendar's data: the notices that the package carries, and the reader of that form for these and a site's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pkgutil import get_data
from typing import cast

from qiantai.days import BadCalendar, Year
from qiantai.plainly import short, shown
from qiantai.words import Bilingual

TOP = ("names", "year")
KEYS = ("year", "notice", "off", "work")


@cache
def shipped() -> Mapping[str, object]:
    """What `national_days.toml` says, as parsed."""
    import tomllib  # milliseconds that `import qiantai` need not pay

    return tomllib.loads((get_data("qiantai", "national_days.toml") or b"").decode())


def read_years(data: Mapping[str, object]) -> tuple[Year, ...]:
    """The years of parsed TOML in the form of `national_days.toml`, in its order; none for no data.

        [names]                       # optional: English names of holidays, over the shipped ones
        "元旦" = "New Year's Day"
        [[year]]
        year = 2027
        notice = "…"                  # the number or the title of the State Council's notice
        off."元旦" = [2027-01-01]     # weekends within the holiday too
        work."元旦" = [2027-01-03]    # Saturdays and Sundays that are worked

    Raises `BadCalendar`, naming the table by its number and the key, what was wrong, and what would do.
    """
    _only("", data, TOP)
    names = _names(_table("names", shipped().get("names", {}))) | _names(_table("names", data.get("names", {})))
    tables = data.get("year", [])
    if not isinstance(tables, list):
        raise _bad("year", "要写成 [[year]],一年一个", "must be [[year]], one for each year")
    years: dict[int, Year] = {}
    for number, given in enumerate(cast("list[object]", tables), 1):
        where = f"[[year]] {number}"
        year = _year(where, _table(where, given), names)
        if year.year in years:
            raise _bad(f"{where}: year", f"{year.year} 写了两遍,留一个", f"{year.year} is given twice; keep one")
        years[year.year] = year
    return tuple(years.values())


def _year(where: str, table: Mapping[str, object], names: Mapping[str, str]) -> Year:
    _only(where, table, KEYS)
    year, notice = table.get("year"), table.get("notice")
    if isinstance(year, bool) or not isinstance(year, int):
        raise _bad(f"{where}: year", f"要年份如 2027,不是 {_shown(year)}", f"a year as 2027, not {_shown(year)}")
    if not isinstance(notice, str):
        raise _bad(
            f"{where}: notice",
            f"要通知的文号或标题,不是 {_shown(notice)}",
            f"the number or the title of the notice, not {_shown(notice)}",
        )
    off, work = (_dates(f"{where}: {key}", table.get(key, {})) for key in ("off", "work"))
    try:
        return Year(year, off, work, notice, names)
    except BadCalendar as error:
        raise _bad(where, error.why.zh, error.why.en) from error


def _dates(where: str, given: object) -> dict[date, str]:
    dates: dict[date, str] = {}
    for name, days in _table(where, given).items():
        if not isinstance(days, list):
            raise _bad(f"{where}.{name}", "要日期的列表,如 [2027-01-01]", "a list of dates, as [2027-01-01]")
        for day in cast("list[object]", days):
            if isinstance(day, datetime) or not isinstance(day, date):
                raise _bad(
                    f"{where}.{name}",
                    f"要不带引号的日期如 2027-01-01,不是 {_shown(day)}",
                    f"dates without quotes, as 2027-01-01, not {_shown(day)}",
                )
            if day in dates:
                raise _bad(f"{where}.{name}", f"{day} 写了两遍,留一个", f"{day} is given twice; keep one")
            dates[day] = name
    return dates


def _names(table: Mapping[str, object]) -> dict[str, str]:
    for name, english in table.items():
        if not isinstance(english, str):
            raise _bad(f"[names]: {name}", "要一个英文名", f"an English name, not {_shown(english)}")
    return cast("dict[str, str]", dict(table))


def _table(where: str, given: object) -> Mapping[str, object]:
    if not isinstance(given, dict):
        raise _bad(where, f"要一个表,不是 {_shown(given)}", f"a table, not {_shown(given)}")
    return cast("dict[str, object]", given)


def _only(where: str, table: Mapping[str, object], keys: tuple[str, ...]) -> None:
    for key in table:
        if key not in keys:
            at = f"{where}: {key}" if where else key
            raise _bad(at, f"没有这一项;有:{'、'.join(keys)}", f"no such key; there are: {', '.join(keys)}")


def _shown(given: object) -> str:
    return "nothing" if given is None else shown(given)


def _bad(where: str, zh: str, en: str) -> BadCalendar:
    return BadCalendar(Bilingual(f"{short(where)}:{zh}", f"{short(where)}: {en}"))
