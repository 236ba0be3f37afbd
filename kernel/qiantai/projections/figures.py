"""The figures: of the cases received in a month, how the duties of each kind stand, and the share done in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import frozen

from qiantai.case import Case
from qiantai.periods import ZONE
from qiantai.words import Status

Row = tuple[str, str, str]
"""The month of receipt (`2026-11`), the kind and the duty of a row."""


@frozen
class Figure:
    """How the duties of one name stand in the cases of one kind that one month received, by their status."""

    month: str
    kind: str
    duty: str
    met: int = 0
    late: int = 0
    void: int = 0
    open: int = 0
    overdue: int = 0

    @property
    def in_time(self) -> float | None:
        """The share done in time of those that were due, from 0 to 1: an overdue one is not; None where none was."""
        due = self.met + self.late + self.overdue
        return self.met / due if due else None


_COUNTED = (Status.MET, Status.LATE, Status.VOID, Status.OPEN, Status.OVERDUE)
"""The statuses in the order of a row's counts."""


def figures(cases: Iterable[Case], at: datetime) -> Mapping[Row, Figure]:
    """The figures at that time by month, kind and duty, in that order; a month is the site's own [R-4b, M-4.2b]."""
    counted: Counter[tuple[Row, Status]] = Counter()
    for case in cases:
        month = f"{case.received.astimezone(ZONE):%Y-%m}"
        counted.update(((month, case.kind, duty.name), duty.status(at)) for duty in case.duties)
    rows = sorted({row for row, _ in counted})
    return {row: Figure(*row, *(counted[row, each] for each in _COUNTED)) for row in rows}
