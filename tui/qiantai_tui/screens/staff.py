"""Who is at the desk: the staff of the site, of whom one is chosen."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from qiantai import label
from qiantai.words import Bilingual, Role, listed

from ..dialogs.choose import ChooseDialog, Item
from ..text.words import say
from ..widgets.rows import Column

TITLE = Bilingual("谁在前台?", "Who is at the desk?")
COLUMNS = (Column(Bilingual("姓名", "Name"), 10), Column(Bilingual("岗位", "Roles"), 20, flex=1))


class StaffScreen(ChooseDialog):
    """Gives the id of the one chosen, None where it stays as it is."""

    def __init__(self) -> None:
        super().__init__(TITLE, COLUMNS, (), filtered=True)

    def content(self) -> Iterable[Widget]:
        """The staff, the desk's own first."""
        people = sorted(self.program.handbook.people.values(), key=lambda each: not each.has(Role.DESK))
        self._items = tuple(
            Item(each.id, (each.name, say(listed(tuple(label("roles", role) for role in Role if role in each.roles)))))
            for each in people
        )
        self._chosen = self.me
        return super().content()
