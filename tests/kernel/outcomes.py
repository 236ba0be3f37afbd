"""What comes of every command in every state for everybody, tried out one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from attrs import frozen

from qiantai import Case, Command, Event, Refusal, Role, decide, evolve, offers, others_of
from qiantai.decision import examine
from qiantai.lifecycle import Step
from tests.kernel.front_desk import MONDAY
from tests.kernel.plausible import FIELDS, Fields, said
from tests.kernel.reachable import BOOK, Seen, Walked, applied, given, taken_in, walked

PEOPLE = (*map(str, Role), "desk2", "east", "west", "fitter")
STRANGER = "trainer"
FEW = 20
INCIDENT_NUMBER = "SJ-20261123-001"
MORE_RECEIPTS: Sequence[Fields] = (
    {"promised": timedelta(hours=1), "rings": 3, "area": "east", "email": "a@b.cn"},
    {"promised": timedelta(minutes=-1)},
    {"promised": timedelta(days=9)},
    {"channel": None},
)
BEFORE_FIELDS = frozenset({"not_in_this_state", "unknown_command", "not_their_role", "about_them", "outside_area"})


@frozen
class Tried:
    """One command on one case by one person with these fields: the row it took and its events, or the refusal."""

    seen: Seen
    others: Mapping[str, Case]
    command: Command
    took: Step | None
    events: tuple[Event, ...]
    refusal: Refusal | None

    @property
    def state(self) -> str:
        """The state that the case was in."""
        return self.seen.case.state

    @property
    def verdict(self) -> str:
        """The name of the rule that refused it, or where it led."""
        if self.refusal is not None:
            return self.refusal.rule
        led = applied(self.seen.case, self.events).state
        return "→ same" if led == self.state else f"→ {led}"


def representatives(walk: Walked) -> Sequence[Seen]:
    """Cases of every state in which each thing that a guard looks at comes up."""
    found: set[Any] = set()
    chosen: list[Seen] = []
    for traits, seen in walk.found.items():
        if seen.case.last_command.name == "merge":
            continue  # its undo asks for the other case, which the walk has let go of
        new = {(seen.case.state, each) for each in traits} - found
        if new:
            found |= new
            chosen.append(seen)
    return chosen


def of_others_standing(walk: Walked) -> Sequence[Seen]:
    """A case of each state, offered to a stranger, taken over by them, about them, about a clerk, and of an area."""
    plainest = {each.case.state: each for each in reversed(representatives(walk))}
    return [other for each in plainest.values() for other in _of_others_standing(each)]


def _of_others_standing(seen: Seen) -> Iterator[Seen]:
    at, book = seen.at + timedelta(minutes=1), seen.book

    def after(*steps: tuple[str, str, Fields]) -> Seen:
        case = seen.case
        for command, by, fields in steps:
            events = given(case, command, by, at, fields, book, (incident(),))
            assert not isinstance(events, Refusal), events.sentence.en
            case = applied(case, events)
        return Seen(case, at, book)

    if seen.case.open:
        offer = ("offer", seen.case.owner, {"to": STRANGER})
        yield after(offer)
        yield after(offer, ("accept", STRANGER, {}))
        yield after(("link", "desk", {"incident": INCIDENT_NUMBER}), ("note", "desk", {"text": "说明"}))
    for fact, value in (("against", STRANGER), ("against", "desk"), ("area", "east")):
        yield after(("correct", "supervisor", {"field": fact, "value": value}))


@cache
def older(kind: str) -> Case:
    """A case of the kind that a merge may go into."""
    return taken_in(kind, "desk2", MONDAY - timedelta(hours=1), {"household": "1-1-109"}, BOOK, "A-20261123-001")


@cache
def incident() -> Case:
    """An open incident that a case may be linked to."""
    fields = {"summary": "停电", "place": "1栋"}
    events = decide(None, Command("incident", "desk2", INCIDENT_NUMBER, fields), MONDAY - timedelta(hours=1), BOOK)
    assert not isinstance(events, Refusal), events.sentence.en
    return evolve(None, events[0])


def tried(seen: Seen, commands: Iterable[str], people: Sequence[str] = PEOPLE) -> Iterator[Tried]:
    """All these commands by all these people.

    Of a command that somebody may give, people give it with all its plausible fields until one has been taken, and
    whoever comes after with one for each thing that came of it.
    """
    at = seen.at + timedelta(seconds=30)
    before_fields = BEFORE_FIELDS | {bar.rule for bar in seen.book.requests[seen.case.kind].bars}
    for command in commands:
        telling: dict[Any, Fields] = {}
        for by in people:
            taken = any(verdict.startswith("→") for verdict, _ in telling)
            rows = list(telling.values()) if taken else FIELDS.get(command, ({},))
            for fields in rows:
                found = attempt(seen, command, by, at, fields)
                yield found
                if found.refusal is not None and found.refusal.rule in before_fields:
                    break
                said_how = frozenset(fields) if len(rows) <= FEW else None
                telling.setdefault((found.verdict, said_how), fields)


@cache
def standing_cases(kind: str) -> Sequence[tuple[Seen, Sequence[str]]]:
    """The cases that are tried, each with the people who try: of others' standing, those who stand there."""
    some = ("desk", "staff", "area_manager", "east", "west", STRANGER)
    return (
        *((seen, PEOPLE) for seen in representatives(walked(kind))),
        *((seen, some) for seen in of_others_standing(walked(kind))),
    )


@cache
def all_tried(kind: str) -> Sequence[Tried]:
    """All commands on all representative cases of a kind; those of other kinds and states by two people only."""
    request, found = BOOK.requests[kind], list[Tried]()
    for seen, people in standing_cases(kind):
        here = {command for state, command in request.table if state == seen.case.state}
        here |= {command for bar in request.bars if seen.case.state in bar.states for command in bar.commands}
        found += tried(seen, [each for each in FIELDS if each in here], people)
        found += tried(seen, [*(each for each in FIELDS if each not in here), "dance"], ("desk", STRANGER))
    return found


def attempt(seen: Seen, command: str, by: str, at: datetime, fields: Fields) -> Tried:
    """What comes of one command."""
    case, known = seen.case, (older(seen.case.kind), seen.case, incident())
    asked = Command(command, by, case.number, said(fields, at, *(each.number for each in known)))
    others = others_of(case, asked, {each.number: each for each in known}.get)
    found = decide(case, asked, at, seen.book, others)
    if isinstance(found, Refusal):
        return Tried(seen, others, asked, None, (), found)
    row = examine(case, asked, at, seen.book, others)
    assert not isinstance(row, Refusal), "what is carried out takes a row"
    return Tried(seen, others, asked, row[1], found, None)


def offered(seen: Seen, person: str) -> tuple[str, ...]:
    """What is offered to a person half a minute later, when it is tried."""
    return offers(seen.case, person, seen.at + timedelta(seconds=30), seen.book)
