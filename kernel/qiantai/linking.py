"""What one command does on all the cases it touches: on both sides of a link, and on the cases of an incident."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import evolve as replaced
from attrs import frozen

from qiantai.case import Case, touched
from qiantai.commands import Command
from qiantai.events import Event, Kept
from qiantai.fields import one_or_several
from qiantai.filing import FORM_INCOMPLETE, lacking
from qiantai.lifecycle import Step
from qiantai.moment import Moment
from qiantai.outcome import event_of, taken
from qiantai.refusals import Refusal
from qiantai.standing import ABOUT_THEM
from qiantai.words import AWAITING_CALL_BACK, INCIDENT, Bilingual, label, listed

TO_ALL = ("broadcast", "complete")


@frozen
class Taken:
    """The row that a linked case takes of it, with the moment it was judged by."""

    moment: Moment
    step: Step


@frozen
class Reach:
    """What a command on an incident takes on its linked cases: a row each, or the reason why one stays as it is."""

    taken: tuple[Taken, ...] = ()
    left: tuple[Refusal, ...] = ()


def others_of(case: Case | None, command: Command, find: Callable[[str], Case | None]) -> dict[str, Case]:
    """The further cases that a command would touch, by number; those that `find` does not know are left out."""
    match command.name:
        case "merge":
            numbers = one_or_several(command.fields.get("into"))
        case "link" | "unlink":
            numbers = one_or_several(command.fields.get(INCIDENT))
        case "incident":
            numbers = one_or_several(command.fields.get("cases"))
        case "undo" if case is not None:
            numbers = touched(case, find)
        case _ if case is not None and to_all(case, command):
            numbers = case.linked
        case _:
            numbers = ()
    return {number: found for number in numbers if number != command.case and (found := find(number)) is not None}


def to_all(case: Case, command: Command) -> bool:
    """Whether it is one that an incident passes on to its linked cases."""
    return not case.matter and command.name in TO_ALL


def acted(moment: Moment, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events of an accepted command, with those on every other case that is touched on the way of a link."""
    match moment.command.name:
        case "link" | "unlink" if (incident := moment.another(INCIDENT)) is not None:
            return (*events, _with_cases(incident, moment))
        case "incident" if moment.given.get("cases"):
            return (*events, *_linked_at_once(moment))
        case _ if to_all(moment.case, moment.command):
            linked = reach(moment).taken
            numbers = tuple(each.moment.case.number for each in linked)
            told = replaced(events[0], fields={**events[0].fields, "cases": numbers})
            return (told, *(event_of(each.moment, each.step) for each in linked))
        case _:
            return events


def reach(moment: Moment) -> Reach:
    """What an incident's word or end comes to on each linked open case, by that case's own table.

    One that awaits its call-back already has nothing more to come of the incident's end, and stays.
    """
    found = [
        _judged(moment, case)
        for number in moment.case.linked
        if (case := moment.others.get(number)) is not None and case.open and not _ends_twice(moment, case)
    ]
    return Reach(
        tuple(each for each in found if not isinstance(each, Refusal)),
        tuple(each for each in found if isinstance(each, Refusal)),
    )


def _ends_twice(moment: Moment, case: Case) -> bool:
    return moment.command.name == "complete" and case.state == AWAITING_CALL_BACK


def _judged(moment: Moment, case: Case) -> Taken | Refusal:
    """The row that the case takes of it, or what stands in the way there."""
    there = _there(moment, case)
    rows = [step for step in there.request.linked if step.command == moment.command.name]
    if not rows:
        why = _NO_PART.format(kind=label("kinds", case.kind))
        return Refusal(there.command, there.at, "unknown_command", None, why, _ON_ITS_OWN)
    step = next((each for each in rows if case.state in each.states and each.for_case(case)), None)
    if step is None:
        states = dict.fromkeys(state for each in rows for state in each.states)
        why = _NOT_IN_STATE.format(state=label("states", case.state))
        would_do = listed(tuple(label("states", each) for each in states))
        return Refusal(there.command, there.at, "not_in_this_state", None, why, would_do)
    barred = next((bar for bar in (ABOUT_THEM, *step.bars) if bar.when(there)), None)
    if barred is not None:
        return barred.refusal(there)
    if lacks := lacking(taken(there, step)[1], step) if step.to else ():
        return FORM_INCOMPLETE.refusal(there, missing=listed(tuple(label("fields", each) for each in lacks)))
    return Taken(there, step)


def _there(moment: Moment, case: Case) -> Moment:
    """The same command as it comes to a linked case: what is said, by which agreed answer, and from which incident."""
    agreed = moment.script
    said = {name: moment.given[name] for name in ("text", "channel", "result") if moment.given.get(name)}
    said |= {INCIDENT: moment.case.number}
    if agreed is not None and moment.command.name == "complete":
        said |= {"script": agreed.id}
    command = Command(moment.command.name, moment.by.id, case.number, said)
    request = moment.handbook.life_cycle(case)
    return Moment(case, command, moment.at, moment.by, moment.handbook, request, moment.others, said)


def _with_cases(incident: Case, moment: Moment) -> Event:
    """The event on the incident of a link made or taken back."""
    number = moment.case.number
    others = tuple(each for each in incident.linked if each != number)
    linked = (*others, number) if moment.command.name == "link" else others
    return _link(incident.number, len(incident.history), moment, {"cases": (number,)}, Kept({"cases": linked}))


def _linked_at_once(moment: Moment) -> tuple[Event, ...]:
    """The events of the links that an incident is opened with: a second one on it, and one on each case."""
    number, cases = moment.command.case, moment.given["cases"]
    linked = Command("link", moment.by.id, number)
    there = replaced(moment, command=linked)
    return (
        _link(number, 1, there, {"cases": cases}, Kept({"cases": cases})),
        *(
            _link(each, len(moment.others[each].history), there, {INCIDENT: number}, Kept({INCIDENT: number}))
            for each in cases
        ),
    )


def _link(number: str, seq: int, moment: Moment, said: dict[str, Any], kept: Kept) -> Event:
    return Event(number, seq, moment.at, moment.by.id, moment.command.name, said, (kept,))


_NO_PART = Bilingual("{kind}不随突发事件办理", "to the kind {kind} it means nothing")
_ON_ITS_OWN = Bilingual("这一件单独办", "handle this one on its own")
_NOT_IN_STATE = Bilingual("现在的状态是“{state}”", "its state is now “{state}”")
