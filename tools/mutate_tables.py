"""Breaks the tables of the life cycles one entry at a time, and tells which breaks nothing noticed.

`python -m tools.mutate_tables [KIND …]` from the project's folder, as `make mutants` does. Of every row and every
attribute one thing is dropped, flipped or swapped; the scenarios of the kind, then what comes of every command, then
the kernel's tests are run until one of them notices.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import multiprocessing
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

import pytest
from attrs import evolve, fields, frozen
from tests.kernel.outcomes import all_tried, offered, standing_cases, tried
from tests.kernel.outcomes_told import blocks, receipts_told
from tests.kernel.plausible import FIELDS
from tests.kernel.reachable import BOOK

from qiantai.clauses import HOUSE, Clause
from qiantai.commands import Field
from qiantai.handbook import Handbook
from qiantai.lifecycle import Bar, DutyRule, Move, On, Request, Step, always
from qiantai.requests import REQUESTS
from qiantai.words import AWAITING_CALL_BACK, CLOSED
from qiantai_scenarios import Scenario, play, read_scenario, shipped

OTHER_LIMITS = {"at_once": "emergency_arrival", "suggestion_reply": "complaint_resolve"}
TESTS = ("test_call_back", "test_filing", "test_undo_merge")
OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib")
Broken = tuple[str, Any]
Breaking = Callable[[Any], Iterator[Broken]]


@frozen
class Mutant:
    """A kind with one entry of its tables broken: where, how, and on which commands and states it may tell."""

    row: str
    how: str
    request: Request
    commands: tuple[str, ...]
    states: tuple[str, ...]


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


def of_opened(on: On) -> Iterator[Broken]:
    """A duty that a step opens, broken."""
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
    yield from changed(bar, "when", ever)
    yield from changed(bar, "by_fields", not bar.by_fields)
    yield from of_parts(bar, ("commands", "states"))


def of_field(field: Field) -> Iterator[Broken]:
    """A field, broken as far as the kernel reads it."""
    yield from changed(field, "must", not field.must)
    yield from of_parts(field, ("choices",) if len(field.choices) < len(REQUESTS) else ())


def of_step(step: Step, states: Sequence[str]) -> Iterator[Broken]:
    """A row of a life cycle, broken."""
    yield from changed(step, "clause", another(step.clause))
    yield from of_parts(step, ("states", "who", "moves"))
    yield from of_parts(step, ("fields",), of_field)
    yield from of_parts(step, ("bars",), of_bar)
    receipt = step.command == "receive"
    yield from of_parts(step, ("opens",), of_on if receipt else of_opened)
    yield from of_parts(step, ("discharges", "voids"), of_on)
    elsewhere = [each for each in states if each not in (step.to, *step.states, CLOSED)]
    for to in (*elsewhere[:1], "" if step.to else CLOSED):
        yield from changed(step, "to", to)
    yield from (
        (f"keeps without {name}", evolve(step, keeps={k: v for k, v in step.keeps.items() if k != name}))
        for name in step.keeps
    )
    if "anyone" not in step.who:
        yield from changed(step, "who", (*step.who, "anyone"))
    if step.for_case is not fields(Step).for_case.default:
        yield from changed(step, "for_case", ever)
        yield from changed(step, "for_case", never)
    if step.when is not always:
        yield from changed(step, "when", ever)
        yield from changed(step, "when", never)
    if step.changes is not fields(Step).changes.default:
        yield from changed(step, "changes", _no_changes)
    if not receipt:
        yield from changed(step, "work", not step.work)
    if step.to in (CLOSED, AWAITING_CALL_BACK):
        yield from changed(step, "on_the_spot", not step.on_the_spot)


def of_duty(rule: DutyRule) -> Iterator[Broken]:
    """A row of the duty table, broken."""
    yield from changed(rule, "clause", another(rule.clause))
    yield from changed(rule, "limit", OTHER_LIMITS.get(rule.limit, "at_once"))
    yield from changed(rule, "owed_by", "handler" if rule.owed_by == "owner" else "owner")
    for flag in ("since_receipt", "spoken", "silent", "in_hours"):
        yield from changed(rule, flag, not getattr(rule, flag))
    if rule.for_case is not fields(DutyRule).for_case.default:
        yield from changed(rule, "for_case", ever)
        yield from changed(rule, "for_case", never)


def mutants(request: Request) -> Iterator[Mutant]:
    """All that is one entry away from a kind's tables."""
    every = ("receive", *(each for each in FIELDS if each in request.commands))

    def made(row: str, how: str, on: Step | None = None, **to: Any) -> Mutant:
        where = ((on.command,), on.states) if on else (every, request.states)
        return Mutant(row, how, evolve(request, **to), *where)

    for place, step in enumerate(request.steps):
        row = f"{step.key} #{place}"
        rest = (*request.steps[:place], *request.steps[place + 1 :])
        yield made(row, "left out", step, steps=rest)
        for how, value in of_step(step, request.states):
            yield made(row, how, step, steps=(*request.steps[:place], value, *request.steps[place + 1 :]))
    for how, duties in (*without("duties", request.duties), *within("duties", request.duties, of_duty)):
        yield made("duties", how, duties=duties)
    for how, bars in (*without("bars", request.bars), *within("bars", request.bars, of_bar)):
        yield made("bars", how, bars=bars)
    for how, reactions in (
        *without("reactions", request.reactions),
        *within("reactions", request.reactions, of_opened),
    ):
        yield made("reactions", how, reactions=reactions)
    for how, form in without("form", request.form):
        yield made("form", how, form=form)
    yield made("dossier", "none", dossier=lambda _: "")
    yield made("dossier", "always", dossier=lambda _: "form")
    yield made("registered", "never", registered=never)
    if request.registered is not fields(Request).registered.default:
        yield made("registered", "always", registered=ever)
    yield made("prefix", "another", prefix="XX")


