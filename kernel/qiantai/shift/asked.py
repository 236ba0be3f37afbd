"""What is asked of the book of shifts, and which of the cases stand in its way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from attrs import frozen

from qiantai.case import Case
from qiantai.commands import Command
from qiantai.handbook import Handbook
from qiantai.privacy import mask_words
from qiantai.shift.book import HandOver, ShiftBook
from qiantai.shift.summary import Summary, theirs


@frozen
class Asked:
    """A command on the book of shifts, with what the rules look at: the open cases, and the shift's summary."""

    book: ShiftBook
    command: Command
    at: datetime
    handbook: Handbook
    cases: Collection[Case] = ()
    summary: Summary | None = None

    @property
    def by(self) -> str:
        """The id of who gives the command."""
        return self.command.by

    @property
    def hand_over(self) -> HandOver | None:
        """The hand-over that it is about; None where there is none of that number."""
        return self.book.hand_over(self.command.fields.get("hand_over"))

    @property
    def there(self) -> HandOver:
        """The same, once it is sure that there is one."""
        assert self.hand_over is not None
        return self.hand_over

    def text(self, name: str) -> str:
        """A field that is a text, empty where it was left out; telephone numbers in it are masked [M-3.4c]."""
        return mask_words(str(self.command.fields.get(name, "")).strip())

    def name_of(self, person: str) -> str:
        """How somebody of the staff is called."""
        found = self.handbook.people.get(person)
        return found.name if found else person

    @property
    def names(self) -> Mapping[str, str]:
        """What stands in the sentences of a refusal as `{giver}` and `{receiver}`."""
        here = self.hand_over
        who = (here.giver, here.receiver) if here else (self.by, self.text("to"))
        return dict(zip(("giver", "receiver"), map(self.name_of, who), strict=True))


def left_open(asked: Asked) -> tuple[str, ...]:
    """The open cases that who gives the command follows up."""
    return tuple(case.number for case in theirs(asked.cases, asked.by))


def unanswered(asked: Asked) -> tuple[str, ...]:
    """What the giver has offered to the receiver by their signature, and has neither been accepted nor declined."""
    here = asked.hand_over
    if here is None:
        return ()
    offered = (case for case in theirs(asked.cases, here.giver) if case.offered_to == here.receiver)
    return tuple(case.number for case in offered if case.number in here.signed)


def added_since(asked: Asked) -> tuple[str, ...]:
    """What the giver has come to answer for since they signed."""
    here = asked.hand_over
    signed = here.summary.open if here and here.summary else ()
    return tuple(case.number for case in theirs(asked.cases, here.giver if here else "") if case.number not in signed)


def unread(asked: Asked) -> tuple[str, ...]:
    """What the giver has come to answer for since they were shown what they sign; nothing where that is not told."""
    here, shown = asked.hand_over, asked.command.fields.get("shown")
    if here is None or shown is None:
        return ()
    return tuple(case.number for case in theirs(asked.cases, here.giver) if case.number not in shown)
