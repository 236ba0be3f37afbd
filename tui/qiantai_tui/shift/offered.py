"""What is offered to somebody at a shift change, as their queue says it."""

from __future__ import annotations

from collections.abc import Iterable

from qiantai import Case
from qiantai.projections.queue import Line
from qiantai.words import Bilingual

from ..text import showing
from ..text.words import say

OFFERED = Bilingual(
    "有 {n} 件移交给您,还没有接:F4 逐件接下或退回,Shift+F12 看交接班",
    "Offered to you, not yet accepted: {n}. F4 accepts or declines one, Shift+F12 shows the hand-over",
)
TO_YOU = Bilingual("[待您接] ", "[for you] ")


def offered_words(lines: Iterable[Line], person: str) -> Bilingual | None:
    """How many of the queue are offered to this person; None where there are none."""
    count = sum(line.case.offered_to == person for line in lines) if person else 0
    return OFFERED.format(n=count) if count else None


def offered_line(case: Case, person: str) -> str:
    """A case in a line of the queue, with a mark before it where it is offered to this person."""
    about = showing.summary_line(case)
    return say(TO_YOU) + about if person and case.offered_to == person else about
