"""The desk: the facade that a host embeds, and the one place with a clock and a chance of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import evolve as replaced
from attrs import field, frozen

from qiantai.case import Case
from qiantai.chain import sealed
from qiantai.commands import Command
from qiantai.decision import decide, left_out, offers
from qiantai.events import Event
from qiantai.handbook import Handbook
from qiantai.lifecycle import Request
from qiantai.linking import others_of
from qiantai.periods import ZONE
from qiantai.recount import recount
from qiantai.refusals import Refusal
from qiantai.seat import Seat
from qiantai.set_back import ahead, told
from qiantai.store import Conflict, Store, conflict, local_day
from qiantai.words import INCIDENT, Bilingual

TRIES = 64
"""How often a new case asks for a number that no other desk has taken meanwhile."""


def chance() -> str:
    """16 random characters, the salt of an event's words."""
    from secrets import token_urlsafe  # it takes some 20 ms, which not every host need pay

    return token_urlsafe(12)


def now() -> datetime:
    """The time on this machine, in the site's zone."""
    return datetime.now(ZONE)


class UnknownPerson(LookupError):
    """Nobody of the staff has this id; `why` says so in both languages."""

    def __init__(self, id: str) -> None:
        self.why: Bilingual = Bilingual(f"员工里没有 {id}", f"nobody of the staff is {id}")
        super().__init__(self.why.en)


class UnknownCase(LookupError):
    """No case has this number; `why` says so in both languages."""

    def __init__(self, number: str) -> None:
        self.why: Bilingual = Bilingual(f"没有单号 {number}", f"no case has the number {number}")
        super().__init__(self.why.en)


@frozen
class Done:
    """A command that was carried out and is kept: the case as it is now, and the events.

    `left` are the linked cases that a command on an incident left as they are, each with the reason.
    """

    case: Case
    events: tuple[Event, ...]
    left: tuple[Refusal, ...] = ()


def _nobody(_: Sequence[Event], __: Case) -> None:
    """Nobody listens."""


def _in_memory() -> Store:
    """The store of a desk that was given none."""
    from qiantai.memory import MemoryStore  # most desks are given one

    return MemoryStore()


