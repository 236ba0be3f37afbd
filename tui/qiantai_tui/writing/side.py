"""What stands beside a rehearsal that is being written: what is wrong with it, and how its model plays."""

from __future__ import annotations

from collections.abc import Iterator

from qiantai.hours import local
from qiantai.words import Bilingual
from qiantai_scenarios.making.checking import Checked, Finding
from qiantai_scenarios.making.timeline import DUTY, Beat
from qiantai_scenarios.rehearsing.debrief import MODEL

from ..text import showing
from ..text.words import say
from ..widgets.items import BLANK, Item, Span, heading, labelled, line

NOT_LOOKED = Bilingual("正在核对……", "Checking…")
WRONG = Bilingual("要改的 {n} 处 · F4 到那里", "To mend: {n} · F4 goes there")
FINE = Bilingual("✓ 都好了", "✓ All is well")
POINTS = Bilingual("示范 {points} 分 · 加分合起来 {given}", "The model scores {points} · {given} can be earned")
PLAYS = Bilingual("示范演下来", "How the model plays")
NO_PLAY = Bilingual("改好以后这里演给您看", "Once it is mended, the model plays here")
AT = Bilingual("第 {line} 行", "line {line}")
_SIGNS = {MODEL: "»", DUTY: "○"}
_ADVICE, _GRAVE = "!", "✗"


def items(checked: Checked | None, width: int) -> list[Item]:
    """What is wrong, each to be gone to, the points, and the time line of the model."""
    if checked is None:
        return [Item((line(Span(say(NOT_LOOKED), "label")),))]
    found = [_finding(each, width) for each in checked.findings]
    told = [heading(WRONG.format(n=len(found)), width, first=True), *found, BLANK] if found else []
    if checked.points is None:
        return [*told, Item((line(Span(say(NO_PLAY), "label")),))]
    part = "met" if checked.points == checked.given == 100 else "overdue"
    head = [] if found else [Item((line(Span(say(FINE), "met")),))]
    points = Item((line(Span(say(POINTS.format(points=checked.points, given=checked.given)), part)),))
    return [*told, *head, points, heading(PLAYS, width), *_beats(checked, width)]


def key_of(finding: Finding) -> str:
    """What a finding is gone to by."""
    return f"at:{finding.line}:{finding.column}"


def _finding(of: Finding, width: int) -> Item:
    sign = _GRAVE if of.grave else _ADVICE
    said = f"{say(AT.format(line=of.line))} {say(of.mistake.sentence)}"
    return Item(labelled(sign, said, width, name_width=1, part="overdue" if of.grave else "soon"), key_of(of))


def _beats(checked: Checked, width: int) -> Iterator[Item]:
    days = {local(each.at).date() for each in checked.line}
    pattern = "%m-%d %H:%M" if len(days) > 1 else "%H:%M"
    last = ""
    for each in checked.line:
        at = f"{local(each.at):{pattern}}"
        yield Item(_beat(each, at if at != last else " " * len(at), width))
        last = at


def _beat(of: Beat, at: str, width: int) -> tuple[tuple[Span, ...], ...]:
    clause = f" [{showing.clause(of.clause)}]" if of.clause and of.side == DUTY else ""
    part = {"met": "met", "late": "overdue"}.get(of.tone, "strong" if of.side == MODEL else "")
    return labelled(at, f"{_SIGNS.get(of.side, ' ')} {say(of.said)}{clause}", width, part=part)
