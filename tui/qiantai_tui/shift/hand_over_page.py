"""The page of a hand-over: who, from when to when, what comes next, and every part with the marks of its cases."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from qiantai import Handbook
from qiantai.privacy import mask_words
from qiantai.seat import Seat
from qiantai.shift.book import HandOver, Stage
from qiantai.shift.summary import Summary
from qiantai.words import NOTHING, Bilingual

from ..text.words import say
from ..text.wrapping import wrap
from ..widgets.items import Item, Line, Span, heading, labelled, line
from ..widgets.matter import Known, known_items
from .marks import Marks
from .record import GIVER, NOTES, PERIOD, STAGE, facts
from .telling import SECTIONS, STAGES, CaseOf, Told, counts, name, period, sections

NOBODY_HERE = Bilingual("还没有选谁在前台。F12 选人", "Nobody is at the desk yet. F12 chooses")
EMPTY = Bilingual("这一班没有留下在办的。F4 选接班人", "This shift leaves nothing open. F4 chooses who takes over")
NO_NOTES = Bilingual("没有。n 写交接备注", "None. n writes some")
NO_NOTES_SIGNED = Bilingual("没有", "None")
RUNNING = Bilingual("还没有起草", "not begun yet")
MARKS = {
    "gives": Bilingual("✓ 移交", "✓ handed over"),
    "stays": Bilingual("○ 留下", "○ stays"),
    "takes": Bilingual("✓ 接下", "✓ taken"),
    "declines": Bilingual("✗ 不接:{why}", "✗ not taken: {why}"),
}
_NEXT = {
    None: Bilingual("F4 选接班人", "F4 chooses who takes over"),
    Stage.DRAWN_UP: Bilingual("F5 F6 标记是否移交,F4 {giver} 签", "F5 F6 mark, F4 {giver} signs"),
    Stage.SIGNED_OFF: Bilingual("F5 F6 标记是否接下,F4 {receiver} 签", "F5 F6 mark, F4 {receiver} signs"),
    Stage.LEFT_OPEN: Bilingual("看过按 F4", "F4 once you have read it"),
}


def next_words(here: HandOver | None, handbook: Handbook) -> Bilingual:
    """What comes next; nothing once it is ended."""
    words = _NEXT.get(here.stage if here else None, NOTHING)
    if here is None:
        return words
    return words.format(giver=name(here.giver, handbook), receiver=name(here.receiver, handbook))


def page_items(
    here: HandOver | None,
    summary: Summary | None,
    seat: Seat,
    marks: Marks,
    width: int,
    case_of: CaseOf | None = None,
    wrong: Bilingual | None = None,
) -> list[Item]:
    """The items of the page, its cases looked up by `case_of`; without a summary what is wrong, or under way."""
    if summary is None:
        return [Item((line(each),)) for each in wrap(say(wrong or NOBODY_HERE), max(2, width))]
    items = [*_head(here, summary, seat, width), *_counts(summary, width)]
    notes = here.notes if here is not None and here.summary is not None else mask_words(marks.notes)
    items.append(heading(NOTES, width))
    none = NO_NOTES if here is None or here.stage is Stage.DRAWN_UP else NO_NOTES_SIGNED
    items += [Item((line(each),)) for each in wrap(notes, max(2, width))] if notes else _muted(none, width)
    for section in sections(summary, seat, case_of, whole=True):
        items.append(heading(f"{say(SECTIONS[section.name])} {len(section.lines)}", width))
        for told in section.lines:
            opens = section.name != "scripts"
            marked = section.name == "open" and here is not None and here.under_way
            mark = _mark(here, told.number, summary, marks) if marked and here is not None else ()
            items.append(_row(told, width, mark, opens=opens))
    if not summary.open and here is None:
        items += _muted(EMPTY, width)
    return items


def _head(here: HandOver | None, summary: Summary, seat: Seat, width: int) -> list[Item]:
    if here is None:
        told = (
            (GIVER, name(summary.giver, seat.handbook)),
            (PERIOD, period(summary, summary.until)),
            (STAGE, say(RUNNING)),
        )
        return known_items([Known(*each) for each in told], (), width)
    known = [Known(words, said) for words, said in facts(here, seat)]
    return known_items([*known, Known(STAGE, say(STAGES[here.stage]), "strong")], (), width)


def _counts(summary: Summary, width: int) -> Iterator[Item]:
    """The counts in as few lines as they need, none of them broken."""
    row = ""
    for words, n in counts(summary):
        one = f"{say(words)} {n}"
        if row and cell_len(f"{row}  {one}") > width:
            yield Item((line(Span(row, "label")),))
            row = ""
        row = f"{row}  {one}" if row else one
    yield Item((line(Span(row, "label")),))


def _mark(here: HandOver, number: str, summary: Summary, marks: Marks) -> Line:
    if here.stage is Stage.DRAWN_UP:
        which = "stays" if number in marks.staying else "gives"
        return (Span(say(MARKS[which]), "void" if which == "stays" else "met"),)
    if summary.offered.get(number) != here.receiver:
        return (Span(say(MARKS["stays"]), "void"),)
    if why := marks.declining.get(number):
        return (Span(say(MARKS["declines"].format(why=why)), "overdue"),)
    return (Span(say(MARKS["takes"]), "met"),)


def _row(told: Told, width: int, mark: Line, *, opens: bool) -> Item:
    lines = labelled(told.number, say(told.words), width, part=told.tone)
    if mark:
        lines = (*lines, (Span(" " * (len(told.number) + 2)), *mark))
    return Item(lines, told.number if opens else "")


def _muted(words: Bilingual, width: int) -> list[Item]:
    return [Item((line(Span(each, "label")),)) for each in wrap(say(words), max(2, width))]
