"""The cases of a month's file, each read where it is asked for, and what of them does not hold told with its place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from attrs import frozen

from qiantai.store import Damaged
from qiantai_tinydb.faults import damaged
from qiantai_tinydb.lines import BadLine, Document, checked, first_bad, row_of, unseal
from qiantai_tinydb.month import tells
from qiantai_tinydb.storage import read_rows

Numbered = tuple[str, Document]
Days = tuple[str, str]
"""The first and the last: `2026-11-23`."""


@frozen
class Filed:
    """The cases of a month's file, the latest receipt first, each read where it is asked for. Raises `Damaged`."""

    path: Path
    file: BinaryIO
    places: Sequence[tuple[str, int]]

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, at: int) -> Numbered:
        number, place = self.places[at]
        return case_in(self.path, self._line(place), place, number)

    def received(self, days: Days) -> Iterator[Numbered]:
        """Those received on these days and between, the earliest first: read together, parsed one by one."""
        first = bisect_left(self, True, key=lambda each: _day(each) <= days[1])
        after = bisect_left(self, True, first, key=lambda each: _day(each) < days[0])
        theirs = [(number, at, self._line(at)) for number, at in self.places[first:after]]
        return (case_in(self.path, line, at, number) for number, at, line in reversed(theirs))

    def _line(self, at: int) -> bytes:
        self.file.seek(at)
        return self.file.readline()


def _day(numbered: Numbered) -> str:
    received: str = numbered[1]["received"]
    return received[: len("2026-11-23")]


@contextmanager
def held(path: Path) -> Iterator[None]:
    """What does not hold in here is told with the file."""
    try:
        yield
    except BadLine as error:
        raise _found(path, error) from None


def _found(path: Path, error: BadLine) -> Damaged:
    """The damage with the line that it is in; a checksum over many lines does not tell."""
    read_rows(path)
    return damaged(path, first_bad(path.read_bytes(), error))


def case_at(path: Path, file: BinaryIO, at: int, number: str | None = None) -> Numbered:
    """Number and document of the line that begins there, which is to be of that number where one is given.

    Raises `Damaged`.
    """
    file.seek(at)
    return case_in(path, file.readline(), at, number)


def case_in(path: Path, line: bytes, at: int, number: str | None) -> Numbered:
    """The same of that line itself."""
    try:
        found, raw = row_of(line, number)
    except BadLine as error:
        raise _at(path, error, at) from None
    return found, document_in(path, found, raw, at)


def has_words(path: Path, number: str, raw: bytes, at: int, words: Sequence[str]) -> bool:
    """Whether the entry that begins there has all the words. Raises `Damaged`."""
    try:
        return tells(unseal(number, raw), words)
    except BadLine as error:
        raise _at(path, error, at) from None


def document_in(path: Path, number: str, raw: bytes, at: int) -> Document:
    """The case that begins there, of that number. Raises `Damaged`."""
    try:
        return checked(unseal(number, raw))
    except BadLine as error:
        raise _at(path, error, at) from None


def _at(path: Path, error: BadLine, at: int) -> Damaged:
    return damaged(path, BadLine(error.what, path.read_bytes().count(b"\n", 0, max(at, 0)) + 1, at))
