"""The one decision: a case, a command, a time and a handbook make events, or a refusal that changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from qiantai.case import Case
from qiantai.clauses import Clause
from qiantai.commands import Command, person
from qiantai.events import Event
from qiantai.fields import Misread, missing, read_fields, would_do
from qiantai.filing import FORM_INCOMPLETE
from qiantai.handbook import Handbook
from qiantai.lifecycle import Bar, Request, Row, Step, always
from qiantai.linking import acted, reach, to_all
from qiantai.moment import NO_OTHERS, Moment
from qiantai.outcome import blank, could_finish, events_of, received, taken, unfinished
from qiantai.refusals import Refusal
from qiantai.set_back import ahead, remedy, told
from qiantai.standing import ABOUT_THEM, named, permitted
from qiantai.words import INCIDENT, NOTHING, Bilingual, label, listed

OUTSIDE_AREA = Bar(
    Clause("H-3.2"),
    "outside_area",
    always,
    Bilingual("不是这位区域主任负责的片区", "not of an area that this area manager answers for"),
    Bilingual("请本片区的区域主任办", "ask the manager of that area"),
)
ENGINE_BARS = (ABOUT_THEM, OUTSIDE_AREA, FORM_INCOMPLETE)


def decide(
    case: Case | None, command: Command, at: datetime, handbook: Handbook, others: Mapping[str, Case] = NO_OTHERS
) -> tuple[Event, ...] | Refusal:
    """What comes of a command: its events, those on the further cases it touches among them, or a refusal.

    `case` is None for `receive` and `incident`, whose command names the new one's number; `others` are the further
    cases by number, which `others_of` finds. `at` is aware. Raises `ValueError` for a time without an offset.
    """
    if at.tzinfo is None:
        raise ValueError("a time carries its offset")
    found = _chosen(case, command, at, handbook, others)
    if isinstance(found, Refusal):
        return found
    moment, step = found
    said, after = taken(moment, step)
    lacks = unfinished(moment, step, after)
    return _incomplete(moment, lacks) if lacks else acted(moment, events_of(moment, step, said, after))


def left_out(
    case: Case | None, command: Command, at: datetime, handbook: Handbook, others: Mapping[str, Case] = NO_OTHERS
) -> tuple[Refusal, ...]:
    """Why a command on an incident, accepted there, leaves some of its linked cases as they are."""
    if case is None or not to_all(case, command):
        return ()
    found = examine(case, command, at, handbook, others)
    return () if isinstance(found, Refusal) else reach(found[0]).left


def examine(
    case: Case | None, command: Command, at: datetime, handbook: Handbook, others: Mapping[str, Case] = NO_OTHERS
) -> tuple[Moment, Step] | Refusal:
    """The row of the life cycle that a command takes, with the moment it was judged by; or the refusal."""
    found = _chosen(case, command, at, handbook, others)
    if isinstance(found, Refusal):
        return found
    moment, step = found
    lacks = unfinished(moment, step, taken(moment, step)[1])
    return _incomplete(moment, lacks) if lacks else found


def _chosen(
    case: Case | None, command: Command, at: datetime, handbook: Handbook, others: Mapping[str, Case]
) -> tuple[Moment, Step] | Refusal:
    """The row that nothing stands in the way of, but for what the form may lack."""
    found = _moment(case, command, at, handbook, others)
    if isinstance(found, Refusal):
        return found
    moment, row = found
    step = _fitting(moment, row.steps)
    if lacks := missing(step.asked, moment.given):
        names = listed(tuple(label("fields", each) for each in lacks))
        return _impossible(moment, "field_missing", _MISSING.format(names=names), Bilingual(*[", ".join(lacks)] * 2))
    for bar in step.bars:
        if bar.when(moment):
            return _barred(moment, bar)
    return moment, step


def _fitting(moment: Moment, steps: Sequence[Step]) -> Step:
    """Of the rows for this state and command the first that fits what is said, else the last."""
    for step in steps:
        if step.when(moment):
            return step
    return steps[-1]


def offers(case: Case, person: str, at: datetime, handbook: Handbook) -> tuple[str, ...]:
    """The commands that this person could give now with some values of their fields, in the order of the table."""
    commands = handbook.life_cycle(case).commands
    return tuple([name for name in commands if offered(case, name, person, at, handbook)])


def offered(case: Case, command: str, person: str, at: datetime, handbook: Handbook) -> bool:
    """Whether this person could give this command now with some values of its fields."""
    by = handbook.people.get(person)
    if by is None:
        return False
    request = handbook.life_cycle(case)
    moment = Moment(case, Command(command, person, case.number), at, by, handbook, request)
    row = _permitted(moment, request.row(case.state, command))
    return not isinstance(row, Refusal) and any(_possible(moment, step) for step in row.steps)


def _possible(moment: Moment, step: Step) -> bool:
    """Whether some values of its fields would be accepted."""
    return could_finish(moment, step) and not any(bar.when(moment) for bar in step.bars if not bar.by_fields)


def _moment(
    case: Case | None, command: Command, at: datetime, handbook: Handbook, others: Mapping[str, Case]
) -> tuple[Moment, Row] | Refusal:
    """The moment with its fields read and the steps that this person may take; or the first refusal on the way."""
    by = handbook.people.get(command.by)
    if by is None:
        people = would_do(person("by"), handbook)
        return Refusal(command, at, "unknown_person", None, _NOBODY.format(by=command.by), people)
    request = _life_cycle(case, command, handbook)
    if request is None:
        kinds = listed(tuple(Bilingual(label("kinds", each).zh, each) for each in handbook.requests))
        return Refusal(command, at, "unknown_kind", None, _NO_KIND.format(kind=_kind(case, command)), kinds)
    before = case or blank(command, request, at)
    moment = Moment(before, command, at, by, handbook, request, others)
    if last := ahead((case, *others.values()), at):
        return _impossible(moment, "time_runs_backwards", told(last, at, handbook), remedy(last, at))
    row = _permitted(moment, request.row(before.state, command.name))
    if isinstance(row, Refusal):
        return row
    read = read_fields(row.asked, command, handbook)
    if isinstance(read, Misread):
        return _impossible(moment, "field_misread", read.why, read.would_do)
    moment = moment.saying(read)
    return (moment.on(received(moment)) if case is None else moment), row


def _kind(case: Case | None, command: Command) -> str:
    """The kind of the case, or the one that a receipt names."""
    return case.kind if case is not None else str(command.fields.get("kind", ""))


def _life_cycle(case: Case | None, command: Command, handbook: Handbook) -> Request | None:
    """By what the case goes; an incident is opened by its own command, and is received as no kind."""
    if case is not None:
        return handbook.request(case.kind)
    return handbook.incident if command.name == INCIDENT else handbook.requests.get(_kind(case, command))


def _permitted(moment: Moment, row: Row) -> Row | Refusal:
    """The row's steps that this person may take: bars on state and role, the state, the role."""
    for bar in row.bars:
        if bar.when(moment):
            return _barred(moment, bar)
    steps = row.steps_for(moment.case)
    if not steps:
        return _not_here(moment)
    if ABOUT_THEM.when(moment):
        return _barred(moment, ABOUT_THEM)
    if theirs := tuple([step for step in steps if permitted(moment, step)]):
        return row if theirs == row.steps else Row(row.bars, theirs)
    if any(permitted(moment, step, any_area=True) for step in steps):
        return _barred(moment, OUTSIDE_AREA)
    return _impossible(moment, "not_their_role", _NOT_THEIRS, named(steps))


