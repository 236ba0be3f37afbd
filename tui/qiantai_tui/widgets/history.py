"""The history of a case as lines of a page: when, who, what was done, what was said, and what was taken back."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from qiantai import Case, Event, Handbook, label
from qiantai.case import evolve
from qiantai.events import Moved
from qiantai.why.trail import row_of
from qiantai.words import Bilingual

from ..text.facts import clause_name, command, moment, said, taken_back_by, with_roles
from ..text.showing import staff
from ..text.words import language, say
from ..text.wrapping import wrap
from .items import Item, Line, Span, cells, cropped, line

TAKEN_BACK = Bilingual("已撤销:{by} {at}", "taken back by {by}, {at}")
TAKES_BACK = Bilingual("撤销的是:{what}({at})", "took back: {what} ({at})")
DUE_MOVED = Bilingual("{duty}改到 {at}", "{duty} now due {at}")
_INDENT = "  "


@frozen
class Told:
    """One event with all that a screen says of it; `clause` is empty where none gave the step."""

    event: Event
    clause: str
    struck_by: Event | None


def told(case: Case, handbook: Handbook) -> tuple[Told, ...]:
    """The events of a case, the latest first, each with the clause of the row that it took."""
    struck, request = taken_back_by(case), handbook.request(case.kind)
    found: list[Told] = []
    before = None
    for event in case.history:
        row = row_of(before, event, request, handbook) if request else None
        found.append(Told(event, row.clause.id if row else "", struck.get(event.seq)))
        before = evolve(before, event)
    return tuple(reversed(found))


def history_items(
    case: Case, events: tuple[Told, ...], handbook: Handbook, now: datetime, width: int, *, full: bool = False
) -> list[Item]:
    """The events as `told` gives them; each opens its clause. Residents' numbers and names are masked unless `full`."""
    return [
        Item(_lines(case, each, handbook, now, width, full=full), f"clause:{each.clause}:{each.event.seq}")
        for each in events
    ]


def _lines(case: Case, each: Told, handbook: Handbook, now: datetime, width: int, *, full: bool) -> tuple[Line, ...]:
    event, gone = each.event, each.struck_by is not None
    who, clause = with_roles(event.by, handbook), clause_name(each.clause) if each.clause else ""
    began = line(
        Span(f"{moment(event.at, now)}  ", "label"), Span(command(case, event), "struck" if gone else "strong")
    )
    head: tuple[Line, ...] = ((*began, Span(f"  {who}"), Span(f"  {clause}", "label")),)
    if cells(head[0]) > width:
        head = (cropped(width, *began, Span(f"  {clause}", "label")), cropped(width, _INDENT, who))
    texts = [_text(said(case, event, handbook, now, full=full)), _consequences(case, event, now)]
    lines = [
        line(_INDENT, Span(row, "struck" if gone else "")) for text in texts if text for row in wrap(text, width - 2)
    ]
    if each.struck_by is not None:
        by, at = staff(each.struck_by.by, handbook), moment(each.struck_by.at, now)
        lines.append(cropped(width, _INDENT, Span("✗ " + say(TAKEN_BACK.format(by=by, at=at)), "late")))
    return (*head, *lines)


def _text(pairs: list[tuple[str, str]]) -> str:
    colon, stop = (": ", "; ") if language() == "en" else (":", ";")
    return stop.join(f"{name}{colon}{shown}" if name else shown for name, shown in pairs)


def _consequences(case: Case, event: Event, now: datetime) -> str:
    found = [
        say(DUE_MOVED.format(duty=label("duties", each.name), at=moment(each.due, now)))
        for each in event.changes
        if isinstance(each, Moved)
    ]
    struck = {seq for seq, by in taken_back_by(case).items() if by.seq == event.seq}
    found += [
        say(TAKES_BACK.format(what=command(case, one), at=moment(one.at, now)))
        for one in case.history
        if one.seq in struck
    ]
    return "; ".join(found) if language() == "en" else ";".join(found)
