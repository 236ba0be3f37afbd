"""The commands of cases given again, each by whom and when it was given, under a handbook: what comes of them then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from qiantai.case import Case, evolve
from qiantai.commands import Command
from qiantai.decision import decide
from qiantai.events import Event
from qiantai.handbook import Handbook
from qiantai.projections.register import live_events
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

    A case stops at the first command that is refused, and its later ones are left out. A merge is judged on both cases
    as they then stand: where the one that it would end has stopped before, the other goes on without it.
    """
    play = _Play(handbook, {case.number: live_events(case) for case in cases})
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
        """Plays the events of a case up to that place, its own earlier ones and the other sides of merges first."""
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
            case "merge" if "merged" in event.fields:
                self._meet(event, str(event.fields["merged"]), and_it=True)
            case "merge":
                into = str(event.fields["into"])
                self._meet(event, into, and_it=False)
                self._give(case, event, self.made.get(into))
            case _ if _of_an_incident(event, case):
                self._keep((event,))
            case _:
                self._give(case, event, None)

    def _meet(self, event: Event, other: str, *, and_it: bool) -> None:
        """Brings the other case of a merge to where its own side of it stands, and over it where that side gives it."""
        sides = (each for each in enumerate(self.live.get(other, ())) if _is_other_side(event, each[1]))
        place = next((place for place, _ in sides), -1)
        self.go_on(other, place + and_it) if place >= 0 else None

    def _give(self, case: Case | None, event: Event, other: Case | None) -> None:
        command = Command(event.name, event.by, event.case, event.fields)
        others = {other.number: other} if other is not None else {}
        found = decide(case, command, event.at, self.handbook, others)
        if isinstance(found, Refusal):
            self.stopped[event.case] = Stop(event, found)
        else:
            self._keep(found)

    def _keep(self, events: Iterable[Event]) -> None:
        for each in events:
            if each.case not in self.stopped:
                self.made[each.case] = evolve(self.made.get(each.case), each)


def _of_an_incident(event: Event, case: Case | None) -> bool:
    """Whether it is an incident's, or came with one: that is taken as it was, one policy or another."""
    return event.name == INCIDENT or INCIDENT in event.fields or (case is not None and not case.matter)


def _is_other_side(one: Event, other: Event) -> bool:
    """Whether these are the two sides of one merge, each naming the other's case."""
    named = {one.fields.get("into"), one.fields.get("merged")}
    names = {other.fields.get("into"), other.fields.get("merged")}
    return other.name == "merge" and other.at == one.at and other.case in named and one.case in names
