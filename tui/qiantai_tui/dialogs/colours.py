"""Which colours the screens have."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from qiantai.words import Bilingual

from ..text.words import say
from ..theme import ABOUT, LABELS, THEMES
from ..widgets.rows import Column
from .choose import ChooseDialog, Item

TITLE = Bilingual("配色", "Colours")
COLUMNS = (Column(Bilingual("配色", "Colours"), 16), Column(Bilingual("说明", "What it is"), 20, flex=1))


class ColoursDialog(ChooseDialog):
    """Gives the name of the theme chosen, as the settings have it."""

    def __init__(self) -> None:
        items = [Item(each, (say(LABELS[each]), say(ABOUT[each]))) for each in THEMES]
        super().__init__(TITLE, COLUMNS, items)

    def content(self) -> Iterable[Widget]:
        """The themes, the one there is under the cursor."""
        self._chosen = next((name for name, theme in THEMES.items() if theme.name == self.app.theme), "")
        return super().content()
