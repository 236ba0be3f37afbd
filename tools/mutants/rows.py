"""What is one entry away from a row of a life cycle: an entry dropped, flipped or swapped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from attrs import evolve, fields

from qiantai.clauses import HOUSE, Clause
from qiantai.commands import Field
from qiantai.lifecycle import Bar, DutyRule, Move, On, Step, always
from qiantai.requests import REQUESTS
from qiantai.words import AWAITING_CALL_BACK, CLOSED

OTHER_LIMITS = {"at_once": "emergency_arrival", "suggestion_reply": "complaint_resolve"}
SILENT_UNTIL_SAID = frozenset(
    {
        *("nothing_to_promise", "promise_in_the_past", "promise_too_late", "nobody_responsible", "to_no_clerk"),
        *("already_counted", "simply_turned_away", "no_such_answer_in_force", "against_the_agreed_answer"),
        *("cases_not_to_be_linked", "call_back_by_phone"),
    }
)
BARS_ON_ROLE = ("call_back_by_others", "decided_by_the_handler_alone", "answer_by_others")
Broken = tuple[str, Any]
Breaking = Callable[[Any], Iterator[Broken]]


def without(name: str, values: tuple[Any, ...]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The tuple with each of its elements left out."""
    for place, each in enumerate(values):
        yield f"{name} without {_named(each)}", (*values[:place], *values[place + 1 :])


def within(name: str, values: tuple[Any, ...], broken: Breaking) -> Iterator[Broken]:
    """The tuple with each of its elements broken."""
    for place, each in enumerate(values):
        for how, value in broken(each):
            yield f"{name} {_named(each)}: {how}", (*values[:place], value, *values[place + 1 :])


def _named(value: Any) -> str:
    match value:
        case Bar(rule=name) | On(name=name) | Field(name=name) | Move(name=name) | DutyRule(name=name):
            return name
        case _:
            return str(value)


def changed(value: Any, name: str, to: Any) -> Iterator[Broken]:
    """The row with one attribute changed."""
    yield f"{name} is {getattr(to, 'id', to) if not callable(to) else to.__name__}", evolve(value, **{name: to})


def of_parts(
    value: Any, names: Iterable[str], inner: Callable[[Any], Iterator[Broken]] | None = None
) -> Iterator[Broken]:
    """The row with an element of these tuples left out, or broken."""
    for name in names:
        several = getattr(value, name)
        parts = (*without(name, several), *(within(name, several, inner) if inner else ()))
        for how, left in parts:
            yield how, evolve(value, **{name: left})


def never(_: Any) -> bool:
    """The guard that never holds."""
    return False


def ever(_: Any) -> bool:
    """The guard that always holds, by another name."""
    return True


def _no_changes(_: Any) -> tuple[Any, ...]:
    return ()


def another(clause: Clause | None) -> Clause:
    """A clause that is not this one."""
    return Clause("P-3") if clause is None or clause == HOUSE else HOUSE


def of_opened(on: On, from_steps: Collection[str]) -> Iterator[Broken]:
    """A duty that a step opens, broken; those of `from_steps` run from the step, `anew` or not."""
    if on.name not in from_steps:
        yield from changed(on, "anew", not on.anew)
    yield from changed(on, "once", not on.once)
    yield from of_on(on)


def of_on(on: On) -> Iterator[Broken]:
    """A duty named by a step, broken: of one that it discharges or ends the guard alone is read."""
    if on.when is not always:
        yield from changed(on, "when", ever)
        yield from changed(on, "when", never)


def of_bar(bar: Bar) -> Iterator[Broken]:
    """A bar, broken."""
    yield from changed(bar, "clause", another(bar.clause))
    yield from changed(bar, "when", never)
    if bar.when is not always:
        yield from changed(bar, "when", ever)
    yield from of_parts(bar, ("commands", "states"))


def of_field(field: Field) -> Iterator[Broken]:
    """A field, broken as far as the kernel reads it."""
    yield from changed(field, "must", not field.must)
    yield from of_parts(field, ("choices",) if len(field.choices) < len(REQUESTS) else ())


