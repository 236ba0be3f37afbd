"""Where to go: the screens that stand side by side."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from qiantai.words import Bilingual

from ..actions import as_changed, shown_key
from ..screens import modes
from ..text.words import say
from ..widgets.rows import Column
from .choose import ChooseDialog, Item

TITLE = Bilingual("去哪里?", "Where to?")
COLUMNS = (Column(Bilingual("画面", "Screen"), 16, flex=1), Column(Bilingual("按键", "Key"), 8))


class ElsewhereDialog(ChooseDialog):
    """Gives the id of the mode chosen."""

    def __init__(self) -> None:
        super().__init__(TITLE, COLUMNS, ())

    def content(self) -> Iterable[Widget]:
        """The screens, the one where this was asked under the cursor."""
        self._items = tuple(
            Item(each.id, (say(each.label), shown_key(as_changed(each.action, self.app).key)), each.label.en)
            for each in (*modes(), *self.program.brought)
        )
        self._chosen = self.program.current_mode
        return super().content()
