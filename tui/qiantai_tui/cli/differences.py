"""What would differ, as the command line tells it: as data, and as tables under their headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from qiantai.handbook import Handbook
from qiantai.projections.figures import Figure
from qiantai.what_if import Difference, Ruling, Standing
from qiantai.words import label

from .answers import as_data, local, write_table
from .commanding import refusal_out
from .speech import Speech

STATUSES = ("met", "late", "void", "open", "overdue")


def difference_out(differs: Difference) -> dict[str, Any]:
    """A difference as data."""
    return {
        "dues": as_data(differs.dues),
        **{name: [_ruling_out(each) for each in getattr(differs, name)] for name in ("refused", "allowed")},
        "offers": as_data(differs.offers),
        "figures": [{"now": _figure_out(each.now), "then": _figure_out(each.then)} for each in differs.figures],
        "unplayed": [_ruling_out(each) for each in differs.unplayed],
    }


def _ruling_out(ruling: Ruling) -> dict[str, Any]:
    said = {name: getattr(ruling, name) for name in ("case", "kind", "seq", "command", "at", "by")}
    return {
        **said,
        **{side: refusal_out(found) if (found := getattr(ruling, side)) else None for side in ("now", "then")},
    }


def _figure_out(figure: Figure) -> dict[str, Any]:
    data: dict[str, Any] = as_data(figure)
    return {**data, "in_time": figure.in_time}


def write_difference(differs: Difference, handbook: Handbook, say: Speech) -> None:
    """The differences as tables under their headings, or that there are none."""
    if differs.nothing:
        click.echo(
            say("没有不同:在办的时限、指令和各月数字都一样。", "Nothing would differ: due times, commands, figures.")
        )
    for title, headings, rows in _sections(differs, handbook, say):
        if rows:
            click.echo(f"{title} ({len(rows)})")
            write_table(headings, rows, 48)


def _sections(
    differs: Difference, handbook: Handbook, say: Speech
) -> Iterator[tuple[str, Sequence[str], list[tuple[str, ...]]]]:
    number, kind, duty = say("单号", "Number"), say("类别", "Kind"), say("时限", "Duty")
    now, then = say("现在", "Now"), say("会是", "Then")
    yield say("时限会不同", "Due times"), (number, kind, duty, now, then), list(_dues(differs, say))
    ruled = (number, kind, say("指令", "Command"), say("时间", "At"), say("办理人", "By"))
    why = (say("依据", "Clause"), say("原因", "Why"))
    yield (
        say("办过的指令会被拒,以后的就没有了", "Commands that would have been refused, and none after them"),
        (*ruled, *why),
        list(_rulings(differs.refused, "then", handbook, say)),
    )
    yield (
        say("照现在会被拒、换了就能办的指令", "Commands that today would be refused, and then would not"),
        (*ruled, *why),
        list(_rulings(differs.allowed, "now", handbook, say)),
    )
    heads = (number, kind, say("指令", "Command"), say("也能办的", "Could too"), say("不能再办的", "Could no more"))
    yield say("现在能办的人会不同", "Who could give a command now"), heads, list(_offers(differs, handbook, say))
    statuses = tuple(_label("statuses", each, say) for each in STATUSES)
    columns = (say("月份", "Month"), kind, duty, *statuses, say("按时率", "In time"))
    yield say("各月数字会不同(现在→会是)", "Figures (now→then)"), columns, list(_figures(differs, say))
    yield (
        say(
            "照现在的员工和口径已经重放不了的,按记录算",
            "Cases that today's staff and answers do not play: as on record",
        ),
        (*ruled, *why),
        list(_rulings(differs.unplayed, "now", handbook, say)),
    )


def _label(group: str, name: str, say: Speech) -> str:
    return label(group, name)[say.language]


def _dues(differs: Difference, say: Speech) -> Iterator[tuple[str, ...]]:
    def standing(found: Standing | None) -> str:
        if found is None:
            return say("不欠", "not owed")
        guessed = f" {_label('words', 'provisional', say)}" if found.provisional else ""
        return f"{local(found.due)} {_label('statuses', found.status, say)}{guessed}"

    for each in differs.dues:
        name = _label("duties", each.duty, say) + (f" {each.place}" if each.place > 1 else "")
        yield each.case, _label("kinds", each.kind, say), name, standing(each.now), standing(each.then)


def _rulings(rulings: Iterable[Ruling], side: str, handbook: Handbook, say: Speech) -> Iterator[tuple[str, ...]]:
    for each in rulings:
        refusal = each.now if side == "now" else each.then
        assert refusal is not None, "a ruling that is told was a refusal on this side"
        yield (
            each.case,
            _label("kinds", each.kind, say),
            _label("commands", each.command, say),
            local(each.at),
            _named(each.by, handbook),
            refusal.clause_id,
            refusal.why[say.language],
        )


def _offers(differs: Difference, handbook: Handbook, say: Speech) -> Iterator[tuple[str, ...]]:
    for each in differs.offers:
        people = (say("、", ", ").join(_named(one, handbook) for one in side) for side in (each.gained, each.lost))
        yield each.case, _label("kinds", each.kind, say), _label("commands", each.command, say), *people


def _figures(differs: Difference, say: Speech) -> Iterator[tuple[str, ...]]:
    for each in differs.figures:
        counts = (_both(str(getattr(each.now, name)), str(getattr(each.then, name))) for name in STATUSES)
        share = _both(_share(each.now), _share(each.then))
        yield each.now.month, _label("kinds", each.now.kind, say), _label("duties", each.now.duty, say), *counts, share


def _both(now: str, then: str) -> str:
    return now if now == then else f"{now}→{then}"


def _share(figure: Figure) -> str:
    return "–" if figure.in_time is None else f"{figure.in_time:.0%}"


def _named(person: str, handbook: Handbook) -> str:
    return handbook.people[person].name if person in handbook.people else person
