"""What `start plus two working days` costs: the kernel's calendar beside two libraries doing the same day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib import import_module
from itertools import cycle
from timeit import repeat

from qiantai.calendar import national
from qiantai.periods import ZONE, Hours, Period, due

RUNS, ROUNDS = 20_000, 5
DAY = timedelta(days=1)
STARTS = [datetime(2026, 1, 1, 9, tzinfo=ZONE) + n * DAY for n in range(360)]


def by_the_kernel() -> Callable[[datetime], datetime]:
    """`due` with the shipped calendar."""
    calendar, hours, period = national(), Hours.parse(["08:30", "18:30"]), Period.parse("2wd")
    return lambda start: due(start, period, calendar, hours).at


def by_asking(working: Callable[[date], bool]) -> Callable[[datetime], datetime]:
    """A loop that asks a library about each day."""

    def ends(start: datetime) -> datetime:
        day, left = start.date(), 2
        while left:
            day += DAY
            left -= working(day)
        return datetime(day.year, day.month, day.day, 18, 30, tzinfo=ZONE)

    return ends


def nanoseconds(ends: Callable[[datetime], datetime]) -> float:
    """The best of a few rounds, over the starts of a whole year."""
    starts = cycle(STARTS)
    return min(repeat(lambda: ends(next(starts)), number=RUNS, repeat=ROUNDS)) / RUNS * 1e9


def main() -> None:
    """Prints a line each, after making sure that all three give the same."""
    china = import_module("holidays").country_holidays("CN", years=range(2025, 2028))
    ways = {
        "qiantai due": by_the_kernel(),
        "holidays": by_asking(china.is_working_day),
        "chinesecalendar": by_asking(import_module("chinese_calendar").is_workday),
    }
    for start in STARTS:
        given = {name: ends(start) for name, ends in ways.items()}
        if len(set(given.values())) > 1:
            raise SystemExit(f"{start:%Y-%m-%d}: {given}")
    for name, ends in ways.items():
        print(f"{name:16} {nanoseconds(ends):8.0f} ns per due time of 2wd")


if __name__ == "__main__":
    main()
