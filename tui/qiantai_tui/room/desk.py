"""The desk of a rehearsal: it looks like any other, and every command on it is a deed of the trainee's in the play."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from attrs import field, frozen

from qiantai.case import Case
from qiantai.desk import Desk, Done
from qiantai.events import Event
from qiantai.people import Household
from qiantai.refusals import Refusal
from qiantai.store import Look, Store, StoreError
from qiantai.words import INCIDENT, Bilingual

from .room import Room

NOT_HERE = Bilingual("演练里不能这样做", "not in a rehearsal")


class NotInARehearsal(StoreError):
    """What no rehearsal has: words erased, a roll changed."""

    def __init__(self) -> None:
        super().__init__(NOT_HERE)


@frozen
class RoomStore:
    """What the play holds, to be read; nothing is written to it, since the play is made of deeds."""

    _room: Room
    _looks: list[Look] = field(factory=list[Look])

    @property
    def _played(self) -> Store:
        return self._room.play.desk.store

    def append(self, events: Sequence[Event]) -> None:  # noqa: ARG002
        """Nothing is appended to a play from outside. Raises `NotInARehearsal`."""
        raise NotInARehearsal

    def erase(self, histories: Sequence[Sequence[Event]]) -> None:  # noqa: ARG002
        """Nothing is erased. Raises `NotInARehearsal`."""
        raise NotInARehearsal

    def keep_households(self, households: Sequence[Household]) -> None:  # noqa: ARG002
        """The roll is the scenario's. Raises `NotInARehearsal`."""
        raise NotInARehearsal

    def where(self, number: str) -> str:
        """See `Store`."""
        return self._played.where(number)

    def open_cases(self) -> Sequence[Case]:
        """See `Store`."""
        return self._played.open_cases()

    def case(self, number: str) -> Case | None:
        """See `Store`."""
        return self._played.case(number)

    def closed_cases(self, household: str = "", words: str = "") -> Iterator[Case]:
        """See `Store`."""
        return self._played.closed_cases(household, words)

    def closed_count(self, month: str = "") -> int:
        """See `Store`."""
        return self._played.closed_count(month)

    def closed_page(self, first: int, most: int, month: str = "") -> Sequence[Case]:
        """See `Store`."""
        return self._played.closed_page(first, most, month)

    def stamp(self, month: str) -> object:
        """See `Store`."""
        return self._played.stamp(month)

    def all_cases(self) -> Iterator[Case]:
        """See `Store`."""
        return self._played.all_cases()

    def received(self, first: date, last: date) -> Iterable[Case]:
        """See `Store`."""
        return self._played.received(first, last)

    def last_number(self, prefix: str, day: date) -> int:
        """See `Store`."""
        return self._played.last_number(prefix, day)

    def households(self) -> Sequence[Household]:
        """The roll of the scenario."""
        return list(self._room.play.scenario.handbook.households.values())

    def record(self, look: Look) -> None:
        """Looks of this rehearsal, which end with it."""
        self._looks.append(look)

    def looks(self) -> Sequence[Look]:
        """See `Store`."""
        return tuple(self._looks)

    def news(self) -> Collection[str]:
        """See `Store`: what happens in a play is told by the play."""
        return ()

    def close(self) -> None:
        """There is nothing to let go of."""


@frozen
class RoomDesk(Desk):
    """Its commands are given to the play."""

    room: Room = field(kw_only=True)

    def receive(self, by: str, /, **fields: Any) -> Done | Refusal:
        """See `Desk.receive`: takes in whoever is being spoken to, else who came first, else a case of one's own."""
        return self.room.give(by, "receive", "", None, fields)

    def open_incident(self, by: str, /, **fields: Any) -> Done | Refusal:
        """See `Desk.open_incident`."""
        return self.room.give(by, INCIDENT, "", None, fields)

    def do(self, number: str, name: str, by: str, seen: int | None = None, /, **fields: Any) -> Done | Refusal:
        """See `Desk.do`."""
        self.case(number)
        return self.room.give(by, name, number, seen, fields)

    def recount(self) -> tuple[Event, ...]:
        """A play lies in known years, or says that it does not; it is not counted anew."""
        return ()


def desk_of(room: Room) -> RoomDesk:
    """The desk of a rehearsal."""
    return RoomDesk(room.play.scenario.handbook, RoomStore(room), room.now, room=room)
