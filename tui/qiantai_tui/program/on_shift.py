"""An app that knows whose shift it is: one begins with who takes the desk, who first sees what was left."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from qiantai import Person, Refusal, StoreError
from qiantai.words import Bilingual, Role

from .signed_in import SignedInApp

if TYPE_CHECKING:
    from ..app import DeskApp
    from ..shift.shifts import Shifts
    from ..shift.signing import Signing

OPEN_STILL = Bilingual("{who} 名下还有 {n} 件在办", "Open cases that {who} still follows up: {n}")
HAND_OVER = Bilingual("现在交接给 {to}", "Hand them over to {to} now")
ONLY_CHANGE = Bilingual("只换人,仍归 {who}", "Only change who is here; {who} keeps them")


class OnShiftApp(SignedInApp):
    """What one leaves to the next goes through a hand-over, from whichever screen."""

    @cached_property
    def shifts(self) -> Shifts:
        """The book of shifts."""
        from ..shift.shifts import Shifts  # the first screenful needs none

        return Shifts(self.site.books)

    @cached_property
    def signing(self) -> Signing:
        """What can be put into it."""
        from ..shift.signing import Signing

        return Signing(cast("DeskApp", self))

    def be(self, person: str | None) -> None:
        """Their shift begins, unless it runs already; where nobody signs in, what was left comes first."""
        before = self.person
        super().be(person)
        if person is not None:
            self._written(lambda: self.signing.begin(person))
            if not self.signs_in:
                self.call_later(self._first_thing, before)

    def _signed_in(self, id: str | None, before: Person | None) -> None:
        super()._signed_in(id, before)
        self.call_later(self._first_thing, before)

    def action_hand_over_shift(self) -> None:
        """Shows the hand-over over whatever is open; what is being written there is kept."""
        from ..screens.hand_over import HandOverScreen

        if self.person is None:
            if not self.signs_in:
                self.action_staff()
            return
        for screen in self.screen_stack:
            if keep := getattr(screen, "keep", None):
                keep()
        if not any(isinstance(each, HandOverScreen) for each in self.screen_stack):
            self.push_screen(HandOverScreen())

    def _first_thing(self, before: Person | None) -> None:
        """What waits for who has taken the desk: a hand-over to sign, what was left open, or the one who just goes."""
        from ..screens.hand_over import HandOverScreen

        here = self.person
        if here is None or any(isinstance(each, HandOverScreen) for each in self.screen_stack):
            return
        try:
            book = self.signing.book()
            waiting = book.taken_by(here.id) or book.unread(here.id)
            if waiting is not None:
                self.push_screen(HandOverScreen(waiting.number))
            elif before is not None and before.id != here.id and before.id in book.running:
                self._let_go(before, here, under_way=book.given_by(before.id) is not None)
        except StoreError as error:
            self.notify(error.why, severity="error")

    def relieve(self, person: str) -> None:
        """Puts somebody at the desk who has proved to be there; what the other one left open is closed."""
        if self.person is None or self.person.id != person:
            self.be(person)
            self.call_later(self._close_all)

    def vacate(self) -> None:
        """Nobody is at the desk any more; whoever comes next says who they are."""
        if self.signs_in:
            self.lock()
            return
        self.person, self.in_stead = None, None
        self.call_later(self._close_all)
        self.call_later(self.tell_screens)
        self.call_later(self.action_staff)

    def _let_go(self, before: Person, here: Person, *, under_way: bool) -> None:
        """Has the one who goes hand over to who takes the desk; who leaves nothing open has ended their shift."""
        left = self.signing.left_by(before.id)
        if not left:
            self._written(lambda: self.signing.end(before.id))
        elif here.has(Role.DESK, Role.SUPERVISOR) and not under_way:
            self._propose(before, here, len(left))

    def _propose(self, before: Person, here: Person, open_: int) -> None:
        from ..dialogs.choose import ChooseDialog, Item
        from ..text.words import say
        from ..widgets.rows import Column

        items = [
            Item("hand_over", (say(HAND_OVER.format(to=here.name)),)),
            Item("only", (say(ONLY_CHANGE.format(who=before.name)),)),
        ]
        title = OPEN_STILL.format(who=before.name, n=open_)
        dialog = ChooseDialog(title, (Column(Bilingual("", ""), 40, flex=1),), items)
        self.push_screen(dialog, lambda chosen: self._hand_over(before, here) if chosen == "hand_over" else None)

    def _hand_over(self, before: Person, here: Person) -> None:
        from ..screens.hand_over import HandOverScreen

        found = self._written(lambda: self.signing.draw_up(before.id, here.id))
        if isinstance(found, Refusal):
            self.refuse(found)
        elif found is not None and (given := found.given_by(before.id)) is not None:
            self.push_screen(HandOverScreen(given.number))

    def _written(self, write: Any) -> Any:
        """What came of it; a store or a disk that did not take it is told, and the desk goes on."""
        try:
            return write()
        except StoreError as error:
            self.notify(error.why, severity="error")
            return None
