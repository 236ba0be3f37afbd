"""The archive: a TinyDB file a month, searched by what is said in its cases and never parsed whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from qiantai.store import Damaged
from qiantai_tinydb.disk import make_folder, replace_whole
from qiantai_tinydb.faults import damaged
from qiantai_tinydb.lines import BadLine, Document, document_at, first_bad, hits, seal, unseal
from qiantai_tinydb.month import TABLE, Month, is_month, render_month, tells
from qiantai_tinydb.storage import read_rows

_MONTH = re.compile(r"\d{4}-\d{2}")

Numbered = tuple[str, dict[str, Any]]


class Archive:
    """The month files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def months(self) -> list[str]:
        """The months that have a file, the newest first: `2026-11`."""
        stems = (each.stem for each in self.folder.glob("*.json"))
        return sorted((each for each in stems if _MONTH.fullmatch(each)), reverse=True)

    def file(self, month: str, documents: Mapping[str, Document]) -> None:
        """That month's file has these documents, durably; the others stay to the byte.

        Raises `OSError` or `Damaged` with the file as it was.
        """
        path = self._path(month)
        make_folder(self.folder)
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
        with self._opened(path) as file:
            read = _month(path, file)
            entries = list(read.entries(household, words))
            lines = _lines(path, read, file, (number for number, _, _ in entries))
        for (number, raw, at), (place, line) in zip(entries, lines, strict=True):
            if tells(_document(path, number, raw, at), household, words):
                yield number, _case(path, number, line, place)

    def received(self, month: str, begins: str) -> Iterator[Numbered]:
        """Number and document of the cases of that month whose receipt, as ISO text, begins so. Raises `Damaged`."""
        path = self._path(month)
        with self._opened(path) as file:
            read = _month(path, file)
            data = _whole(path, read, file)
        for number, raw, at in hits(data, [b'"received": "' + begins.encode()], len(read.head) - 1):
            yield number, _document(path, number, raw, at)

    def find(self, month: str, number: str) -> dict[str, Any] | None:
        """The document of that number in that month's file. Raises `Damaged`."""
        path = self._path(month)
        with self._opened(path) as file:
            lines = _lines(path, _month(path, file), file, [number])
        return next((_case(path, number, line, at) for at, line in lines if line), None)

    def numbers(self, stem: str) -> Iterator[str]:
        """The numbers of all months that begin so. Raises `Damaged`."""
        for month in self.months():
            path = self._path(month)
            with self._opened(path) as file:
                read = _month(path, file)
            yield from read.numbers(stem)

    def _path(self, month: str) -> Path:
        return self.folder / f"{month}.json"

    def _opened(self, path: Path) -> BinaryIO:
        if not path.exists():
            return BytesIO(render_month({}, {}))
        file = path.open("rb")
        if is_month(file):
            return file
        with file:  # somebody has been there with plain TinyDB, or it is damaged
            return BytesIO(render_month(*self._rows(path)))

    def _rows(self, path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """The cases, and what is known of what they say: nothing where the file was changed by hand."""
        with path.open("rb") as file:
            ours = is_month(file)
            if ours:
                _whole(path, _month(path, file), file)
        tables = read_rows(path)
        return tables.get(TABLE, {}), tables.get("words", {}) if ours else {}


def _month(path: Path, file: BinaryIO) -> Month:
    try:
        return Month.read(file)
    except BadLine as error:
        raise _found(path, error) from None


def _whole(path: Path, month: Month, file: BinaryIO) -> bytes:
    """All of the file, every bit of it as it was written."""
    file.seek(0)
    data = file.read()
    try:
        month.check(data)
    except BadLine as error:
        raise _found(path, error) from None
    return data


def _found(path: Path, error: BadLine) -> Damaged:
    """The damage with the line that it is in; a checksum over many lines does not tell."""
    read_rows(path)
    return damaged(path, first_bad(path.read_bytes(), error))


def _lines(path: Path, month: Month, file: BinaryIO, numbers: Iterable[str]) -> list[tuple[int, bytes]]:
    """Place and line of each of these cases; no bytes where it is not in the file."""
    asked = list(numbers)
    try:
        places = month.places() if asked else {}
    except BadLine as error:
        raise damaged(path, error) from None
    found = []
    for place in (places.get(number, -1) for number in asked):
        if place >= 0:
            file.seek(place)
        found.append((place, file.readline() if place >= 0 else b""))
    return found


def _case(path: Path, number: str, line: bytes, at: int) -> dict[str, Any]:
    try:
        raw = document_at(line, number)
    except BadLine as error:
        raise _at(path, error, at) from None
    return _document(path, number, raw, at)


def _document(path: Path, number: str, raw: bytes, at: int) -> dict[str, Any]:
    try:
        return unseal(number, raw)
    except BadLine as error:
        raise _at(path, error, at) from None


def _at(path: Path, error: BadLine, at: int) -> Damaged:
    return damaged(path, BadLine(error.what, path.read_bytes().count(b"\n", 0, max(at, 0)) + 1, at))
