"""A case: what its events make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

from attrs import field, fields, frozen

from qiantai.duties import Duty
from qiantai.events import (
    Began,
    Counted,
    Discharged,
    Dissatisfied,
    Entered,
    Event,
    Filed,
    Handled,
    Kept,
    Moved,
    Offered,
    Opened,
    Owned,
    StoodIn,
    Struck,
    Tried,
    Value,
    Voided,
    Worked,
)
from qiantai.words import AWAITING_CALL_BACK, CLOSED


@frozen
class Case:
    """One matter, from receipt to filing. `since` is when it entered its state; times carry their offset.

    `facts` are what is known of it by the vocabulary's field names, `households` those counted behind it,
    `handlers` roles, `workers` the people who have worked on it, `told` by whom it was reported up to.
    """

    number: str
    kind: str
    state: str
    received: datetime
    since: datetime
    first_contact: str
    owner: str
    stand_in: str = ""
    offered_to: str = ""
    handlers: tuple[str, ...] = ()
    workers: tuple[str, ...] = ()
    facts: Mapping[str, Value] = field(factory=dict[str, Value])
    duties: tuple[Duty, ...] = ()
    joint: int = 1
    households: tuple[str, ...] = ()
    tries: int = 0
    unsatisfied: int = 0
    filed: tuple[str, ...] = ()
    history: tuple[Event, ...] = ()

    @property
    def open(self) -> bool:
        """Whether anything may still come of it."""
        return self.state != CLOSED

    def text(self, name: str) -> str:
        """A fact that is a text, empty where it is not known."""
        value = self.facts.get(name, "")
        return value if isinstance(value, str) else ""

    def holds(self, name: str) -> bool:
        """Whether a fact that is a truth value holds."""
        return self.facts.get(name) is True

    def duty(self, name: str) -> Duty | None:
        """The latest duty of that name."""
        for each in reversed(self.duties):
            if each.name == name:
                return each
        return None

    def owes(self, name: str) -> bool:
        """Whether a duty of that name is open or overdue."""
        found = self.duty(name)
        return found is not None and found.owed

    def owing(self, duty: Duty) -> str:
        """Who owes a duty as the case stands: what a handler owes is the owner's while nobody handles it."""
        return "owner" if duty.owed_by == "handler" and not self.handlers else duty.owed_by

    @property
    def owed(self) -> tuple[Duty, ...]:
        """The duties that are open or overdue, the earliest due first."""
        return tuple(sorted((each for each in self.duties if each.owed), key=lambda each: each.due))

    @property
    def household(self) -> str:
        """The household's id, empty where none is known."""
        return self.text("household")

    @property
    def last_command(self) -> Event:
        """The last event that a command made, not a count made anew when the calendar came to be known."""
        return next(each for each in reversed(self.history) if each.name != "recount")

    @property
    def struck(self) -> frozenset[int]:
        """The places in the history that were taken back."""
        return _struck(self.history)


def fold(events: Iterable[Event]) -> Case:
    """The case that these events, all of one case and in their order, make."""
    history = tuple(events)
    struck = _struck(history)
    live = [event for event in history if event.seq not in struck and event.name != "undo"]
    assert live, "a case begins with its receipt, which is never struck"
    began, new = _began(live[0]), dict[str, Any](history=history)
    for event in live:
        _apply(event, began, new)
    return _case_with(began, new)


def evolve(case: Case | None, event: Event) -> Case:
    """The case after one more event; a struck event leaves everything as if it had never been."""
    if case is None:
        return fold((event,))
    history = (*case.history, event)
    if Struck in map(type, event.changes):
        return fold(history)
    new = dict[str, Any](history=history)
    _apply(event, case, new)
    return _case_with(case, new)


def _struck(history: Iterable[Event]) -> frozenset[int]:
    return frozenset(each.seq for event in history for each in event.changes if isinstance(each, Struck))


def _began(event: Event) -> Case:
    began = event.changes[0]
    assert isinstance(began, Began), "a case begins with its receipt"
    return Case(event.case, began.kind, began.state, event.at, event.at, event.by, began.owner)


def _apply(event: Event, case: Case, new: dict[str, Any]) -> None:
    """Makes an event's changes among the new values of a case's fields, on top of those that are there already."""
    for change in event.changes:
        match change:
            case Entered(state):
                new["state"], new["since"] = state, event.at
                if state == AWAITING_CALL_BACK:
                    new["tries"] = 0
            case Kept(values):
                new["facts"] = {**new.get("facts", case.facts), **values}
            case Discharged(name, by):
                _amend(case, new, name, discharged=event.at, by=by)
            case Opened(duty):
                new["duties"] = (*new.get("duties", case.duties), duty)
            case Worked(person):
                new["workers"] = tuple(dict.fromkeys((*new.get("workers", case.workers), person)))
            case Voided(name):
                _amend(case, new, name, void=True)
            case Moved(name, due, provisional):
                _amend(case, new, name, due=due, provisional=provisional)
            case Counted(joint, households):
                new["joint"], new["households"] = joint, households
            case Handled(roles):
                new["handlers"] = roles
            case Owned(owner):
                new["owner"] = owner
            case StoodIn(stand_in):
                new["stand_in"] = stand_in
            case Offered(to):
                new["offered_to"] = to
            case Tried():
                new["tries"] = new.get("tries", case.tries) + 1
            case Dissatisfied():
                new["unsatisfied"] = new.get("unsatisfied", case.unsatisfied) + 1
            case Filed(places):
                new["filed"] = places
            case Began() | Struck():
                """Read where the fold begins, and where it leaves out what was struck."""


def _amend(case: Case, new: dict[str, Any], name: str, **to: Any) -> None:
    duties: tuple[Duty, ...] = new.get("duties", case.duties)
    new["duties"] = tuple(_duty_with(each, to) if each.name == name and each.owed else each for each in duties)


T = TypeVar("T", Case, Duty)


def _with(kind: type[T]) -> Callable[[T, Mapping[str, Any]], T]:
    """What `attrs.evolve` does, for one class and at half the cost: every command makes a case several times."""
    names = tuple(each.name for each in fields(kind))
    values = attrgetter(*names)
    return lambda given, new: kind(*map(new.get, names, values(given)))


_case_with, _duty_with = _with(Case), _with(Duty)
