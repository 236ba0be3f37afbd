"""What a shift leaves to the next: a projection of the cases between two times, by their numbers alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from attrs import field, frozen

from qiantai.case import Case
from qiantai.events import Value
from qiantai.periods import local
from qiantai.scripts import Script
from qiantai.words import AWAITING_CALL_BACK, CLOSED, NOTED, RECEIVED, Status

OLD = timedelta(days=14)
"""A case received earlier than so long before a shift is an old one of it: the shift's beginning has its number."""

_THE_DESKS_TURN = frozenset({NOTED, RECEIVED, "resolved", AWAITING_CALL_BACK, CLOSED})
"""The states in which nobody but the desk brings a case on; of a complaint that is resolved it owes the reply."""


@frozen
class Summary:
    """What one shift leaves, by the numbers of its cases; no word of a resident is in it.

    `since` and `until` are its period. `taken_in` and `closed` in it, by the giver or theirs; `open` is what they
    follow up now: of it some is `overdue`, `promised` by a time, `waiting` on roles or people, `offered` to somebody.
    `asked` was offered to the giver and has no answer; `call_backs` and `incidents` are owed by the desk as a body.
    `scripts` are the agreed answers that came into force, or ran out, or will by the day after.
    """

    giver: str
    since: datetime
    until: datetime
    taken_in: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()
    promised: Mapping[str, datetime] = field(factory=dict[str, datetime])
    waiting: Mapping[str, tuple[str, ...]] = field(factory=dict[str, tuple[str, ...]])
    offered: Mapping[str, str] = field(factory=dict[str, str])
    asked: tuple[str, ...] = ()
    call_backs: tuple[str, ...] = ()
    incidents: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every case and incident that it names, each once."""
        parts = (self.open, self.asked, self.call_backs, self.incidents, self.taken_in, self.closed)
        return tuple(dict.fromkeys(number for part in parts for number in part))


def follower(case: Case) -> str:
    """Who follows a case up now: a complaint's stand-in where it has one, else the owner [M-3.1c, M-4.3a]."""
    return case.stand_in or case.owner


def theirs(cases: Iterable[Case], person: str) -> tuple[Case, ...]:
    """The open cases that this person follows up, the longest open first."""
    found = (case for case in cases if case.open and case.matter and follower(case) == person)
    return tuple(sorted(found, key=lambda case: (case.received, case.number)))


def old_ones(cases: Iterable[Case], since: datetime) -> tuple[str, ...]:
    """Of these open cases the numbers of those that a search by receipt would not find any more as they close."""
    return tuple(sorted(case.number for case in cases if case.open and case.received < since - OLD))


def summed_up(
    cases: Iterable[Case], giver: str, since: datetime, until: datetime, scripts: Iterable[Script] = ()
) -> Summary:
    """The summary of this person's shift [Q-S2b].

    `cases` are all that are open, and all that were open at any time of the shift.
    """
    every = sorted({case.number: case for case in cases}.values(), key=lambda case: (case.received, case.number))
    matters, open_ = [case for case in every if case.matter], theirs(every, giver)
    return Summary(
        giver,
        since,
        until,
        taken_in=_numbers(case for case in matters if since <= case.received <= until and _took_in(case, giver)),
        closed=_numbers(case for case in matters if _closed(case, giver, since, until)),
        open=_numbers(open_),
        overdue=_numbers(case for case in open_ if any(each.status(until) is Status.OVERDUE for each in case.owed)),
        promised={case.number: by for case in open_ if (by := case.promised_by) is not None},
        waiting={case.number: on for case in open_ if (on := waits_on(case))},
        offered={case.number: case.offered_to for case in open_ if case.offered_to},
        asked=_numbers(case for case in matters if case.open and case.offered_to == giver),
        call_backs=_numbers(case for case in matters if case.state == AWAITING_CALL_BACK),
        incidents=_numbers(case for case in every if case.open and not case.matter),
        scripts=tuple(sorted({each.id for each in scripts if _changed(each, since, until)})),
    )


def waits_on(case: Case) -> tuple[str, ...]:
    """On whom the case waits: the people at work on it, else the roles it was given to; nobody where the desk is on."""
    return () if case.state in _THE_DESKS_TURN else case.workers or case.handlers


def _numbers(cases: Iterable[Case]) -> tuple[str, ...]:
    return tuple(case.number for case in cases)


def _took_in(case: Case, giver: str) -> bool:
    return giver in (case.first_contact, case.owner)


def _closed(case: Case, giver: str, since: datetime, until: datetime) -> bool:
    if case.open or not since <= case.since <= until:
        return False
    closing = next((event for event in reversed(case.live) if event.at == case.since), None)
    return giver == follower(case) or (closing is not None and closing.by == giver)


def _changed(script: Script, since: datetime, until: datetime) -> bool:
    first, last = local(since).date(), local(until).date()
    ran_out = script.valid_until is not None and first <= script.valid_until <= last
    return bool(script.approved_by) and (first <= script.valid_from <= last + timedelta(days=1) or ran_out)


_LISTS = ("taken_in", "closed", "open", "overdue", "asked", "call_backs", "incidents", "scripts")


def summary_out(summary: Summary) -> dict[str, Value]:
    """A summary as the fields of an event; what is empty is left out."""
    found: dict[str, Value] = {"giver": summary.giver, "since": summary.since, "until": summary.until}
    found |= {name: getattr(summary, name) for name in _LISTS}
    found["promised"] = tuple(f"{number} {by.isoformat()}" for number, by in summary.promised.items())
    found["waiting"] = tuple(" ".join((number, *on)) for number, on in summary.waiting.items())
    found["offered"] = tuple(f"{number} {to}" for number, to in summary.offered.items())
    return {name: value for name, value in found.items() if value != ()}


def summary_in(fields: Mapping[str, Any]) -> Summary:
    """The summary that an event's fields stand for. Raises `KeyError` or `ValueError` where they are none."""
    pairs: dict[str, list[list[str]]] = {
        name: [each.split(" ") for each in fields.get(name, ())] for name in ("promised", "waiting", "offered")
    }
    return Summary(
        fields["giver"],
        fields["since"],
        fields["until"],
        **{name: fields.get(name, ()) for name in _LISTS},
        promised={number: datetime.fromisoformat(by) for number, by in pairs["promised"]},
        waiting={number: tuple(on) for number, *on in pairs["waiting"]},
        offered=dict(pairs["offered"]),
    )
