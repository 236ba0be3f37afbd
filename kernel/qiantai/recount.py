"""Counting anew, on record, what was provisional because no notice covered the year."""

from __future__ import annotations

from datetime import datetime

from qiantai.case import Case
from qiantai.duties import Duty
from qiantai.events import Event, Moved
from qiantai.handbook import Handbook
from qiantai.periods import Period, due


def recount(case: Case, at: datetime, handbook: Handbook) -> Event | None:
    """The event that puts the provisional due times of a case right, where the calendar now knows its days.

    An extension is counted anew too; what a promise or a wait has moved is a plain time and stays. None where there is
    nothing to move [C-203].
    """
    policy = handbook.policy(case.received)
    moved: list[Moved] = []
    for duty in case.owed:
        if not duty.provisional:
            continue
        found = due(duty.since, _period(case, duty), handbook.calendar, policy.hours)
        if not found.provisional:
            moved.append(Moved(duty.name, found.at))
    if not moved:
        return None
    at = max(at, case.history[-1].at)
    return Event(case.number, len(case.history), at, "", "recount", {}, tuple(moved))


def _period(case: Case, duty: Duty) -> Period:
    """How long the duty runs: as it was opened, or as it was last extended."""
    extended = [
        event.fields["until"]
        for event in case.history
        if event.seq not in case.struck
        and "until" in event.fields
        and Moved(duty.name, duty.due, True) in event.changes
    ]
    return Period.parse(extended[-1] if extended else duty.period)
