"""Calendar years newer than the shipped ones, from an installed library that knows the notice."""

from __future__ import annotations

from qiantai.calendar import Year
from qiantai.hookspecs import hookimpl
from qiantai_cn_calendar.years import years_beyond

__all__ = ["qiantai_calendar_years", "years_beyond"]

AHEAD = 10


@hookimpl
def qiantai_calendar_years(known: frozenset[int]) -> tuple[Year, ...]:
    """The years after the known ones that the installed libraries have a notice for."""
    return years_beyond(known, max(known, default=2000) + AHEAD)
