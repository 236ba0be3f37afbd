"""A refusal: what was not done, why, by which clause in its own words, and what would do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static

from qiantai import Refusal, label
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..text import showing
from ..text.safe import safe
from ..text.words import language, say
from ..widgets.reading import Reading
from .frame import Framed

SUPERIORS = ("supervisor", "cs_head")
WHY = Bilingual("不能{what}:{why}", "Cannot be done — {what}: {why}")
CLAUSE = Bilingual("依据  {id}", "By clause  {id}")
WOULD_DO = Bilingual("可行  {what}", "What would do  {what}")
WAIT_FOR = {
    "not_in_this_state": Bilingual(
        "到“{what}”时再办;F4 看现在能办的", "when it is {what}; F4 shows what can be done now"
    ),
    "not_their_role": Bilingual("请{what}办,或按 F12 换人", "ask: {what}; or press F12 to change who is at the desk"),
}
"""How the states and the roles that a refusal names are said."""
ORDER = Bilingual(
    "要办的是什么、当时怎样,按次序问过哪些规则",
    "what was asked, how it stood, and which rules were asked in which order",
)
IN_STEAD = Bilingual(
    "主管在场时,由主管本人用自己的 PIN 下这一道指令,写明理由",
    "with a superior there: this one command is given by them, with their own PIN and a reason",
)
NO_SUPERIOR = Bilingual("没有可以代办的主管", "There is no superior who could give it")
NOT_POSSIBLE = Bilingual("这一步现在办不了", "This cannot be done now")
BY_A_SUPERIOR = Action("in_stead", Bilingual("由主管办理", "Given by a superior"), "f7", footer=15, help=IN_STEAD)


class Refused(Framed[bool | None]):
    """Shows a refusal; what was typed stands under it as it was."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (Action("why", Bilingual("为什么", "Why"), "f8", footer=20, help=ORDER),)
    BINDINGS = bound((*ACTIONS, BY_A_SUPERIOR))
    ABOUT = Bilingual(
        "没有办成:为什么、依据哪一条、怎样才可行。什么都没有改,写了的还在原处。F8 看按次序问过哪些规则。",
        "It was not done: why, by which clause, and what would do. Nothing has changed, and what was written is still "
        "there. F8 shows which rules were asked, in their order.",
    )
    DEFAULT_CSS = """
    Refused > #frame { border: round $error; }
    Refused .clause { color: $accent; margin-top: 1; }
    Refused .quoted { padding-left: 2; color: $foreground 85%; }
    Refused .would-do { margin-top: 1; color: $text-success; }
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal = refusal
        self.title_words = label("words", "refusal") if refusal.clause else NOT_POSSIBLE

    def content(self) -> Iterable[Widget]:
        """Why, the clause, what would do."""
        refusal = self.refusal
        yield Reading(say(WHY.format(what=label("commands", refusal.command.name), why=refusal.why)))
        if refusal.clause is not None:
            yield Static(safe(say(CLAUSE.format(id=showing.clause(refusal.clause)))), classes="clause")
            yield Reading(refusal.clause.en if language() == "en" else refusal.clause.zh, classes="quoted")
        if refusal.would_do.zh:
            said = WAIT_FOR.get(refusal.rule, Bilingual("{what}", "{what}")).format(what=refusal.would_do)
            yield Reading(say(WOULD_DO.format(what=said)), classes="would-do")

    def action_why(self) -> None:
        """The rules that were asked, in their order."""
        from .why import why_it_was_refused

        case = self.program.seat.known(self.refusal.command.case)
        self.app.push_screen(why_it_was_refused(self.refusal, case, self.program.handbook))

    def more_actions(self) -> tuple[Action, ...]:
        """What is refused for the role alone, a superior may give, where people sign in."""
        return (BY_A_SUPERIOR,) if self._for_their_role else ()

    @property
    def _for_their_role(self) -> bool:
        return self.refusal.rule == "not_their_role" and self.program.signs_in

    def action_in_stead(self) -> None:
        """Asks a superior who is there for their PIN and a reason; the command then goes on as theirs."""
        from .in_stead import InSteadDialog

        program, command = self.program, self.refusal.command
        if not self._for_their_role:
            return
        superiors = [each for each in program.handbook.people.values() if each.has(*SUPERIORS) and each.id != self.me]
        if not superiors:
            program.notify(NO_SUPERIOR)
            return
        self.dismiss(None)
        program.push_screen(InSteadDialog(superiors, command), program.go_on_in_stead)

    def action_put_away(self) -> None:
        """Back to what stands under it."""
        self.dismiss(None)


class RefusalDialog(Refused):
    """A refusal until it is put away."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action(
            "put_away", Bilingual("知道了,回去改", "I see, back to it"), "enter,escape,space", "put_away", footer=10
        ),
    )
    BINDINGS = bound(ACTIONS)
