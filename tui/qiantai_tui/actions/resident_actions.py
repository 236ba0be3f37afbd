"""What a resident may ask for, from the dossier of the household: a copy, a correction of the roll, an erasure.

Forms are imported when they are opened.
"""

from __future__ import annotations

from typing import ClassVar

from qiantai import Command, Role, label
from qiantai.rights import MAY_ANSWER, MAY_ERASE, barred
from qiantai.words import Bilingual

from ..desk_screen import OfTheDesk
from . import Action

COPY = Bilingual("复制件", "Copy")
CORRECT = Bilingual("更正", "Correct")
ERASE = label("commands", "erase")
TERMS = label("screens", "retention")
COPY_HELP = Bilingual(
    "给业户一份保存的全部资料,其他业户打码,留痕",
    "gives the resident all that is kept, other residents masked, on record",
)
CORRECT_HELP = Bilingual("更正花名册里的姓名、电话等,留痕", "corrects the roll's name, number and so on, on record")
ERASE_HELP = Bilingual("先看抹除什么、留下什么和为什么,再抹除", "shows what goes, what stays and why, then erases it")
TERMS_HELP = Bilingual(
    "到期的和留下的事项,抹除到期的内容", "what has passed its term and what is held back; erases the former"
)


class ResidentActions(OfTheDesk):
    """For a screen that shows one household: the keys, each for those alone whose it is to do."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("copy_resident", COPY, "c", footer=21, help=COPY_HELP),
        Action("correct_resident", CORRECT, "r", footer=22, help=CORRECT_HELP),
        Action("erase_resident", ERASE, "x", footer=23, help=ERASE_HELP),
        Action("terms", TERMS, "t", "app.retention", footer=24, help=TERMS_HELP),
    )
    household: str

    def action_copy_resident(self) -> None:
        """Asks for whom the copy is, and makes it."""
        if self._may("copy", MAY_ANSWER):
            from ..dialogs.resident_forms import CopyForm

            self.program.push_screen(CopyForm(self.household))

    def action_correct_resident(self) -> None:
        """Asks what of the roll's entry is to be otherwise."""
        if self._may("correct", MAY_ANSWER):
            from ..dialogs.resident_forms import CorrectForm

            self.program.push_screen(CorrectForm(self.household))

    def action_erase_resident(self) -> None:
        """Shows what an erasure would take and leave, and asks."""
        if self._may("erase", MAY_ERASE):
            from ..dialogs.erasure_forms import EraseForm

            self.program.push_screen(EraseForm(self.household))

    def _may(self, command: str, roles: tuple[Role, ...]) -> bool:
        """Whether it is theirs to do; where not, says whose it is."""
        refused = barred(Command(command, self.me, ""), self.now, self.program.handbook, roles)
        if refused is not None:
            self.program.refuse(refused)
        return refused is None
