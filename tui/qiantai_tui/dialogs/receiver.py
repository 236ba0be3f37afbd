"""Who takes over: those of the staff who may see what they would take on, but for the one who gives [M-3.4c]."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from qiantai.access import may_have
from qiantai.words import Bilingual

from ..screens.staff import StaffScreen

WHO_NEXT = Bilingual("谁接班?", "Who takes over?")


class ReceiverDialog(StaffScreen):
    """Gives the id of the one chosen, None where nobody is."""

    def __init__(self) -> None:
        super().__init__()
        self.title_words = WHO_NEXT

    def content(self) -> Iterable[Widget]:
        """The staff without who is at the desk, and without those who may not see every case."""
        shown, people = super().content(), self.program.handbook.people
        may = {id for id, each in people.items() if may_have("cases", each)} - {self.me}
        self._items = tuple(each for each in self._items if each.value in may)
        self._chosen = ""
        return shown
