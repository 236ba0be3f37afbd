"""Which days count: the nation's working days with make-up Saturdays and Sundays, and a site's own corrections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache

from attrs import Factory, evolve, field, frozen

from qiantai.days import NO_NAME, BadCalendar, Day, Reason, Year
from qiantai.national_days import read_years, shipped
from qiantai.words import Bilingual

__all__ = ["BadCalendar", "Calendar", "Day", "Reason", "Year", "national", "read_years"]

_SATURDAY = 5


@frozen
class _Count:
    """A year's working days, and for each day of the year how many of them have passed at its end."""

    first: int
    days: tuple[date, ...]
    passed: tuple[int, ...]


def _by_year(given: Iterable[Year]) -> tuple[Year, ...]:
    return tuple(sorted(given, key=lambda each: each.year))


def _days(given: Iterable[date]) -> frozenset[date]:
    return frozenset(given)


def _known(calendar: Calendar) -> frozenset[int]:
    return frozenset(each.year for each in calendar.years)


def _marks(calendar: Calendar) -> dict[date, Day]:
    marks: dict[date, Day] = {}
    for year in calendar.years:
        marks |= year.marks()
    for days, working, reason in (
        (calendar.off, False, Reason.SITE_OFF),
        (calendar.work, True, Reason.SITE_WORK),
    ):
        marks |= {day: Day(day, working, reason, NO_NAME, not calendar.known(day.year)) for day in days}
    return marks


@frozen
class Calendar:
    """Every day there is, as working or not [C-203]: the years known from a notice, the others from weekends alone.

    `off` and `work` are the site's own corrections, which go before any notice and make no year known.
    Raises `BadCalendar` for a day that is corrected both ways, and for a year given twice.
    """

    years: tuple[Year, ...] = field(default=(), converter=_by_year)
    off: frozenset[date] = field(default=frozenset(), converter=_days)
    work: frozenset[date] = field(default=frozenset(), converter=_days)
    _known: frozenset[int] = field(init=False, eq=False, repr=False, default=Factory(_known, takes_self=True))
    _marks: Mapping[date, Day] = field(init=False, eq=False, repr=False, default=Factory(_marks, takes_self=True))
    # Filled as years are asked for: a count of working days is then two look-ups, however long.
    _counts: dict[int, _Count] = field(init=False, eq=False, repr=False, factory=dict[int, _Count])

    def __attrs_post_init__(self) -> None:
        if len(self._known) < len(self.years):
            twice = next(a.year for a, b in zip(self.years, self.years[1:], strict=False) if a.year == b.year)
            raise BadCalendar(Bilingual(f"{twice} 年写了两遍,留一个", f"the year {twice} is given twice; keep one"))
        if both := self.off & self.work:
            day = min(both)
            raise BadCalendar(Bilingual(f"{day} 又休息又上班,留一个", f"{day} is both off and worked; keep one"))

    def known(self, year: int) -> bool:
        """Whether a notice covers the year."""
        return year in self._known

    def known_from(self, first: date, last: date) -> bool:
        """Whether notices cover every year from one day to the other."""
        return all(year in self._known for year in range(first.year, last.year + 1))

    def working(self, day: date) -> bool:
        """Whether the day counts as a working day."""
        marked = self._marks.get(day)
        return day.weekday() < _SATURDAY if marked is None else marked.working

    def day(self, day: date) -> Day:
        """The day, with the reason why it counts or does not."""
        marked = self._marks.get(day)
        if marked is not None:
            return marked
        working = day.weekday() < _SATURDAY
        reason = Reason.WORKDAY if working else Reason.WEEKEND
        return Day(day, working, reason, NO_NAME, day.year not in self._known)

    def after(self, day: date, count: int) -> date:
        """The working day so many working days (1 or more) after that day, which itself does not count (C-201)."""
        year = day.year
        counted = self._counts.get(year) or self._count(year)
        nth = counted.passed[day.toordinal() - counted.first] + count
        while nth > len(counted.days):
            nth -= len(counted.days)
            year += 1
            counted = self._counts.get(year) or self._count(year)
        return counted.days[nth - 1]

    def with_years(self, years: Iterable[Year]) -> Calendar:
        """The same with these years; one that is there already is replaced, its notice having been superseded."""
        found = {each.year: each for each in years}
        return evolve(self, years=tuple(({each.year: each for each in self.years} | found).values())) if found else self

    def with_days(self, off: Iterable[date] = (), work: Iterable[date] = ()) -> Calendar:
        """The same with single days corrected; a later correction of a day goes before an earlier one."""
        rest, worked = frozenset(off), frozenset(work)
        return evolve(self, off=(self.off - worked) | rest, work=(self.work - rest) | worked) if rest | worked else self

    def _count(self, year: int) -> _Count:
        first, last = date(year, 1, 1), date(year, 12, 31)
        days: list[date] = []
        passed: list[int] = []
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            if self.working(day):
                days.append(day)
            passed.append(len(days))
        return self._counts.setdefault(year, _Count(first.toordinal(), tuple(days), tuple(passed)))


@cache
def national() -> Calendar:
    """The nation's calendar, for the years whose notices the package carries."""
    return Calendar(read_years(shipped()))
