"""The guards, reckonings and ready-made bars that the life cycles are written with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from qiantai.clauses import Clause
from qiantai.lifecycle import Bar, DutyRule, Guard, Move
from qiantai.moment import Moment
from qiantai.periods import Due, Period, due
from qiantai.words import Bilingual


def limit(moment: Moment, rule: DutyRule, *, anew: bool = False) -> tuple[datetime, Period, Due]:
    """From when a duty of this row runs, how long, and when it is due, under the case's own policy [C-201, C-203]."""
    policy = moment.policy
    since = moment.case.received if rule.since_receipt and not anew else moment.at
    if rule.in_hours and not policy.hours.contains(since):
        since = policy.hours.next_opening(since)
    period = policy.period(rule.limit)
    return since, period, due(since, period, moment.handbook.calendar, policy.hours)


def open_now(moment: Moment) -> bool:
    """Whether the desk is open at this moment."""
    return moment.policy.hours.contains(moment.at)


def says(name: str) -> Guard:
    """The command gives this truth value as true."""
    return lambda m: m.says(name)


def denies(name: str) -> Guard:
    """The command gives or leaves this truth value as false."""
    return lambda m: not m.says(name)


def holds(name: str) -> Guard:
    """This fact of the case holds."""
    return lambda m: m.case.holds(name)


def lacks(name: str) -> Guard:
    """This fact of the case does not hold."""
    return lambda m: not m.case.holds(name)


def owes(name: str) -> Guard:
    """A duty of this name is open or overdue."""
    return lambda m: m.case.owes(name)


def both(*guards: Guard) -> Guard:
    """All of these hold."""
    return lambda m: all(guard(m) for guard in guards)


def in_state(*states: str) -> Guard:
    """The case is in one of these states."""
    return lambda m: m.case.state in states


def by_other_than(*roles: str) -> Guard:
    """Whoever gives the command holds none of these roles."""
    return lambda m: not m.by.has(*roles)


def is_spokesperson(moment: Moment) -> bool:
    """Whether the agreed answer in force on the case's topic names this person to give it [H-4.4.5]."""
    return moment.script is not None and moment.script.spokesperson == moment.by.id


def promise(latest: Callable[[Moment], datetime | None]) -> tuple[Bar, ...]:
    """What is required of `promised` [P-2.1]: of a duty that runs, not in the past, not later than its limit."""

    def given(moment: Moment) -> datetime | None:
        return moment.given.get("promised")

    def idle(moment: Moment) -> bool:
        return given(moment) is not None and latest(moment) is None

    def past(moment: Moment) -> bool:
        promised = given(moment)
        return promised is not None and promised < moment.at

    def later(moment: Moment) -> bool:
        promised, last = given(moment), latest(moment)
        return promised is not None and last is not None and promised > last

    return (
        _nothing_to_promise(idle),
        Bar(
            None,
            "promise_in_the_past",
            past,
            Bilingual("承诺时间已经过去", "the promised time has passed"),
            Bilingual("填一个将来的时间", "a time to come"),
            by_fields=True,
        ),
        Bar(
            Clause("P-2.1"),
            "promise_too_late",
            later,
            Bilingual("承诺的时间晚于规定的时限", "the promised time is later than the limit"),
            Bilingual("承诺不晚于时限的时间", "a time not later than the limit"),
            by_fields=True,
        ),
    )


def no_promise() -> tuple[Bar, ...]:
    """What is required of `promised` where no duty runs whose time could be promised: that it is left out."""
    return (_nothing_to_promise(lambda m: m.given.get("promised") is not None),)


def _nothing_to_promise(when: Guard) -> Bar:
    return Bar(
        None,
        "nothing_to_promise",
        when,
        Bilingual("这里没有可以承诺时间的时限", "no duty runs here whose time could be promised"),
        Bilingual("不填承诺时间", "leave out the promised time"),
        by_fields=True,
    )


def promised(name: str) -> Move:
    """The duty is due when it was promised [P-2.1, R-3.1.2, R-3.1.3b]."""

    def to(moment: Moment) -> Due | None:
        value: datetime | None = moment.given.get("promised")
        return None if value is None else Due(value)

    return Move(name, to)


def running(name: str) -> Callable[[Moment], datetime | None]:
    """The limit of the open duty of that name; None where it is not open, or already overdue."""

    def latest(moment: Moment) -> datetime | None:
        duty = moment.case.owed_duty(name)
        return duty.limit if duty is not None and duty.due >= moment.at else None

    return latest
