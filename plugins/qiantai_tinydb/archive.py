"""The archive: a TinyDB file a month, searched by what is said in its cases and never parsed whole."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO, UnsupportedOperation
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from qiantai_tinydb.disk import make_folder, replace_whole
from qiantai_tinydb.filed import Days, Filed, Numbered, case_at, document_in, has_words, held
from qiantai_tinydb.head import Head, Words, is_month
from qiantai_tinydb.lines import Document, hits, seal
from qiantai_tinydb.month import TABLE, month_in, render_month
from qiantai_tinydb.storage import read_rows

_MONTH = re.compile(r"\d{4}-\d{2}")
_RECEIVED = b'"received": "'

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
        try:
            return _stamp_of(self._path(month).stat())
        except FileNotFoundError:
            return None

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
        with self._opened(path) as file, held(path):
            head = Head.read(file)
            theirs = head.of_households().of(household)[0] if household else None
            if words:
                places = self._with(words, path, head, theirs)
            else:
                places = iter(self._begins(path, head).values() if theirs is None else theirs)
            for place in places:
                yield case_at(path, file, place)

    def _with(self, words: Sequence[str], path: Path, head: Head, theirs: Collection[int] | None) -> Iterator[int]:
        """Where the cases with these words begin, of those that begin there or of all."""
        if theirs is not None and not theirs:
            return
        places, told = None, 0
        for number, raw, at in self._said(path, head).entries(words):
            if has_words(path, number, raw, at, words):
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
        stamp, known = self.stamp(month), self._counted.get(path)
        if known is not None and known[:2] == (stamp, others):
            return known[2]
        with self._opened(path) as file, held(path):
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
        with self._opened(path) as file, held(path):
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
        with self._opened(path) as file, held(path):
            head = Head.read(file)
            head.said()
            data = head.rest()
            for number, raw, at in reversed(list(hits(data, [_RECEIVED]))):
                yield number, document_in(path, number, raw, head.cases + at)

    def find(self, month: str, number: str) -> Document | None:
        """The document of that number in that month's file. Raises `Damaged`."""
        path = self._path(month)
        with self._opened(path) as file, held(path):
            places, _ = Head.read(file).places().of(number)
            return next((case_at(path, file, each, number)[1] for each in places), None)

    def numbers(self, stem: str) -> Iterator[str]:
        """The numbers of all months that begin so: `BX-20261123-`. Raises `Damaged`.

        Of a month that is not theirs no more than the beginning is read, unless numbers of other months stand there.
        """
        theirs = month_in(stem)
        for month in self.months():
            path = self._path(month)
            with self._opened(path) as file, held(path):
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
        with path.open("rb") as file, held(path):
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
            document_in(path, number, raw, data.find(raw))
        return cases, {}


def _stamp(file: BinaryIO) -> Stamp | None:
    """What changes with the file; None where it is none."""
    try:
        found = os.fstat(file.fileno())
    except UnsupportedOperation:
        return None
    return _stamp_of(found)


def _stamp_of(found: os.stat_result) -> Stamp:
    return found.st_ino, found.st_size, found.st_mtime_ns
