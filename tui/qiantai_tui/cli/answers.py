"""What a command answers with: JSON, tables aligned by the width of their signs, and the end that an error makes."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import click
from attrs import fields, has
from rich.cells import cell_len, set_cell_size

from qiantai.clauses import Clause
from qiantai.desk import UnknownCase
from qiantai.hours import Hours
from qiantai.periods import ZONE
from qiantai.plainly import UNSTILL, still
from qiantai.store import Locked, StoreError
from qiantai.words import Bilingual
from qiantai_tui.sites.site import BadSite, NoSite, SiteError

from .speech import Speech
from .stopped import LOCKED, NOT_FOUND, REFUSED, USAGE, Stopped

_FORMULA = re.compile(r"\s*[=＝@＠]\s*\S|\s*[+＋\-－](?![0-9.:,%+ -]*$)")
"""What begins a formula; a number with its sign, and a sign alone, are none."""


def ending(error: Exception, say: Speech) -> Stopped | None:
    """How a run ends with this error; None where nobody foresaw it."""
    match error:
        case Stopped():
            return error
        case Locked():
            return Stopped(LOCKED, error.why[say.language])
        case NoSite() | UnknownCase():
            return Stopped(NOT_FOUND, error.why[say.language])
        case BadSite():
            return Stopped(USAGE, error.why[say.language])
        case StoreError() | SiteError():
            return Stopped(REFUSED, error.why[say.language])
        case _:
            return None


def write_json(answer: Any) -> None:
    """One object on standard output; times as ISO text with their offset, tuples as lists.

    What a terminal might take for anything but words is in it by its number, so that it is read back as it was.
    """
    text = json.dumps(plain(answer), ensure_ascii=False, indent=2)
    click.echo(UNSTILL.sub(lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], text))


def plain(value: Any) -> Any:
    """A value of nothing but what JSON has."""
    match value:
        case datetime():
            return value.isoformat()
        case Bilingual():
            return {"zh": value.zh, "en": value.en}
        case dict():
            return {str(key): plain(each) for key, each in value.items()}
        case tuple() | list():
            return [plain(each) for each in value]
        case str():
            return str(value)
        case _:
            return value


def as_data(value: Any) -> Any:
    """A value of attrs as data by its own names; a clause with its text, a day as ISO text."""
    match value:
        case Clause():
            return {"id": value.id, "zh": value.zh, "en": value.en}
        case Bilingual() | datetime() | None:
            return value
        case date():
            return value.isoformat()
        case Hours():
            return str(value)
        case Mapping():
            return {str(key): as_data(each) for key, each in value.items()}
        case tuple():
            return [as_data(each) for each in value]
        case _ if has(type(value)):
            return {each.name: as_data(getattr(value, each.name)) for each in fields(type(value))}
        case _:
            return value


def local(at: datetime | None, form: str = "%Y-%m-%d %H:%M") -> str:
    """A moment as the site's clock shows it; nothing for none."""
    return "" if at is None else at.astimezone(ZONE).strftime(form)


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]], widest: int = 36) -> None:
    """A table: aligned columns on a terminal, cropped with … at `widest` cells; tab-separated and whole elsewhere.

    There a cell that a spreadsheet program would reckon out begins with `'`, so that it stays the text it is.
    """
    lines = [[still(cell) for cell in row] for row in (headings, *rows)]
    if not sys.stdout.isatty():
        for line in lines:
            click.echo("\t".join(map(no_formula, line)))
        return
    lines = [[_cropped(cell, widest) for cell in line] for line in lines]
    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def no_formula(cell: str) -> str:
    """The cell as a spreadsheet program takes it for text, whatever it begins with."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _cropped(text: str, width: int) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"
