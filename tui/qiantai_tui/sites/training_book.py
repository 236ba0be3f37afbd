"""The book of who was trained: a file of the site by itself, an attempt a line, apart from its cases and dossiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from qiantai.people import Person
from qiantai.projections.months import days_of
from qiantai.projections.readings import Beside, Counts
from qiantai.projections.reckoning import Verdict
from qiantai.words import Bilingual
from qiantai_scenarios.rehearsing.records import Attempt, Quarter, attempt_in, attempt_out, training

from .line_book import LineBook

FILE = "training.jsonl"


def read_training(folder: Path) -> tuple[Attempt, ...]:
    """The attempts on record, in the order in which they were written; none where there is no book yet.

    Raises `BadSite` with the number of every line that is none, and `SiteError` where it cannot be read.
    """
    return _book(folder).entries()


def write_attempt(folder: Path, attempt: Attempt) -> None:
    """Put an attempt on record. Raises `SiteError` where it cannot be written."""
    book = _book(folder)
    with book.alone():
        book.add(attempt_out(attempt))


def training_counted(folder: Path, people: Mapping[str, Person], months: Iterable[str], at: datetime) -> Beside:
    """What the targets of training count [R-3.2, R-4c], by month that of its quarter; nothing where there is no book.

    Raises what `read_training` raises.
    """
    attempts = read_training(folder)
    return {month: _counted(attempts, people, month, at) for month in months} if attempts else {}


def _counted(
    attempts: Sequence[Attempt], people: Mapping[str, Person], month: str, at: datetime
) -> Mapping[str, Counts]:
    first, _ = days_of(month)
    found = training(attempts, people, Quarter(first.year, (first.month + 2) // 3))
    lacking = Verdict.DUE if found.quarter >= Quarter.of(at) else Verdict.MISSES
    return {
        "trained": {Verdict.MEETS: found.tested, lacking: len(found.missing)},
        "training_passed": {Verdict.MEETS: found.passed, Verdict.MISSES: found.tested - found.passed},
    }


def _book(folder: Path) -> LineBook[Attempt]:
    return LineBook(folder / FILE, attempt_in, _NO_ATTEMPT, _MEND)


_NO_ATTEMPT = Bilingual("不是一条演练记录", "it is no record of a rehearsal")
_MEND = Bilingual("删去这一行,或从备份取回", "take the line out, or bring the file back from a copy")
