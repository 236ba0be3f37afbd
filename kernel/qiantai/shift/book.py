"""The book of shifts: what its lines, which are sealed like the history of a case, make of who is on shift."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from attrs import define, evolve, field, frozen

from qiantai.books import lines_of
from qiantai.events import Event
from qiantai.shift.summary import Summary, summary_in


class Stage(StrEnum):
    """How far a hand-over is: drawn up, signed by the giver, taken over, left to nobody, read since, or dropped."""

    DRAWN_UP = "drawn_up"
    SIGNED_OFF = "signed_off"
    TAKEN_OVER = "taken_over"
    LEFT_OPEN = "left_open"
    READ_OVER = "read_over"
    DROPPED = "dropped"


@frozen
class HandOver:
    """One hand-over by its number, from 1: who gives, who takes, and what each of them has signed.

    `summary` and `notes` are what the giver signed at `signed_off`; `offered` is what any of their signatures has
    offered to the receiver, who signed at `taken_over` and took on `accepted`, not `declined`; `gone` was closed by
    then, or with somebody else. Where nobody was there, `superior` let the giver leave at `left_at` for a `reason`,
    and `read_by` is who took the desk next and read it.
    """

    number: int
    giver: str
    receiver: str
    since: datetime
    drawn_up: datetime
    stage: Stage = Stage.DRAWN_UP
    summary: Summary | None = None
    notes: str = ""
    signed_off: datetime | None = None
    taken_over: datetime | None = None
    offered: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    left_at: datetime | None = None
    superior: str = ""
    reason: str = ""
    read_by: str = ""
    read_at: datetime | None = None

    @property
    def under_way(self) -> bool:
        """Whether a signature is still to come."""
        return self.stage in (Stage.DRAWN_UP, Stage.SIGNED_OFF)

    @property
    def signed(self) -> tuple[str, ...]:
        """What the giver's signature, as it stands, offers to the receiver."""
        return tuple(each for each, to in self.summary.offered.items() if to == self.receiver) if self.summary else ()


@frozen
class Begun:
    """A shift that runs: since when, and the old cases that were open then, see `summary.OLD`."""

    since: datetime
    old: tuple[str, ...] = ()


@frozen
class ShiftBook:
    """Who is on shift, and every hand-over, the first one first."""

    running: Mapping[str, Begun] = field(factory=dict[str, Begun])
    hand_overs: tuple[HandOver, ...] = ()
    history: tuple[Event, ...] = ()

    def hand_over(self, number: object) -> HandOver | None:
        """The hand-over of this number; None where there is none."""
        if not isinstance(number, int) or not 0 < number <= len(self.hand_overs):
            return None
        return self.hand_overs[number - 1]

    def given_by(self, person: str) -> HandOver | None:
        """The hand-over of theirs that is under way."""
        return next((each for each in self.hand_overs if each.under_way and each.giver == person), None)

    def taken_by(self, person: str) -> HandOver | None:
        """The one that the giver has signed and they have not yet; of several the first."""
        waiting = (each for each in self.hand_overs if each.stage is Stage.SIGNED_OFF)
        return next((each for each in waiting if each.receiver == person), None)

    def unread(self, person: str) -> HandOver | None:
        """What somebody else left open with nobody there to take it, and nobody has read since."""
        left = (each for each in self.hand_overs if each.stage is Stage.LEFT_OPEN)
        return next((each for each in left if each.giver != person), None)


def fold_book(history: Iterable[Event]) -> ShiftBook:
    """What these lines of the book make. Raises `KeyError`, `ValueError` or `TypeError` where one says nothing."""
    lines, so_far = tuple(history), _Fold()
    for event in lines_of(lines):
        so_far.take(event)
    return ShiftBook(so_far.running, tuple(so_far.hand_overs), lines)


@define
class _Fold:
    """What has come of the lines so far."""

    running: dict[str, Begun] = field(factory=dict[str, Begun])
    hand_overs: list[HandOver] = field(factory=list[HandOver])

    def take(self, event: Event) -> None:
        said: Mapping[str, Any] = event.fields
        match event.name:
            case "begin_shift":
                self.running[event.by] = Begun(event.at, said.get("old", ()))
            case "end_shift":
                self.running.pop(event.by, None)
            case "draw_up":
                self._add(event.by, said["to"], said["since"], event.at)
            case "sign_off":
                told = {"summary": summary_in(said), "notes": said.get("notes", ""), "signed_off": event.at}
                self._turn(said, Stage.SIGNED_OFF, **told)
                here = self._of(said)
                self._turn(said, here.stage, offered=tuple(dict.fromkeys((*here.offered, *here.signed))))
            case "take_back":
                self._take_back(said)
            case "take_over":
                self._take_over(event, said)
            case "leave_open":
                self._leave(event, said)
            case "read_over":
                self._turn(said, Stage.READ_OVER, read_by=event.by, read_at=event.at)
            case unknown:
                raise ValueError(f"no line of a book of shifts: {unknown}")

    def _add(self, giver: str, receiver: str, since: datetime, at: datetime) -> HandOver:
        self.hand_overs.append(HandOver(len(self.hand_overs) + 1, giver, receiver, since, at))
        return self.hand_overs[-1]

    def _turn(self, said: Mapping[str, Any], stage: Stage, **to: Any) -> None:
        """That hand-over is at this stage from now on."""
        place = self._of(said).number - 1
        self.hand_overs[place] = evolve(self.hand_overs[place], stage=stage, **to)

    def _of(self, said: Mapping[str, Any]) -> HandOver:
        number: int = said["hand_over"]
        if not 0 < number <= len(self.hand_overs):
            raise ValueError(f"no hand-over {number}")
        return self.hand_overs[number - 1]

    def _take_back(self, said: Mapping[str, Any]) -> None:
        if self._of(said).stage is Stage.SIGNED_OFF:
            self._turn(said, Stage.DRAWN_UP, summary=None, notes="", signed_off=None)
        else:
            self._turn(said, Stage.DROPPED, accepted=said.get("accepted", ()))

    def _take_over(self, event: Event, said: Mapping[str, Any]) -> None:
        answers = {name: said.get(name, ()) for name in ("accepted", "declined", "gone")}
        self._turn(said, Stage.TAKEN_OVER, taken_over=event.at, **answers)
        self.running.pop(self._of(said).giver, None)
        self.running.setdefault(event.by, Begun(event.at, said.get("old", ())))

    def _leave(self, event: Event, said: Mapping[str, Any]) -> None:
        """The giver has left: what they had drawn up is left so, or a hand-over that nobody takes."""
        summary = summary_in(said)
        drawn = next((each for each in self.hand_overs if each.under_way and each.giver == summary.giver), None)
        here = drawn or self._add(summary.giver, "", summary.since, event.at)
        told = {"summary": summary, "notes": said.get("notes", ""), "left_at": event.at}
        told["accepted"] = said.get("accepted", ())
        self._turn({"hand_over": here.number}, Stage.LEFT_OPEN, superior=event.by, reason=said["reason"], **told)
        self.running.pop(summary.giver, None)