@frozen
class Desk:
    """Takes in cases and carries out commands on them, keeping each before it answers; the facade of the kernel.

    It shows everything to whoever holds it, and takes anybody's word for who they are: a host that signs its people in
    hands each of them `seat(person)` instead, or does its own access control.

    `clock` gives the time of a command, aware; this machine's time in the site's zone unless another is given. `after`
    is told of the events of each command once they are kept, with the case as they leave it. Every event is sealed over
    the one before it, its words with a salt of `salts`, random unless another source is given.

    Not to be asked two things at once by several threads: a command is decided on what the last one left. Several
    desks may share one store where the store allows it: of two that go on from the same state of a case the second
    raises `Conflict` and leaves nothing behind, and a new case whose number was taken meanwhile takes the next one.
    """

    handbook: Handbook = field(factory=Handbook)
    store: Store = field(factory=_in_memory)
    clock: Callable[[], datetime] = now
    after: Callable[[Sequence[Event], Case], None] = _nobody
    salts: Callable[[], str] = chance

    def receive(self, by: str, /, **fields: Any) -> Done | Refusal:
        """Take in a case; `kind`, `channel` and what else is known are the fields of `receive`.

        Gives it the day's next number of its kind, `BX-20261123-001`.
        """
        return self._begin(self.handbook.requests.get(str(fields.get("kind", ""))), "receive", by, fields)

    def open_incident(self, by: str, /, **fields: Any) -> Done | Refusal:
        """Open an incident that gathers cases; what is known are the fields of `incident`. Its number is `SJ-…`."""
        return self._begin(self.handbook.incident, INCIDENT, by, fields)

    def _begin(self, request: Request | None, name: str, by: str, fields: Mapping[str, Any]) -> Done | Refusal:
        tries = 0
        while True:
            at = self.clock()
            number = self._next_number(request, at) if request is not None else ""
            try:
                return self._carry_out(None, Command(name, by, number, fields), at)
            except Conflict:
                tries += 1
                if tries == TRIES or self.store.case(number) is None:
                    raise  # in the second case nobody took the number: a case to be linked with it has gone on

    def _next_number(self, request: Request, at: datetime) -> str:
        day = local_day(at)
        return f"{request.prefix}-{day:%Y%m%d}-{self.store.last_number(request.prefix, day) + 1:03d}"

    def do(self, number: str, name: str, by: str, seen: int | None = None, /, **fields: Any) -> Done | Refusal:
        """Give a command on a case. Raises `UnknownCase`, and what the store raises where it cannot keep it.

        `seen` is how many events of its history were known to whoever gives it: `Conflict` where there are others by
        now. Without it the command is for the case as it stands.
        """
        case = self.case(number)
        if seen is not None and seen != len(case.history):
            raise conflict(number)
        return self._carry_out(case, Command(name, by, number, fields), self.clock())

    def would_refuse(self, number: str, name: str, by: str, /, **fields: Any) -> Refusal | None:
        """Why a command would be refused now, None where it would be taken; nothing is done. Raises `UnknownCase`."""
        case, command = self.case(number), Command(name, by, number, fields)
        found = decide(case, command, self.clock(), self.handbook, others_of(case, command, self.store.case))
        return found if isinstance(found, Refusal) else None

    def case(self, number: str) -> Case:
        """A case by its number. Raises `UnknownCase`."""
        found = self.store.case(number)
        if found is None:
            raise UnknownCase(number)
        return found

    def offers(self, number: str, person: str) -> tuple[str, ...]:
        """The commands that this person could give on the case now."""
        return offers(self.case(number), person, self.clock(), self.handbook)

    def seat(self, person: str) -> Seat:
        """The desk as this person sits at it: their commands alone, and what is theirs to see [M-3.4c].

        Raises `UnknownPerson`.
        """
        found = self.handbook.people.get(person)
        if found is None:
            raise UnknownPerson(person)
        return Seat(self, found)

    def recount(self) -> tuple[Event, ...]:
        """Count anew the due times that were provisional when the calendar was not known, on record; what was moved."""
        tries = 0
        while True:
            try:
                return self._recounted(self.clock())
            except Conflict:  # another desk was at one of them, perhaps with the same recount
                tries += 1
                if tries == TRIES:
                    raise

    def _recounted(self, at: datetime) -> tuple[Event, ...]:
        counted = (recount(case, at, self.handbook) for case in self.store.open_cases())
        events = tuple(self._sealed(event for event in counted if event is not None))
        if events:
            self.store.append(events)
        return events

    def set_back(self) -> Bilingual | None:
        """What tells that the clock is behind an open case, whose steps are refused until then; None where it is not.

        Of all open cases it names the newest event.
        """
        at = self.clock()
        event = ahead(self.store.open_cases(), at)
        return None if event is None else told(event, at, self.handbook)

    def erase(self, number: str, by: str, /, *names: str, reason: str) -> Done | Refusal:
        """Erase what was said under these names in a closed case, under all where none is given.

        An event of the case says so; the chain still verifies. Raises `UnknownCase`, and what the store raises.
        """
        found = self.erase_all([self.case(number)], by, names, reason=reason)
        return found if isinstance(found, Refusal) else found[0]

    def erase_all(
        self, cases: Sequence[Case], by: str, names: Collection[str] = (), /, *, reason: str
    ) -> tuple[Done, ...] | Refusal:
        """The same for several cases at once: all of them, or the first refusal. `Residents` has a household's."""
        from qiantai.erasure import erase  # no start of a desk need wait for it

        at = self.clock()
        histories: list[tuple[Event, ...]] = []
        for case in cases:
            history = erase(case, names, by, at, reason, self.salts(), self.handbook)
            if isinstance(history, Refusal):
                return history
            histories.append(history)
        if histories:
            self.store.erase(histories)
        done = tuple(Done(self.case(history[-1].case), (history[-1],)) for history in histories)
        for each in done:
            self.after(each.events, each.case)
        return done

    def with_handbook(self, handbook: Handbook) -> Desk:
        """The same desk under another handbook."""
        return replaced(self, handbook=handbook)

    def _sealed(self, events: Iterable[Event]) -> Iterator[Event]:
        """Each sealed over the one before it in its case, those of the same command among them."""
        seals: dict[str, str] = {}
        for event in events:
            if event.case not in seals:
                case = self.store.case(event.case)
                seals[event.case] = case.history[-1].seal if case else ""
            found = sealed(event, seals[event.case], self.salts())
            seals[event.case] = found.seal
            yield found

    def _carry_out(self, case: Case | None, command: Command, at: datetime) -> Done | Refusal:
        others = others_of(case, command, self.store.case)
        events = decide(case, command, at, self.handbook, others)
        if isinstance(events, Refusal):
            return events
        left = left_out(case, command, at, self.handbook, others)
        events = tuple(self._sealed(events))
        self.store.append(events)
        done = self.case(command.case)
        self.after(events, done)
        return Done(done, events, left)
