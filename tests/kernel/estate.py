"""A whole estate at once: many cases and people, a clock that moves, and what must hold of it at every step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from attrs import evolve as replaced
from attrs import field, mutable
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from qiantai import Case, Desk, Done, Event, Handbook, Refusal, fold
from qiantai.days import Year
from qiantai.events import Struck
from qiantai.wire import event_out
from tests.kernel.front_desk import COMMON, KINDS, NOISE, PEOPLE, WATER, FrontDesk, clock
from tests.kernel.plausible import FIELDS, RECEIPTS, said

YEARS_END = clock(9, day=30, month=12, year=2030)
HOLIDAYS = Year(2031, {date(2031, 1, day): "元旦" for day in (1, 2, 3)}, {date(2031, 1, 4): "元旦"}, "通知")
PICK = st.integers(0, 5)
MINUTES = st.sampled_from([0, 0, 1, 2, 4, 6, 9, 45, 700, 1500])
CHANGES_THE_OWNER = {"hand_over", "accept", "hand_to_desk", "undo"}
MOVES_A_DUE_TIME = {"extend", "wait", "explain", "take_contact", "undo"}


def bare(case: Case) -> Case:
    """The case without its history: all that an undo puts back."""
    return replaced(case, history=())


def canonical(case: Case) -> str:
    """The case's history as plain data, always in the same words."""
    return json.dumps([event_out(each) for each in case.history], sort_keys=True, ensure_ascii=False)


@mutable
class Given:
    """A command that was carried out, and whether it still stands."""

    at: datetime
    number: str
    command: str
    by: str
    fields: Mapping[str, Any]
    events: tuple[Event, ...]
    stands: bool = True


@mutable
class Books:
    """A desk, and all that was given to it and taken."""

    front: FrontDesk = field(factory=lambda: FrontDesk(YEARS_END, (WATER, NOISE)))
    given: list[Given] = field(factory=list)
    numbers: list[str] = field(factory=list)

    @property
    def desk(self) -> Desk:
        """The facade."""
        return self.front.desk

    def give(self, number: str, command: str, by: str, fields: Mapping[str, Any]) -> Done | Refusal:
        """Give a command, a receipt where there is no number; keep what was taken, strike what was taken back."""
        done = self.desk.do(number, command, by, **fields) if number else self.desk.receive(by, **fields)
        if isinstance(done, Refusal):
            return done
        if not number:
            self.numbers.append(done.case.number)
        if command == "undo":
            struck = {(event.case, seq) for event in done.events for seq in _struck(event)}
            for one in self.given:
                one.stands = one.stands and not {(each.case, each.seq) for each in one.events} & struck
        else:
            self.given.append(Given(self.front.at, number, command, by, fields, done.events))
        return done

    def notice(self) -> None:
        """The notice for the coming year is out: what was provisional is counted anew."""
        book = self.desk.handbook
        calendar = book.calendar.with_years([HOLIDAYS])
        self.front.desk = self.desk.with_handbook(
            Handbook(book.people, book.households, book.scripts, book.policies, calendar)
        )
        self.desk.recount()


def _struck(event: Event) -> set[int]:
    return {each.seq for each in event.changes if isinstance(each, Struck)}


