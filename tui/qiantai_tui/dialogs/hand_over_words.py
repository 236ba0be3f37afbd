"""What is written at a hand-over: notes for the next shift, and why something offered is not taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from qiantai import label
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..widgets.field_rows import FieldRow, NotesRow, WordsRow
from .form import FormDialog

NOTES_TITLE = Bilingual("交接备注", "Notes for the next shift")
NOTES = Bilingual("备注", "Notes")
DECLINE_TITLE = Bilingual("不接 {number}", "Not taking {number}")


class WordsForm(FormDialog[str | None]):
    """Gives what was written, None where it is left; what stood there before is there to go on from."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("确定", "Do it"), "enter,f10,ctrl+s", "send", footer=10),
    )
    BINDINGS = bound(ACTIONS)

    def __init__(
        self, title: Bilingual, name: str, before: str = "", kept: Callable[[str], None] | None = None
    ) -> None:
        """`kept` is handed what is written so far, so that it outlives the program."""
        super().__init__()
        self.title_words, self._asked, self._before, self._kept = title, name, before, kept

    def rows(self) -> Iterable[FieldRow]:
        """The one field."""
        if self._asked == "notes":
            yield NotesRow(self._asked, NOTES)
        else:
            yield WordsRow(self._asked, label("fields", self._asked), must=True)

    def on_mount(self) -> None:
        """With what was written before."""
        for row in self.all_rows():
            row.load(self._before)
        super().on_mount()

    def keep(self) -> bool:
        """Hands over what is written so far."""
        if self._kept is None:
            return False
        text = next(row.text() for row in self.all_rows())
        if changed := text != self._before:
            self._kept(text)
        return changed

    def send(self, values: dict[str, Any]) -> None:
        """Gives it."""
        self.dismiss(str(values.get(self._asked, "")))
