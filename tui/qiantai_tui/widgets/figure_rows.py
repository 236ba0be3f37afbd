"""A figure as a line of the table, and what stands behind it as lines of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from qiantai import label
from qiantai.projections.months import up_to, weeks
from qiantai.projections.targets import TODAY, Unit
from qiantai.words import Bilingual

from ..text import figures as words
from ..text import showing
from ..text.words import language, say
from .items import Item, labelled
from .rows import Column, Row

if TYPE_CHECKING:
    from qiantai.projections.targets import Target

    from ..figures_read import Read

MEASURED = Bilingual("统计口径", "Measured")
COMPARED = Bilingual("比", "Compared")
BY_WEEK = Bilingual("按周", "Weeks")
BY_MONTH = Bilingual("12个月", "12 months")
CASES = Bilingual("事项", "Cases")


def figure_row(read: Read, target: Target) -> Row:
    """The line of one figure."""
    found = read.now(target)
    sign = words.result_sign(found.result)
    if target in TODAY:
        shown = words.value(found)
        return Row(target.id, ("●", say(target.label), shown, "", "", "", "", showing.clause(target.clause), ""), "")
    cells = (
        f"{sign.mark} {say(sign.word)}",
        say(target.label),
        words.value(found),
        words.goal(target),
        words.bar(found),
        words.tally(found),
        words.due(found),
        showing.clause(target.clause),
        words.trend(read.trend(target)),
    )
    return Row(target.id, cells, sign.tone)


def figure_items(read: Read, target: Target, width: int) -> list[Item]:
    """What stands behind a figure: its clause in full, how it is measured, its counts, its months and weeks."""
    clause, found = target.clause, read.now(target)
    rows = [
        (showing.clause(clause), say(Bilingual(clause.zh, clause.en))),
        (say(MEASURED), say(target.how)),
        (say(CASES), "  ".join(f"{name} {n}" for name, n in words.verdicts(found))),
        (say(COMPARED), words.against(found)),
        (say(BY_MONTH), _months(read, target)),
        (say(BY_WEEK), _weeks(read, target)),
    ]
    names = max(map(cell_len, (name for name, text in rows if text)), default=0)
    return [Item(labelled(name, text, width, name_width=names)) for name, text in rows if text]


def _months(read: Read, target: Target) -> str:
    values = read.trend(target)
    if not any(each is not None for each in values):
        return ""
    first, last = up_to(read.month, len(values))[0], read.month
    return f"{first} {words.trend(values)} {last}"


def _weeks(read: Read, target: Target) -> str:
    if target in TODAY or target.unit is not Unit.SHARE or target.beside:
        return ""
    parts = ((days, read.week(target, days)) for days in weeks(read.month))
    shown = [f"{first}-{last} {words.value(found)}" for (first, last), found in parts if found.value is not None]
    return "  ".join(shown)


def figure_columns() -> tuple[Column, ...]:
    """The columns of the table."""
    zh = language() == "zh"
    return (
        Column(Bilingual("状态", "State"), 10 if zh else 13),
        Column(Bilingual("看板", "Figure"), 14 if zh else 20, flex=1),
        Column(Bilingual("值", "Value"), 7, align="right"),
        Column(Bilingual("目标", "Goal"), 8 if zh else 9, align="right"),
        Column(Bilingual("", ""), words.BAR, since=100),
        Column(Bilingual("件", "Cases"), 9, align="right"),
        Column(Bilingual("未到期", "Due"), 6 if zh else 4, align="right", since=88),
        Column(label("words", "clause"), 9),
        Column(BY_MONTH, 12, since=72 if zh else 90),
    )
