"""The queue 待办: all open cases, ordered by their next due time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from operator import attrgetter

from attrs import frozen

from qiantai.case import Case
from qiantai.duties import Duty
from qiantai.words import AWAITING_CALL_BACK, NOTED, RECEIVED, Status


@frozen
class Line:
    """One open case with its next duty: the one due first of those still owed, or none."""

    case: Case
    duty: Duty | None

    def left(self, at: datetime) -> timedelta | None:
        """The time until the next due time, negative once it has passed; None with no duty open."""
        return None if self.duty is None else self.duty.due - at

    def status(self, at: datetime) -> Status | None:
        """How the next duty stands at that time."""
        return None if self.duty is None else self.duty.status(at)

    @property
    def order(self) -> tuple[bool, datetime, bool, str]:
        """By the next due time, an emergency first of equals; then, with no duty open, by how long it has stood."""
        calm = not self.case.holds("emergency")
        if self.duty is None:
            return True, self.case.since, calm, self.case.number
        return False, self.duty.due, calm, self.case.number


_order = attrgetter("order")


@frozen
class Tally:
    """How many open cases are overdue, due within the hour, still to be sent or assigned, and to be called back."""

    overdue: int
    within_the_hour: int
    unassigned: int
    call_backs: int


def queue_line(case: Case) -> Line:
    """The line of one open case."""
    first = None
    for each in case.duties:
        if each.owed and (first is None or each.due < first.due):
            first = each
    return Line(case, first)


def queue(cases: Iterable[Case]) -> tuple[Line, ...]:
    """The open ones of these cases in the order of the queue, which no tick of the clock changes."""
    return tuple(sorted([queue_line(case) for case in cases if case.open and case.matter], key=_order))


def tally(lines: Iterable[Line], at: datetime) -> Tally:
    """The figures over the queue at that time."""
    overdue = soon = unassigned = call_backs = 0
    within = at + timedelta(hours=1)
    for line in lines:
        if line.duty is not None:
            due = line.duty.due
            if due < at:
                overdue += 1
            elif due <= within:
                soon += 1
        state = line.case.state
        if state == AWAITING_CALL_BACK:
            call_backs += 1
        elif state in (NOTED, RECEIVED):
            unassigned += 1
    return Tally(overdue, soon, unassigned, call_backs)