class Estate(RuleBasedStateMachine):
    """Whatever anybody does, one after the other, on any of the cases."""

    def __init__(self) -> None:
        super().__init__()
        self.books = Books()
        self.known_since: int | None = None

    @property
    def at(self) -> datetime:
        """The time at the desk."""
        return self.books.front.at

    @initialize(kind=st.sampled_from(KINDS))
    def two_begin(self, kind: str) -> None:
        for household in ("1-1-109", "1-1-110"):
            self.receive(kind, "desk2", {"household": household})

    def receive(self, kind: str, by: str, fields: Mapping[str, Any]) -> None:
        usual: dict[str, Any] = {"kind": kind, "channel": "phone", "household": "1-1-101", "summary": "事由"}
        usual |= {"place": "大堂", "demand": "整改", "occurred_at": YEARS_END} if kind == "complaint" else {}
        given = {name: value for name, value in (usual | dict(fields)).items() if value is not None}
        assert isinstance(self.books.give("", "receive", by, given), Done)

    @precondition(lambda self: len(self.books.numbers) < 6)
    @rule(
        kind=st.sampled_from(KINDS),
        receipt=st.sampled_from(RECEIPTS),
        by=st.sampled_from(("desk", "staff", "security")),
    )
    def one_is_received(self, kind: str, receipt: Mapping[str, Any], by: str) -> None:
        self.receive(kind, by, receipt)

    @rule(minutes=MINUTES)
    def time_passes(self, minutes: int) -> None:
        self.books.front.at += timedelta(minutes=minutes)

    @rule(pick=PICK, by=st.sampled_from(PEOPLE), command=st.integers(0, 99), fields=st.integers(0, 400))
    def somebody_does_what_they_are_offered(self, pick: int, by: str, command: int, fields: int) -> None:
        self.offered(pick, by, command, fields, own=False)

    @rule(pick=PICK, by=st.sampled_from(PEOPLE), command=st.integers(0, 99), fields=st.integers(0, 400))
    def somebody_takes_it_further(self, pick: int, by: str, command: int, fields: int) -> None:
        start = PEOPLE.index(by)
        for each in (*PEOPLE[start:], *PEOPLE[:start]):
            if self.offered(pick, each, command, fields, own=True):
                return

    @rule(pick=PICK, command=st.integers(0, 99), fields=st.integers(0, 400))
    def and_further(self, pick: int, command: int, fields: int) -> None:
        self.somebody_takes_it_further(pick, "desk", command, fields)

    def offered(self, pick: int, by: str, command: int, fields: int, *, own: bool) -> bool:
        """Do one of the things that are offered to somebody, said in the first way from there on that is accepted."""
        number = self.books.numbers[pick % len(self.books.numbers)]
        offers = self.books.desk.offers(number, by)
        names = [each for each in offers if not own or each not in COMMON]
        if not names:
            return False
        name = names[command % len(names)]
        start = fields % len(FIELDS[name])
        ways = (*FIELDS[name][start:], *FIELDS[name][:start])
        return any(self.do(number, name, by, each) for each in ways)

    @rule(
        pick=PICK,
        by=st.sampled_from(PEOPLE),
        name=st.sampled_from(tuple(FIELDS)),
        fields=st.integers(0, 99),
    )
    def anything_is_tried(self, pick: int, by: str, name: str, fields: int) -> None:
        number = self.books.numbers[pick % len(self.books.numbers)]
        self.do(number, name, by, FIELDS[name][fields % len(FIELDS[name])])

    @rule(pick=PICK, into=PICK)
    def two_are_one(self, pick: int, into: int) -> None:
        numbers = self.books.numbers
        self.do(numbers[pick % len(numbers)], "merge", "desk", {"into": numbers[into % len(numbers)]})

    @rule(pick=PICK)
    def the_last_is_taken_back(self, pick: int) -> None:
        number = self.books.numbers[pick % len(self.books.numbers)]
        self.do(number, "undo", self.books.desk.case(number).last_command.by, {})

    @precondition(lambda self: self.known_since is None)
    @rule()
    def the_notice_comes_out(self) -> None:
        before = {each: self.books.desk.case(each) for each in self.books.numbers}
        self.books.notice()
        self.known_since = len(self.books.given)
        for number, was in before.items():
            now = self.books.desk.case(number)
            for old, new in zip(was.duties, now.duties, strict=True):
                assert new == old or (old.provisional and old.owed and not new.provisional)

    def do(self, number: str, command: str, by: str, fields: Mapping[str, Any]) -> bool:
        """Try a command, check what came of it, and tell whether it was carried out."""
        values = said(fields, self.at, self.books.numbers[0], number)
        before = {each: self.books.desk.case(each) for each in self.books.numbers}
        done = self.books.give(number, command, by, values)
        if isinstance(done, Refusal):
            assert {each: self.books.desk.case(each) for each in before} == before, "a refusal changes nothing"
            return False
        touched = {each.case for each in done.events}
        for each, was in before.items():
            now = self.books.desk.case(each)
            if each not in touched:
                assert now is was or now == was
        for event in done.events:
            self.check(before[event.case], self.books.desk.case(event.case), event)
        return True

    def check(self, was: Case, now: Case, event: Event) -> None:
        """What holds of a case that a command has changed."""
        assert (now.number, now.kind, now.received) == (was.number, was.kind, was.received)
        assert now.first_contact == was.first_contact
        assert now.owner == was.owner or event.name in CHANGES_THE_OWNER
        assert now.history[: len(was.history)] == was.history, "what happened stays"
        assert (now.history[-1].by, now.history[-1].at) == (event.by, self.at)
        if event.name == "undo":
            last = was.last_command
            assert last.seq in now.struck
            assert last in now.history
            assert last.by == event.by
        else:
            for old, new in zip(was.duties, now.duties, strict=False):
                assert old.due == new.due or (event.name in MOVES_A_DUE_TIME and old.due >= self.at)
                assert not (old.owed and old.due < self.at) or str(new.status(self.at)) in ("overdue", "late")

    @invariant()
    def every_case_is_what_its_events_make_of_it(self) -> None:
        numbers = self.books.numbers
        assert len(set(numbers)) == len(numbers), "numbers are unique"
        assert {each.number for each in self.books.desk.store.open_cases()} <= set(numbers)
        for number in numbers:
            case = self.books.desk.case(number)
            assert [each.seq for each in case.history] == list(range(len(case.history)))
            assert fold(case.history) == case
            owed = [each.name for each in case.owed]
            assert len(owed) == len(set(owed)), "nothing is owed twice"
            if not case.open:
                assert not owed
                assert not case.offered_to

    def teardown(self) -> None:
        """The same without what was taken back, given to another desk, makes the same cases."""
        if not self.books.numbers:
            return
        again = Books()
        for place, one in enumerate(self.books.given):
            if place == self.known_since:
                again.notice()
            if one.stands:
                again.front.at = one.at
                found = again.give(one.number, one.command, one.by, one.fields)
                assert isinstance(found, Done), found.sentence.en
        if self.known_since is not None:
            for books in (self.books, again):
                books.notice()
        assert again.numbers == self.books.numbers
        for number in again.numbers:
            assert bare(self.books.desk.case(number)) == bare(again.desk.case(number))
