"""Alerts: the due times that somebody is to be told of, once before each comes and once as it does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cache

from attrs import field, frozen

from qiantai.case import Case
from qiantai.duties import Duty
from qiantai.people import Person
from qiantai.periods import Period, local
from qiantai.words import Role

_DAY = timedelta(days=1)
_MINUTES, _HOUR = Period(2, "m"), Period(1, "h")
_SHORT = timedelta(hours=8)
"""Below this a duty runs within one shift."""


class Stage(StrEnum):
    """How far it is with a due time: soon to come, or there."""

    BEFORE = "before"
    DUE = "due"


@frozen
class Alert:
    """What somebody is told of: that this duty of this case is due then, and how far it is with that.

    A due time that was moved is another alert.
    """

    case: str
    duty: str
    due: datetime
    stage: Stage


@frozen
class Quiet:
    """The hours in which nothing is told but emergencies; from the evening to the morning they go over midnight."""

    begins: time
    ends: time

    def contains(self, at: datetime) -> bool:
        """Whether that moment lies in them: their beginning included, their end not."""
        clock = local(at).time()
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def over(self, at: datetime) -> datetime:
        """The first moment from `at` on that lies outside of them."""
        if not self.contains(at):
            return at
        ends = datetime.combine(local(at).date(), self.ends, local(at).tzinfo)
        return ends if ends > at else ends + _DAY


@frozen
class AlertRules:
    """How long before a due time it is told of, and when nothing is [house].

    `short` is for what is to be done within hours, `long` for what runs a day or more; what counts working days is told
    of on its last day, in the `morning`. `duties` are other lengths for single duties by name, all on the clock.
    """

    short: Period = _MINUTES
    long: Period = _HOUR
    duties: Mapping[str, Period] = field(factory=dict[str, Period])
    morning: time = time(9)
    quiet: Quiet | None = None

    def moment(self, duty: Duty, stage: Stage) -> datetime | None:
        """When a duty is told of at this stage; None where that would be no later than when it arose."""
        if stage is Stage.DUE:
            return duty.due
        before = self._before(duty)
        return before if duty.opened < before < duty.due else None

    def _before(self, duty: Duty) -> datetime:
        if (own := self.duties.get(duty.name)) is not None:
            return duty.due - own.length
        period = _period(duty.period)
        if period.counts_days:
            morning = datetime.combine(local(duty.due).date(), self.morning, local(duty.due).tzinfo)
            return morning if morning < duty.due else duty.due - self.long.length
        return duty.due - (self.short if period.length < _SHORT else self.long).length

    def spoken(self, moment: datetime, at: datetime, *, urgent: bool) -> datetime:
        """When that moment's alert is told by who looks at `at`: not before, and in quiet hours only where urgent."""
        first = max(moment, at)
        return first if urgent or self.quiet is None else self.quiet.over(first)


_period = cache(Period.parse)


def urgent(case: Case) -> bool:
    """Whether its alerts are told in quiet hours too: an emergency, or somebody who asks for help [H-4.2.3]."""
    return case.holds("emergency") or case.kind == "help"


def concerns(case: Case, duty: Duty, stage: Stage, person: Person) -> bool:
    """Whether it is this person's to be told of: who owes the duty, and whoever answers for the case.

    The supervisor too once it is due [M-2.3]. What the desk or one of its clerks owes, and every emergency, is every
    clerk's, as the desk goes on while one of them is away.
    """
    if person.id in (case.owner, case.stand_in) or (person.has(Role.DESK) and urgent(case)):
        return True
    if person.has(Role.SUPERVISOR) and stage is Stage.DUE:
        return True
    match case.owing(duty):
        case "handler":
            return person.has(*case.handlers)
        case "first_contact":
            return person.has(Role.DESK) or person.id == case.first_contact
        case _:
            return person.has(Role.DESK)


def alerts(
    cases: Iterable[Case], person: Person, at: datetime, told: Collection[Alert], rules: AlertRules
) -> tuple[Alert, ...]:
    """What this person is to be told now of these cases, in the order in which it came up; never what they were told.

    A duty that is done or no longer owed is not told of, however long ago it was due.
    """
    found = [(moment, alert) for when, moment, alert in _awaited(cases, person, at, told, rules) if when <= at]
    return tuple(alert for _, alert in sorted(found, key=lambda each: (each[0], each[1].case, each[1].duty)))


def next_alert(
    cases: Iterable[Case], person: Person, at: datetime, told: Collection[Alert], rules: AlertRules
) -> datetime | None:
    """When there is to be something to tell that is not to be told by now; None where nothing is ahead."""
    return min((when for when, _, _ in _awaited(cases, person, at, told, rules) if when > at), default=None)


def _awaited(
    cases: Iterable[Case], person: Person, at: datetime, told: Collection[Alert], rules: AlertRules
) -> Iterator[tuple[datetime, datetime, Alert]]:
    """Everything that is not told yet: when it is told, when it comes up, and what it is."""
    for case in cases:
        if not case.matter:
            continue
        for duty in case.duties:
            if not duty.owed:
                continue
            for stage in Stage:
                moment = rules.moment(duty, stage)
                if moment is None or not concerns(case, duty, stage, person):
                    continue
                alert = Alert(case.number, duty.name, duty.due, stage)
                if alert not in told:
                    yield rules.spoken(moment, at, urgent=urgent(case)), moment, alert
