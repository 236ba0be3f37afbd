"""What stands before the cases of a month's file: each part read where it is asked for, and held to its checksum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import SEEK_END
from typing import Any, BinaryIO
from zlib import crc32

from attrs import frozen

from qiantai.words import Bilingual
from qiantai_tinydb.lines import (
    CHECKSUM,
    CUT_SHORT,
    NO_DOCUMENT,
    BadLine,
    body_of,
    document_at,
    hits,
    quoted,
    unseal,
    within,
)
from qiantai_tinydb.month import BEGINS, CASES, SAID, TABLE, WORDS, sums

_BEGINNING = 400  # bytes; what `BEGINS` is about takes some 200
_FROM = b'"from": {'
_OFFSET = re.compile(rb"\d{1,12}(?=[,}])")  # bytes, of a file that has less than a terabyte
_FAR = 10**12


def is_month(file: BinaryIO) -> bool:
    """Whether the file is one that `render_month` made, by its beginning."""
    file.seek(0)
    return bool(BEGINS.match(file.read(_BEGINNING)))


@frozen
class Head:
    """What the first lines of such a file tell: how many cases it has, and where each part begins."""

    file: BinaryIO
    count: int
    strays: int  # cases whose numbers tell another month than they were received in
    lines: int
    words: int
    cases: int
    before: int  # the checksum of all that goes before the cases
    after: int  # the checksum of the cases

    @classmethod
    def read(cls, file: BinaryIO) -> Head:
        """From a file that `is_month`, of which no more is read. Raises `BadLine` where these lines do not hold."""
        file.seek(0)
        data = file.read(_BEGINNING)
        begins = BEGINS.match(data)
        assert begins, "the file is a month's"
        for key, at in (("format", "about"), ("words", "extent")):
            _document(data, begins.start(at), key)
        names = "begin", "end", "before", "after", "strays", "count"
        begin, end, before, after, strays, count = (int(begins[each]) for each in names)
        lines = begins.end()
        return cls(file, count, strays, lines, lines + begin, lines + end, before, after)

    def places(self) -> Places:
        """Where each case begins; no more of the file is read. Raises `BadLine`."""
        data = self._read(self.lines, self.words - len(WORDS))
        try:
            body_of(TABLE, document_at(data, TABLE))
        except BadLine as error:
            raise self.no_places(error.what) from None
        return Places(self, data, 0, len(data))

    def whole(self) -> Words:
        """All that goes before the cases. Raises `BadLine` where a bit of it does not hold."""
        data = self._read(0, self.cases)
        if not data.endswith(CASES):
            raise BadLine(CUT_SHORT, data.count(b"\n") + 1, len(data))
        if sums(data, self.cases - self.lines)[0] != self.before:
            raise BadLine(CHECKSUM)
        return Words(data, self.words - 1, Places(self, data, self.lines, self.words - len(WORDS)))

    def rest(self) -> bytes:
        """The cases. Raises `BadLine` where a bit of them does not hold."""
        data = self._read(self.cases, _FAR)
        if crc32(data) != self.after:
            raise BadLine(CHECKSUM)
        return data

    def _read(self, begin: int, end: int) -> bytes:
        size = self.file.seek(0, SEEK_END)
        self.file.seek(min(begin, size))
        return self.file.read(max(min(end, size) - begin, 0))

    def no_places(self, what: Bilingual = NO_DOCUMENT) -> BadLine:
        """What is wrong with the line that tells where the cases begin."""
        return BadLine(what, self._read(0, self.lines).count(b"\n") + 1, self.lines)


@frozen
class Places:
    """Where in the file the line of each case begins, as one line between these bytes of `data` tells it."""

    head: Head
    data: bytes
    begin: int
    end: int

    def of(self, number: str, after: int = 0) -> tuple[int, int]:
        """Where the line of that case begins, -1 where it has none; and where that is told. Raises `BadLine`.

        It is looked for first `after` where another one's was told.
        """
        begins, key = self.data.find(_FROM, self.begin, self.end), quoted(number) + b": "
        if begins >= 0 and (at := self._told(key, begins + len(_FROM), after)) < 0:
            return -1, after
        found = _OFFSET.match(self.data, at + len(key)) if begins >= 0 else None
        if not found:
            raise self.head.no_places()
        return self.head.cases + int(found[0]), found.end()

    def _told(self, key: bytes, begins: int, after: int) -> int:
        at = self.data.find(key, max(begins, after), self.end)
        return at if at >= 0 or after <= begins else self.data.find(key, begins, after)

    def all(self) -> dict[str, int]:
        """The same of every case, the latest receipt first. Raises `BadLine`."""
        try:
            told = unseal(TABLE, document_at(self.data[self.begin : self.end], TABLE))
        except BadLine as error:
            raise self.head.no_places(error.what) from None
        match told:
            case {"from": dict(places)} if all(type(each) is int and 0 <= each < _FAR for each in places.values()):
                begins: dict[str, int] = places
                return {number: self.head.cases + at for number, at in begins.items()}
            case _:
                raise self.head.no_places()


@frozen
class Words:
    """What was said in the cases, an entry a line after this byte of `data`, and where the cases begin."""

    data: bytes
    begin: int
    places: Places

    def entries(self, household: str, words: Iterable[str]) -> Iterator[tuple[str, bytes, int, int]]:
        """Number and entry of the cases whose entry has the bytes of the household's id and the words.

        With each its place, and that of the case itself. None is looked for before it is asked for. Raises `BadLine`.
        """
        of = [quoted(household)] if household else []
        needles = [within(each) for each in words]
        told = 0
        for number, raw, at in hits(self.data, [*of, *needles] or [SAID], self.begin):
            text = raw.partition(SAID)[2][: -len(b'"}')]
            if all(each in text for each in needles):
                place, told = self.places.of(number, told)
                yield number, raw, at, place


def _document(data: bytes, start: int, key: str) -> dict[str, Any]:
    try:
        return unseal(key, document_at(data[start : data.find(b"\n", start)], key))
    except BadLine as error:
        raise BadLine(error.what, data.count(b"\n", 0, start) + 1, start) from None
