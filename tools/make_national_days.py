"""Writes the calendar's data file from the libraries that know the State Council's notices, where they agree."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from qiantai.calendar import Year
from qiantai_cn_calendar.years import ENGLISH, years_beyond

PATH = Path(__file__).parents[1] / "kernel" / "qiantai" / "national_days.toml"

# The numbers stand in the notices themselves; the libraries do not carry them.
NOTICES = {
    2020: "国办发明电〔2019〕16号、国办发明电〔2020〕1号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}


def text() -> str:
    """The data file's text. Exits, naming the year, where a library is missing or the two disagree."""
    years = {each.year: each for each in years_beyond({min(NOTICES) - 1}, max(NOTICES))}
    lacking = ", ".join(str(year) for year in NOTICES if year not in years)
    if lacking:
        sys.exit(f"{lacking}: chinesecalendar and holidays are both missing, too old, or contradict each other")
    return "\n".join(_lines(years[year] for year in sorted(NOTICES))) + "\n"


def _lines(years: Iterable[Year]) -> Iterator[str]:
    yield "# Days off and make-up working days of the mainland, by the notices of the State Council's General Office."
    yield "# Written by `make national-days`; change it there. A site's own calendar has the same form."
    yield ""
    yield "[names]"
    yield from (f'"{zh}" = "{en}"' for zh, en in ENGLISH.items())
    for year in years:
        yield ""
        yield "[[year]]"
        yield f"year = {year.year}"
        yield f'notice = "{NOTICES[year.year]}"'
        yield from _table("off", year.off)
        yield from _table("work", year.work)


def _table(key: str, days: Mapping[date, str]) -> Iterator[str]:
    for name in dict.fromkeys(days.values()):
        dates = ", ".join(day.isoformat() for day in sorted(days) if days[day] == name)
        yield f'{key}."{name}" = [{dates}]'


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8", newline="\n")
