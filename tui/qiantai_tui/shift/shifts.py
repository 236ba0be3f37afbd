"""The book of shifts of a site as its desks have it: what is on record now, and a line more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qiantai.books import SHIFTS, UNFIT, BadBook, Books, line_after, written
from qiantai.chain import Break, verify
from qiantai.desk import chance
from qiantai.events import Event
from qiantai.refusals import Refusal
from qiantai.shift.asked import Asked
from qiantai.shift.book import ShiftBook, fold_book
from qiantai.shift.deciding import decide_shift


class Shifts:
    """The book of one site, which several desks may share."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._known = ShiftBook()

    def book(self) -> ShiftBook:
        """What the book makes now. Raises `BadBook` with the line that is none, and `StoreError`."""
        return self._folded(self._books.book(SHIFTS))

    def broken(self) -> Break | None:
        """The first line that is not what was sealed; None where the book is whole."""
        return verify(self.book().history)

    def write(self, asked: Callable[[ShiftBook], Asked]) -> ShiftBook | Refusal:
        """Puts on record what is asked, as the book is then; gives the book, or why it is refused.

        It is on the disk when this returns. Raises `StoreError` where it cannot be.
        """

        def line(history: Sequence[Event]) -> Event | Refusal:
            given = asked(self._folded(history))
            fields = decide_shift(given)
            if isinstance(fields, Refusal):
                return fields
            return line_after(history, SHIFTS, given.at, given.by, given.command.name, fields, chance())

        found = written(self._books, SHIFTS, line)
        return found if isinstance(found, Refusal) else self.book()

    def _folded(self, history: Sequence[Event]) -> ShiftBook:
        lines = tuple(history)
        if lines != self._known.history:
            self._known = _fold(lines)
        return self._known


def _fold(history: Sequence[Event]) -> ShiftBook:
    try:
        return fold_book(history)
    except UNFIT as error:
        raise BadBook(SHIFTS, len(history)) from error
