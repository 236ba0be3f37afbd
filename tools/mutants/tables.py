"""The tables of the six kinds and of the incident with one entry broken, and who may notice it first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any

from attrs import evolve, fields, frozen
from tests.kernel.outcomes import all_tried, offered, standing_cases, tried
from tests.kernel.outcomes_told import blocks, receipts_told
from tests.kernel.plausible import FIELDS
from tests.kernel.reachable import BOOK

from qiantai import requests
from qiantai.handbook import Handbook
from qiantai.lifecycle import Request, Step
from qiantai.requests import INCIDENT_REQUEST, REQUESTS
from qiantai.words import INCIDENT
from qiantai_scenarios import Scenario, play, read_scenario, shipped
from tools.mutants.mutant import Mutant
from tools.mutants.rows import BARS_ON_ROLE, ever, never, of_bar, of_duty, of_opened, of_rows, of_step, within, without

KINDS: Mapping[str, Request] = {**REQUESTS, INCIDENT: INCIDENT_REQUEST}
FILES = (
    *("test_call_back", "test_decision", "test_effects", "test_every_kind", "test_filing", "test_incident"),
    *("test_linking", "test_outcome", "test_ownership", "test_receipt", "test_undo_merge", "test_undo_refused"),
)


@frozen
class Broken:
    """A kind with one entry of its tables broken: where, how, and on which commands and states it may tell."""

    row: str
    how: str
    request: Request
    commands: tuple[str, ...]
    states: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The kind that is broken."""
        return self.request.kind


def broken(request: Request) -> Iterator[Broken]:
    """All that is one entry away from a kind's tables."""
    every = ("receive", *(each for each in FIELDS if each in request.commands))

    def made(row: str, how: str, on: Step | None = None, **to: Any) -> Broken:
        where = ((on.command,), on.states) if on else (every, request.states)
        return Broken(row, how, evolve(request, **to), *where)

    from_receipt = {each.name for each in request.duties if each.since_receipt}
    from_steps = {each.name for each in request.duties} - from_receipt
    openings = (step.opens for step in (*request.steps, *request.linked) if step.command != "receive")
    later = {on.name for several in (*openings, request.reactions) for on in several if not on.anew}
    barred = {command for bar in request.bars if bar.rule in BARS_ON_ROLE for command in bar.commands}
    for name in ("steps", "linked"):
        several: tuple[Step, ...] = getattr(request, name)
        for place, step in enumerate(several):
            row = f"{name} {place}: {step.key}"
            for how, left in without("", (step,)):
                yield made(row, how.strip(), step, **{name: (*several[:place], *left, *several[place + 1 :])})
            for how, value in of_step(step, request.states, from_steps, barred):
                yield made(row, how, step, **{name: (*several[:place], value, *several[place + 1 :])})
    for step, how, steps in of_rows(request.steps):
        states = tuple(dict.fromkeys(state for each in steps if each.command == step.command for state in each.states))
        yield made(step.command, how, evolve(step, states=states), steps=steps)
    for name, inner in (
        ("duties", partial(of_duty, later=later)),
        ("bars", of_bar),
        ("reactions", partial(of_opened, from_steps=from_steps)),
    ):
        rows = getattr(request, name)
        for how, value in (*without(name, rows), *within(name, rows, inner)):
            yield made(name, how, **{name: value})
    for how, form in without("form", request.form):
        yield made("form", how, form=form)
    if request.dossier is not fields(Request).dossier.default:
        yield made("dossier", "none", dossier=lambda _: "")
    yield made("dossier", "another part", dossier=lambda _: "another")
    if request.kind != INCIDENT:
        yield made("registered", "never", registered=never)
    if request.registered is not fields(Request).registered.default:
        yield made("registered", "always", registered=ever)
    yield made("prefix", "another", prefix="XX")


def mutants(kind: str) -> Iterator[Mutant]:
    """The mutants of a kind's tables."""
    for each in broken(KINDS[kind]):
        yield Mutant(
            f"tables of {kind}",
            f"{each.row}: {each.how}",
            partial(_put, each),
            (partial(noticed_by_scenarios, each), partial(noticed_by_outcomes, each)),
            partial(_concerns, kind),
        )


def _put(mutant: Broken) -> None:
    """Put it in the product's place, for whatever asks for the kind from here on."""
    if mutant.kind == INCIDENT:
        requests.INCIDENT_REQUEST = mutant.request
    else:
        REQUESTS[mutant.kind] = mutant.request  # type: ignore[index]


def _concerns(kind: str, test: str) -> bool:
    """Whether a test may notice, as the beginning of its file's name and its examples tell."""
    file, _, example = test.partition("[")
    others = [each for each in REQUESTS if each != kind and each in example]
    return not others and any(f"/{name}" in file for name in (f"test_{kind}", *FILES))


@cache
def scenarios(kind: str) -> tuple[Scenario, ...]:
    """The shipped scenarios in which a case of the kind comes up; of an incident those with one."""
    return tuple(each for each in every_scenario() if any(each.kind(alias) == kind for alias in each.aliases))


@cache
def every_scenario() -> tuple[Scenario, ...]:
    """All shipped scenarios."""
    return tuple(map(read_scenario, shipped()))


def noticed_by_scenarios(mutant: Broken) -> bool:
    """Whether a scenario comes out otherwise."""
    for scenario in scenarios(mutant.kind):
        if not play(evolve(scenario, handbook=_with(mutant, scenario.handbook))).ok:
            return True
    return False


def _with(mutant: Broken, book: Handbook) -> Handbook:
    if mutant.kind == INCIDENT:
        return evolve(book, incident=mutant.request)
    return evolve(book, requests={**REQUESTS, mutant.kind: mutant.request})


def noticed_by_outcomes(mutant: Broken) -> bool:
    """Whether what comes of the commands that it may tell on is told otherwise, or offered to others."""
    kind, book = mutant.kind, _with(mutant, BOOK)
    if kind == INCIDENT or mutant.row.startswith("linked"):
        return False  # the table of outcomes is of the six kinds' own commands
    if not set(mutant.commands) < set(FIELDS) and list(receipts_told(kind, book)) != _receipts(kind):
        return True
    here = [(seen, people) for seen, people in standing_cases(kind) if seen.case.state in mutant.states]
    commands = [name for name in mutant.commands if name in FIELDS]
    found = blocks(each for seen, people in here for each in tried(evolve(seen, book=book), commands, people))
    stock = {
        (command, state): lines
        for (command, state), lines in _outcomes(kind).items()
        if command in mutant.commands and state in mutant.states
    }
    if {key: list(block.lines()) for key, block in found.items()} != stock:
        return True
    return any(
        offered(evolve(seen, book=book), by) != _offered(kind)[id(seen), by] for seen, people in here for by in people
    )


@cache
def _outcomes(kind: str) -> Mapping[tuple[str, str], list[str]]:
    return {key: list(block.lines()) for key, block in blocks(all_tried(kind)).items()}


@cache
def _receipts(kind: str) -> list[str]:
    return list(receipts_told(kind))


@cache
def _offered(kind: str) -> Mapping[tuple[int, str], tuple[str, ...]]:
    return {(id(seen), by): offered(seen, by) for seen, people in standing_cases(kind) for by in people}


def remember(kind: str) -> None:
    """Reckon once, ahead of all mutants, how the unbroken kind comes out."""
    scenarios(kind)
    if kind != INCIDENT:
        _outcomes(kind), _receipts(kind), _offered(kind)
