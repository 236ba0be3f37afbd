"""Calls taken in at the board: the line, the household where several fit, the form, and an emergency's questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import evolve

from qiantai.privacy import mask_name
from qiantai.requests import REQUESTS
from qiantai.words import Bilingual, entry

from .actions import Action
from .actions.case_actions import CaseActions
from .dialogs.choose import ChooseDialog, Item
from .text import showing
from .text.words import say
from .widgets.quick_intake import QuickIntake
from .widgets.rows import Column

if TYPE_CHECKING:
    from qiantai.intake import Intake

TAKEN_IN = Bilingual("{number} 已受理。F5 派单,F4 下一步", "{number} taken in. F5 sends it on, F4 next step")
WHICH = Bilingual("是哪一户?", "Which household?")
NONE_OF_THEM = Bilingual("都不是", "None of them")
_HOUSEHOLDS = (
    Column(Bilingual("房号", "Room"), 18),
    Column(Bilingual("姓名", "Name"), 10),
    Column(Bilingual("未办结", "Open"), 8, align="right"),
)


class TakingIn(CaseActions):
    """For the screen with the line: F2 and F9, and what follows from them."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("take_in", Bilingual("登记", "Take in"), "f2", footer=10),
        Action("emergency", Bilingual("应急", "Emergency"), "f9", footer=60),
    )

    @property
    def line(self) -> QuickIntake:
        """The line that calls are taken in by."""
        raise NotImplementedError

    def open_of(self, household: str) -> int:
        """How many open cases a household has."""
        raise NotImplementedError

    def stand_on(self, number: str) -> None:
        """Puts the cursor on a case that was just taken in."""
        raise NotImplementedError

    def read_line(self, line: str) -> Intake:
        """What a line proposes."""
        from qiantai.intake import read_line

        called = {kind: _names(kind) for kind in self.program.handbook.requests if kind not in REQUESTS}
        return read_line(line, self.program.directory, self.program.site.topics, called)

    def action_take_in(self) -> None:
        """To the line that calls are taken in by; from there, to the form."""
        self.program.greet()
        field = self.line.entry
        if field.has_focus:
            field.post_message(field.Submitted(field, field.value))
        field.focus()

    def action_emergency(self) -> None:
        """The first questions of an emergency."""
        from .dialogs.emergency_form import EmergencyForm

        self.program.greet()
        self.program.push_screen(EmergencyForm(self.read_line(self.line.entry.value)), self._taken_in_emergency)

    def take_in(self, read: Intake) -> None:
        """The form for a line that was entered; first the question which household, where several fit."""
        if read.household is not None or not read.households:
            self._open_form(read)
            return
        items = [
            Item(each.id, (showing.room(each.id), mask_name(each.name), str(self.open_of(each.id) or "")), each.name)
            for each in read.households
        ]
        items.append(Item("", (say(NONE_OF_THEM), "", "")))

        def chosen(household: str | None) -> None:
            if household is None:
                return
            found = tuple(each for each in read.households if each.id == household)
            settled = evolve(read, households=found, found_by="room" if found else "")
            self._open_form(settled)

        self.program.push_screen(ChooseDialog(WHICH, _HOUSEHOLDS, items), chosen)

    def _open_form(self, read: Intake) -> None:
        from .dialogs.intake_form import IntakeForm

        self.program.push_screen(IntakeForm(read), self._taken_in)

    def _taken_in(self, number: str | None) -> None:
        if number is None:
            return
        self.line.clear()
        self.stand_on(number)
        self.program.notify(TAKEN_IN.format(number=number))

    def _taken_in_emergency(self, number: str | None) -> None:
        self._taken_in(number)
        if number is not None and "dispatch" in self.program.seat.offers(number):
            self.give(number, "dispatch")


def _names(kind: str) -> list[str]:
    """What a kind is called, by its label and what people say for it."""
    words = entry("kinds", kind)
    return [each for each in (words.get("zh", ""), *words.get("alias", "").split("、")) if each]
