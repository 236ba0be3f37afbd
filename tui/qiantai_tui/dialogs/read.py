"""Something to read about the screen under it, as high as its lines; the key that opened it puts it away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.cells import cell_len
from textual.screen import Screen
from textual.widget import Widget

from ..text.safe import clean, fit
from ..text.wrapping import wrap
from ..widgets.items import Item, Span, line
from .frame import FramedPage


class ReadDialog(FramedPage):
    """`sections()` gives what is said of the screen under it."""

    def sections(self, under: Screen[Any], width: int) -> Iterator[Item]:
        """What is said, for lines so many cells wide."""
        raise NotImplementedError

    def content(self) -> Iterable[Widget]:
        """The page."""
        self._under = next((each for each in reversed(self.app.screen_stack) if each is not self), None)
        yield from super().content()

    def on_mount(self) -> None:
        """Over another of its kind it puts both away."""
        if isinstance(self._under, type(self)):
            self.dismiss(None)
            self._under.dismiss(None)
            return
        super().on_mount()

    def items(self, width: int) -> Sequence[Item]:
        """The sections."""
        return list(self.sections(self._under, width)) if self._under is not None else ()

    def action_put_away(self) -> None:
        """Back to what is under it."""
        self.dismiss(None)


def paragraph(text: str, width: int) -> Iterator[Item]:
    """Words in lines."""
    for row in wrap(text, max(2, width)):
        yield Item((line(row),))


def keyed(rows: Iterable[tuple[str, str]], width: int) -> Iterator[Item]:
    """Keys, each with what it does beside it."""
    rows = tuple(rows)
    keys = max((cell_len(key) for key, _ in rows), default=0)
    for key, said in rows:
        first, *others = wrap(clean(said), max(2, width - keys - 2))
        head = line(Span(fit(key, keys), "strong"), "  ", first)
        yield Item((head, *(line(" " * (keys + 2), each) for each in others)))
