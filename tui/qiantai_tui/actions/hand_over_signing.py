"""How a hand-over goes on: who takes over, the signature of each side, or a superior's where nobody is there.

Dialogs are imported when they are opened.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from textual import work

from qiantai import Refusal, StoreError
from qiantai.shift.bars import MAY_LET_GO
from qiantai.shift.book import HandOver, ShiftBook, Stage
from qiantai.shift.summary import Summary
from qiantai.words import Bilingual

from ..desk_screen import OfTheDesk
from ..giving_way import giving_way
from ..shift.gathered import Gathered
from ..shift.marks import Marks
from ..shift.telling import STAGES, name
from . import Action

SIGN_AS_GIVER = Bilingual("交班人签字", "The giver signs")
SIGN_AS_RECEIVER = Bilingual("接班人签字", "The receiver signs")
GIVES = Bilingual(
    "{who} 已看过上面的内容:{n} 件移交给 {to},接下以前仍归 {who};{m} 件不移交。",
    "{who} has read the summary. {n} cases are offered to {to} and stay with {who} until accepted; {m} are not.",
)
TAKES = Bilingual(
    "{to} 已看过上面的内容,接下 {n} 件,不接 {m} 件;不接的仍归 {who}。投诉接下后是代跟,首接人不变 [M-4.3a]。",
    "{to} has read the summary, takes on {n} cases and leaves {m} with {who}. Of a complaint one becomes the stand-in; "
    "its owner stays [M-4.3a].",
)
LEAVE = Bilingual("无人接班,主管批准 {who} 离岗", "Nobody takes over: {who} is let go by a superior")
LEAVE_SAYS = Bilingual(
    "在办的仍归 {who};下一个到前台的人先看到。原因和谁批准的都有记录。",
    "What is open stays with {who} and is the first thing that whoever takes the desk next sees. Who let them go, and "
    "why, is on record.",
)
NO_SUPERIOR = Bilingual("员工里没有主管或负责人", "The staff has no supervisor and no head")
SIGNED = Bilingual("交接班 {n}:{stage}", "Hand-over {n}: {stage}")
READ_FIRST = Bilingual(
    "这一班的事项还在读,读完再标记、再签", "The shift is still being read: mark and sign once it is there"
)
SIGNING = Bilingual("正在把这一班再读一遍,随后记下签字……", "The shift is read once more, then the signature is kept…")


class HandOverSigning(OfTheDesk):
    """For the screen of a hand-over: `here` and `summary` are what it shows."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("hand_over_next", Bilingual("下一步", "Next"), "f4,f10,ctrl+s", footer=20),
        Action("hand_over_leave", Bilingual("无人接班", "No receiver"), "l", footer=60),
    )
    number: int
    summary: Summary | None
    _signing = False
    """Whether a signature is being kept."""

    @property
    def here(self) -> HandOver | None:
        """The hand-over shown; None while none has begun."""
        raise NotImplementedError

    @property
    def giver(self) -> str:
        """Whose shift it is."""
        raise NotImplementedError

    @property
    def marks(self) -> Marks:
        """What is marked of it."""
        raise NotImplementedError

    def action_hand_over_next(self) -> None:
        """Chooses who takes over, has the giver sign, then the receiver; of what was left, that it was read."""
        here = self.here
        if self.still_signing():
            return
        match here.stage if here else None:
            case None:
                from ..dialogs.receiver import ReceiverDialog

                self.program.push_screen(ReceiverDialog(), self._draw_up)
            case Stage.DRAWN_UP:
                self._sign_off()
            case Stage.LEFT_OPEN:
                assert here is not None
                self.took(self.program.signing.read_over(here, self.me))
            case _:
                self._take_over()

    def _draw_up(self, receiver: str | None) -> None:
        if receiver is not None:
            found = self.program.signing.draw_up(self.me, receiver)
            if isinstance(found, ShiftBook) and (given := found.given_by(self.me)) is not None:
                self.number = given.number
            self.took(found)

    def _sign_off(self) -> None:
        from ..dialogs.signing import Signature, SignDialog

        here, summary, signing = self.here, self.summary, self.program.signing
        if here is None or summary is None:
            self.program.notify(READ_FIRST)
            return
        staying = [each for each in summary.open if each in self.marks.staying]
        if self._stands_against("sign_off", here.giver, here, staying=tuple(staying), shown=summary.open):
            return
        said = GIVES.format(
            who=name(here.giver, self.program.handbook),
            to=name(here.receiver, self.program.handbook),
            n=len(summary.open) - len(staying),
            m=len(staying),
        )

        def signed(by: Signature | None) -> None:
            if by is not None:
                notes = self.marks.notes
                self._once_read(here.giver, lambda read: signing.sign_off(here, read, summary, staying, notes))

        giver = self.program.desk.handbook.people[here.giver]
        self.program.push_screen(SignDialog([giver], SIGN_AS_GIVER, said), signed)

    def _take_over(self) -> None:
        from ..dialogs.signing import Signature, SignDialog

        here, marks, signing = self.here, self.marks, self.program.signing
        if here is None:
            return
        offered = here.signed
        declining = {each: why for each, why in marks.declining.items() if each in offered}
        if self._stands_against("take_over", here.receiver, here, declining=declining):
            return
        said = TAKES.format(
            who=name(here.giver, self.program.handbook),
            to=name(here.receiver, self.program.handbook),
            n=len(offered) - len(declining),
            m=len(declining),
        )

        def signed(by: Signature | None) -> None:
            if by is not None and self.took(signing.take_over(here, declining)):
                marks.drop()
                self.program.relieve(by.person.id)

        receiver = self.program.desk.handbook.people[here.receiver]
        self.program.push_screen(SignDialog([receiver], SIGN_AS_RECEIVER, said), signed)

    def _stands_against(self, name: str, by: str, here: HandOver, **said: Any) -> bool:
        """Whether something stands against a signature; it is shown before anybody is asked to sign."""
        refused = self.program.signing.against(name, by, here, **said)
        if refused is not None:
            self.program.refuse(refused)
        return refused is not None

    def action_hand_over_leave(self) -> None:
        """A superior lets the giver go whom nobody relieves; whoever takes the desk next sees it first."""
        from ..dialogs.signing import Signature, SignDialog

        program, giver, marks = self.program, self.giver, self.marks
        if self.still_signing():
            return
        if self.here is not None and not self.here.under_way:
            program.notify(SIGNED.format(n=self.here.number, stage=STAGES[self.here.stage]))
            return
        superiors = [each for each in program.desk.handbook.people.values() if each.has(*MAY_LET_GO)]
        superiors = [each for each in superiors if each.id != giver]
        if not superiors:
            program.notify(NO_SUPERIOR, severity="warning")
            return

        def signed(by: Signature | None) -> None:
            if by is not None:
                leave = partial(program.signing.leave_open, superior=by.person, reason=by.reason, notes=marks.notes)
                self._once_read(giver, leave, by.person.id, gone)

        def gone() -> None:
            marks.drop()
            if giver == self.me:
                program.vacate()

        who = name(giver, program.handbook)
        words = LEAVE_SAYS.format(who=who)
        self.program.push_screen(SignDialog(superiors, LEAVE.format(who=who), words, reasoned=True), signed)

    def _once_read(
        self,
        giver: str,
        sign: Callable[[Gathered], ShiftBook | Refusal],
        by: str = "",
        then: Callable[[], None] | None = None,
    ) -> None:
        """Has the giver's shift read anew beside the screen, and signed as it is then; `then` where that was taken."""
        self._signing = True
        self.program.read_anew(self)
        try:
            self._read_and_sign(self.program.signing.gathering(giver, by), sign, then)
        except StoreError as error:
            self._unread(error)

    @work(thread=True, group="signing")
    def _read_and_sign(
        self,
        read: Callable[[], Gathered],
        sign: Callable[[Gathered], ShiftBook | Refusal],
        then: Callable[[], None] | None,
    ) -> None:
        try:
            with giving_way():
                found = read()
        except StoreError as error:
            self.beside(self._unread, error)
        else:
            self.beside(self._sign_read, found, sign, then)

    def _sign_read(
        self, found: Gathered, sign: Callable[[Gathered], ShiftBook | Refusal], then: Callable[[], None] | None
    ) -> None:
        self._signing = False
        if not self.took(sign(found)):
            self.program.read_anew(self)
        elif then is not None:
            then()

    def _unread(self, error: StoreError) -> None:
        self._signing = False
        self.program.tell_unread(error)
        self.program.read_anew(self)

    def still_signing(self) -> bool:
        """Whether a signature is being kept: then it is said, and nothing else is begun."""
        if self._signing:
            self.program.notify(SIGNING)
        return self._signing

    def took(self, outcome: ShiftBook | Refusal) -> bool:
        """Whether it is on record; where not, shows why."""
        if isinstance(outcome, Refusal):
            self.program.refuse(outcome)
            return False
        self.program.did("hand_over")
        self.program.read_anew(self)
        if (here := self.here) is not None:
            self.program.notify(SIGNED.format(n=here.number, stage=STAGES[here.stage]))
        return True
