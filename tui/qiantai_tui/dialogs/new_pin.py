"""A new PIN, written twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static

from qiantai import Person
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..sign_in.book import Denied
from ..text.safe import safe
from ..text.words import say
from ..widgets.entry import Entry
from ..widgets.reading import Reading
from .pins import Fields

OLD, AGAIN = Bilingual("现在的 PIN", "The present PIN"), Bilingual("再输一遍", "Once more")
NEW = Bilingual("新的 PIN 或口令(至少 4 位)", "New PIN or passphrase (4 signs at least)")
DIFFERENT = Bilingual("两遍不一样。可行:重新输入", "The two differ. What would do: write them again")
CHANGE = Bilingual("设 PIN · {name}", "Choose a PIN · {name}")


class PinDialog(Fields[bool | None]):
    """A new PIN, twice; gives True once it is kept. `old` asks for the present one too."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("go", Bilingual("保存", "Save"), "f10,ctrl+s", footer=10),
        Action("leave", Bilingual("返回", "Back"), "escape", footer=90),
    )
    BINDINGS = bound(ACTIONS)
    DEFAULT_CSS = """
    PinDialog { background: $background; }
    """

    def __init__(self, person: Person, says: Bilingual | None = None, *, old: bool = False) -> None:
        super().__init__()
        self._person, self._says, self._old = person, says, old
        self.title_words = CHANGE.format(name=person.name)

    def content(self) -> Iterable[Widget]:
        """The fields."""
        if self._says is not None:
            yield Reading(say(self._says))
        asked = (("old", OLD), ("new", NEW), ("again", AGAIN))
        for id, words in asked if self._old else asked[1:]:
            yield Static(safe(say(words)))
            yield Entry(password=True, compact=True, id=id)
        yield Static("", id="wrong")

    def on_mount(self) -> None:
        """Begins with the first field."""
        self.query(Entry).first().focus()

    def go(self) -> None:
        """Keeps it, where the present one is right and both new ones are the same and will do."""
        pins = self.program.site.pins
        if self.text("new") != self.text("again"):
            self.tell(DIFFERENT)
            self.clear("new", "again")
            return
        if self._old:
            match pins.sign_in(self._person, self.text("old"), self.now):
                case Denied(why):
                    self.tell(why)
                    self.clear("old")
                    return
                case _:
                    """It was right."""
        if (wrong := pins.choose(self._person, self.text("new"))) is not None:
            self.tell(wrong)
            self.clear("new", "again")
        else:
            self.dismiss(True)

    def action_leave(self) -> None:
        """Leaves the PIN as it is."""
        self.dismiss(None)
