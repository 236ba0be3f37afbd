"""What stands before the cases of a month's file: each part read where it is asked for, and held to its checksum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import SEEK_END
from typing import BinaryIO
from zlib import crc32

from attrs import frozen

from qiantai_tinydb.lines import (
    CHECKSUM,
    CUT_SHORT,
    NO_DOCUMENT,
    BadLine,
    body_of,
    document_at,
    hits,
    quoted,
    read,
    within,
)
from qiantai_tinydb.month import BEGINS, CASES, HOUSEHOLDS, SAID, TABLE

_BEGINNING = 400  # bytes; what `BEGINS` is about takes some 300
_FROM = b'"from": {'
_OFFSETS = re.compile(rb"(\d{1,12}|\[\d{1,12}(?:, \d{1,12})*\])(?=[,}])")  # of a file that has less than a terabyte
_OFFSET = re.compile(rb"\d+")
_FAR = 10**12


def is_month(file: BinaryIO) -> bool:
    """Whether the file is one that `render_month` made, by its beginning."""
    file.seek(0)
    return bool(BEGINS.match(file.read(_BEGINNING)))


@frozen
class Head:
    """What the first lines of such a file tell: how many cases it has, and where each part of it begins."""

    file: BinaryIO
    count: int
    strays: int  # cases whose numbers tell another month than they were received in
    lines: int
    households: int
    words: int
    cases: int
    sums: tuple[int, int]  # the checksums of the words and of the cases

    @classmethod
    def read(cls, file: BinaryIO) -> Head:
        """From a file that `is_month`, of which no more is read. Raises `BadLine` where these lines do not hold."""
        file.seek(0)
        data = file.read(_BEGINNING)
        begins = BEGINS.match(data)
        assert begins, "the file is a month's"
        for key, line in (("format", "about"), ("words", "extent")):
            body_of(key, document_at(begins[line], key))
        lines = begins.end()
        households, words, cases = (lines + int(begins[each]) for each in ("households", "begin", "end"))
        sums = int(begins["said"]), int(begins["kept"])
        return cls(file, int(begins["count"]), int(begins["strays"]), lines, households, words, cases, sums)

    def places(self) -> Places:
        """Where each case begins, by its number; no more of the file is read. Raises `BadLine`."""
        return self._places(TABLE, 7, self.lines, self.households)

    def of_households(self) -> Places:
        """Where the cases of each household begin, by its id; no more of the file is read. Raises `BadLine`."""
        return self._places(HOUSEHOLDS, 8, self.households, self.words)

    def _places(self, key: str, line: int, begin: int, end: int) -> Places:
        bad, named, told = BadLine(NO_DOCUMENT, line, begin), quoted(key) + b": ", self._between(begin, end)
        if not told.startswith(named):
            raise bad
        return Places(body_of(key, told[len(named) :].rstrip(b",\n")), self.cases, bad)

    def said(self, *, sound: bool = False) -> Words:
        """What was said in the cases. Raises `BadLine` where a bit of it does not hold; where it is `sound` it does."""
        data = self._between(self.words, self.cases)
        if not data.endswith(CASES):
            raise BadLine(CUT_SHORT)
        if not sound and crc32(data) != self.sums[0]:
            raise BadLine(CHECKSUM)
        return Words(data, self.words)

    def rest(self) -> bytes:
        """The cases. Raises `BadLine` where a bit of them does not hold."""
        data = self._between(self.cases, _FAR)
        if crc32(data) != self.sums[1]:
            raise BadLine(CHECKSUM)
        return data

    def _between(self, begin: int, end: int) -> bytes:
        size = self.file.seek(0, SEEK_END)
        self.file.seek(min(begin, size))
        return self.file.read(max(min(end, size) - begin, 0))


@frozen
class Words:
    """What was said in the cases, an entry a line, and where that begins in the file."""

    data: bytes
    begin: int

    def entries(self, words: Sequence[str]) -> Iterator[tuple[str, bytes, int]]:
        """Number, entry and its first byte in the file, of the cases whose entry has the bytes of all these words.

        None is looked for before it is asked for. Raises `BadLine`.
        """
        needles = [within(each) for each in words]
        for number, raw, at in hits(self.data, needles):
            text = raw.partition(SAID)[2][: -len(b'"}')]
            if all(each in text for each in needles):
                yield number, raw, self.begin + at


@frozen
class Places:
    """A line that tells where in the file cases begin, as bytes, the latest receipt first."""

    told: bytes
    cases: int
    bad: BadLine

    def of(self, key: str, after: int = 0) -> tuple[Sequence[int], int]:
        """Where that case begins, or those of that household; and where that is told. Raises `BadLine`.

        It is looked for first `after` where another's was told.
        """
        named, begin = quoted(key) + b": ", len(_FROM)
        if not self.told.startswith(_FROM):
            raise self.bad
        at = self._told(named, max(begin, after))
        if at < 0 and (after <= begin or (at := self._told(named, begin)) < 0):
            return (), after
        found = _OFFSETS.match(self.told, at + len(named))
        if not found:
            raise self.bad
        return [self.cases + int(each) for each in _OFFSET.findall(found[0])], found.end()

    def _told(self, named: bytes, after: int) -> int:
        at = self.told.find(named, after)
        while at >= 0 and self.told[at - 1] not in b"{ ":  # within a longer name, after the sign for a quotation mark
            at = self.told.find(named, at + 1)
        return at

    def all(self) -> dict[str, int]:
        """Where each case begins. Raises `BadLine`."""
        match read(b"{" + self.told + b"}"):
            case {"from": dict(places)} if all(type(each) is int and 0 <= each < _FAR for each in places.values()):
                begins: dict[str, int] = places
                return {number: self.cases + at for number, at in begins.items()}
            case _:
                raise self.bad
