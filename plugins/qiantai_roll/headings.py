"""The headings of a roll: what each column means, by the many words firms have for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from qiantai.rooms import half_width
from qiantai_roll.cells import text_of
from qiantai_roll.tables import Cells, Sheet

_WITHIN = 30
_LONGEST = 100  # characters; the brackets are looked for from each sign on


@cache
def _meanings_by_word() -> Mapping[str, str]:
    lists: Mapping[str, list[str]] = tomllib.loads(files("qiantai_roll").joinpath("headings.toml").read_text("utf-8"))
    return {word: meaning for meaning, words in lists.items() for word in words}


def meaning_of(heading: str) -> str:
    """What a heading means, or nothing: spaces, brackets, stars and a number behind it do not matter.

    >>> meaning_of(" 联系 电话1(必填)"), meaning_of("*房 号"), meaning_of("E-mail"), meaning_of("备注")
    ('phone', 'room', 'email', '')
    """
    if len(heading) > _LONGEST:
        return ""
    plain = re.sub(r"[（(【\[].*?[）)】\]]", "", half_width(heading))
    plain = re.sub(r"[^\w]|_", "", plain).casefold()
    known = _meanings_by_word()
    return known.get(plain) or known.get(re.sub(r"[0-9一二三]+$", "", plain), "")


def heading_row(sheet: Sheet) -> tuple[int, tuple[str, ...]] | None:
    """How many of the rows are title and headings, and the headings; None where no row of the first ones has a room.

    Of several such rows the one with the most known headings is taken. Headings in two rows, as merged cells make
    them, are read as one.
    """
    first = [tuple(text_of(cell) for cell in cells) for _, cells in sheet.rows[:_WITHIN]]
    counts = [len(_meanings(row)) if "room" in _meanings(row) else 0 for row in first]
    if not any(counts):
        return None
    at = counts.index(max(counts))
    headings = first[at]
    if at + 1 < len(first) and _continues(headings, first[at + 1]):
        return at + 2, _joined(headings, first[at + 1])
    return at + 1, headings


def likeliest(sheet: Sheet) -> Cells:
    """The row that looks most like headings, for telling what was found where no room was."""
    rows = [cells for _, cells in sheet.rows[:_WITHIN]]
    return max(rows, key=lambda cells: len(_meanings([text_of(cell) for cell in cells])), default=())


def _meanings(row: Sequence[str]) -> set[str]:
    return {meaning for heading in row if (meaning := meaning_of(heading))}


def _continues(headings: Sequence[str], below: Sequence[str]) -> bool:
    return bool(_meanings(below)) and all(
        meaning_of(over) == "" for over, under in zip(headings, below, strict=False) if under
    )


def _joined(headings: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    width = max(len(headings), len(below))
    over, under = [*headings, *[""] * width][:width], [*below, *[""] * width][:width]
    return tuple(low if meaning_of(low) else high for high, low in zip(over, under, strict=True))
