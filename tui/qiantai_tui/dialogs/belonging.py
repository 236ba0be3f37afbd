"""A call put to a case that is there already: a note on it, a reminder, a household that joins, or the two made one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from qiantai import Case, label
from qiantai.seat import Seat
from qiantai.words import Bilingual

from ..text import showing
from ..text.words import say
from ..widgets.rows import Column
from .choose import ChooseDialog, Item

TITLE = Bilingual("办到已有的哪一件里?", "Which case does it belong to?")
LOOK = Bilingual("先看看", "Look at it first")
MERGE = Bilingual("受理后并入", "Take in, then merge")
PUT = Bilingual("没有另立事项:已在 {number} {what}。F4 下一步", "No new case: {what}, on {number}. F4 next step")
_COLUMNS = (Column(Bilingual("办什么", "What"), 14), Column(Bilingual("哪一件", "Which"), 30, flex=1))


@frozen
class Belongs:
    """What to do with a call instead of a case of its own: `join`, `urge`, `note`, `merge` or `look`, and where."""

    command: str
    number: str


def ways(cases: Sequence[Case], kind: str, household: str, seat: Seat) -> Iterator[tuple[Belongs, Case]]:
    """What who is at the desk could do with a call of this kind from this household, a case after the other."""
    for case in cases:
        offered = seat.offers(case.number)
        if household and household not in case.households and "join" in offered:
            yield Belongs("join", case.number), case
        if household and household in case.households and "urge" in offered:
            yield Belongs("urge", case.number), case
        if "note" in offered:
            yield Belongs("note", case.number), case
        if kind == case.kind:
            yield Belongs("merge", case.number), case
        yield Belongs("look", case.number), case


def belonging(cases: Sequence[Case], kind: str, household: str, seat: Seat) -> ChooseDialog:
    """The question; its answer is read by `chosen`."""
    items = [
        Item(f"{way.command}:{way.number}", (say(_called(way.command)), _about(case)))
        for way, case in ways(cases, kind, household, seat)
    ]
    return ChooseDialog(TITLE, _COLUMNS, items)


def chosen(answer: str | None) -> Belongs | None:
    """What was chosen."""
    command, _, number = (answer or "").partition(":")
    return Belongs(command, number) if number else None


def fields_of(way: Belongs, summary: str, household: str) -> dict[str, Any]:
    """What the command says."""
    return {"household": household} if way.command == "join" else {"text": summary}


def put_words(way: Belongs) -> Bilingual:
    """What was done, for the toast."""
    return PUT.format(number=way.number, what=label("commands", way.command))


def _called(command: str) -> Bilingual:
    match command:
        case "look":
            return LOOK
        case "merge":
            return MERGE
        case _:
            return label("commands", command)


def _about(case: Case) -> str:
    return " ".join((case.number, showing.state(case), showing.place(case), showing.summary(case)))
