"""A kind's life cycle as a Mermaid state diagram: arrows from state to state, with the commands and who gives them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from qiantai.lifecycle import Request, Step
from qiantai.standing import named
from qiantai.words import CLOSED, Bilingual, entry, label, listed

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
    place = {state: at for at, state in enumerate((START, *request.states))}
    for (start, end), steps in sorted(arrows(request).items(), key=lambda each: (place[each[0][0]], place[each[0][1]])):
        told = "<br/>".join(_told(request, steps, language))
        lines.append(f"    {start or '[*]'} --> {end}: {told}")
    lines.append(f"    {CLOSED} --> [*]")
    return "\n".join(lines)


def _told(request: Request, steps: tuple[Step, ...], language: str) -> Iterator[str]:
    """The lines of an arrow: the commands, each with its case, and under those that the same people give, by whom."""
    by: dict[str, dict[str, None]] = {}
    for step in steps:
        alike = tuple(each for each in steps if (each.command, each.branch) == (step.command, step.branch))
        case = condition(request, step, language)
        told = f"{label('commands', step.command)[language]}{f' ({case})' if case else ''}"
        by.setdefault(_who(alike, language), {})[told] = None
    for who, commands in by.items():
        yield from (*commands, f"· {who}")


def _who(steps: tuple[Step, ...], language: str) -> str:
    """Who may take these rows, roles by their brief names."""
    tokens = dict.fromkeys(each for step in steps for each in step.who)
    return listed(tuple(_brief(each, steps[0]) for each in tokens))[language]


def _brief(who: str, step: Step) -> Bilingual:
    full, brief = named((evolve(step, who=(who,)),)), entry("roles", who)
    return Bilingual(brief.get("brief", full.zh), brief.get("brief_en", full.en))
