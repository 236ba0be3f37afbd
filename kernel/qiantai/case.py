"""A case: what its events make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from attrs import field, frozen

from qiantai.duties import Duty
from qiantai.events import (
    Began,
    Change,
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
from qiantai.values import revised
from qiantai.words import AWAITING_CALL_BACK, CLOSED, INCIDENT


@frozen(slots=False)
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

    @property
    def matter(self) -> bool:
        """Whether it is a matter of its own: an incident gathers such, and no queue, register or dossier has it."""
        return self.kind != INCIDENT

    @property
    def grave(self) -> bool:
        """Whether it is a major or a group complaint, or was one for a time [M-4.3c]."""
        reported = any(each.name == "report_up" for each in self.duties)
        return self.kind == "complaint" and (self.holds("major") or reported)

    @property
    def incident(self) -> str:
        """The number of the incident that it is linked to, empty where it is linked to none."""
        return self.text("incident")

    @property
    def linked(self) -> tuple[str, ...]:
        """The numbers of the cases that are linked to this incident, in the order in which they were."""
        value = self.facts.get("cases", ())
        return value if isinstance(value, tuple) else ()

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
        return self.owed_duty(name) is not None

    def owed_duty(self, name: str) -> Duty | None:
        """The latest duty of that name, where it is open or overdue."""
        found = self.duty(name)
        return found if found is not None and found.owed else None

    def owing(self, duty: Duty) -> str:
        """Who owes a duty as the case stands: what a handler owes is the owner's while nobody handles it."""
        return "owner" if duty.owed_by == "handler" and not self.handlers else duty.owed_by

    @property
    def owed(self) -> tuple[Duty, ...]:
        """The duties that are open or overdue, the earliest due first."""
        return tuple(sorted([each for each in self.duties if each.owed], key=_due))

    @property
    def promised_by(self) -> datetime | None:
        """By when something was promised of it: where a promise, a wait or an extension has moved a due time."""
        return min((each.due for each in self.duties if each.owed and each.due != each.limit), default=None)

    @property
    def household(self) -> str:
        """The household's id, empty where none is known."""
        return self.text("household")

    @property
    def last_command(self) -> Event:
        """The last event that a command made, not a count made anew when the calendar came to be known."""
        return next(each for each in reversed(self.history) if each.name != "recount")

    @property
    def escalation(self) -> Event | None:
        """The latest escalation that was not taken back: by whom, when, and why [P-3]; None where there is none."""
        named = [each for each in self.history if each.name == "escalate"]
        return next((each for each in reversed(named) if each.seq not in self.struck), None)

    @property
    def struck(self) -> frozenset[int]:
        """The places in the history that were taken back."""
        return _struck(self.history)

    @property
    def live(self) -> tuple[Event, ...]:
        """The history without what was taken back and without the taking back."""
        return _live(self.history)


_due = attrgetter("due")


def touched(case: Case, find: Callable[[str], Case | None]) -> tuple[str, ...]:
    """The numbers of the other cases that the case's last command touched: those it names, and those they name."""
    last = case.last_command
    found = dict.fromkeys(last.names)
    for other in map(find, last.names):
        if other is not None and other.last_command.same_act(last):
            found |= dict.fromkeys(other.last_command.names)
    found.pop(case.number, None)
    return tuple(found)


def fold(events: Iterable[Event]) -> Case:
    """The case that these events, all of one case and in their order, make."""
    history = tuple(events)
    live = _live(history)
    assert live, "a case begins with its receipt, which is never struck"
    case = revised(_began(live[0]), history=history)
    for event in live:
        _apply(event.changes, event.at, vars(case))
    return case


def evolve(case: Case | None, event: Event) -> Case:
    """The case after one more event; a struck event leaves everything as if it had never been."""
    if case is None:
        return fold((event,))
    history = (*case.history, event)
    for change in event.changes:
        if isinstance(change, Struck):
            return fold(history)
    after = revised(case, history=history)
    _apply(event.changes, event.at, vars(after))
    return after


def changed(case: Case, changes: Iterable[Change], at: datetime) -> Case:
    """The case as these changes make it, before they are part of its history."""
    after = revised(case)
    _apply(changes, at, vars(after))
    return after


def _struck(history: Iterable[Event]) -> frozenset[int]:
    return frozenset(each.seq for event in history for each in event.changes if isinstance(each, Struck))


def _live(history: tuple[Event, ...]) -> tuple[Event, ...]:
    struck = _struck(history)
    return tuple([event for event in history if event.seq not in struck and event.name != "undo"])


def _began(event: Event) -> Case:
    began = event.changes[0]
    assert isinstance(began, Began), "a case begins with its receipt"
    return Case(event.case, began.kind, began.state, event.at, event.at, event.by, began.owner)


def _apply(changes: Iterable[Change], at: datetime, draft: dict[str, Any]) -> None:
    """Makes the changes among the values of a case that nobody has seen yet."""
    for change in changes:
        match change:
            case Entered():
                draft["state"], draft["since"] = change.state, at
                if change.state == AWAITING_CALL_BACK:
                    draft["tries"] = 0
            case Kept():
                draft["facts"] = {**draft["facts"], **change.values}
            case Discharged():
                _amend(draft, change.name, discharged=at, by=change.by)
            case Opened():
                draft["duties"] = (*draft["duties"], change.duty)
            case Worked():
                if change.person not in draft["workers"]:
                    draft["workers"] = (*draft["workers"], change.person)
            case Voided():
                _amend(draft, change.name, void=True)
            case Filed():
                draft["filed"] = change.places
            case Moved():
                _amend(draft, change.name, due=change.due, provisional=change.provisional)
            case Counted():
                draft["joint"], draft["households"] = change.joint, change.households
            case Handled():
                draft["handlers"] = change.roles
            case Owned():
                draft["owner"] = change.owner
            case StoodIn():
                draft["stand_in"] = change.stand_in
            case Offered():
                draft["offered_to"] = change.to
            case Tried():
                draft["tries"] += 1
            case Dissatisfied():
                draft["unsatisfied"] += 1
            case Began() | Struck():
                """Read where the fold begins, and where it leaves out what was struck."""


def _amend(draft: dict[str, Any], name: str, **to: Any) -> None:
    duties: tuple[Duty, ...] = draft["duties"]
    draft["duties"] = tuple([revised(each, **to) if each.name == name and each.owed else each for each in duties])
