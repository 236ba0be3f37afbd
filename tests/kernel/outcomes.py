"""What comes of every command in every state for everybody: tried out one by one, and written down as one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from attrs import field, frozen, mutable

from qiantai import Case, Command, Event, Handbook, Refusal, Role, decide, evolve, offers, others_of
from qiantai.decision import examine
from qiantai.duties import Duty
from qiantai.events import (
    Began,
    Counted,
    Discharged,
    Dissatisfied,
    Filed,
    Handled,
    Kept,
    Moved,
    Offered,
    Opened,
    Owned,
    StoodIn,
    Voided,
    Worked,
)
from qiantai.events import Tried as NobodyReached
from qiantai.lifecycle import Step
from qiantai.words import CLOSED
from tests.kernel.front_desk import KINDS, LATE_EVENING, MONDAY
from tests.kernel.plausible import FIELDS, RECEIPTS, Fields, said
from tests.kernel.reachable import BOOK, Seen, Walked, applied, given, receipt, taken_in, walked

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
FILE = Path(__file__).with_name("outcomes.txt")


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


BEFORE_FIELDS = frozenset({"not_in_this_state", "unknown_command", "not_their_role", "about_them", "outside_area"})


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


LEFT_OUT = BEFORE_FIELDS - {"outside_area"} | {"field_misread"}


@mutable
class Block:
    """What comes of one command in one state: who may give it, where it leads, what has to be said, what refuses it."""

    who: set[str] = field(factory=set[str])
    leads: dict[str, dict[str, None]] = field(factory=dict[str, dict[str, None]])
    needs: set[str] = field(factory=set[str])
    refused: set[str] = field(factory=set[str])

    def add(self, found: Tried) -> None:
        """Take in one more that was tried."""
        if found.refusal is None:
            self.who.add(_standing(found))
            self.leads.setdefault(_led(found), {}).update(dict.fromkeys(_brought(found)))
        elif found.refusal.rule == "field_missing":
            self.needs |= set(found.refusal.would_do.en.split(", "))
        elif found.refusal.rule not in LEFT_OUT:
            self.refused.add(f"{found.refusal.clause_id or '-'} {found.refusal.rule}")

    def lines(self) -> Iterator[str]:
        """As the table has it; what somebody may by their role is not told again of where they stand."""
        who = {each for each in self.who if "+" not in each or not set(each.split("+")) & self.who}
        yield f"by {' '.join(sorted(who))}" if who else "by nobody"
        for led, brought in sorted(self.leads.items()):
            yield " ".join((led, *sorted(brought)))
        if self.needs:
            yield f"needs {', '.join(sorted(self.needs))}"
        if self.refused:
            yield f"refused: {', '.join(sorted(self.refused))}"


def _standing(found: Tried) -> str:
    """The role of who gave the command; where they are somebody to the case, that too."""
    case, by = found.seen.case, found.command.by
    relations = {
        "owner": case.owner,
        "first_contact": case.first_contact,
        "stand_in": case.stand_in,
        "offered": case.offered_to,
    }
    roles = {str(each) for each in found.seen.book.people[by].roles}
    handles = ["handler"] if roles & set(case.handlers) else []
    return "+".join((*sorted(roles), *(name for name, each in relations.items() if each == by), *handles))


def _led(found: Tried) -> str:
    took = found.took
    assert took is not None
    branch = f" ({took.branch})" if took.branch else ""
    return f"{found.verdict} [{took.clause}]{branch}"


def _brought(found: Tried) -> Iterator[str]:
    """What else it brings. That closing ends all that is owed goes without saying."""
    closes = found.verdict == f"→ {CLOSED}"
    yield from (f"says:{name}" for name in found.events[0].fields)
    for change in found.events[0].changes:
        match change:
            case Opened(duty):
                yield f"+{_duty(duty)}"
            case Discharged(name, by) if by:
                yield f"✓{name}"
            case Discharged(name, _) | Voided(name) if not closes:
                yield f"ended:{name}"
            case Moved(name):
                yield f"moved:{name}"
            case Filed(places):
                yield f"filed:{'+'.join(places) or 'nowhere'}"
            case Kept(values):
                yield from (f"known:{name}" for name in values)
            case Handled(roles):
                yield f"handled:{'+'.join(roles)}"
            case Owned() | StoodIn() | Offered() | Counted() | Worked() | NobodyReached() | Dissatisfied():
                yield type(change).__name__.lower()


def blocks(tried: Iterable[Tried]) -> Mapping[tuple[str, str], Block]:
    """By command and state, where there is anything to tell."""
    found: dict[tuple[str, str], Block] = {}
    for each in tried:
        found.setdefault((each.command.name, each.state), Block()).add(each)
    return {key: block for key, block in found.items() if block.who or block.refused}


def receipts_told(kind: str, book: Handbook = BOOK) -> Iterator[str]:
    """What becomes of a receipt: by whom it leads to which state, and what it opens."""
    told: dict[str, set[str]] = {}
    facts: dict[str, set[str]] = {}
    for fields, by, at in product((*RECEIPTS, *MORE_RECEIPTS), PEOPLE, (MONDAY, LATE_EVENING)):
        came = decide(None, receipt(kind, by, at, fields), at, book)
        if isinstance(came, Refusal):
            told.setdefault(f"refused: {came.clause_id or '-'} {came.rule}", set())
            continue
        began = next(each for each in came[0].changes if isinstance(each, Began))
        who = " ".join(sorted(map(str, book.people[by].roles)))
        opened = (each for each in came[0].changes if isinstance(each, Opened))
        known = (name for each in came[0].changes if isinstance(each, Kept) for name in each.values)
        duties = " ".join(f"+{_duty(each.duty)}" for each in opened)
        told.setdefault(f"→ {began.state} {duties}", set()).add(who)
        facts.setdefault(began.state, set()).update(known)
    for line, several in sorted(told.items()):
        yield f"    {line}: {', '.join(sorted(several))}" if several else f"    {line}"
    for state, names in facts.items():
        yield f"    {state} knows: {', '.join(sorted(names))}"


def _duty(duty: Duty) -> str:
    void = ", void" if duty.void else ""
    since = (
        ", from receipt" if duty.since < duty.opened else ", once the desk opens" if duty.since > duty.opened else ""
    )
    return f"{duty.name}[{duty.clause}, {duty.owed_by}, {duty.period}{since}{void}]"


def table_of(kind: str, tried: Iterable[Tried], states: Sequence[str]) -> Iterator[str]:
    """The lines of one kind: a command, then for each set of states that are alike what comes of it there."""
    found = blocks(tried)
    yield f"# {kind}\n\n## receive"
    yield from receipts_told(kind)
    for command in FIELDS:
        alike: dict[tuple[str, ...], list[str]] = {}
        for state in states:
            if (command, state) in found:
                alike.setdefault(tuple(found[command, state].lines()), []).append(state)
        if alike:
            yield f"\n## {command}"
        for lines, where in alike.items():
            yield f"{' '.join(where)}:"
            yield from (f"    {line}" for line in lines)
    yield ""


def table() -> str:
    """The whole table of outcomes."""
    return "\n".join(line for kind in KINDS for line in table_of(kind, all_tried(kind), BOOK.requests[kind].states))


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
