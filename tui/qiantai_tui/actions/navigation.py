"""Where the desk's program can go: its modes, a case, a dossier, and the dialogs that stand over any screen."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding
from textual.message import Message

from qiantai import Refusal, label
from qiantai.words import Bilingual

from ..mode import Mode
from ..program.base import BaseApp
from ..screens import modes
from . import Action, bound


class CaseChanged(Message):
    """A case has gone on; it is kept already."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number


OF_THE_DOOR = (
    Action("pin", Bilingual("改 PIN", "Change my PIN"), "", "change_pin"),
    Action("code", Bilingual("给一次性代码", "Give a one-time code"), "", "give_code"),
)
"""What can be done besides where people sign in."""


class Navigation(BaseApp):
    """The ways from one screen to another."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("help", Bilingual("帮助", "Help"), "f1", footer=80, priority=True),
        Action("staff", Bilingual("换人", "Who is at the desk"), "f12"),
        Action("hand_over_shift", label("screens", "handover"), "shift+f12,f24", priority=True),
        Action("elsewhere", Bilingual("去别处", "Go elsewhere")),
        Action("alerts", label("screens", "alerts"), "shift+f4,f16"),
        Action("retention", label("screens", "retention")),
        *(mode.action for mode in modes()),
    )
    BINDINGS = [*bound(ACTIONS), Binding("question_mark,？", "help", show=False)]
    brought: tuple[Mode, ...] = ()
    """The modes that plugins bring, which stand after the program's own."""

    def be(self, person: str | None) -> None:
        """Puts somebody at the desk; None leaves everything as it is."""
        raise NotImplementedError

    def more_actions(self) -> tuple[Action, ...]:
        """What plugins bring, and what there is besides where people sign in."""
        return (*(each.action for each in self.brought), *(OF_THE_DOOR if self.signs_in else ()))

    @property
    def signs_in(self) -> bool:
        """Whether people sign in here."""
        raise NotImplementedError

    def lock(self) -> None:
        """Covers everything until somebody signs in."""
        raise NotImplementedError

    def action_hand_over_shift(self) -> None:
        """Shows the hand-over that is under way, or what one's shift would leave."""
        raise NotImplementedError

    def refuse(self, refusal: Refusal) -> None:
        """Shows why a command was not carried out, by which clause, and what would do."""
        from ..dialogs.refusal import RefusalDialog

        self.push_screen(RefusalDialog(refusal))

    def open_case(self, number: str) -> None:
        """Shows all there is of a case."""
        from ..screens.case import CaseScreen

        self.push_screen(CaseScreen(number))

    def open_household(self, household: str) -> None:
        """Shows a household's dossier."""
        from ..screens.household import DossierScreen

        self.push_screen(DossierScreen(household))

    def action_retention(self) -> None:
        """Shows what has passed the site's terms."""
        from ..screens.retention import RetentionScreen

        if not isinstance(self.screen, RetentionScreen):
            self.push_screen(RetentionScreen())

    def action_alerts(self) -> None:
        """Shows what who is at the desk was told of due times."""
        from ..screens.alerts import AlertsScreen

        if not isinstance(self.screen, AlertsScreen):
            self.push_screen(AlertsScreen())

    def action_mode(self, mode: str) -> None:
        """Goes to another mode; from what was opened in the same one back to its own screen."""
        if mode != self.current_mode:
            self.switch_mode(mode)
        else:
            while len(self.screen_stack) > 1:
                self.pop_screen()
        if begin := getattr(self.screen, "begin_there", None):
            begin()

    def modes_beside(self) -> tuple[Mode, ...]:
        """All of them; over a dialog none, which is to be answered first."""
        return () if self.screen.is_modal else (*modes(), *self.brought)

    def action_elsewhere(self) -> None:
        """Asks where to go."""
        from ..dialogs.elsewhere import ElsewhereDialog

        if not self.screen.is_modal:
            self.push_screen(ElsewhereDialog(), lambda mode: self.action_mode(mode) if mode else None)

    def action_staff(self) -> None:
        """Asks who is at the desk; where people sign in, whoever was there has left with that."""
        if self.signs_in:
            self.lock()
            return
        from ..screens.staff import StaffScreen

        self.push_screen(StaffScreen(), self.be)

    def action_change_pin(self) -> None:
        """A new PIN for who is at the desk."""
        from ..dialogs.codes import change_pin

        change_pin(self)

    def action_give_code(self) -> None:
        """A one-time code for somebody of the staff, who is unlocked with it."""
        from ..dialogs.codes import give_code

        give_code(self)

    def action_help(self) -> None:
        """Explains what has the focus."""
        from ..dialogs.help import HelpDialog

        self.push_screen(HelpDialog())
