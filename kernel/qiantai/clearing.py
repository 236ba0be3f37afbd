"""The books of a site cleared of what they say of whose words are erased: what would go, what holds it, the doing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from attrs import frozen

from qiantai.book_erasure import FREE, Traces, Words, found_in, needed, without
from qiantai.books import TRIES, Books
from qiantai.handbook import Handbook
from qiantai.retention import Hold
from qiantai.store import Conflict


@frozen
class Clearing:
    """The books at a time, under a handbook; without books there is nothing to clear."""

    books: Books | None
    handbook: Handbook
    at: datetime

    def found(self, traces: Traces) -> Iterator[tuple[Words, Hold | None]]:
        """The words that tell of these residents, each with what holds it back yet. Raises what the books raise."""
        for book in FREE:
            yield from self._found(book, traces)

    def _found(self, book: str, traces: Traces) -> Iterator[tuple[Words, Hold | None]]:
        history = self.books.book(book) if self.books is not None else ()
        for each in found_in(book, history, traces):
            yield each, needed(each, history, self.handbook, self.at)

    def clear(self, traces: Traces, by: str, reason: str, salts: Callable[[], str]) -> None:
        """The books without them, but for what is held back; another desk may be writing there meanwhile.

        Raises what the books raise.
        """
        for book in FREE:
            self._clear(book, traces, by, reason, salts)

    def _clear(self, book: str, traces: Traces, by: str, reason: str, salts: Callable[[], str]) -> None:
        for tried in range(TRIES):
            going = [each for each, hold in self._found(book, traces) if hold is None]
            if self.books is None or not going:
                return
            try:
                self.books.erase_lines(without(self.books.book(book), going, by, self.at, reason, salts()))
                return
            except Conflict:
                if tried + 1 == TRIES:
                    raise
