"""An app that knows what was done at it, and takes the last of it back for whoever did it: ^Z, from every screen."""

from __future__ import annotations

from typing import Any, ClassVar

from qiantai import Done, Refusal, StoreError, UnknownCase
from qiantai.events import Struck
from qiantai.seat import Seat
from qiantai.words import NOTHING, Bilingual, label, listed

from ..actions import Action, bound
from ..desk_screen import NOT_KEPT
from ..taking_back import COMMAND, TABLE, Act, Undone
from ..text import showing
from .signed_in import SignedInApp

UNDO_HELP = Bilingual(
    "撤销自己刚办的一步,并说撤的是什么,或为什么不能", "takes back what you did last and names it, or says why not"
)
MAY = Bilingual("{done}  {left}内可 ^Z 撤销", "{done}  ^Z takes it back for {left}")
MAY_NOT = Bilingual("{done}  不能撤销,可行:{instead}", "{done}  ^Z does not undo this; instead: {instead}")
TAKEN_BACK = Bilingual("已撤销:{number} 的{what}", "Taken back: {what} on {number}")
WITH = Bilingual("{done},{others} 一并恢复", "{done}, and on {others}")
NOTHING_DONE = Bilingual(
    "您在这里没有可以撤销的。选中一件,^Z 撤销您在它上面刚办的",
    "Nothing of yours to take back here. Choose a case for your last step on it",
)
NOT_BY_THE_KEY = Bilingual("不能撤销:{what}", "Not taken back: {what}")
ELSEWHERE = Bilingual("在别处撤销:{what}", "Taken back elsewhere: {what}")
BOX_FIRST = Bilingual(
    "先办完或离开这个框,再按 ^Z 撤销上一步", "Finish or leave this box first; then ^Z takes back the last step"
)
MINUTES, SECONDS = Bilingual("{n} 分钟", "{n} min"), Bilingual("{n} 秒", "{n} s")
_MOST = 100
"""Things done that are remembered: many times what can be done within the window."""


class UndoingApp(SignedInApp):
    """What one person did is never taken back by another; the rules alone say what may be."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("undo", label("commands", "undo"), "ctrl+z", "app.undo", footer=85, help=UNDO_HELP),
    )
    BINDINGS = bound(ACTIONS)

    def __init__(self, **given: Any) -> None:
        """Nothing has been done yet."""
        super().__init__(**given)
        self.acts: list[Act] = []

    @property
    def seat(self) -> Seat:
        """The desk as whoever is at it may see it."""
        raise NotImplementedError

    def carry_out(self, about: Any, command: str, **fields: Any) -> Done | Refusal:
        """Gives a command in the name of who is at the desk."""
        raise NotImplementedError

    def did(self, sort: str, what: Bilingual = NOTHING, number: str = "") -> None:
        """Remembers that who is at the desk has done something of a sort of `TABLE`."""
        act = Act(self._me, sort, what if what.zh else TABLE[sort].what, number)
        self.acts = [*self.acts, act][-_MOST:]

    def did_command(self, command: str, number: str) -> None:
        """The same of a command on a case; an undo is none of the things to be taken back."""
        if command != "undo":
            self.did(COMMAND, label("commands", command), number)

    def tell_done(self, said: Bilingual, number: str, **how: Any) -> None:
        """Says what was done on a case, and how long ^Z takes it back, else what would do."""
        try:
            refused = self.seat.would_refuse(number, "undo")
        except (UnknownCase, StoreError):
            self.notify(said, **how)
            return
        if refused is None:
            self.notify(MAY.format(done=said, left=self._time_left(number)), **how)
        else:
            self.notify(MAY_NOT.format(done=said, instead=refused.would_do), **how)

    def tell_did(self, sort: str, said: Bilingual, **how: Any) -> None:
        """Says what was done that is no command of a case, and what would do, since ^Z does not take it back."""
        self.did(sort)
        instead = TABLE[sort].instead
        self.notify(Bilingual(f"{said.zh}\n{instead.zh}", f"{said.en}\n{instead.en}"), **how)

    def _time_left(self, number: str) -> Bilingual:
        """For how long yet the last command on a case is taken back, by the policy that the case goes by."""
        case, now = self.seat.known(number), self.clock()
        received, given = (case.received, case.last_command.at) if case is not None else (now, now)
        window = self.seat.handbook.policy(received).period("undo_within").length
        left = int((given + window - now).total_seconds())
        return MINUTES.format(n=left // 60) if left >= 60 else SECONDS.format(n=left)

    @property
    def _me(self) -> str:
        return self.person.id if self.person else ""

    @property
    def last_act(self) -> Act | None:
        """What who is at the desk did here last and has not taken back or been told of that it stays."""
        return next((each for each in reversed(self.acts) if each.by == self._me and TABLE[each.sort].stops), None)

    def action_undo(self) -> None:
        """Takes back what they did here last, else their last command on the case at hand; else says why not."""
        act = self.last_act
        if act is None:
            at_hand = getattr(self.screen, "case_at_hand", None)
            case = at_hand() if at_hand is not None else None
            if case is None:
                self.notify(NOTHING_DONE)
            else:
                self.take_back(case.number)
        elif TABLE[act.sort].undone is Undone.BY_THE_RULES:
            self.take_back(act.number, act)
        else:
            self.acts.remove(act)
            there = TABLE[act.sort].undone is Undone.ON_ITS_SCREEN
            title = (ELSEWHERE if there else NOT_BY_THE_KEY).format(what=act.what)
            self.notify(TABLE[act.sort].instead, title=title, severity="warning")

    def action_undo_waits(self) -> None:
        """Over a box, which is answered first."""
        self.notify(BOX_FIRST)

    def take_back(self, number: str, act: Act | None = None) -> None:
        """Has the rules strike the last command on a case; what they refuse for good is no longer the last thing."""
        outcome = self.carry_out(number, "undo")
        act = act or next((each for each in reversed(self.acts) if (each.by, each.number) == (self._me, number)), None)
        if act is not None and not (isinstance(outcome, Refusal) and outcome.rule == NOT_KEPT):
            self.acts.remove(act)
        if isinstance(outcome, Refusal):
            self.refuse(outcome)
            return
        self.clear_notifications()
        if stand_on := getattr(self.screen, "stand_on", None):
            stand_on(number)
        what = _struck(outcome) or (act.what if act is not None else NOTHING)
        said = TAKEN_BACK.format(number=number, what=what)
        others = tuple(Bilingual(each.case, each.case) for each in outcome.events if each.case != number)
        self.notify(WITH.format(done=said, others=listed(others)) if others else said)


def _struck(done: Done) -> Bilingual | None:
    """What the command is called that an undo has struck."""
    changes = (each for event in done.events if event.case == done.case.number for each in event.changes)
    seq = next((each.seq for each in changes if isinstance(each, Struck)), None)
    found = next((each for each in done.case.history if each.seq == seq), None)
    return showing.command(done.case, found.name) if found is not None else None
