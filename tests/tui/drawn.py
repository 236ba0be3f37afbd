"""What a terminal shows after what was sent to it: as much of one as Textual needs."""

from __future__ import annotations

import re
from unicodedata import combining

from rich.cells import cell_len

_PIECE = re.compile(
    r"\x1b\[([?<>=]?)([\d;]*)\$?([A-Za-z])|\x1b[()][A-Z0-9]|\x1b[=>78]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|[\x00-\x1a\x1c-\x1f]|[^\x1b\x00-\x1f]+"
)


class Drawn:
    """The cells of a terminal; colours are not kept."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, str]] = {}
        self._row = self._column = 0
        self._rest = ""

    def feed(self, sent: str) -> None:
        """Takes in what was sent; a sequence that is not whole waits for the rest of it."""
        sent = self._rest + sent
        cut = len(sent)
        last = sent.rfind("\x1b", max(0, len(sent) - 40))
        if last >= 0 and not _PIECE.match(sent, last):
            cut = last
        self._rest, sent = sent[cut:], sent[:cut]
        for found in _PIECE.finditer(sent):
            self._take(found)

    def _take(self, found: re.Match[str]) -> None:
        match found[3], found[0]:
            case "H", _:
                row, _, column = found[2].partition(";")
                self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
            case "J", _:
                self._rows.clear()
            case None, "\n":
                self._row += 1
            case None, "\r":
                self._column = 0
            case None, text if text.isprintable():
                self._write(text)

    def _write(self, text: str) -> None:
        cells = self._rows.setdefault(self._row, {})
        for sign in text:
            if combining(sign):
                continue
            width = cell_len(sign)
            cells[self._column] = sign
            if width == 2:
                cells[self._column + 1] = ""
            self._column += width

    @property
    def above(self) -> str:
        """The line over the cursor, where a field's name stands."""
        lines = self.text.splitlines()
        return lines[self._row - 1] if 0 < self._row <= len(lines) else ""

    @property
    def text(self) -> str:
        """The screen's lines."""
        lines = []
        for row in range(max(self._rows, default=-1) + 1):
            cells = self._rows.get(row, {})
            lines.append("".join(cells.get(at, " ") for at in range(max(cells, default=-1) + 1)).rstrip())
        return "\n".join(lines)
