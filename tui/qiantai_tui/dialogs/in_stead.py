"""A command that a superior who is there gives in somebody's stead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from attrs import frozen
from textual.widget import Widget
from textual.widgets import Static

from qiantai import Command, Person, label
from qiantai.seat import Seat
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..text.safe import safe
from ..text.words import say
from ..widgets.entry import Entry
from .pins import PersonAndPin

REASON = Bilingual("理由", "Reason")
NO_REASON = Bilingual("要写理由", "A reason has to be given")
IN_STEAD = Bilingual("由主管办理:{what}", "Given by a superior: {what}")
IN_STEAD_SAYS = Bilingual(
    "这一道指令由主管本人下,记主管的名和理由,只此一次。",
    "This one command is the superior's own, on record with their name and the reason.",
)
OWN_FIRST = Bilingual(
    "这是一次性代码。可行:先用它登录,设好自己的 PIN",
    "That was a one-time code. What would do: sign in with it first, and choose a PIN",
)


@frozen
class InStead:
    """A command that a superior has agreed to give in somebody's stead, once: from which seat, and why."""

    seat: Seat
    number: str
    command: str
    reason: str


class InSteadDialog(PersonAndPin[InStead | None]):
    """A superior who is there gives their PIN and a reason."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (Action("leave", Bilingual("返回", "Back"), "escape", footer=90),)
    BINDINGS = bound(ACTIONS)

    def __init__(self, people: Iterable[Person], command: Command) -> None:
        super().__init__(people)
        self._command = command
        self.title_words = IN_STEAD.format(what=label("commands", command.name))

    def says(self) -> Bilingual | None:
        """Whose command it will be."""
        return IN_STEAD_SAYS

    def more(self) -> Iterable[Widget]:
        """The reason."""
        yield Static(safe(say(REASON)))
        yield Entry(most=80, compact=True, id="reason")

    def go(self) -> None:
        """Gives what was agreed."""
        person, reason = self.person(), self.text("reason").strip()
        if not reason:
            self.tell(NO_REASON)
            self.query_one("#reason").focus()
        elif person is None or (by_code := self.signed(person)) is None:
            return
        elif by_code:
            self.tell(OWN_FIRST)
        else:
            seat = Seat(self.program.desk, person)
            self.dismiss(InStead(seat, self._command.case, self._command.name, reason))

    def action_leave(self) -> None:
        """Leaves it as it was refused."""
        self.dismiss(None)
