"""Counting anew, on record, what was provisional because no notice covered the year."""

from __future__ import annotations

from datetime import datetime

from qiantai.case import Case
from qiantai.events import Event, Moved
from qiantai.handbook import Handbook
from qiantai.periods import Period, due


def recount(case: Case, at: datetime, handbook: Handbook) -> Event | None:
    """The event that puts the provisional due times of a case right, where the calendar now knows its days.

    Only a due time that is still where its period put it is counted anew; one that a promise, a wait or an extension
    has moved stays. None where there is nothing to move [C-203].
    """
    policy = handbook.policy(case.received)
    moved: list[Moved] = []
    for duty in case.owed:
        if not duty.provisional:
            continue
        found = due(duty.since, Period.parse(duty.period), handbook.calendar, policy.hours)
        if not found.provisional:
            moved.append(Moved(duty.name, found.at))
    if not moved:
        return None
    at = max(at, case.history[-1].at)
    return Event(case.number, len(case.history), at, "", "recount", {}, tuple(moved))
