"""What an accepted step brings about: facts kept, duties discharged, voided, opened and moved, the case filed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from qiantai.case import Case, changed
from qiantai.commands import Command
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
    Moved,
    Offered,
    Opened,
    Struck,
    Value,
    Voided,
    Worked,
)
from qiantai.fields import LEFT_OUT
from qiantai.filing import lacking, places
from qiantai.lifecycle import DutyRule, On, Request, Step
from qiantai.moment import Moment
from qiantai.rules import limit
from qiantai.values import revised
from qiantai.words import AWAITING_CALL_BACK, CLOSED

NOT_FACTS = frozenset({"kind", "joint", "cases"})


def blank(command: Command, request: Request, at: datetime) -> Case:
    """A case before its receipt: no state yet, and nothing known of it."""
    return Case(command.case, request.kind, "", at, at, command.by, command.by)


def received(moment: Moment) -> Case:
    """The case as its receipt finds it: the facts as given and as the handbook adds them."""
    given, said = moment.given, moment.command.fields
    facts: dict[str, Value] = {name: value for name, value in given.items() if name in said and name not in NOT_FACTS}
    found = moment.on(revised(moment.case, facts=facts))
    if "sensitive" not in facts and found.script is not None and found.script.sensitive:
        facts["sensitive"] = True
    household = found.household
    if "important" not in facts and moment.request.kind == "suggestion" and household and household.important:
        facts["important"] = True
    households = (found.case.household,) if found.case.household else ()
    return revised(moment.case, facts=facts, joint=given.get("joint", 1), households=households)


def taken(moment: Moment, step: Step) -> tuple[tuple[Change, ...], Moment]:
    """What the step changes, its duties left out, and the moment as that leaves the case."""
    case = moment.case
    if not case.history:
        began = (Began(case.kind, step.to, moment.by.id), Kept(case.facts), Counted(case.joint, case.households))
        return began, moment.on(revised(case, state=step.to))
    said = _said(moment, step)
    return said, moment.on(changed(case, said, moment.at))


def unfinished(moment: Moment, step: Step, after: Moment) -> tuple[str, ...]:
    """What the form still lacks, where the step closes the case [H-4.6.2]."""
    closes = after.case.state == CLOSED != moment.case.state
    return lacking(after, step) if closes else ()


def could_finish(moment: Moment, step: Step) -> bool:
    """Whether the step, whatever is said with it, would leave a form that may close; true where it does not close."""
    if _target(moment, step) != CLOSED:
        return True
    said = dict.fromkeys(step.keeps.values(), "?")
    case = revised(moment.case, facts={**moment.case.facts, **said})
    return not lacking(moment.on(case), step)


def events_of(moment: Moment, step: Step, said: tuple[Change, ...], after: Moment) -> tuple[Event, ...]:
    """The events of an accepted step: one, or one on each case of a merge and of what an undo takes back."""
    match step.command:
        case "undo":
            return _struck(moment)
        case "merge":
            return (_event(moment, _changes(moment, step, said, after)), _merged(moment))
        case _:
            return (_event(moment, _changes(moment, step, said, after)),)


def _target(moment: Moment, step: Step) -> str:
    """Where the step leads; an anonymous case has nobody to call back and closes instead."""
    if step.to == AWAITING_CALL_BACK and moment.case.holds("anonymous"):
        return CLOSED
    return step.to


def _said(moment: Moment, step: Step) -> tuple[Change, ...]:
    """What the step changes, its duties left out."""
    target = _target(moment, step)
    said: list[Change] = [*step.enters] if target == step.to else [Entered(target)]
    given, fields = moment.given, moment.command.fields
    facts: dict[str, Value] = {}
    for name, fact in step.keeps.items():
        if name in fields and given.get(name) not in LEFT_OUT:
            facts[fact] = given[name]
    if facts:
        said.append(Kept(facts))
    said += step.changes(moment)
    if step.work:
        said.append(Worked(moment.by.id))
    return tuple(said)


def event_of(moment: Moment, step: Step) -> Event:
    """The event of a step on its own case."""
    said, after = taken(moment, step)
    return _event(moment, _changes(moment, step, said, after))


def _event(moment: Moment, changes: tuple[Change, ...]) -> Event:
    case, command, given = moment.case, moment.command, moment.given
    said: dict[str, Value] = {}
    for name in command.fields:
        if given.get(name) not in LEFT_OUT:
            said[name] = given[name]
    return Event(case.number, len(case.history), moment.at, moment.by.id, command.name, said, changes)


def _changes(moment: Moment, step: Step, said: tuple[Change, ...], after: Moment) -> tuple[Change, ...]:
    ends = _ended(after, step)
    changes = [*said, *ends.values()]
    if after.case.state != CLOSED:
        changes += _opened(after, step.opens, ends)
        for move in step.moves:
            if (to := move.to(moment)) is not None:
                changes.append(Moved(move.name, to.at, to.provisional))
        return tuple(changes)
    if moment.case.state == CLOSED:
        return tuple(changes)  # it stays where it was filed as it closed
    changes += [_end(after, each) for each in after.case.owed if each.name not in ends]
    if after.case.offered_to:
        changes.append(Offered(""))
    return (*changes, Filed(places(moment.request, moment.case, after.case)))


def _ended(after: Moment, step: Step) -> dict[str, Discharged | Voided]:
    """The duties that the step does, and those that it makes pointless or whose reason has gone, by name."""
    case = after.case
    ends: dict[str, Discharged | Voided] = {}
    for on in step.discharges:
        if case.owes(on.name) and on.when(after):
            ends[on.name] = Discharged(on.name, after.by.id)
    for on in step.voids:
        if on.name not in ends and (duty := case.owed_duty(on.name)) and on.when(after):
            ends[on.name] = _end(after, duty)
    for on in after.request.lapses:
        if on.name not in ends and (duty := case.owed_duty(on.name)) and not on.when(after):
            ends[on.name] = _end(after, duty)
    return ends


def _end(moment: Moment, duty: Duty) -> Discharged | Voided:
    """A duty no longer owed: void where still open, a miss that nobody made good where overdue."""
    return Discharged(duty.name, "") if moment.at > duty.due else Voided(duty.name)


def _opened(after: Moment, opens: tuple[On, ...], ended: Collection[str]) -> Iterable[Opened]:
    opened: dict[str, Opened] = {}
    for on in (*opens, *after.request.reactions):
        if on.name not in opened and _arises(after, on, ended):
            duty = _duty(after, on)
            if duty is not None:
                opened[on.name] = Opened(duty)
    return opened.values()


def _arises(after: Moment, on: On, ended: Collection[str]) -> bool:
    found = after.case.duty(on.name)
    if found is not None and (on.once or (found.owed and on.name not in ended)):
        return False
    return on.when(after)


def _duty(after: Moment, on: On) -> Duty | None:
    rule: DutyRule = after.request.duty_rule(on.name, after.case)
    anonymous = after.case.holds("anonymous")
    if anonymous and rule.silent:
        return None
    since, period, due = limit(after, rule, anew=on.anew)
    return Duty(
        on.name,
        rule.clause,
        after.at,
        since,
        str(period),
        due.at,
        due.at,
        rule.owed_by,
        due.provisional,
        void=anonymous and rule.spoken,
    )


def _merged(moment: Moment) -> Event:
    """The event on the case that another one was merged into: its residents joined, each household counted once."""
    source, target = moment.case, moment.another("into")
    assert target is not None, "a merge names its other case"
    both = set(source.households) & set(target.households)
    households = tuple(dict.fromkeys((*target.households, *source.households)))
    changes: tuple[Change, ...] = (Counted(target.joint + source.joint - len(both), households),)
    known = _known_by_merging(source, target)
    changes += (Kept(known),) if known else ()
    after = moment.on(changed(target, changes, moment.at))
    changes += tuple(_opened(after, (), ()))
    fields = {"merged": source.number}
    return Event(target.number, len(target.history), moment.at, moment.by.id, "merge", fields, changes)


def _known_by_merging(source: Case, target: Case) -> dict[str, Value]:
    """What the older case takes over: that it is major or important, and who it is from where nobody had said so."""
    known: dict[str, Value] = {
        name: True for name in ("major", "important") if source.holds(name) and not target.holds(name)
    }
    if target.holds("anonymous") and not source.holds("anonymous"):
        who = {name: source.facts[name] for name in ("household", "name", "phone", "email") if name in source.facts}
        known |= {"anonymous": False, **who}
    return known


def _struck(moment: Moment) -> tuple[Event, ...]:
    """Strikes the last command, and with it what was counted anew of the due times that it had moved."""

    def strike(case: Case) -> Event:
        last = case.last_command
        counted = (each.seq for each in case.history[last.seq + 1 :] if _moves(each) & _moves(last))
        struck = tuple(Struck(seq) for seq in (last.seq, *counted))
        return Event(case.number, len(case.history), moment.at, moment.by.id, "undo", {}, struck)

    return tuple(strike(each) for each in (moment.case, *moment.others.values()))


def _moves(event: Event) -> set[str]:
    return {change.name for change in event.changes if isinstance(change, Moved)}
