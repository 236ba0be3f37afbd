"""Lines of Chinese broken as a book breaks them: no line begins with ， or ends with （."""

from __future__ import annotations

import re

from rich.cells import cell_len

from .safe import clean

NOT_FIRST = frozenset("，。、；：？！）》」』】〕〉”’…—·％,.;:?!)]}%~～")
NOT_LAST = frozenset("（《「『【〔〈“‘([{￥$#")
_PIECE = re.compile(r"[A-Za-z0-9_@./:+*'-]+|.", re.DOTALL)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells; its own line ends are kept, words and numbers stay whole if they fit.

    Raises ValueError below 2 cells, where no Chinese character fits.
    """
    if width < 2:
        raise ValueError(f"a line of {width} cells holds no Chinese character; 2 is the least")
    return [line for paragraph in clean(text, lines=True).split("\n") for line in _paragraph(paragraph, width)]


def _paragraph(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    for piece in _pieces(text, width):
        if sum(map(cell_len, line)) + cell_len(piece) > width:
            if piece == " ":
                line.append(piece)
                continue
            carried = _carried(line, piece)
            lines.append("".join(line).rstrip(" "))
            line = carried
            if sum(map(cell_len, line)) + cell_len(piece) > width:
                lines.append("".join(line).rstrip(" "))
                line = []
        line.append(piece)
    return [*lines, "".join(line).rstrip(" ")]


def _pieces(text: str, width: int) -> list[str]:
    return [part for piece in _PIECE.findall(text) for part in ([piece] if cell_len(piece) <= width else piece)]


def _carried(line: list[str], piece: str) -> list[str]:
    """Takes off the end of the line what must stand before `piece` on the next one: at most half of the line."""
    carried: list[str] = []
    most = len(line) // 2
    while line and len(carried) < most and (_cannot_begin((carried or [piece])[0]) or line[-1] in NOT_LAST):
        carried.insert(0, line.pop())
    return carried if carried != [" "] else []


def _cannot_begin(piece: str) -> bool:
    return piece == " " or piece[0] in NOT_FIRST
