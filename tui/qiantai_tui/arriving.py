"""Shift+F3 as most terminals send it, which Textual takes for a report of where the cursor is."""

from __future__ import annotations

from textual.app import App
from textual.events import CursorPosition, Key

_SECOND_OF_THE_FIRST_LINE = (1, 0)


class ShiftF3(App[int]):
    """An app that hears `ESC [ 1 ; 2 R` as the key: it asks no terminal for the place of its cursor."""

    def on_cursor_position(self, event: CursorPosition) -> None:
        """The key, where the place is the one that its signs spell."""
        if (event.x, event.y) == _SECOND_OF_THE_FIRST_LINE:
            self.post_message(Key("f15", None))
