"""Which rows of the tables carry a clause out: the steps, duties, bars and limits that cite it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from qiantai.clauses import Clause
from qiantai.decision import ENGINE_BARS
from qiantai.handbook import Handbook
from qiantai.lifecycle import Bar, Request
from qiantai.requests import INCIDENT_REQUEST, REQUESTS
from qiantai.words import Bilingual, label

KINDS: Mapping[str, Request] = {**REQUESTS, INCIDENT_REQUEST.kind: INCIDENT_REQUEST}
STEP, DUTY, BAR, LIMIT = "step", "duty", "bar", "limit"


@frozen
class Citation:
    """A row that cites a clause: `what` it is (`step`, `duty`, `bar`, `limit`) of which kind (empty: all), by name.

    `label` is what it is called, or of a bar why it refuses; `says` the same with its kind, as one line.
    """

    clause: Clause
    what: str
    request: str
    name: str
    label: Bilingual
    says: Bilingual


def citations(kinds: Mapping[str, Request] = KINDS) -> tuple[Citation, ...]:
    """Every row of the tables that cites a clause, each once: kind by kind, what all kinds refuse, the limits."""
    found = [each for request in kinds.values() for each in _of_request(request)]
    found += [each for bar in ENGINE_BARS for each in _of_bar(bar, "")]
    for limit in Handbook(requests=kinds).defaults.limits.values():
        name = limit.label
        says = Bilingual(f"时限标准 {name.zh}({limit.key})", f"limit: {name.en} ({limit.key})")
        found.append(Citation(limit.clause, LIMIT, "", limit.key, name, says))
    return tuple(dict.fromkeys(found))


def _of_request(request: Request) -> Iterator[Citation]:
    kind = label("kinds", request.kind)
    for duty in request.duties:
        name = label("duties", duty.name)
        says = Bilingual(f"{kind.zh} 时限 {name.zh}({duty.limit})", f"{kind.en}, duty: {name.en} ({duty.limit})")
        yield Citation(duty.clause, DUTY, request.kind, duty.name, name, says)
    for bar in (*request.bars, *(bar for step in (*request.steps, *request.linked) for bar in step.bars)):
        yield from _of_bar(bar, request.kind)
    for step in request.steps:
        name = label("commands", step.command)
        says = Bilingual(f"{kind.zh} 指令 {name.zh}:{step.key}", f"{kind.en}, command: {name.en}: {step.key}")
        yield Citation(step.clause, STEP, request.kind, step.key, name, says)
    for step in request.linked:
        name = label("commands", step.command)
        says = Bilingual(
            f"{kind.zh} 随事件 {name.zh}:{step.key}", f"{kind.en}, with its incident: {name.en}: {step.key}"
        )
        yield Citation(step.clause, STEP, request.kind, step.key, name, says)


def _of_bar(bar: Bar, request: str) -> Iterator[Citation]:
    if bar.clause is None:
        return
    kind = label("kinds", request) if request else Bilingual("各类", "every kind")
    says = Bilingual(f"{kind.zh} 禁止 {bar.in_general.zh}", f"{kind.en}, refused: {bar.in_general.en}")
    yield Citation(bar.clause, BAR, request, bar.rule, bar.in_general, says)
