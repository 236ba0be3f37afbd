"""The archive: a TinyDB file a month, searched by what is said in its cases and never parsed whole."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO, UnsupportedOperation
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from attrs import frozen

from qiantai.store import Damaged
from qiantai_tinydb.disk import make_folder, replace_whole
from qiantai_tinydb.faults import damaged
from qiantai_tinydb.head import Head, Words, is_month
from qiantai_tinydb.lines import BadLine, Document, checked, first_bad, hits, row_of, seal, unseal
from qiantai_tinydb.month import TABLE, month_in, render_month, tells
from qiantai_tinydb.storage import read_rows

_MONTH = re.compile(r"\d{4}-\d{2}")
_RECEIVED = b'"received": "'

Numbered = tuple[str, Document]
Days = tuple[str, str]
"""The first and the last: `2026-11-23`."""
Stamp = tuple[int, int, int]
EVER = "", "~"


class Archive:
    """The month files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sound: dict[Path, Stamp | None] = {}
        self._writing = Lock()
        self._counted: dict[Path, tuple[Stamp, Collection[str], int]] = {}
        self._begin: tuple[Path, Stamp, Mapping[str, int]] | None = None

    def months(self) -> list[str]:
        """The months that have a file, the newest first: `2026-11`."""
        stems = (each.stem for each in self.folder.glob("*.json"))
        return sorted((each for each in stems if _MONTH.fullmatch(each)), reverse=True)

    def stamp(self, month: str) -> Stamp | None:
        """What changes with that month's file; None where there is none."""
        return _stamp_at(self._path(month))

    def file(self, month: str, documents: Mapping[str, Document]) -> None:
        """That month's file has these documents, durably; the others stay to the byte.

        Raises `OSError` or `Damaged` with the file as it was.
        """
        path = self._path(month)
        make_folder(self.folder)
        with self._writing:
            before, words = self._rows(path) if path.exists() else ({}, {})
            after = before | {number: seal(number, each) for number, each in documents.items()}
            if after != before:
                known = {number: each for number, each in words.items() if after.get(number) == before.get(number)}
                replace_whole(path, render_month(after, known))

    def search(self, month: str, household: str = "", words: Sequence[str] = ()) -> Iterator[Numbered]:
        """Number and document of the cases of that month, of the household and with the words where they are given.

        The latest receipt first; no other case is read, and none parsed before it is asked for. `words` are such as
        `sought` gives them. Raises `Damaged` where one of those cases does not hold.
        """
        path = self._path(month)
        with self._opened(path) as file, _held(path):
            head = Head.read(file)
            theirs = head.of_households().of(household)[0] if household else None
            if words:
                places = self._with(words, path, head, theirs)
            else:
                places = iter(self._begins(path, head).values() if theirs is None else theirs)
            for place in places:
                yield _case(path, file, place)

    def _with(self, words: Sequence[str], path: Path, head: Head, theirs: Collection[int] | None) -> Iterator[int]:
        """Where the cases with these words begin, of those that begin there or of all."""
        if theirs is not None and not theirs:
            return
        places, told = None, 0
        for number, raw, at in self._said(path, head).entries(words):
            if _tells(path, number, raw, at, words):
                places = places or head.places()
                begins, told = places.of(number, told)
                yield from (each for each in begins if theirs is None or each in theirs)

    def _said(self, path: Path, head: Head) -> Words:
        """What was said in that month; of a file that is as it was when that last held, it is not held again."""
        stamp = _stamp(head.file)
        said = head.said(sound=stamp is not None and self._sound.get(path) == stamp)
        self._sound[path] = stamp
        return said

    def count(self, month: str, other_than: Collection[str] = ()) -> int:
        """How many cases that month has, but for these. Raises `Damaged`.

        Where none are named no more of it is read than its beginning, and none of a file that is as it was when the
        same was asked.
        """
        path, others = self._path(month), frozenset(other_than)
        stamp, known = _stamp_at(path), self._counted.get(path)
        if known is not None and known[:2] == (stamp, others):
            return known[2]
        with self._opened(path) as file, _held(path):
            head = Head.read(file)
            count = len(self._begins(path, head).keys() - others) if others else head.count
        if stamp is not None:
            self._counted[path] = stamp, others, count
        return count

    def _begins(self, path: Path, head: Head) -> Mapping[str, int]:
        """Where each case of that month begins; of the file asked for last it is known for as long as that is as it
        was."""
        stamp, known = _stamp(head.file), self._begin
        if known is not None and known[:2] == (path, stamp):
            return known[2]
        found = head.places().all()
        if stamp is not None:
            self._begin = path, stamp, found
        return found

    @contextmanager
    def filed(self, month: str, other_than: Collection[str] = ()) -> Iterator[Filed]:
        """The cases of that month, but for these. Raises `Damaged`, in here too."""
        path = self._path(month)
        with self._opened(path) as file, _held(path):
            places = self._begins(path, Head.read(file))
            yield Filed(path, file, [each for each in places.items() if each[0] not in other_than])

    def received(self, month: str, days: Days = EVER) -> Iterator[Numbered]:
        """Number and document of the cases of that month received on these days and between, the earliest first.

        No other case is read, but the few between which those are looked for, and none is parsed before it is asked
        for. Raises `Damaged`.
        """
        if f"{month}-01" < days[0] or days[1] < f"{month}-31":
            with self.filed(month) as filed:
                theirs = filed.received(days)
            yield from theirs
            return
        path = self._path(month)
        with self._opened(path) as file, _held(path):
            head = Head.read(file)
            head.said()
            data = head.rest()
            for number, raw, at in reversed(list(hits(data, [_RECEIVED]))):
                yield number, _document(path, number, raw, head.cases + at)

    def find(self, month: str, number: str) -> Document | None:
        """The document of that number in that month's file. Raises `Damaged`."""
        path = self._path(month)
        with self._opened(path) as file, _held(path):
            places, _ = Head.read(file).places().of(number)
            return next((_case(path, file, each, number)[1] for each in places), None)

    def numbers(self, stem: str) -> Iterator[str]:
        """The numbers of all months that begin so: `BX-20261123-`. Raises `Damaged`.

        Of a month that is not theirs no more than the beginning is read, unless numbers of other months stand there.
        """
        theirs = month_in(stem)
        for month in self.months():
            path = self._path(month)
            with self._opened(path) as file, _held(path):
                head = Head.read(file)
                if not theirs or month == theirs or head.strays:
                    yield from (each for each in head.places().all() if each.startswith(stem))

    def _path(self, month: str) -> Path:
        return self.folder / f"{month}.json"

    def _opened(self, path: Path) -> BinaryIO:
        if not path.exists():
            return BytesIO(render_month({}, {}))
        file = path.open("rb")
        if is_month(file):
            return file
        file.close()  # somebody has been there with plain TinyDB, or it is damaged
        return self._taken_in(path)

    def _taken_in(self, path: Path) -> BinaryIO:
        """The file as this program writes it, once for all, where the disk takes that. Raises `Damaged`."""
        with self._writing:
            data = render_month(*self._rows(path))
            with suppress(OSError):
                replace_whole(path, data)
        return BytesIO(data)

    def _rows(self, path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """The cases, and what is known of what they say: nothing where the file was changed by hand."""
        with path.open("rb") as file, _held(path):
            ours = is_month(file)
            if ours:
                head = Head.read(file)
                head.said()
                head.rest()
        tables = read_rows(path)
        cases = tables.get(TABLE, {})
        if ours:
            return cases, tables.get("words", {})
        data = path.read_bytes()
        for number, raw in cases.items():
            _document(path, number, raw, data.find(raw))
        return cases, {}


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
        return _case_in(self.path, self._line(place), place, number)

    def received(self, days: Days) -> Iterator[Numbered]:
        """Those received on these days and between, the earliest first: read together, parsed one by one."""
        first = bisect_left(self, True, key=lambda each: _day(each) <= days[1])
        after = bisect_left(self, True, first, key=lambda each: _day(each) < days[0])
        theirs = [(number, at, self._line(at)) for number, at in self.places[first:after]]
        return (_case_in(self.path, line, at, number) for number, at, line in reversed(theirs))

    def _line(self, at: int) -> bytes:
        self.file.seek(at)
        return self.file.readline()


def _stamp(file: BinaryIO) -> Stamp | None:
    """What changes with the file; None where it is none."""
    try:
        return _stamped(os.fstat(file.fileno()))
    except UnsupportedOperation:
        return None


def _stamp_at(path: Path) -> Stamp | None:
    """The same of what lies there."""
    try:
        return _stamped(path.stat())
    except OSError:
        return None


def _stamped(found: os.stat_result) -> Stamp:
    return found.st_ino, found.st_size, found.st_mtime_ns


def _day(numbered: Numbered) -> str:
    received: str = numbered[1]["received"]
    return received[: len("2026-11-23")]


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """What does not hold in here is told with the file."""
    try:
        yield
    except BadLine as error:
        raise _found(path, error) from None


def _found(path: Path, error: BadLine) -> Damaged:
    """The damage with the line that it is in; a checksum over many lines does not tell."""
    read_rows(path)
    return damaged(path, first_bad(path.read_bytes(), error))


def _case(path: Path, file: BinaryIO, at: int, number: str | None = None) -> Numbered:
    """Number and document of the line that begins there, which is to be of that number where one is given."""
    file.seek(at)
    return _case_in(path, file.readline(), at, number)


def _case_in(path: Path, line: bytes, at: int, number: str | None) -> Numbered:
    try:
        found, raw = row_of(line, number)
    except BadLine as error:
        raise _at(path, error, at) from None
    return found, _document(path, found, raw, at)


def _tells(path: Path, number: str, raw: bytes, at: int, words: Sequence[str]) -> bool:
    try:
        return tells(unseal(number, raw), words)
    except BadLine as error:
        raise _at(path, error, at) from None


def _document(path: Path, number: str, raw: bytes, at: int) -> Document:
    try:
        return checked(unseal(number, raw))
    except BadLine as error:
        raise _at(path, error, at) from None


def _at(path: Path, error: BadLine, at: int) -> Damaged:
    return damaged(path, BadLine(error.what, path.read_bytes().count(b"\n", 0, max(at, 0)) + 1, at))
