"""The page on the life cycles: for each kind its diagram, the steps beside it, its duties, bars, form and filing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from qiantai.lifecycle import On, Request, Step
from qiantai.requests import REQUESTS
from qiantai.standing import named
from qiantai.words import Bilingual, label
from tools.diagrams import diagram, stays
from tools.duty_tables import cases, duties
from tools.filing_table import filed, filing
from tools.markdown import bracketed, cited, quoted, table
from tools.refusal_tables import bars, bars_of_every_kind

KINDS = tuple(REQUESTS.values())
EVERYWHERE = Bilingual("办结前任何状态", "every open state")
ALWAYS = Bilingual("任何状态,办结后也可", "every state, closed too")
STEPS = (Bilingual("步骤", "step"), Bilingual("谁", "who"), Bilingual("在哪些状态", "in which states"),
         Bilingual("带来什么", "what it does"), Bilingual("条款", "clause"))  # fmt: skip
DIAGRAM = Bilingual("### 状态图", "### The diagram")
BESIDE = Bilingual("### 图外的步骤", "### Steps beside the diagram")
DUTIES = Bilingual("### 时限", "### Duties")
BARS = Bilingual("### 哪些会被拒绝", "### What is refused")
END = Bilingual("### 办结和归档", "### Closing and filing")


def _read(step: Step) -> tuple[object, ...]:
    """What a row reads like, whichever states its kind has."""
    return step.clause, step.command, step.who, step.to, step.branch, step.discharges


def of_every_kind() -> tuple[Step, ...]:
    """The rows beside the diagram that every kind has alike, as the first kind has them."""
    alike = set.intersection(*({_read(step) for step in beside(each)} for each in KINDS))
    return tuple(step for step in beside(KINDS[0]) if _read(step) in alike)


def beside(request: Request) -> tuple[Step, ...]:
    """A kind's rows that its diagram does not draw."""
    return tuple(step for step in request.steps if stays(request, step))


def every_kind(language: str) -> str:
    """What all kinds have alike: the steps beside the diagrams, and what is refused everywhere."""
    rows = (_step(KINDS[0], step, language) for step in of_every_kind())
    return "\n\n".join((BESIDE[language], _steps(rows, language), BARS[language], bars_of_every_kind(KINDS, language)))


def kind(request: Request, language: str) -> str:
    """All of one kind."""
    common = {_read(each) for each in of_every_kind()}
    rows = [_step(request, step, language) for step in beside(request) if _read(step) not in common]
    parts = (
        (DIAGRAM, f"```mermaid\n{diagram(request, language)}\n```"),
        (BESIDE, _steps(rows, language)),
        (DUTIES, duties(request, language)),
        (BARS, bars(request, KINDS, language)),
        (END, filed(request, language)),
    )
    return "\n\n".join(f"{head[language]}\n\n{body}" for head, body in parts)


def _steps(rows: Iterable[Iterable[str]], language: str) -> str:
    return table((each[language] for each in STEPS), rows)


def _step(request: Request, step: Step, language: str) -> tuple[str, ...]:
    name = label("commands", step.command)[language]
    branch = label("conditions", step.branch)[language] if step.branch else ""
    who = named((step,))[language]
    return (
        f"{name}{bracketed(branch if branch != who else '', language)}",
        who,
        _states(request, step)[language],
        " · ".join(_effects(step, language)) or "–",
        cited(step.clause, language),
    )


def _states(request: Request, step: Step) -> Bilingual:
    if set(step.states) >= set(request.states):
        return ALWAYS
    if set(step.states) >= set(request.open_states):
        return EVERYWHERE
    return quoted(label("states", each) for each in step.states)


def _effects(step: Step, language: str) -> Iterator[str]:
    """What a row brings about: the state it leads to, and the duties it opens, ends or moves."""
    if step.to and step.states != (step.to,):
        yield f"→ {label('states', step.to)[language]}"
    moved = tuple(On(each.name) for each in step.moves)
    for words, ons in ((OPENS, step.opens), (ENDS, step.discharges), (VOIDS, step.voids), (MOVES, moved)):
        if ons:
            yield f"{words[language]}{cases(ons, language)}"


OPENS = Bilingual("产生:", "opens: ")
ENDS = Bilingual("履行:", "does: ")
VOIDS = Bilingual("免去:", "voids: ")
MOVES = Bilingual("改时限:", "moves: ")

BLOCKS: Mapping[str, Callable[[str], str]] = {
    "every_kind": every_kind,
    "filing": partial(filing, KINDS),
    **{each.kind: partial(kind, each) for each in KINDS},
}
