"""What an accepted step brings about: facts kept, duties discharged, voided, opened and moved, the case filed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import evolve as replaced

from qiantai.case import Case, evolve
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
from qiantai.filing import lacking, places
from qiantai.lifecycle import DutyRule, On, Request, Step
from qiantai.moment import Moment
from qiantai.rules import limit
from qiantai.words import AWAITING_CALL_BACK, CLOSED


def blank(
    command: Command, request: Request, at: datetime, given: Mapping[str, Any], moment: Moment | None = None
) -> Case:
    """A case as its receipt finds it: no state yet, the facts as given and as the handbook adds them."""
    facts = {name: value for name, value in given.items() if name in command.fields and name not in ("kind", "joint")}
    case = Case(command.case, request.kind, "", at, at, command.by, command.by, facts=facts)
    if moment is None:
        return case
    found = moment.on(case)
    added: dict[str, Value] = {}
    if "sensitive" not in facts and found.script is not None and found.script.sensitive:
        added["sensitive"] = True
    if "important" not in facts and request.kind == "suggestion" and found.household and found.household.important:
        added["important"] = True
    households = (case.household,) if case.household else ()
    return replaced(case, facts={**facts, **added}, joint=given.get("joint", 1), households=households)


def events_of(moment: Moment, step: Step) -> tuple[Event, ...]:
    """The events of an accepted step: one, or one on each case of a merge and of its undo."""
    match step.command:
        case "undo":
            return _struck(moment)
        case "merge":
            return (_event(moment, _changes(moment, step)), _merged(moment))
        case _:
            return (_event(moment, _changes(moment, step)),)


def unfinished(moment: Moment, step: Step) -> tuple[str, ...]:
    """What the form still lacks, where the step closes the case [H-4.6.2]."""
    if _target(moment, step) != CLOSED:
        return ()
    return lacking(moment.on(_after(moment, _said(moment, step))), step)


def could_finish(moment: Moment, step: Step) -> bool:
    """Whether the step, whatever is said with it, would leave a form that may close; true where it does not close."""
    if _target(moment, step) != CLOSED:
        return True
    said = dict.fromkeys(step.keeps.values(), "?")
    case = replaced(moment.case, facts={**moment.case.facts, **said})
    return not lacking(moment.on(case), step)


def _target(moment: Moment, step: Step) -> str:
    """Where the step leads; an anonymous case has nobody to call back and closes instead."""
    if step.to == AWAITING_CALL_BACK and moment.case.holds("anonymous"):
        return CLOSED
    return step.to


def _said(moment: Moment, step: Step) -> tuple[Change, ...]:
    """What the step changes, its duties left out."""
    given, command = moment.given, moment.command
    facts = {
        fact: given[name]
        for name, fact in step.keeps.items()
        if name in command.fields and given.get(name) not in (None, "", ())
    }
    target = _target(moment, step)
    return (
        *((Entered(target),) if target else ()),
        *((Kept(facts),) if facts else ()),
        *step.changes(moment),
        *((Worked(moment.by.id),) if step.work else ()),
    )


def _began(moment: Moment, step: Step) -> tuple[Change, ...]:
    case = moment.case
    return (
        Began(case.kind, step.to, moment.by.id),
        Kept(case.facts),
        Counted(case.joint, case.households),
    )


def _after(moment: Moment, changes: tuple[Change, ...]) -> Case:
    return evolve(moment.case if moment.case.history else None, _event(moment, changes))


def _event(moment: Moment, changes: tuple[Change, ...]) -> Event:
    command = moment.command
    said = {name: moment.given[name] for name in command.fields if moment.given.get(name) not in (None, "", ())}
    return Event(moment.case.number, len(moment.case.history), moment.at, moment.by.id, command.name, said, changes)


def _changes(moment: Moment, step: Step) -> tuple[Change, ...]:
    receipt = not moment.case.history
    said = _began(moment, step) if receipt else _said(moment, step)
    after = moment.on(_after(moment, said))
    done = _discharged(after, step)
    opened = _opened(after, step.opens, {each.name for each in done})
    moved = tuple(Moved(move.name, to.at, to.provisional) for move in step.moves if (to := move.to(moment)) is not None)
    if after.case.open:
        return (*said, *done, *opened, *moved)
    ended = _ended(after, (each.name for each in after.case.owed if each.name not in {one.name for one in done}))
    ended_offer = (Offered(""),) if after.case.offered_to else ()
    return (*said, *done, *ended, *ended_offer, Filed(places(moment.request, moment.case, after.case)))


def _discharged(after: Moment, step: Step) -> tuple[Discharged | Voided, ...]:
    case = after.case
    done = tuple(Discharged(on.name, after.by.id) for on in step.discharges if case.owes(on.name) and on.when(after))
    voided = (on.name for on in step.voids if case.owes(on.name) and on.when(after))
    lapsed = (on.name for on in after.request.reactions if not on.once and case.owes(on.name) and not on.when(after))
    names = {each.name for each in done}
    return (*done, *_ended(after, (each for each in (*voided, *lapsed) if each not in names)))


def _ended(moment: Moment, names: Iterable[str]) -> tuple[Discharged | Voided, ...]:
    """Duties no longer owed: void where still open, a miss that nobody made good where overdue."""
    ends: list[Discharged | Voided] = []
    for name in dict.fromkeys(names):
        duty = moment.case.duty(name)
        overdue = duty is not None and moment.at > duty.due
        ends.append(Discharged(name, "") if overdue else Voided(name))
    return tuple(ends)


def _opened(after: Moment, opens: tuple[On, ...], ended: set[str]) -> tuple[Opened, ...]:
    if not after.case.open:
        return ()
    opened: dict[str, Opened] = {}
    for on in (*opens, *after.request.reactions):
        if on.name not in opened and _arises(after, on, ended):
            duty = _duty(after, on)
            if duty is not None:
                opened[on.name] = Opened(duty)
    return tuple(opened.values())


def _arises(after: Moment, on: On, ended: set[str]) -> bool:
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
    source, target = moment.case, moment.other
    assert target is not None, "a merge names its other case"
    both = set(source.households) & set(target.households)
    households = tuple(dict.fromkeys((*target.households, *source.households)))
    changes: tuple[Change, ...] = (Counted(target.joint + source.joint - len(both), households),)
    known = _known_by_merging(source, target)
    changes += (Kept(known),) if known else ()
    said = Event(
        target.number, len(target.history), moment.at, moment.by.id, "merge", {"merged": source.number}, changes
    )
    after = moment.on(evolve(target, said))
    return replaced(said, changes=(*changes, *_opened(after, (), set())))


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

    cases = (moment.case, moment.other) if moment.case.last_command.name == "merge" else (moment.case,)
    return tuple(strike(each) for each in cases if each is not None)


def _moves(event: Event) -> set[str]:
    return {change.name for change in event.changes if isinstance(change, Moved)}
