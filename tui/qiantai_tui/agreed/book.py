"""The book of the agreed answers: what was done with them, over what the site's tables say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qiantai.books import SCRIPTS, UNFIT, BadBook, Books, BookSource, line_after, lines_of, written
from qiantai.deeds import Deed, deed_of, fields_of
from qiantai.desk import chance
from qiantai.events import Event
from qiantai.refusals import Refusal


def read_deeds(books: BookSource) -> tuple[Deed, ...]:
    """The deeds on record, in the order in which they were done; none where there is no book yet.

    Raises `BadBook` with the first line that is none, and another `StoreError` where it cannot be read.
    """
    return _deeds(books.book(SCRIPTS))


def write_deed(books: Books, decide: Callable[[Sequence[Deed]], Deed | Refusal]) -> Deed | Refusal:
    """Put a deed on record, or learn why it cannot be; `decide` is told of all that was done before, by any desk.

    Raises what `read_deeds` raises, and `StoreError` where it cannot be written.
    """

    def line(history: Sequence[Event]) -> Event | Refusal:
        deed = decide(_deeds(history))
        match deed:
            case Deed():
                return line_after(history, SCRIPTS, deed.at, deed.by, deed.name, fields_of(deed), chance())
            case Refusal():
                return deed

    found = written(books, SCRIPTS, line)
    match found:
        case Event():
            return deed_of(found)
        case Refusal():
            return found


def _deeds(history: Sequence[Event]) -> tuple[Deed, ...]:
    return tuple(map(_deed, lines_of(history)))


def _deed(line: Event) -> Deed:
    try:
        return deed_of(line)
    except UNFIT as error:
        raise BadBook(SCRIPTS, line.seq + 1) from error
