"""A terminal that is written to: what stands in its cells after all that the program has sent, wide signs as two."""

from __future__ import annotations

import re
from typing import Any

from rich.cells import get_character_cell_size
from textual.app import App

_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
_SENT = re.compile(r"\x1b\[\d+;\d+H|\x1b\[[0-9;?]*[A-Za-z]|\n|[^\x1b\n]")
_REST = ""
"""What stands in the second cell of a wide sign."""


class Terminal:
    """Its cells; a sign that is written over half of a wide one leaves a blank in the place of the other half."""

    def __init__(self, app: App[Any]) -> None:
        """Is sent from now on what the app draws."""
        self._app, self._cells = app, [[" "] * app.size.width for _ in range(app.size.height)]
        self._x = self._y = 0
        draw = app._display

        def drawn(screen: Any, renderable: Any) -> None:
            draw(screen, renderable)
            if screen is app.screen and hasattr(renderable, "render_segments"):
                self.send(renderable.render_segments(app.console))

        app._display = drawn  # type: ignore[method-assign]

    @property
    def lines(self) -> list[str]:
        """What is seen, line by line."""
        return ["".join(cells) for cells in self._cells]

    def send(self, written: str) -> None:
        """Writes what the program has sent."""
        for sent in _SENT.findall(written):
            if move := _MOVE.fullmatch(sent):
                self._y, self._x = int(move[1]) - 1, int(move[2]) - 1
            elif sent == "\n":
                self._y += 1
            elif not sent.startswith("\x1b"):
                self._put(sent)

    def _put(self, sign: str) -> None:
        wide = get_character_cell_size(sign)
        if self._y >= len(self._cells):
            return
        cells = self._cells[self._y]
        if not wide or self._x + wide > len(cells):
            return
        for at in range(self._x, self._x + wide):
            self._blank(cells, at)
        cells[self._x : self._x + wide] = [sign, _REST][:wide]
        self._x += wide

    @staticmethod
    def _blank(cells: list[str], at: int) -> None:
        if cells[at] == _REST:
            cells[at - 1] = " "
        elif at + 1 < len(cells) and cells[at + 1] == _REST:
            cells[at + 1] = " "
        cells[at] = " "
