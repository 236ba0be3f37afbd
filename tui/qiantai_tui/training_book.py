"""The book of who was trained: a file of the site by itself, an attempt a line, apart from its cases and dossiers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from qiantai.people import Person
from qiantai.projections.months import days_of
from qiantai.projections.readings import Beside, Counts
from qiantai.projections.reckoning import Verdict
from qiantai.tables import Mistake
from qiantai.words import Bilingual
from qiantai_scenarios.rehearsing.records import Attempt, Quarter, attempt_in, attempt_out, training

from .sitefiles import PRIVATE_FILE, BadSite, SiteError, replace_private

FILE, LOCK = "training.jsonl", ".training.lock"
_WAIT = 10
"""Seconds that another run is waited for, which writes a line and is gone."""


def read_training(folder: Path) -> tuple[Attempt, ...]:
    """The attempts on record, in the order in which they were written; none where there is no book yet.

    Raises `BadSite` with the number of every line that is none, and `SiteError` where it cannot be read.
    """
    file = folder / FILE
    found, wrong = [], []
    for number, line in enumerate(_text(file).splitlines(), 1):
        try:
            found.append(attempt_in(json.loads(line)))
        except (KeyError, TypeError, ValueError, RecursionError):
            wrong.append(Mistake("", 0, str(number), _NO_ATTEMPT, _MEND))
    if wrong:
        raise BadSite(file, wrong)
    return tuple(found)


def write_attempt(folder: Path, attempt: Attempt) -> None:
    """Put an attempt on record, for the owner's eyes alone; the book is there whole before and after.

    Raises `SiteError` where it cannot be written.
    """
    from filelock import FileLock, Timeout

    file = folder / FILE
    line = json.dumps(attempt_out(attempt), ensure_ascii=False) + "\n"
    try:
        with FileLock(folder / LOCK, timeout=_WAIT, mode=PRIVATE_FILE):
            before = _text(file)
            replace_private(file, (before if not before or before.endswith("\n") else before + "\n") + line)
    except Timeout as error:
        raise SiteError(_IN_USE.format(file=file)) from error
    except OSError as error:
        raise _failed(file, error) from error


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


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise BadSite(file, [Mistake("", 0, "", _NO_ATTEMPT, _MEND)]) from error
    except OSError as error:
        raise _failed(file, error) from error


def _failed(file: Path, error: OSError) -> SiteError:
    return SiteError(_UNUSABLE.format(file=file, why=error.strerror or error))


_NO_ATTEMPT = Bilingual("不是一条演练记录", "it is no record of a rehearsal")
_MEND = Bilingual("删去这一行,或从备份取回", "take the line out, or bring the file back from a copy")
_IN_USE = Bilingual("{file} 正被占用。可行:过一会儿再试", "{file} is in use. What would do: try again in a while")
_UNUSABLE = Bilingual(
    "用不了 {file}:{why}。可行:让这个文件夹可写",
    "{file} cannot be used: {why}. What would do: a folder that can be written",
)
