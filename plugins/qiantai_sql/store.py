"""The store for several desks: an action is one transaction, refused where another desk was quicker."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from secrets import token_hex
from threading import Lock, RLock
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, insert, select, update

from qiantai.books import BOOKS
from qiantai.case import Case, evolve
from qiantai.events import Event
from qiantai.people import Household
from qiantai.store import Look, StoreError, conflict, mentions, sought, without_words
from qiantai.wire import household_in, household_out, look_in, look_out
from qiantai_sql import finding, writing
from qiantai_sql.access import Access
from qiantai_sql.books import Shared, SqlBooks
from qiantai_sql.door import Door
from qiantai_sql.faults import closed, too_new, unfinished, unreadable
from qiantai_sql.rows import case_of, event_row, text_of, values_of
from qiantai_sql.tables import BOOK_LINES, FORMAT, LOOKS, ROLL, SITE, TABLES

P = ParamSpec("P")
T = TypeVar("T")

AT_ONCE = 200
"""Cases that are read together where all of many are asked for."""


class SqlStore:
    """See `qiantai.store.Store`. Any number of these may be open on one database.

    What is remembered of a case is held against its length, which grows with all that happens to it, whenever it is
    asked for: what another desk did is never hidden.
    """

    def __init__(self, door: Door) -> None:
        """Makes the tables where they are not there. Raises `StoreError`."""
        self._door, self._access = door, Access(door)
        self._turn, self._clearing = RLock(), Lock()  # who needs both erases first
        self._writer = token_hex(4)
        self._folded: dict[str, Case] = {}
        self._closed = False
        self.books = SqlBooks(Shared(door, self._access, self._turn, self._writer, self._be_open, self._clear))
        try:
            self._erasing = self._opened()
            self._complete()
        except BaseException:
            door.close()
            raise

    def _opened(self) -> bool:
        if not self._access.read(self._made):
            self._access.write(self._make, lambda _: False)
        version, erasing = self._access.read(lambda connection: connection.execute(select(SITE)).one())
        if version > FORMAT:
            raise too_new(self._door.where, version)
        self._access.read(self._door.opened)
        return bool(erasing)

    def _made(self, connection: Connection) -> bool:
        return self._door.engine.dialect.has_table(connection, BOOK_LINES.name)

    def _make(self, connection: Connection) -> None:
        self._door.make(connection)
        if not self._made(connection):
            TABLES.create_all(connection)
            self._door.prepare(connection)
            if not connection.execute(update(SITE).values(format=FORMAT)).rowcount:
                connection.execute(insert(SITE), {"format": FORMAT, "erasing": False})

    def append(self, events: Sequence[Event]) -> None:
        """See `Store`. Raises `Conflict`, or another `StoreError` where the database does not take it."""
        with self._turn:
            self._be_open()
            before: dict[str, Case | None] = {}
            after: dict[str, Case] = {}
            for event in events:
                case = after.get(event.case) or self._before(event)
                if event.seq != (len(case.history) if case else 0):
                    raise conflict(event.case)
                before.setdefault(event.case, case)
                after[event.case] = evolve(case, event)
            rows = [event_row(each) for each in events]

            def work(connection: Connection) -> None:
                stamp = writing.Stamp(self._door.stamp(connection), self._writer)
                for number in sorted(after):  # always in this order, so that two desks never wait for each other
                    writing.put_head(connection, before[number], after[number], stamp)
                writing.put_events(connection, rows)
                self._door.tell(connection, list(after), self._writer)

            if rows:
                self._access.write(work, lambda connection: finding.are_kept(connection, rows))
            self._remember(after.values())
            if not self._clearing.locked():
                self._complete()

    def _before(self, event: Event) -> Case | None:
        """The case as this desk knows it where that is the one that the event follows; else as it is by now.

        Whether it still is that one when it is written, the statement sees that writes it.
        """
        known = self._folded.get(event.case)
        if event.seq == 0 or (known is not None and len(known.history) == event.seq):
            return known
        return self.case(event.case)

    def _remember(self, cases: Iterable[Case]) -> None:
        """Has the open ones at hand, and forgets the others."""
        for each in cases:
            if each.open:
                self._folded[each.number] = each
            else:
                self._folded.pop(each.number, None)

    def erase(self, histories: Sequence[Sequence[Event]]) -> None:
        """See `Store`. Raises `Conflict`, or another `StoreError` where the database does not take it.

        What is on record and not yet gone from every file when the database fails goes at the next opening, or with
        the next action that it takes.
        """
        with self._clearing:
            self._be_open()
            before = {history[0].case: self.case(history[0].case) for history in histories}
            after = {history[0].case: without_words(before[history[0].case], history) for history in histories}
            rows = [event_row(each) for case in after.values() for each in case.history]

            def work(connection: Connection) -> None:
                stamp = writing.Stamp(self._door.stamp(connection), self._writer)
                for number in sorted(after):
                    writing.put_head(connection, before[number], after[number], stamp)
                writing.replace_events(connection, rows)
                writing.mark_erasing(connection, True)
                self._door.tell(connection, list(after), self._writer)

            self._access.write(work, lambda connection: bool(rows) and finding.are_kept(connection, rows))
            with self._turn:
                self._remember(after.values())
            self._clear()

    def _clear(self) -> None:
        self._erasing = True
        self._complete()

    def _complete(self) -> None:
        """Clears the files of erased words, where that is not done yet. Raises `Unwritable` where it cannot be."""
        if not self._erasing:
            return
        try:
            self._access.read(self._door.clear)
            self._access.write(lambda connection: writing.mark_erasing(connection, False), lambda _: False)
        except StoreError as error:
            raise unfinished(error) from error
        self._erasing = False

    def where(self, number: str) -> str:
        """See `Store`."""
        return self._door.place(number) if self.case(number) else ""

    def open_cases(self) -> Sequence[Case]:
        """See `Store`."""
        with self._turn:
            lengths = self._read(finding.open_lengths)
            changed = [each for each, length in lengths.items() if not self._knows(each, length)]
            known = {each: self._folded[each] for each in lengths.keys() - set(changed)}
            self._folded = {**known, **{each.number: each for each in self._load(changed)}}
            return [case for case in self._folded.values() if case.open]

    def case(self, number: str) -> Case | None:
        """See `Store`."""
        with self._turn:
            length = self._read(finding.length, number)
            if length is None:
                return None
            if self._knows(number, length):
                return self._folded[number]
            (case,) = self._load([number])
            self._remember([case])
            return case

    def _knows(self, number: str, length: int) -> bool:
        return number in self._folded and len(self._folded[number].history) == length

    def _load(self, numbers: Sequence[str]) -> Iterator[Case]:
        """These cases in this order, read some at a time. Raises `Damaged` where one is not what its head says."""
        for some in _in_pieces(numbers):
            read = groupby(self._read(finding.histories, some), key=lambda each: each.number)
            histories = {number: list(events) for number, events in read}
            for number in some:
                if number not in histories:
                    raise unreadable(number, ValueError("its head has no events, or they have no head"))
                found = histories[number]
                case = case_of(number, [(each.seq, each.body) for each in found])
                if (found[0].state, found[0].length) != (case.state, len(case.history)):
                    raise unreadable(number, ValueError("its head is not what its events say"))
                yield case

    def closed_cases(self, household: str = "", words: str = "") -> Iterator[Case]:
        """See `Store`. No other cases are read."""
        last: finding.Place | None = None
        while places := self._read(finding.closed, household, sought(words), last, AT_ONCE):
            last = places[-1]
            for case in self._load([each.number for each in places]):
                if not case.open and (not household or household in case.households) and mentions(case, words):
                    yield case

    def closed_count(self, month: str = "") -> int:
        """See `Store`."""
        return self._read(finding.closed_count, month)

    def closed_page(self, first: int, most: int, month: str = "") -> Sequence[Case]:
        """See `Store`. No other cases are read."""
        return [case for case in self._load(self._read(finding.closed_page, first, most, month)) if not case.open]

    def stamp(self, month: str) -> object:
        """See `Store`."""
        return self._read(finding.stamp, month)

    def all_cases(self) -> Iterator[Case]:
        """See `Store`. Raises `Damaged`, also where a case would be looked for by other words than its own."""
        for some in _in_pieces(self._read(finding.every_number)):
            for case, stands in self._held_against_heads(some):
                if not stands:  # perhaps another desk was at it between the two questions
                    ((case, stands),) = self._held_against_heads([case.number])
                if not stands:
                    raise unreadable(case.number, ValueError("its head is not what its events say"))
                yield case

    def _held_against_heads(self, numbers: Sequence[str]) -> list[tuple[Case, bool]]:
        heads = self._read(finding.heads, numbers)
        return [(case, heads.get(case.number) == finding.head_of(case)) for case in self._load(numbers)]

    def received(self, first: date, last: date) -> Sequence[Case]:
        """See `Store`."""
        return list(self._load(self._read(finding.received, first, last)))

    def last_number(self, prefix: str, day: date) -> int:
        """See `Store`."""
        return self._read(finding.last_number, f"{prefix}-{day:%Y%m%d}")

    def households(self) -> Sequence[Household]:
        """See `Store`."""
        return values_of(ROLL.name, self._read(finding.bodies, ROLL), household_in)

    def keep_households(self, households: Sequence[Household]) -> None:
        """See `Store`. Raises `StoreError` where the database does not take it."""
        latest = {each.id: each for each in households}
        rows = [{"id": each.id, "body": text_of(household_out(each))} for each in latest.values()]
        statement = self._door.insert_or_replace(ROLL, "id")
        with self._turn:
            self._be_open()
            if rows:
                self._access.write(lambda connection: writing.run(connection, statement, rows), lambda _: False)

    def record(self, look: Look) -> None:
        """See `Store`. Raises `StoreError` where the database does not take it."""
        row = {"body": text_of(look_out(look))}
        with self._turn:
            self._be_open()
            self._access.write(
                lambda connection: writing.run(connection, insert(LOOKS), [row]),
                lambda connection: row["body"] in finding.bodies(connection, LOOKS),
            )

    def looks(self) -> Sequence[Look]:
        """See `Store`."""
        return values_of(LOOKS.name, self._read(finding.bodies, LOOKS), look_in)

    def news(self) -> Collection[str]:
        """See `Store`; where it could not listen for a while, the books, and all cases open or known as open."""
        self._be_open()
        found = self._access.heard(self._writer)
        self.books.heard(found)
        if found is not None:
            return found
        return {*self._folded, *self._read(finding.open_lengths), *BOOKS}

    def close(self) -> None:
        """Let go of the database; a second time does nothing."""
        with self._clearing, self._turn:
            self._closed = True
            self._door.close()

    def _be_open(self) -> None:
        if self._closed:
            raise closed(self._door.where)

    def _read(self, asked: Callable[Concatenate[Connection, P], T], *about: P.args, **said: P.kwargs) -> T:
        self._be_open()
        return self._access.read(lambda connection: asked(connection, *about, **said))


def _in_pieces(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    return (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))
