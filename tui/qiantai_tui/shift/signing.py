"""How a signature is carried out: first what is offered or answered, each in the name of who signs, then the line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import evolve

from qiantai import Command, Person, Refusal, StoreError
from qiantai.seat import Seat
from qiantai.shift.bars import Asked
from qiantai.shift.book import Begun, HandOver, ShiftBook
from qiantai.shift.summary import Summary, theirs

from ..desk_screen import NOT_KEPT
from .gathered import summary_of

if TYPE_CHECKING:
    from ..app import DeskApp


class Signing:
    """The commands on the book of a desk; what comes back as a refusal has written no line."""

    def __init__(self, program: DeskApp) -> None:
        self._program = program

    def book(self) -> ShiftBook:
        """The book as it is. Raises `StoreError`."""
        return self._program.shifts.book()

    def summary(self, giver: str) -> Summary:
        """What this person's shift leaves now. Raises `StoreError`."""
        book, seat = self.book(), self._seat(giver)
        here = book.given_by(giver)
        begun = book.running.get(giver) or Begun(here.since if here else self._now)
        return summary_of(seat, evolve(begun, since=here.since) if here else begun, self._now)

    def begin(self, person: str) -> ShiftBook | Refusal:
        """They take the desk; who is on shift already stays so."""
        return self._line(person, "begin_shift", person)

    def end(self, person: str) -> ShiftBook | Refusal:
        """They go, and leave nothing open."""
        return self._line(person, "end_shift", person)

    def draw_up(self, giver: str, receiver: str) -> ShiftBook | Refusal:
        """A hand-over begins."""
        return self._line(giver, "draw_up", giver, to=receiver)

    def take_back(self, here: HandOver, by: str) -> ShiftBook | Refusal:
        """The giver takes back what they signed, or the whole of it."""
        return self._line(by, "take_back", here.giver, hand_over=here.number)

    def sign_off(self, here: HandOver, staying: Collection[str], notes: str) -> ShiftBook | Refusal:
        """The giver signs: what they follow up is offered to the receiver, but for what stays with them."""
        for case in theirs(self._seat(here.giver).open_cases(), here.giver):
            if case.number not in staying and case.offered_to != here.receiver:
                done = self._program.give_from(self._seat(here.giver), case.number, "offer", to=here.receiver)
                if isinstance(done, Refusal):
                    return done
        return self._line(here.giver, "sign_off", here.giver, signs=True, hand_over=here.number, notes=notes)

    def take_over(self, here: HandOver, declining: Mapping[str, str]) -> ShiftBook | Refusal:
        """The receiver signs: what the giver has offered is accepted, but for what they decline, each for a reason."""
        seat = self._seat(here.receiver)
        for case in theirs(self._seat(here.giver).open_cases(), here.giver):
            if case.offered_to == here.receiver:
                reason = declining.get(case.number)
                command, said = ("decline_offer", {"reason": reason}) if reason else ("accept", {})
                if isinstance(done := self._program.give_from(seat, case.number, command, **said), Refusal):
                    return done
        return self._line(here.receiver, "take_over", here.giver, hand_over=here.number)

    def leave_open(self, giver: str, superior: Person, reason: str, notes: str) -> ShiftBook | Refusal:
        """The giver leaves with nobody there, as a superior lets them."""
        return self._line(superior.id, "leave_open", giver, signs=True, reason=reason, notes=notes)

    def read_over(self, here: HandOver, person: str) -> ShiftBook | Refusal:
        """Whoever takes the desk next has read what was left open."""
        return self._line(person, "read_over", here.giver, hand_over=here.number)

    def _line(self, by: str, name: str, giver: str, /, *, signs: bool = False, **said: Any) -> ShiftBook | Refusal:
        """A line of the book, by the cases as their own seat sees them; `signs` has the giver's summary in it."""
        program, now = self._program, self._now
        command = Command(name, by, "", {each: value for each, value in said.items() if value != ""})
        summary = self.summary(giver) if signs else None
        cases = {case.number: case for who in (giver, by) for case in self._seat(who).open_cases()}.values()
        try:
            return program.shifts.write(lambda book: Asked(book, command, now, program.desk.handbook, cases, summary))
        except StoreError as error:
            return Refusal(command, now, NOT_KEPT, None, error.why)

    def _seat(self, person: str) -> Seat:
        """The seat of somebody of the staff; what they see is shown to nobody from here."""
        desk = self._program.desk
        return Seat(desk, desk.handbook.people.get(person) or Person(person, person, ()))

    @property
    def _now(self) -> datetime:
        return self._program.clock()
