"""Calls taken in at the board: the line, the household where several fit, the form, and an emergency's questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import evolve

from qiantai.privacy import mask_name
from qiantai.projections.before import Before, before
from qiantai.requests import REQUESTS
from qiantai.words import Bilingual, entry

from .actions import Action
from .actions.case_actions import NO_CASE, CaseActions
from .dialogs.choose import ChooseDialog, Item
from .text import showing
from .text.agreed import MayBeSaid, may_be_said
from .text.words import say
from .widgets.quick_intake import QuickIntake
from .widgets.rows import Column

if TYPE_CHECKING:
    from qiantai.intake import Intake

    from .dialogs.intake_around import Caller, Received

TAKEN_IN = Bilingual("{number} 已受理。F5 派单,F4 下一步", "{number} taken in. F5 sends it on, F4 next step")
ANOTHER = Bilingual(
    "给光标所在事项的这一户再登记一件;谁、电话、来源不用再填",
    "takes in another matter of the household of the case under the cursor; who and how is not asked again",
)
NO_HOME = Bilingual("这一件没有归户,F2 登记时写上是谁", "This case has no household; say who it is at F2")
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
        Action("take_in", Bilingual("登记", "Take in"), "f2", footer=10, priority=True),
        Action("emergency", Bilingual("应急", "Emergency"), "f9", footer=60),
        Action("another", Bilingual("同户再登记", "Another of this household"), "shift+f7,f19", help=ANOTHER),
    )
    _caller: Caller | None = None
    _caller_of: tuple[str, str] = ("", "")
    """The number of the case that the caller called about, and who took it in."""

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

    def on_record(self, read: Intake) -> Before:
        """What the open cases have to do with a line."""
        home = read.household.id if read.household else ""
        place = read.place or " ".join(read.unlisted)
        return before(self.open_cases(), read.summary, place, home, self.now, self.program.handbook)

    def may_be_said(self, read: Intake) -> MayBeSaid | None:
        """What who is at the desk may say on the topic of a line."""
        called = next(iter(self.program.site.topics.get(read.topic, ())), read.topic)
        return may_be_said(read.topic, called, self.me, self.now, self.program.handbook)

    def action_take_in(self) -> None:
        """To the line that calls are taken in by; from there, to the form, with what was written since."""
        self.program.greet()
        field = self.line.entry
        if field.has_focus and not field.marked:
            field.post_message(field.Submitted(field, field.value))
        field.begin_anew()

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

    def action_another(self) -> None:
        """Another matter of whom the case at hand is from: who, and how they called, is not asked again."""
        case = self.case_at_hand()
        if case is None:
            self.program.notify(NO_CASE)
            return
        home = case.household or (
            self._caller.home if self._caller and self._caller_of == (case.number, self.me) else ""
        )
        if home:
            self._open_form(self.read_line(f"{home} "))
        else:
            self.program.notify(NO_HOME, severity="warning")

    def _open_form(self, read: Intake) -> None:
        from .dialogs.intake_form import IntakeForm

        caller = self._caller if self._caller_of[1] == self.me else None
        self.program.push_screen(IntakeForm(read, caller=caller), self._taken_in)

    def _taken_in(self, received: Received | None) -> None:
        if received is None:
            self.line.leave_marked()
            return
        from .dialogs.belonging import put_words

        self._caller, self._caller_of = received.caller, (received.number, self.me)
        self.line.clear()
        self.stand_on(received.number)
        said = put_words(received.put) if received.put else TAKEN_IN.format(number=received.number)
        self.program.tell_done(said, received.number)

    def _taken_in_emergency(self, received: Received | None) -> None:
        self._taken_in(received)
        if received is not None and received.put is None and "dispatch" in self.program.seat.offers(received.number):
            self.give(received.number, "dispatch")


def _names(kind: str) -> list[str]:
    """What a kind is called, by its label and what people say for it."""
    words = entry("kinds", kind)
    return [each for each in (words.get("zh", ""), *words.get("alias", "").split("、")) if each]