def of_rows(steps: Sequence[Step]) -> Iterator[tuple[Step, str, tuple[Step, ...]]]:
    """The rows with what several of a command share broken in all of them: what one leaves out another asks.

    A field is left out by its name, and changed where it is asked for alike. `by_fields` of a bar is read while only
    asking what is offered, where one row that would do is enough; of one that keeps silent while nothing is said it
    makes no difference. `kind` of a receipt says whose rows these are.
    """
    seen: set[tuple[str, Any]] = set()
    for step in steps:
        for field in (each for each in step.fields if each.name != "kind"):
            if (step.command, field.name) not in seen:
                yield step, f"field {field.name} left out", _asking(steps, step.command, field.name, ())
            if (step.command, field) not in seen:
                for how, new in of_field(field):
                    yield step, f"field {field.name} {how}", _asking(steps, step.command, field, (new,))
            seen |= {(step.command, field.name), (step.command, field)}
        for bar in (each for each in step.bars if each.rule not in SILENT_UNTIL_SAID):
            if (step.command, bar.rule) not in seen:
                seen.add((step.command, bar.rule))
                how = f"bar {bar.rule}: by_fields is {not bar.by_fields}"
                yield step, how, _offering(steps, step.command, bar.rule)


def _asking(steps: Sequence[Step], command: str, of: str | Field, new: tuple[Field, ...]) -> tuple[Step, ...]:
    def asked(step: Step) -> tuple[Field, ...]:
        several = ((new if of in (each, each.name) else (each,)) for each in step.fields)
        return tuple(each for some in several for each in some)

    return tuple(evolve(each, fields=asked(each)) if each.command == command else each for each in steps)


def _offering(steps: Sequence[Step], command: str, rule: str) -> tuple[Step, ...]:
    def bars(step: Step) -> tuple[Bar, ...]:
        return tuple(evolve(each, by_fields=not each.by_fields) if each.rule == rule else each for each in step.bars)

    return tuple(evolve(each, bars=bars(each)) if each.command == command else each for each in steps)


def of_step(
    step: Step, states: Sequence[str], from_steps: Collection[str], barred: Collection[str] = ()
) -> Iterator[Broken]:
    """A row of a life cycle, broken; of the commands in `barred` a bar of the kind says first who may not give them.

    An undo only strikes: what its row says of working is not read.
    """
    yield from changed(step, "clause", another(step.clause))
    yield from of_parts(step, ("states", "who", "moves"))
    yield from of_parts(step, ("bars",), of_bar)
    receipt = step.states == ("",)
    yield from of_parts(step, ("opens",), of_on if receipt else partial(of_opened, from_steps=from_steps))
    yield from of_parts(step, ("discharges", "voids"), of_on)
    elsewhere = [each for each in states if each not in (step.to, *step.states, CLOSED)]
    for to in (*elsewhere[:1], "" if step.to else CLOSED):
        yield from changed(step, "to", to)
    yield from (
        (f"keeps without {name}", evolve(step, keeps={k: v for k, v in step.keeps.items() if k != name}))
        for name in step.keeps
    )
    if "anyone" not in step.who and step.command not in barred:
        yield from changed(step, "who", (*step.who, "anyone"))
    if step.for_case is not fields(Step).for_case.default:
        yield from changed(step, "for_case", ever)
        yield from changed(step, "for_case", never)
    if step.when is not always:
        yield from changed(step, "when", ever)
        yield from changed(step, "when", never)
    if step.changes is not fields(Step).changes.default:
        yield from changed(step, "changes", _no_changes)
    if not receipt and step.command != "undo":
        yield from changed(step, "work", not step.work)
    if step.to in (CLOSED, AWAITING_CALL_BACK):
        yield from changed(step, "on_the_spot", not step.on_the_spot)


def of_duty(rule: DutyRule, later: Collection[str]) -> Iterator[Broken]:
    """A row of the duty table, broken.

    From where its time runs makes a difference for those in `later`, which something after the receipt opens; whether
    it is void from the start where nobody can be spoken to, for those that open there at all.
    """
    yield from changed(rule, "clause", another(rule.clause))
    yield from changed(rule, "limit", OTHER_LIMITS.get(rule.limit, "at_once"))
    yield from changed(rule, "owed_by", "handler" if rule.owed_by == "owner" else "owner")
    read = {"since_receipt": rule.name in later, "spoken": not rule.silent, "silent": True, "in_hours": True}
    for flag in (name for name, told in read.items() if told):
        yield from changed(rule, flag, not getattr(rule, flag))
    if rule.for_case is not fields(DutyRule).for_case.default:
        yield from changed(rule, "for_case", ever)
        yield from changed(rule, "for_case", never)
