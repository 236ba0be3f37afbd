"""The contract of the books fails whoever breaks a promise of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from qiantai.books import Books
from qiantai.events import Event
from qiantai.store import conflict
from qiantai.testing import BooksContract
from qiantai.testing.books import put


class BooksInMemory:
    """Books in memory that a test can break."""

    def __init__(self) -> None:
        self.lines: dict[str, list[Event]] = {}

    def book(self, name: str) -> Sequence[Event]:
        return tuple(self.lines.get(name, ()))

    def add_lines(self, lines: Sequence[Event]) -> None:
        there = self.lines.setdefault(lines[0].case, [])
        if lines[0].seq != len(there):
            raise conflict(lines[0].case)
        there.extend(lines)

    def erase_lines(self, history: Sequence[Event]) -> None:
        if len(self.book(history[0].case)) != len(history) - 1:
            raise conflict(history[0].case)
        self.lines[history[0].case] = list(history)

    def stamp(self, name: str) -> object:
        return len(self.book(name))


class AddsWhateverComes(BooksInMemory):
    def add_lines(self, lines: Sequence[Event]) -> None:
        self.lines.setdefault(lines[0].case, []).extend(lines)


class LatestLineFirst(BooksInMemory):
    def book(self, name: str) -> Sequence[Event]:
        return super().book(name)[::-1]


class ErasesByTelling(BooksInMemory):
    def erase_lines(self, history: Sequence[Event]) -> None:
        self.add_lines([history[-1]])


class ErasesWhatWasAdded(BooksInMemory):
    def erase_lines(self, history: Sequence[Event]) -> None:
        self.lines[history[0].case] = list(history)


class NeverStamped(BooksInMemory):
    def stamp(self, name: str) -> object:  # noqa: ARG002
        return 0


class BornWithALine(BooksInMemory):
    def __init__(self) -> None:
        super().__init__()
        put(self)


BROKEN_BOOKS: dict[type[BooksInMemory], str] = {
    BornWithALine: "new_books_are_empty",
    AddsWhateverComes: "who_is_slower_is_refused_and_leaves_nothing_behind",
    LatestLineFirst: "what_one_desk_wrote_the_other_reads_letter_by_letter",
    NeverStamped: "a_book_that_changed_has_another_stamp",
    ErasesByTelling: "erased_words_are_gone_and_the_book_still_verifies",
    ErasesWhatWasAdded: "erased_words_are_gone_and_the_book_still_verifies",
}


@pytest.mark.parametrize("broken", BROKEN_BOOKS, ids=lambda each: each.__name__)
def test_books_that_break_a_promise_fail_its_test(broken: type[BooksInMemory]) -> None:
    promise: Callable[[tuple[Books, Books]], None] = getattr(BooksContract(), f"test_{BROKEN_BOOKS[broken]}")
    good, bad = BooksInMemory(), broken()
    promise((good, good))
    with pytest.raises(AssertionError):
        promise((bad, bad))
