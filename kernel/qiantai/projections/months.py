"""Months of the site's calendar, written `2026-11`: their days, their weeks, and the months beside them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from qiantai.periods import local

_SUNDAY = 6


def month_of(at: datetime) -> str:
    """The month that a moment lies in.

    >>> month_of(datetime.fromisoformat("2026-10-31T23:30:00+00:00"))
    '2026-11'
    """
    return f"{local(at):%Y-%m}"


def parsed(month: str) -> tuple[int, int]:
    """Year and number of a month. Raises `ValueError` for what is not written as `2026-11`.

    >>> parsed("2026-11")
    (2026, 11)
    """
    first = date.fromisoformat(f"{month}-01")
    if len(month) != len("2026-11"):
        raise ValueError(f"no month: {month!r}")
    return first.year, first.month


def days_of(month: str) -> tuple[date, date]:
    """Its first day and its last.

    >>> [each.isoformat() for each in days_of("2028-02")]
    ['2028-02-01', '2028-02-29']
    """
    first, after = (date(*parsed(each), 1) for each in (month, later(month, 1)))
    return first, after - timedelta(days=1)


def later(month: str, by: int) -> str:
    """The month so many later, or earlier where `by` is negative.

    >>> later("2026-11", 2), later("2026-01", -13)
    ('2027-01', '2024-12')
    """
    year, number = parsed(month)
    years, place = divmod(year * 12 + number - 1 + by, 12)
    return f"{years:04}-{place + 1:02}"


def up_to(month: str, count: int) -> tuple[str, ...]:
    """So many months, this one the last.

    >>> up_to("2026-02", 3)
    ('2025-12', '2026-01', '2026-02')
    """
    return tuple(later(month, place - count + 1) for place in range(count))


def weeks(month: str) -> tuple[tuple[int, int], ...]:
    """Its weeks from Monday to Sunday, each by its first and last day of the month; the outer ones may be short.

    >>> weeks("2026-11")
    ((1, 1), (2, 8), (9, 15), (16, 22), (23, 29), (30, 30))
    """
    first, last = days_of(month)
    found: list[tuple[int, int]] = []
    while first <= last:
        end = min(first + timedelta(days=_SUNDAY - first.weekday()), last)
        found.append((first.day, end.day))
        first = end + timedelta(days=1)
    return tuple(found)
