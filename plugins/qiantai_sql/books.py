"""The books of a site in the database that its desks share: a row a line, refused where another desk was quicker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from threading import RLock

from attrs import frozen
from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from qiantai.books import BOOKS, UNFIT, BadBook, line_in
from qiantai.events import Event
from qiantai.store import conflict
from qiantai.wire import event_out
from qiantai_sql import writing
from qiantai_sql.access import Access
from qiantai_sql.door import Door
from qiantai_sql.rows import Row, plain_of, text_of
from qiantai_sql.tables import BOOK_LINES


@frozen
class Shared:
    """What the books have from the store that they belong to.

    `door` and `access` are the way in, `turn` lets one thread write at a time, `writer` is whose news are one's own;
    `be_open` raises where the store is closed, `erased` has the files cleared of what was taken out.
    """

    door: Door
    access: Access
    turn: RLock
    writer: str
    be_open: Callable[[], None]
    erased: Callable[[], None]


class SqlBooks:
    """See `qiantai.books.Books`. What is remembered of a book is held against its length whenever it is asked for."""

    def __init__(self, shared: Shared) -> None:
        self._shared = shared
        self._known: dict[str, tuple[Event, ...]] = {}
        self._changed = Counter[str]()

    def book(self, name: str) -> Sequence[Event]:
        """See `BookSource`."""
        shared = self._shared
        with shared.turn:
            shared.be_open()
            known = self._known.get(name, ())
            if shared.access.read(lambda connection: _length(connection, name)) != len(known):
                known = self._known[name] = shared.access.read(lambda connection: _lines(connection, name))
            return known

    def add_lines(self, lines: Sequence[Event]) -> None:
        """See `Books`. Raises `StoreError` where the database does not take it."""
        name, first = lines[0].case, lines[0].seq
        with self._shared.turn:
            if len(self.book(name)) != first:
                raise conflict(name)
            self._write(lines, lambda connection: _be_as_long(connection, name, first))
            self._known[name] = (*self._known.get(name, ()), *lines)

    def erase_lines(self, history: Sequence[Event]) -> None:
        """See `Books`; what is on record and not gone from every file goes as `Store.erase` has it."""
        name = history[0].case

        def clear(connection: Connection) -> None:
            _be_as_long(connection, name, len(history) - 1)
            connection.execute(delete(BOOK_LINES).where(BOOK_LINES.c.name == name))
            writing.mark_erasing(connection, True)

        with self._shared.turn:
            if [each.seal for each in self.book(name)] != [each.seal for each in history[:-1]]:
                raise conflict(name)
            self._write(history, clear)
            self._known[name] = tuple(history)
            self._shared.erased()

    def _write(self, lines: Sequence[Event], before: Callable[[Connection], None]) -> None:
        """These lines, and what comes before in the same transaction."""
        shared, name = self._shared, lines[0].case
        rows: list[Row] = [{"name": name, "seq": each.seq, "body": text_of_line(each)} for each in lines]

        def work(connection: Connection) -> None:
            before(connection)
            stamp = {"changed": shared.door.stamp(connection), "writer": shared.writer}
            try:
                writing.run(connection, insert(BOOK_LINES), [{**each, **stamp} for each in rows])
            except IntegrityError as error:
                raise conflict(name) from error
            shared.door.tell(connection, [name], shared.writer)

        shared.access.write(work, lambda connection: _body(connection, name, rows[-1]["seq"]) == rows[-1]["body"])
        self._changed[name] += 1

    def stamp(self, name: str) -> object:
        """See `Books`: how often it was written here, or heard to be written elsewhere."""
        return self._changed[name]

    def heard(self, news: Collection[str] | None) -> None:
        """What is changed by others as the store has heard it; None where it may be any of it."""
        self._changed.update(BOOKS if news is None else [each for each in news if each in BOOKS])


def text_of_line(line: Event) -> str:
    """The line as it is kept."""
    return text_of(event_out(line))


def _length(connection: Connection, name: str) -> int:
    found = connection.scalar(select(func.max(BOOK_LINES.c.seq)).where(BOOK_LINES.c.name == name))
    return 0 if found is None else found + 1


def _lines(connection: Connection, name: str) -> tuple[Event, ...]:
    asked = select(BOOK_LINES.c.body).where(BOOK_LINES.c.name == name).order_by(BOOK_LINES.c.seq)
    found: list[Event] = []
    for place, body in enumerate(connection.scalars(asked)):
        try:
            found.append(line_in(name, plain_of(body)))
        except UNFIT as error:
            raise BadBook(name, place + 1) from error
    return tuple(found)


def _body(connection: Connection, name: str, seq: int) -> str | None:
    asked = select(BOOK_LINES.c.body).where(BOOK_LINES.c.name == name, BOOK_LINES.c.seq == seq)
    found: str | None = connection.scalar(asked)
    return found


def _be_as_long(connection: Connection, name: str, length: int) -> None:
    """Raises `Conflict` where the book is not so long any more."""
    if _length(connection, name) != length:
        raise conflict(name)
