"""The next step of a case: what would discharge its most pressing duty, what would bring it on, and who may."""

from __future__ import annotations

from datetime import datetime, timedelta

from attrs import frozen

from qiantai.case import Case
from qiantai.clauses import Clause
from qiantai.decision import offered, offers
from qiantai.handbook import Handbook
from qiantai.lifecycle import Step
from qiantai.standing import named
from qiantai.words import CLOSED, Bilingual

ASIDE = frozenset(
    {"withdraw", "merge", "close", "undo", "note", "correct", "extend", "wait", "reclassify", "link", "unlink"}
)

_PRESSES = timedelta(hours=1)
"""How long before its due time a duty is before whatever else brings the case on."""


@frozen
class Next:
    """A command that could be given next, the clause of its row, and the duty that it would discharge, if any."""

    command: str
    clause: Clause
    duty: str
    advances: bool


def next_steps(case: Case, person: str, at: datetime, handbook: Handbook) -> tuple[Next, ...]:
    """The commands this person could give now: first what discharges duties by their due time, then what goes on.

    Of the duties those that are overdue or due within the hour are before all others, and of the others those that are
    discharged by what brings the case on.
    """
    found = [_next(case, command, handbook) for command in offers(case, person, at, handbook)]
    return tuple(sorted(found, key=lambda each: _rank(case, each, at)))


def awaited(case: Case, at: datetime, handbook: Handbook) -> tuple[tuple[str, Bilingual], ...]:
    """What would bring the case on, whoever gives it: each command with those who may, the most pressing first.

    What nobody of the staff could give now, for its role or for a bar, comes in only where there is nothing else.
    """
    request = handbook.life_cycle(case)
    commands = [name for name in request.commands if (case.state, name) in request.table]
    steps = sorted((_next(case, name, handbook) for name in commands), key=lambda each: _rank(case, each, at))
    pressing = [each for each in steps if each.duty or (each.advances and each.command not in ASIDE)]
    possible = [each for each in pressing if _by_somebody(case, each.command, at, handbook)]
    return tuple((each.command, named(request.table[case.state, each.command])) for each in possible or pressing)


def _by_somebody(case: Case, command: str, at: datetime, handbook: Handbook) -> bool:
    return any(offered(case, command, person, at, handbook) for person in handbook.people)


def _next(case: Case, command: str, handbook: Handbook) -> Next:
    steps = handbook.life_cycle(case).table[case.state, command]
    discharged = {on.name for step in steps for on in step.discharges}
    duty = next((each.name for each in case.owed if each.name in discharged), "")
    return Next(command, steps[0].clause, duty, any(_advances(case, step) for step in steps))


def _advances(case: Case, step: Step) -> bool:
    return bool(step.to) and step.to != case.state


def _rank(case: Case, step: Next, at: datetime) -> tuple[int, int, bool]:
    aside = not step.advances
    if step.command in ASIDE and not step.duty:
        return 5 if case.state != CLOSED else 0, 0, False
    if step.duty:
        place = [each.name for each in case.owed].index(step.duty)
        presses = case.owed[place].due - at <= _PRESSES
        return (0 if presses else 2 if aside else 1), place, aside
    return (4 if aside else 3), 0, aside
