"""How a signature is carried out: decided as a whole, done on each case in the name of who signs, then written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import evolve

from qiantai import Case, Command, Person, Refusal, StoreError
from qiantai.seat import Seat
from qiantai.shift.asked import Asked
from qiantai.shift.book import Begun, HandOver, ShiftBook
from qiantai.shift.steps import TAKEN_BACK, steps
from qiantai.shift.summary import Summary, theirs

from ..desk_screen import NOT_KEPT
from ..text.words import say
from .gathered import Gathered, gathered
from .marks import Marks

if TYPE_CHECKING:
    from ..app import DeskApp


class Signing:
    """The commands on the book of a desk; what comes back as a refusal has written no line."""

    def __init__(self, program: DeskApp) -> None:
        self._program = program

    def book(self) -> ShiftBook:
        """The book as it is. Raises `StoreError`."""
        return self._program.shifts.book()

    def gathering(self, giver: str, by: str = "") -> Callable[[], Gathered]:
        """What reads all that this person's shift is made of, beside the screen; it raises what the store raises.

        Of one who has left the staff it is what whoever asks sees. Raises `StoreError`.
        """
        here_still = giver in self._program.desk.handbook.people
        book, seat = self.book(), self._seat(giver) if here_still or not by else self._seat(by)
        here = book.given_by(giver)
        begun = book.running.get(giver) or Begun(here.since if here else self._now)
        return partial(gathered, seat, giver, evolve(begun, since=here.since) if here else begun, self._now)

    def left_by(self, person: str) -> tuple[Case, ...]:
        """The open cases that this person follows up now."""
        return theirs(self._seat(person).open_cases(), person)

    def begin(self, person: str) -> ShiftBook | Refusal:
        """They take the desk; who is on shift already stays so."""
        return self._line(person, "begin_shift", person)

    def end(self, person: str) -> ShiftBook | Refusal:
        """They go, and leave nothing open."""
        return self._line(person, "end_shift", person)

    def draw_up(self, giver: str, receiver: str) -> ShiftBook | Refusal:
        """A hand-over begins; the notes that its giver has written already go with it."""
        found = self._line(giver, "draw_up", giver, to=receiver)
        if isinstance(found, ShiftBook) and (here := found.given_by(giver)) is not None:
            Marks(self._program.book, giver).go_over_to(here.number)
        return found

    def sign_off(
        self, here: HandOver, read: Gathered, shown: Summary, staying: Collection[str], notes: str
    ) -> ShiftBook | Refusal:
        """The giver signs: what they follow up is offered to the receiver, but for what stays with them.

        `shown` is what they have read before they signed, and `read` what their shift is made of as it was read since.
        """
        said = {"staying": tuple(staying), "shown": shown.open, "notes": notes, "reason": say(TAKEN_BACK)}
        return self._sign("sign_off", here.giver, here, read, **said)

    def take_over(self, here: HandOver, declining: Mapping[str, str]) -> ShiftBook | Refusal:
        """The receiver signs: what the giver's signature has offered is accepted, but for what they decline, each for
        a reason."""
        return self._sign("take_over", here.receiver, here, declining=dict(declining))

    def take_back(self, here: HandOver, by: str) -> ShiftBook | Refusal:
        """The giver takes back what they signed, or the whole of it; what they have offered is offered no more."""
        return self._sign("take_back", by, here, reason=say(TAKEN_BACK))

    def against(self, name: str, by: str, here: HandOver, **said: Any) -> Refusal | None:
        """What stands against this signature now, before anybody is asked for it; None where nothing does."""
        found = self._steps(name, by, here, said)
        return found if isinstance(found, Refusal) else None

    def leave_open(self, read: Gathered, superior: Person, reason: str, notes: str) -> ShiftBook | Refusal:
        """The giver of this shift leaves with nobody there, as a superior lets them."""
        return self._line(superior.id, "leave_open", read.giver, read=read, reason=reason, notes=notes)

    def read_over(self, here: HandOver, person: str) -> ShiftBook | Refusal:
        """Whoever takes the desk next has read what was left open."""
        return self._line(person, "read_over", here.giver, hand_over=here.number)

    def _sign(
        self, name: str, by: str, here: HandOver, read: Gathered | None = None, **said: Any
    ) -> ShiftBook | Refusal:
        """Everything is decided before the first step is taken; one that the store does not keep ends it there, and
        whoever signs again goes on with the rest."""
        found = self._steps(name, by, here, said)
        if isinstance(found, Refusal):
            return found
        with self._program.telling_once():
            for each in found:
                done = self._program.give_from(self._seat(each.by), each.case, each.name, **each.fields)
                if isinstance(done, Refusal):
                    return done
        return self._line(by, name, here.giver, here=here, read=read, **said)

    def _steps(self, name: str, by: str, here: HandOver, said: Mapping[str, Any]) -> tuple[Command, ...] | Refusal:
        try:
            return steps(self._asked(name, by, here.giver, here, said)(self.book()))
        except StoreError as error:
            return Refusal(Command(name, by, "", said), self._now, NOT_KEPT, None, error.why)

    def _line(
        self,
        by: str,
        name: str,
        giver: str,
        /,
        here: HandOver | None = None,
        read: Gathered | None = None,
        **said: Any,
    ) -> ShiftBook | Refusal:
        """A line of the book; where the giver's shift was read their summary stands in it, as it is at this moment."""
        try:
            summary = read.going_on().summary(self._now) if read else None
            return self._program.shifts.write(self._asked(name, by, giver, here, said, summary))
        except StoreError as error:
            return Refusal(Command(name, by, "", said), self._now, NOT_KEPT, None, error.why)

    def _asked(
        self,
        name: str,
        by: str,
        giver: str,
        here: HandOver | None,
        said: Mapping[str, Any],
        summary: Summary | None = None,
    ) -> Callable[[ShiftBook], Asked]:
        """What is asked of a book, by the cases as the seats of all whom it concerns see them."""
        now, handbook = self._now, self._program.desk.handbook
        fields = {"hand_over": here.number, **said} if here else said
        command = Command(name, by, "", {each: value for each, value in fields.items() if value != ""})
        people = (giver, by, here.receiver) if here else (giver, by)
        cases = {case.number: case for who in people for case in self._seat(who).open_cases()}.values()
        return lambda book: Asked(book, command, now, handbook, cases, summary)

    def _seat(self, person: str) -> Seat:
        """The seat of somebody of the staff; what they see is shown to nobody from here."""
        desk = self._program.desk
        return Seat(desk, desk.handbook.people.get(person) or Person(person, person, ()))

    @property
    def _now(self) -> datetime:
        return self._program.clock()
