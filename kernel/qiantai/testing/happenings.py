"""What happens to cases at the desk, as events, for tests of what keeps them."""

from __future__ import annotations

from datetime import datetime, timedelta

from qiantai.clauses import Clause
from qiantai.duties import Duty
from qiantai.events import (
    Began,
    Change,
    Counted,
    Discharged,
    Entered,
    Event,
    Filed,
    Kept,
    Opened,
    Struck,
    Value,
)
from qiantai.periods import ZONE

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
LIFT, TAP, LEAK = "BX-20261123-001", "BX-20261123-002", "BX-20261001-001"


def received(number: str, at: datetime = NINE, household: str = "3-2-501", **said: Value) -> Event:
    """A repair is taken in; it owes `finish` within a day."""
    finish = Duty("finish", Clause("M-3.3b"), at, at, "24h", at + timedelta(days=1), at + timedelta(days=1), "handler")
    facts: dict[str, Value] = {"household": household, **said}
    changes: tuple[Change, ...] = (Began("repair", "received", "li"), Kept(facts), Opened(finish))
    return Event(number, 0, at, "li", "receive", facts, (*changes, Counted(1, (household,))))


def noted(number: str, seq: int, text: str, at: datetime = NINE) -> Event:
    """Something is noted on it."""
    return Event(number, seq, at, "li", "note", {"text": text})


def joined(number: str, seq: int, *households: str, at: datetime = NINE) -> Event:
    """These households are behind it, as a merge makes it."""
    return Event(number, seq, at, "li", "merge", {}, (Counted(len(households), households),))


def closed(number: str, seq: int, at: datetime = NINE) -> Event:
    """The resident takes it back."""
    done = (Discharged("finish", "li"), Entered("closed"), Filed(("register", "dossier")))
    return Event(number, seq, at, "li", "withdraw", {"reason": "不修了"}, done)


def taken_back(number: str, seq: int, undone: int, at: datetime = NINE) -> Event:
    """The event of that place in its history is undone."""
    return Event(number, seq, at, "li", "undo", {}, (Struck(undone),))
