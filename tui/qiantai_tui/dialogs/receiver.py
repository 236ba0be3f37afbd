"""Who takes over: the staff but for the one who gives."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from qiantai.words import Bilingual

from ..screens.staff import StaffScreen

WHO_NEXT = Bilingual("谁接班?", "Who takes over?")


class ReceiverDialog(StaffScreen):
    """Gives the id of the one chosen, None where nobody is."""

    def __init__(self) -> None:
        super().__init__()
        self.title_words = WHO_NEXT

    def content(self) -> Iterable[Widget]:
        """The staff without who is at the desk."""
        shown = super().content()
        self._items = tuple(each for each in self._items if each.value != self.me)
        self._chosen = ""
        return shown