def _not_here(moment: Moment) -> Refusal:
    request, name = moment.request, moment.command.name
    states = tuple(state for state in request.states if (state, name) in request.table)
    if not states:
        begun = bool(moment.case.state)
        known = dict.fromkeys(step.command for step in request.steps if begun is not (step.states == ("",)))
        why = _NO_COMMAND.format(kind=label("kinds", request.kind), name=label("commands", name))
        return _impossible(moment, "unknown_command", why, listed(tuple(label("commands", each) for each in known)))
    state = label("states", moment.case.state)
    return _impossible(
        moment,
        "not_in_this_state",
        _NOT_IN_STATE.format(state=state),
        listed(tuple(label("states", s) for s in states)),
    )


def _impossible(moment: Moment, rule: str, why: Bilingual, would_do: Bilingual = NOTHING) -> Refusal:
    return Refusal(moment.command, moment.at, rule, None, why, would_do)


def _incomplete(moment: Moment, lacks: tuple[str, ...]) -> Refusal:
    return _barred(moment, FORM_INCOMPLETE, missing=listed(tuple(label("fields", each) for each in lacks)))


def _barred(moment: Moment, bar: Bar, **names: Bilingual) -> Refusal:
    return bar.refusal(moment, **names)


_NOBODY = Bilingual("员工里没有 {by}", "nobody of the staff is {by}")
_NO_KIND = Bilingual("没有 {kind!r} 这一类事项", "there is no kind {kind!r}")
_NO_COMMAND = Bilingual("{kind}没有“{name}”这道指令", "{kind} has no command “{name}”")
_NOT_IN_STATE = Bilingual("现在的状态是“{state}”", "its state is now “{state}”")
_NOT_THEIRS = Bilingual("不归这个岗位办", "not for this role to do")
_MISSING = Bilingual("缺少{names}", "missing: {names}")
