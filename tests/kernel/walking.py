"""Random walks of a case: whatever is tried, by whomever, in whatever order, checked after every turn."""

from __future__ import annotations

import json
from collections.abc import Iterable

from attrs import evolve as replaced
from attrs import field, frozen, mutable
from hypothesis import strategies as st

from qiantai import Case, Done, Event, Refusal, Script, clauses, fold
from qiantai.wire import event_in, event_out
from tests.kernel.front_desk import COMMON, NOISE, PEOPLE, WATER, FrontDesk
from tests.kernel.plausible import FIELDS, Fields, said
from tests.kernel.plausible import NOISE as NONSENSE

CLAUSES = {each.id for each in clauses()} | {"house"}
MOVES_A_DUE_TIME = {"extend", "wait", "explain", "take_contact", "undo"}
COMMANDS = tuple(FIELDS)
RECEIVERS = st.sampled_from(("desk", "staff", "security", "area_manager"))


@frozen
class Turn:
    """One thing tried: a command of the kind's own, any that is offered, or any at all; by whom, with what, when."""

    how: str
    pick: int
    by: str
    fields: int
    nonsense: bool
    minutes: int


TURNS = st.lists(
    st.builds(
        Turn,
        how=st.sampled_from(["own"] * 6 + ["offered", "offered", "undo", "any"]),
        pick=st.integers(0, 400),
        by=st.sampled_from(PEOPLE),
        fields=st.integers(0, 400),
        nonsense=st.sampled_from([False] * 7 + [True]),
        minutes=st.sampled_from([0, 0, 1, 2, 4, 6, 9, 45, 700, 1500]),
    ),
    min_size=10,
    max_size=40,
)


@mutable
class Walk:
    """A walk of one case, beside an older one of its kind that it may be merged into, and an incident for both."""

    desk: FrontDesk
    number: str
    older: str
    incident: str = ""
    before: dict[str, list[Case]] = field(factory=dict[str, list[Case]])

    @classmethod
    def begun(cls, kind: str, receipt: Fields, by: str = "desk", scripts: Iterable[Script] = (WATER, NOISE)) -> Walk:
        """It begins with this receipt, a minute after that of the older one."""
        desk = FrontDesk(scripts=scripts)
        older = desk.receive(kind, "desk2", household="1-1-109")
        return cls(desk, desk.later(minutes=1).receive(kind, by, **receipt), older)

    def go(self, turns: Iterable[Turn]) -> Walk:
        """Try these one after another."""
        for each in turns:
            self.turn(each)
        return self

    def turn(self, turn: Turn) -> None:
        """Try one thing and check what came of it."""
        desk = self.desk.later(minutes=turn.minutes)
        number = {0: self.older, 1: self.incident, 2: self.incident}.get(turn.pick % 9) or self.number
        command, by = self.chosen(turn, number)
        offers = desk.desk.offers(number, by)
        choices = NONSENSE if turn.nonsense else FIELDS[command]
        fields = said(choices[turn.fields % len(choices)], desk.at, self.older, self.number, self.incident)
        was = {each: desk.case(each) for each in (self.number, self.older, self.incident) if each}
        found = desk.desk.do(number, command, by, **fields)
        match found:
            case Refusal():
                assert found.clause_id in CLAUSES | {""}
                assert {each: desk.case(each) for each in was} == was, "a refusal changes nothing"
            case Done(events=events):
                assert command in offers, f"{command} was not offered to {by}"
                for event in events:
                    self.check(was[event.case], desk.case(event.case), event)

    def chosen(self, turn: Turn, number: str) -> tuple[str, str]:
        """The command and who gives it: mostly one of the kind's own that is offered, else any by anybody."""
        offers = self.desk.desk.offers(number, turn.by)
        match turn.how:
            case "own":
                start = turn.pick % len(PEOPLE)
                for by in (*PEOPLE[start:], *PEOPLE[:start]):
                    own = [each for each in self.desk.desk.offers(number, by) if each not in COMMON]
                    if own:
                        return own[turn.pick % len(own)], by
                return "note", turn.by
            case "undo":
                return "undo", self.desk.case(number).last_command.by
            case "offered" if offers:
                return offers[turn.pick % len(offers)], turn.by
            case _:
                return COMMANDS[turn.pick % len(COMMANDS)], turn.by

    def check(self, was: Case, now: Case, event: Event) -> None:
        """What holds of a case that a command has changed."""
        assert fold(now.history) == now
        assert [each.seq for each in now.history] == list(range(len(now.history)))
        assert (now.first_contact, now.received, now.number) == (was.first_contact, was.received, was.number)
        assert event_in(json.loads(json.dumps(event_out(event)))) == event
        assert all(each.clause.id in CLAUSES for each in now.duties)
        owed = [each.name for each in now.owed]
        assert len(owed) == len(set(owed)), "nothing is owed twice"
        if not now.open:
            assert not owed, "closed, nothing is owed"
            assert now.offered_to == ""
            assert now.filed or now.kind == "enquiry" or not now.matter
        if event.name not in MOVES_A_DUE_TIME:
            kept = list(zip(was.duties, now.duties, strict=False))
            assert all(old.due == new.due for old, new in kept), (
                "only an extension, a wait and a promise move a due time"
            )
        if event.name != "undo":
            misses = [old for old in was.duties if old.owed and old.due < self.desk.at]
            assert all(
                now.duties[was.duties.index(each)].status(self.desk.at) in ("overdue", "late") for each in misses
            )
        self.check_undo(was, now, event)

    def check_undo(self, was: Case, now: Case, event: Event) -> None:
        """An undo leaves the case as the struck command found it."""
        snapshots = self.before.setdefault(was.number, [])
        if event.name == "undo":
            assert replaced(now, history=()) == replaced(snapshots[max(now.struck)], history=())
        snapshots.extend([was] * (len(now.history) - 1 - len(snapshots)))
        snapshots.append(was)
