"""The book of who was trained: an attempt a line, apart from the site's cases and dossiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from qiantai.books import TRAINING, UNFIT, BadBook, Books, BookSource, line_after, lines_of, written
from qiantai.desk import chance
from qiantai.events import Event
from qiantai.people import Person
from qiantai.projections.months import parsed
from qiantai.projections.readings import Beside, Counts
from qiantai.projections.reckoning import Verdict
from qiantai_scenarios.rehearsing.records import ATTEMPT, Attempt, Quarter, attempt_of, fields_of, training


def read_training(books: BookSource) -> tuple[Attempt, ...]:
    """The attempts on record, in the order in which they were written; none where there is no book yet.

    Raises `BadBook` with the first line that is none, and another `StoreError` where it cannot be read.
    """
    return tuple(map(_attempt, lines_of(books.book(TRAINING))))


def write_attempt(books: Books, attempt: Attempt) -> None:
    """Put an attempt on record. Raises what `read_training` raises, and `StoreError` where it cannot be written."""

    def line(history: Sequence[Event]) -> Event:
        return line_after(history, TRAINING, attempt.at, attempt.person, ATTEMPT, fields_of(attempt), chance())

    written(books, TRAINING, line)


def training_counted(
    books: BookSource, people: Mapping[str, Person], months: Iterable[str], worked: Iterable[str], at: datetime
) -> Beside:
    """What the targets of training count [R-3.2, R-4c], by month that of its quarter.

    `worked` are months in which cases came in. A site is to train in each quarter from that of the first of them on, or
    of its first attempt; what was before that counts for nothing. No record says who was of the staff in an
    earlier quarter: it goes by those who are now. Raises what `read_training` raises.
    """
    attempts = read_training(books)
    first = min((*map(_quarter, worked), *(Quarter.of(each.at) for each in attempts)), default=None)
    return {
        month: _counted(attempts, people, quarter, at)
        for month in months
        if first is not None and first <= (quarter := _quarter(month))
    }


def _quarter(month: str) -> Quarter:
    year, number = parsed(month)
    return Quarter(year, (number + 2) // 3)


def _counted(
    attempts: Sequence[Attempt], people: Mapping[str, Person], quarter: Quarter, at: datetime
) -> Mapping[str, Counts]:
    found = training(attempts, people, quarter)
    lacking = Verdict.DUE if found.quarter >= Quarter.of(at) else Verdict.MISSES
    return {
        "trained": {Verdict.MEETS: found.tested, lacking: len(found.missing)},
        "training_passed": {Verdict.MEETS: found.passed, Verdict.MISSES: found.tested - found.passed},
    }


def _attempt(line: Event) -> Attempt:
    try:
        return attempt_of(line)
    except UNFIT as error:
        raise BadBook(TRAINING, line.seq + 1) from error
