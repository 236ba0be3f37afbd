"""What a page shows: items of one or more lines, each line of pieces in one style; some items can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen
from rich.cells import cell_len

from qiantai.words import Bilingual

from ..text.safe import Align, clean, crop, fit
from ..text.words import say
from ..text.wrapping import wrap

PARTS = frozenset({"title", "label", "soon", "urgent", "overdue", "met", "late", "void", "struck", "strong"})


@frozen
class Span:
    """A piece of a line; `part` is the name of a style of the page, empty for plain words."""

    text: str
    part: str = ""


Line = tuple[Span, ...]


@frozen
class Item:
    """Lines that belong together; with a `key` they can be chosen."""

    lines: tuple[Line, ...]
    key: str = ""


BLANK = Item(((),))
_LEAST = 8


def line(*pieces: Span | str) -> Line:
    """A line of these pieces; a bare text is plain."""
    return tuple(each if isinstance(each, Span) else Span(each) for each in pieces)


def heading(words: Bilingual | str, width: int, *, first: bool = False) -> Item:
    """The title of a section, ruled to the end of the line, with an empty line before it unless it is the first."""
    title = crop(say(words), max(width - 3, 0))
    ruled = line(Span(title, "title"), Span(" " + "─" * max(0, width - cell_len(title) - 1), "label"))
    return Item((ruled,) if first else ((), ruled))


def labelled(name: str, text: str, width: int, *, name_width: int = 0, part: str = "") -> tuple[Line, ...]:
    """A label and its text, wrapped under itself; `name_width` cells are kept for the label where they are given."""
    cells = name_width or cell_len(clean(name))
    wrapped = wrap(text, max(_LEAST, width - cells - 2))
    first = line(Span(fit(name, cells), "label"), "  ", Span(wrapped[0], part))
    return (first, *(line(" " * (cells + 2), Span(each, part)) for each in wrapped[1:]))


def cropped(width: int, *pieces: Span | str) -> Line:
    """A line of these pieces in at most `width` cells; of the piece that no longer fits the end is shown by …."""
    found: list[Span] = []
    for piece in line(*pieces):
        left = width - cells(tuple(found))
        if left > 0:
            found.append(Span(crop(piece.text, left), piece.part))
    return tuple(found)


def columns(rows: Iterable[Sequence[str]], align: Align = "left") -> list[tuple[str, ...]]:
    """Rows of texts, each text filled to the cells of the widest in its column."""
    given = [tuple(map(clean, row)) for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(*given, strict=True)]
    return [tuple(fit(text, n, align) for text, n in zip(row, widths, strict=True)) for row in given]


def beside(left: Sequence[Line], right: Sequence[Line], width: int, gap: int = 2) -> tuple[Line, ...]:
    """Two columns of lines, the left one `width` cells wide."""
    count = max(len(left), len(right))
    padded = [*left, *((),) * (count - len(left))]
    others = [*right, *((),) * (count - len(right))]
    return tuple(
        (*a, Span(" " * (width + gap - cells(a))), *b) if b else a for a, b in zip(padded, others, strict=True)
    )


def cells(of: Line) -> int:
    """How many cells a line takes."""
    return sum(cell_len(clean(each.text)) for each in of)


def label_width(names: Iterable[str]) -> int:
    """The cells of the widest of these labels."""
    return max((cell_len(clean(each)) for each in names), default=0)