@cache
def scenarios(kind: str) -> tuple[Scenario, ...]:
    """The shipped scenarios in which a case of the kind comes up."""
    read = (read_scenario(path) for path in shipped())
    return tuple(each for each in read if any(each.kind(alias) == kind for alias in each.aliases))


def noticed_by_scenarios(kind: str, mutant: Mutant) -> bool:
    """Whether a scenario comes out otherwise."""
    requests = {**REQUESTS, kind: mutant.request}
    for scenario in scenarios(kind):
        if not play(evolve(scenario, handbook=evolve(scenario.handbook, requests=requests))).ok:
            return True
    return False


@cache
def _outcomes(kind: str) -> Mapping[tuple[str, str], list[str]]:
    return {key: list(block.lines()) for key, block in blocks(all_tried(kind)).items()}


@cache
def _receipts(kind: str) -> list[str]:
    return list(receipts_told(kind))


def noticed_by_outcomes(kind: str, mutant: Mutant) -> bool:
    """Whether what comes of the commands that it may tell on is told otherwise."""
    book: Handbook = evolve(BOOK, requests={**REQUESTS, kind: mutant.request})
    if not set(mutant.commands) < set(FIELDS) and list(receipts_told(kind, book)) != _receipts(kind):
        return True
    found = blocks(
        each
        for seen, people in standing_cases(kind)
        if seen.case.state in mutant.states
        for each in tried(evolve(seen, book=book), [name for name in mutant.commands if name in FIELDS], people)
    )
    stock = {
        (command, state): lines
        for (command, state), lines in _outcomes(kind).items()
        if command in mutant.commands and state in mutant.states
    }
    if {key: list(block.lines()) for key, block in found.items()} != stock:
        return True
    here = [(seen, people) for seen, people in standing_cases(kind) if seen.case.state in mutant.states]
    return any(
        offered(evolve(seen, book=book), by) != _offered(kind)[id(seen), by] for seen, people in here for by in people
    )


@cache
def _offered(kind: str) -> Mapping[tuple[int, str], tuple[str, ...]]:
    return {(id(seen), by): offered(seen, by) for seen, people in standing_cases(kind) for by in people}


def noticed_by_tests(kind: str, mutant: Mutant) -> bool:
    """Whether a test of the kernel fails, in a process of its own where the kind is as the mutant has it."""
    child = os.fork()
    if child == 0:
        REQUESTS[kind] = mutant.request  # type: ignore[index]
        files = [f"tests/kernel/{name}.py" for name in (f"test_{kind}", *TESTS)]
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
            os._exit(pytest.main([*OPTIONS, *files]))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0


BY: tuple[tuple[str, Callable[[str, Mutant], bool]], ...] = (
    ("scenarios", noticed_by_scenarios),
    ("outcomes", noticed_by_outcomes),
    ("tests", noticed_by_tests),
)


def noticed(kind: str, stages: int, place: int) -> str:
    """By which of the first stages the mutant of that place was noticed, empty where by none. An error is noticed."""
    mutant = _mutants(kind)[place]
    for name, by in BY[:stages]:
        try:
            if by(kind, mutant):
                return name
        except Exception:
            return name
    return ""


@cache
def _mutants(kind: str) -> tuple[Mutant, ...]:
    return tuple(mutants(REQUESTS[kind]))


def main() -> int:
    """Print what was noticed by what, and every mutant that nothing noticed; 0 where nine of ten were, else 1."""
    asked = argparse.ArgumentParser("python -m tools.mutate_tables", description=__doc__)
    asked.add_argument("kinds", nargs="*", metavar="KIND", help="; ".join(REQUESTS))
    asked.add_argument("--least", type=float, default=90.0, help="per cent of each kind that have to be noticed")
    asked.add_argument("--quick", action="store_true", help="without the kernel's tests, by far the slowest")
    asked.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth, for a quick look")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = asked.parse_args()
    enough = True
    for kind in given.kinds or REQUESTS:
        places = range(0, len(_mutants(kind)), given.every)
        several = [_mutants(kind)[place] for place in places]
        _outcomes(kind), _offered(kind), _receipts(kind), scenarios(kind), standing_cases(kind)
        with multiprocessing.get_context("fork").Pool(given.jobs) as pool:
            by = pool.map(partial(noticed, kind, len(BY) - given.quick), places, chunksize=4)
        told = Counter(by)
        share = 100 * (len(several) - told[""]) / len(several)
        enough = enough and share >= given.least
        each = ", ".join(f"{told[name]} by {name}" for name, _ in BY)
        print(f"{kind}: {len(several)} mutants, {share:.1f} % noticed ({each}), {told['']} not", flush=True)
        for mutant, name in zip(several, by, strict=True):
            if not name:
                print(f"    {mutant.row}: {mutant.how}", flush=True)
    return 0 if enough else 1


if __name__ == "__main__":
    with contextlib.redirect_stderr(io.StringIO()):
        status = main()
    sys.exit(status)
