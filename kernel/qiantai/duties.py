"""A duty: something somebody must do by a time because a clause says so."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from qiantai.clauses import Clause
from qiantai.words import Status


@frozen(slots=False)
class Duty:
    """One duty of a case: what somebody must do, by which clause, by when.

    `since` is the moment its `period` (`24h`, `2wd`) runs from and `limit` what the policy made of it; `due` is where
    a promise, a wait or an extension has moved it. `owed_by` is `owner`, `handler`, `first_contact` or `desk`.
    `discharged` with no `by` is the end of a miss that nobody made good.
    """

    name: str
    clause: Clause
    opened: datetime
    since: datetime
    period: str
    limit: datetime
    due: datetime
    owed_by: str
    provisional: bool = False
    discharged: datetime | None = None
    by: str = ""
    void: bool = False

    def status(self, at: datetime) -> Status:
        """How it stands at that time; the due time itself is still in time."""
        if self.void:
            return Status.VOID
        if self.discharged is None:
            return Status.OVERDUE if at > self.due else Status.OPEN
        if not self.by:
            return Status.LATE
        return Status.LATE if self.discharged > self.due else Status.MET

    @property
    def owed(self) -> bool:
        """Whether it is still to be done, in time or not."""
        return self.discharged is None and not self.void
