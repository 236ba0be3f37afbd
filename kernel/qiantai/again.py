"""The commands of cases given again, each by whom and when it was given, under a handbook: what comes of them then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from attrs import field, frozen

from qiantai.case import Case, evolve
from qiantai.commands import Command
from qiantai.decision import decide
from qiantai.events import Event
from qiantai.handbook import Handbook
from qiantai.linking import TO_ALL
from qiantai.recount import recount
from qiantai.refusals import Refusal
from qiantai.words import INCIDENT


@frozen
class Stop:
    """Where a case cannot go on: the event on record whose command is refused, and the refusal."""

    event: Event
    refusal: Refusal


@frozen
class Again:
    """A case as its commands make it: None where its receipt is refused; `stopped` where it goes on no further."""

    case: Case | None
    stopped: Stop | None = None


def play_again(cases: Iterable[Case], handbook: Handbook) -> Mapping[str, Again]:
    """What comes of the commands of these cases, all that there are, by their numbers; what was taken back is left out.
    Where words were erased, the sign of it is said in their place.

    A case stops at the first command that is refused, and its later ones are left out. What touches several cases, a
    merge or what an incident does with those linked to it, is judged on each as it then stands: one that has stopped
    before stays as it is, and the others go on without it. A linked case that was left out stays so.
    """
    play = _Play(handbook, {case.number: case.live for case in cases})
    for number, events in play.live.items():
        play.go_on(number, len(events))
    return {number: Again(play.made.get(number), play.stopped.get(number)) for number in play.live}


@frozen
class _Play:
    """How far each case has come: the events that stand, how many of them were played, and what they made."""

    handbook: Handbook
    live: Mapping[str, tuple[Event, ...]]
    played: dict[str, int] = field(factory=dict[str, int])
    made: dict[str, Case] = field(factory=dict[str, Case])
    stopped: dict[str, Stop] = field(factory=dict[str, Stop])

    def go_on(self, number: str, until: int) -> None:
        """Plays the events of a case up to that place, and before each what it came of or met on other cases."""
        while (place := self.played.get(number, 0)) < until:
            self.played[number] = place + 1
            event = self.live[number][place]
            if number not in self.stopped:
                self._play(event)

    def _play(self, event: Event) -> None:
        case = self.made.get(event.case)
        match event.name:
            case "recount":
                counted = recount(case, event.at, self.handbook) if case else None
                self._keep(() if counted is None else (counted,))
            case "erase":
                """The words are gone from what was said before, and nothing else came of it."""
            case _:
                giver = self._giver(event)
                if giver is event:
                    self._give(case, event)
                elif giver is not None:
                    self.go_on(giver.case, self._place(giver) + 1)
                else:
                    self._keep((event,))

    def _giver(self, event: Event) -> Event | None:
        """The event of the command that this one came of, often itself; None where that is of none of these cases."""
        others = [each for number in event.names for each in self._sides(event, number)]
        opening = (each for each in others if each.name == INCIDENT and next(self._sides(each, event.case)) is event)
        return next(opening, None) or next((each for each in (event, *others) if _gives(each)), None)

    def _sides(self, event: Event, number: str) -> Iterator[Event]:
        """What the command of this event did on that case; two alike of one moment are not told apart."""
        names = {event.name, *_LINKS_AT_ONCE.get(event.name, ())}
        return (each for each in self.live.get(number, ()) if each.name in names and each.same_act(event))

    def _place(self, event: Event) -> int:
        return next(place for place, each in enumerate(self.live[event.case]) if each is event)

    def _give(self, case: Case | None, event: Event) -> None:
        """Gives the command, every case that it touches brought to where it then stood."""
        sides = {number: side for number in event.names for side in islice(self._sides(event, number), 1)}
        for number, side in sides.items():
            self.go_on(number, self._place(side))
        others = {number: self.made[number] for number in sides if number in self.made}
        said = {name: value for name, value in event.fields.items() if name != "cases"}
        if event.name == INCIDENT:
            said["cases"] = tuple(others)
        found = decide(case, Command(event.name, event.by, event.case, said), event.at, self.handbook, others)
        if isinstance(found, Refusal):
            self.stopped[event.case] = Stop(event, found)
        else:
            self._keep(found)

    def _keep(self, events: Iterable[Event]) -> None:
        for each in events:
            if each.case not in self.stopped:
                self.made[each.case] = evolve(self.made.get(each.case), each)


_LINKS_AT_ONCE: Mapping[str, tuple[str, ...]] = {INCIDENT: ("link",), "link": (INCIDENT,)}


def _gives(event: Event) -> bool:
    """Whether the command was given on this very case, and did not come to it from another one."""
    match event.name:
        case "merge":
            return "into" in event.fields
        case "link" | "unlink":
            return INCIDENT in event.fields
        case _:
            return not (event.name in TO_ALL and INCIDENT in event.fields)
