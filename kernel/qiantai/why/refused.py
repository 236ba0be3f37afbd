"""Why a command was refused: which rule spoke, and where it stands among those that were asked before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from qiantai.case import Case
from qiantai.commands import Command
from qiantai.decision import OUTSIDE_AREA
from qiantai.events import Began, Entered, Value
from qiantai.filing import FORM_INCOMPLETE
from qiantai.handbook import Handbook
from qiantai.lifecycle import Bar, Request
from qiantai.moment import NO_OTHERS, Moment
from qiantai.people import Person
from qiantai.privacy import mask_name, mask_phone, mask_words
from qiantai.refusals import Refusal
from qiantai.standing import ABOUT_THEM
from qiantai.why.reasons import Place, RefusalReason, Rung, Tested
from qiantai.why.trail import latest, trail

_PLACES: Mapping[str, Place] = {
    "unknown_person": Place.KNOWN,
    "unknown_kind": Place.KNOWN,
    "time_runs_backwards": Place.TIME,
    "unknown_command": Place.STATE,
    "not_in_this_state": Place.STATE,
    ABOUT_THEM.rule: Place.ROLE,
    "not_their_role": Place.ROLE,
    OUTSIDE_AREA.rule: Place.ROLE,
    "field_misread": Place.FIELDS,
    "field_missing": Place.FIELDS,
    FORM_INCOMPLETE.rule: Place.FORM,
}
"""Where the rules stand that hold for every kind; all others are bars of a kind."""


def why_refused(refusal: Refusal, case: Case | None, handbook: Handbook) -> RefusalReason:
    """Why the command was refused on the case as it stood then; None where it was a `receive`.

    What was asked is told with residents' names and numbers masked [M-3.4c].
    """
    command = refusal.command
    by = handbook.people.get(command.by)
    came = latest(trail(case, handbook), Began, Entered) if case else None
    kind = case.kind if case else str(command.fields.get("kind", ""))
    return RefusalReason(
        rule=refusal.rule,
        clause=refusal.clause,
        why=refusal.why,
        would_do=refusal.would_do,
        command=command.name,
        by=command.by,
        roles=tuple(sorted(by.roles)) if by else (),
        at=refusal.at,
        kind=kind,
        state=case.state if case else "",
        since=came.act if came else None,
        order=_order(refusal, case, handbook.request(kind), by, handbook),
        asked={name: _masked(_meant(command, name), value) for name, value in command.fields.items()},
    )


def _order(
    refusal: Refusal, case: Case | None, request: Request | None, by: Person | None, handbook: Handbook
) -> tuple[Rung, ...]:
    """Every place in the order of the rules, with what stands there for this command up to the rule that spoke."""
    state = case.state if case else ""
    named = request.row(state, refusal.command.name).bars if request else ()
    bars = _bars(refusal, case, request, by, handbook) if request and by else ()
    place = _place(refusal, named, bars)
    if place is None:
        return ()
    mine = Tested(refusal.rule, refusal.clause, refusal.why)
    standing = {Place.NAMED: named, Place.BARS: bars}
    if case is not None and state:
        standing[Place.ROLE] = (ABOUT_THEM,)
    order, found = tuple(Place), list(Place).index(place)
    return tuple(
        Rung(
            each,
            "passed" if at < found else "refused" if at == found else "not_reached",
            _tested(standing.get(each, ()), mine if at == found else None) if at <= found else (),
        )
        for at, each in enumerate(order)
    )


def _place(refusal: Refusal, named: Iterable[Bar], bars: Iterable[Bar]) -> Place | None:
    if refusal.rule in _PLACES:
        return _PLACES[refusal.rule]
    if any(bar.rule == refusal.rule for bar in named):
        return Place.NAMED
    return Place.BARS if any(bar.rule == refusal.rule for bar in bars) else None


def _tested(standing: Iterable[Bar], mine: Tested | None) -> tuple[Tested, ...]:
    """The rules of a place as far as they were asked, the one that refused last."""
    found: list[Tested] = []
    for bar in standing:
        if mine is not None and bar.rule == mine.rule:
            break
        found.append(Tested(bar.rule, bar.clause, bar.in_general))
    return (*found, mine) if mine else tuple(found)


def _bars(refusal: Refusal, case: Case | None, request: Request, by: Person, handbook: Handbook) -> tuple[Bar, ...]:
    """The other bars of the row that the command would have taken: the first whose bars know the rule and that fits."""
    command = refusal.command
    blind = case or Case(command.case, request.kind, "", refusal.at, refusal.at, by.id, by.id)
    rows = request.row(blind.state, command.name).steps_for(blind)
    knowing = tuple(each for each in rows if any(bar.rule == refusal.rule for bar in each.bars)) or rows
    for step in knowing:
        moment = Moment(
            blind, command, refusal.at, by, handbook, request, NO_OTHERS, {**step.asked.defaults, **command.fields}
        )
        if step.when(moment):
            return step.bars
    return knowing[-1].bars if knowing else ()


def _meant(command: Command, name: str) -> str:
    """The field that a value is for: that of a correction is for the corrected one."""
    return str(command.fields.get("field", name)) if name == "value" else name


def _masked(name: str, value: Any) -> Value:
    match name, value:
        case "name", str():
            return mask_name(value)
        case "phone", str():
            return mask_phone(value)
        case "email", str():
            return value[:1] + "***"
        case _, str():
            return mask_words(value)
        case _, list() | tuple():
            return tuple(mask_words(str(each)) for each in cast("list[object]", value))
        case _, bool() | int() | datetime():
            return value
        case _:
            return mask_words(str(value))
