"""The books of a site: what is on record beside its cases, line after line, sealed like the history of a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from qiantai.chain import sealed
from qiantai.events import Event, Value
from qiantai.refusals import Refusal
from qiantai.store import Conflict, Damaged, Store
from qiantai.wire import event_in
from qiantai.words import Bilingual, label

SCRIPTS, SHIFTS, TRAINING = "scripts", "shifts", "training"
BOOKS = (SCRIPTS, SHIFTS, TRAINING)
"""What stands in a line of a book where an event has the number of its case."""
ERASE = "erase"
"""The line that says which words of others were erased; it is no other line of any book."""
TRIES = 50
"""So often a line is decided on anew where another desk was quicker."""
UNFIT = (KeyError, TypeError, ValueError, AttributeError, RecursionError, AssertionError, ExceptionGroup)
"""What reading a line that is none of its book raises."""


class BadBook(Damaged):
    """A line of a book that is none, `line` from 1. Nothing was changed."""

    def __init__(self, book: str, line: int, where: str = "") -> None:
        self.book, self.line = book, line
        name = label("books", book)
        super().__init__(_NO_LINE.format(where=where or name, line=line, book=name))


class BookSource(Protocol):
    """Books to be read."""

    def book(self, name: str) -> Sequence[Event]:
        """The lines of a book, the first one first; nothing where there is none yet.

        Raises `BadBook` with the first line that is none, or another `StoreError` where it cannot be read.
        """
        ...


class Books(BookSource, Protocol):
    """Where the books of a site are kept, by all its desks. Everything is durable before a method returns."""

    def add_lines(self, lines: Sequence[Event]) -> None:
        """Put these lines of one book on record, all or none. Raises `Conflict` where the first is not its next."""
        ...

    def erase_lines(self, history: Sequence[Event]) -> None:
        """Put this history, as `qiantai.book_erasure.without` gives it, in the place of the book's own.

        No word and no salt that it leaves out is anywhere then. Raises `Conflict` where the book has gone on meanwhile.
        """
        ...

    def stamp(self, name: str) -> object:
        """What tells one state of a book from another, as far as it is known by now; asks no server."""
        ...


def books_in(store: Store) -> Books | None:
    """The books that a store keeps: one that several desks share has them in its attribute `books`.

    None where it keeps none; then they are files in the site's folder.
    """
    found: Books | None = getattr(store, "books", None)
    return found


def line_after(
    history: Sequence[Event], book: str, at: datetime, by: str, name: str, fields: Mapping[str, Value], salt: str
) -> Event:
    """The line of a book that is to be written next, sealed over the last one; `salt` is 16 random characters."""
    last = history[-1].seal if history else ""
    return sealed(Event(book, len(history), at, by, name, fields), last, salt)


def written(books: Books, name: str, decide: Callable[[Sequence[Event]], Event | Refusal]) -> Event | Refusal:
    """The line that is on record now, or why there is none; `decide` is told of all lines there are, by any desk.

    It is asked again where another desk was quicker. Raises what reading and writing raise.
    """
    for tried in range(TRIES):
        found = decide(books.book(name))
        match found:
            case Event():
                try:
                    books.add_lines([found])
                except Conflict:
                    if tried + 1 == TRIES:
                        raise
                    continue
            case Refusal():
                pass
        return found
    raise AssertionError("it was tried")


def line_in(book: str, given: Any) -> Event:
    """The line of a book that plain data stands for. Raises one of `UNFIT` for what is none."""
    found = event_in(given)
    if found.case != book or found.changes or found.seq < 0:
        raise ValueError("no line of this book")
    return found


def lines_of(history: Sequence[Event]) -> tuple[Event, ...]:
    """What the book itself says: its lines but those that tell of an erasure."""
    return tuple(each for each in history if each.name != ERASE)


_NO_LINE = Bilingual(
    "{where} 第 {line} 行不是{book}的一行。什么都没有改动;可行:从备份取回",
    "{where}, line {line}: it is no line of the {book}. Nothing was changed. What would do: a backup",
)
