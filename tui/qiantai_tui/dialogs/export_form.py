"""A form that asks what a table to be taken away is for, and has it written once that is on record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from qiantai import Refusal, StoreError, label
from qiantai.access import TAKE_AWAY
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..followed import Followed
from ..serving.handing import hand_over
from ..widgets.field_rows import WordsRow
from .followed_form import FollowedForm

WRITING = Bilingual("正在写", "Writing")


class ExportForm(FollowedForm[None]):
    """A line for the purpose, and what a subclass asks besides."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("导出", "Export"), "enter,f10,ctrl+s", "send", footer=10),
    )
    BINDINGS = bound(ACTIONS)
    command = TAKE_AWAY

    def purpose(self, hint: Bilingual) -> WordsRow:
        """The line for what it is for."""
        return WordsRow("purpose", label("fields", "purpose"), must=True, hint=hint)

    def take_away(
        self, what: str, which: str, purpose: str, write: Callable[[], Path], told: Bilingual, **parts: object
    ) -> None:
        """Puts it on record, then has it written beside the screen, and tells where; one that may not be taken, or
        written, says why.

        `what` is of `qiantai.access.OPEN_TO`, `which` how the record calls it; `told` has a place for the `file`, and
        for the `parts`.
        """
        program = self.program
        try:
            refused = program.seat.take_away(what, which, purpose)
        except StoreError as error:
            refused = self.not_kept(error)
        if refused is not None:
            program.refuse(refused)
            return

        def written(going: Followed) -> Path:
            going.writes()
            return write()

        def tell(file: Path) -> None:
            program.drafts.drop(self.draft_name)
            hand_over(program, file)
            program.tell_did("export", told.format(file=str(file), **parts), timeout=20)

        self._sent = True
        self.begin(WRITING, written, lambda _: self.dismiss(None), tell)

    def failed(self, refusal: Refusal) -> None:
        """What was written is there for the next try."""
        self._sent = False
        super().failed(refusal)
