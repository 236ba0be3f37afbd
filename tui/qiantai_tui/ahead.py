"""What comes next on a case: the steps of who is at the desk, or whom it waits for."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from qiantai import Case, Clause, Handbook, label
from qiantai.projections.next_step import ASIDE, Next, awaited, next_steps
from qiantai.words import Bilingual

WAITS = Bilingual("等 {who} {what}", "waits for {who}: {what}")
NOTHING = Bilingual("没有要办的", "Nothing to be done")


@frozen
class Ahead:
    """The steps that bring the case on, the most pressing first; `waits` says whom it waits for, if not for them."""

    steps: tuple[Next, ...]
    waits: Bilingual | None


def because(case: Case, step: Next) -> Clause:
    """Why a step is to be given now: the clause of the duty that it discharges, else the one that allows it."""
    duty = case.duty(step.duty) if step.duty else None
    return duty.clause if duty is not None else step.clause


def ahead(case: Case, person: str, at: datetime, handbook: Handbook) -> Ahead:
    """What this person could do towards the next duty, and whose move it is where it is not theirs."""
    steps = tuple(
        step
        for step in next_steps(case, person, at, handbook)
        if step.duty or (step.advances and step.command not in ASIDE)
    )
    waiting = awaited(case, at, handbook)
    theirs = any(step.duty for step in steps) or (waiting and any(step.command == waiting[0][0] for step in steps))
    if theirs:
        return Ahead(steps, None)
    if not waiting:
        return Ahead(steps, NOTHING)
    command, who = waiting[0]
    return Ahead(steps, WAITS.format(who=who, what=label("commands", command)))
