"""A form that asks what a table to be taken away is for, and has it written once that is on record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from qiantai import Command, Refusal, StoreError, label
from qiantai.access import TAKE_AWAY
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..desk_screen import NOT_KEPT
from ..serving.handing import hand_over
from ..sites.files import SiteError
from ..widgets.field_rows import WordsRow
from .form import FormDialog


class ExportForm(FormDialog[None]):
    """A line for the purpose, and what a subclass asks besides."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("导出", "Export"), "enter,f10,ctrl+s", "send", footer=10),
    )
    BINDINGS = bound(ACTIONS)

    def purpose(self, hint: Bilingual) -> WordsRow:
        """The line for what it is for."""
        return WordsRow("purpose", label("fields", "purpose"), must=True, hint=hint)

    def take_away(
        self, what: str, which: str, purpose: str, write: Callable[[], Path], told: Bilingual, **parts: object
    ) -> None:
        """Puts it on record, then has it written, and tells where; one that may not be taken, or written, says why.

        `what` is of `qiantai.access.OPEN_TO`, `which` how the record calls it; `told` has a place for the `file`, and
        for the `parts`.
        """
        program = self.program
        try:
            if (refused := program.seat.take_away(what, which, purpose)) is not None:
                program.refuse(refused)
                return
            file = write()
        except (StoreError, SiteError) as error:
            program.refuse(Refusal(Command(TAKE_AWAY, self.me, ""), self.now, NOT_KEPT, None, error.why))
            return
        self._sent = True
        program.drafts.drop(self.draft_name)
        hand_over(program, file)
        program.tell_did("export", told.format(file=str(file), **parts), timeout=20)
        self.dismiss(None)
