"""A kind's life cycle as a Mermaid state diagram: arrows from state to state, with the commands and who gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qiantai.lifecycle import Request, Step
from qiantai.standing import named
from qiantai.words import CLOSED, label

START = ""


def stays(request: Request, step: Step) -> bool:
    """Whether a row is told beside the diagram: it leaves the state as it is, or holds in every open one."""
    return not step.to or step.states == (step.to,) or set(request.open_states) <= set(step.states)


def arrows(request: Request) -> Mapping[tuple[str, str], tuple[Step, ...]]:
    """The rows that lead from one state to another, by where they start and end; a receipt starts at ``""``."""
    found: dict[tuple[str, str], tuple[Step, ...]] = {}
    for step in request.steps:
        for state in () if stays(request, step) else step.states:
            found[state, step.to] = (*found.get((state, step.to), ()), step)
    return found


def condition(request: Request, step: Step, language: str) -> str:
    """In which case a command leads where this row leads; empty where it leads nowhere else, and not to the end."""
    ends = {each.to for state in step.states for each in request.table[state, step.command]}
    told = step.branch and (len(ends) > 1 or step.to == CLOSED)
    return label("conditions", step.branch)[language] if told else ""


def diagram(request: Request, language: str) -> str:
    """The diagram's source."""
    lines = ["stateDiagram-v2", "    direction TB"]
    lines += [f'    state "{label("states", each)[language]}" as {each}' for each in request.states]
    for (start, end), steps in arrows(request).items():
        told = "<br/>".join(_told(request, steps, language))
        lines.append(f"    {start or '[*]'} --> {end}: {told}")
    lines.append(f"    {CLOSED} --> [*]")
    return "\n".join(lines)


def _told(request: Request, steps: tuple[Step, ...], language: str) -> Iterator[str]:
    """A line for each command that these rows take: its label, in which case, and who gives it."""
    for step in steps:
        alike = tuple(each for each in steps if (each.command, each.branch) == (step.command, step.branch))
        if alike[0] is not step:
            continue
        case = condition(request, step, language)
        name = label("commands", step.command)[language]
        yield f"{name}{f' ({case})' if case else ''} · {named(alike)[language]}"
