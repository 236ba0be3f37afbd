"""A month's file: what its cases say and where they stand goes before them, so that a search reads little else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import SEEK_END
from typing import Any, BinaryIO
from zlib import crc32

from attrs import frozen

from qiantai.store import said
from qiantai_tinydb.faults import unreadable
from qiantai_tinydb.lines import (
    CHECKSUM,
    CUT_SHORT,
    NO_DOCUMENT,
    BadLine,
    Document,
    document_at,
    hits,
    keys,
    line_of,
    quoted,
    render,
    seal,
    unseal,
    within,
)

TABLE = "cases"
_WORDS, _CASES = (b'\n},\n"%s": {\n' % name for name in (b"words", TABLE.encode()))
_BEGINS = re.compile(
    rb'\{\n"about": \{\n.*\n\},\n"lines": \{\n'
    rb'("words": \{.*"from": (\d+), "to": (\d+), "head": (\d+), "cases": (\d+), "strays": (\d+)\}),\n'
)
_SAID = b'"SAID": "'
_RECEIVED = re.compile(rb'"received": "([^"]*)"')
_FROM = b'"from": {'
_OFFSET = re.compile(rb"\d{1,12}(?=[,}])")  # bytes, of a file that has less than a terabyte
_BEGINNING = 400  # bytes; what `_BEGINS` is about takes some 200
_DAY = re.compile(r"-(\d{4})(\d{2})\d{2}-")

Rows = Mapping[str, bytes]


def render_month(cases: Rows, words: Rows) -> bytes:
    """The whole file, the latest receipt first; `words` are the entries of these cases that are known already.

    An entry is what is `said` in a case, and of which households it is. All its other bytes that a search looks at are
    capitals and signs, so that no word of small letters is found in them.
    """
    latest = sorted(cases, key=lambda number: (_received(cases[number]), number), reverse=True)
    ordered = {number: cases[number] for number in latest}
    entries = {number: words.get(number) or seal(number, _entry(number, cases[number])) for number in latest}
    places = seal("cases", {"from": _begins(ordered)})
    begin = len(line_of("cases", places)) - len(b",\n") + len(_WORDS)
    end = begin + sum(len(line_of(*each)) for each in entries.items()) - len(b",\n" if entries else b"\n") + len(_CASES)
    strays = sum(month_in(number).encode() != _received(raw)[:7] for number, raw in cases.items())

    def extent(head: int, cases: int) -> bytes:
        return seal("words", {"from": begin, "to": end, "head": head, "cases": cases, "strays": strays})

    data = render({"lines": {"words": extent(0, 0), "cases": places}, "words": entries, TABLE: ordered})
    unsummed = line_of("words", extent(0, 0))
    return data.replace(unsummed, line_of("words", extent(*_sums(data, end))), 1)


def _sums(data: bytes, end: int) -> tuple[int, int]:
    """The checksums of all that goes before the cases, but the line that tells them, and of the cases."""
    begins = _BEGINS.match(data)
    assert begins, "the file is a month's"
    end += begins.end()
    return crc32(memoryview(data)[begins.end() : end], crc32(data[: begins.start(1)])), crc32(memoryview(data)[end:])


def _begins(rows: Rows) -> Mapping[str, int]:
    at, begins = 0, dict[str, int]()
    for key, raw in rows.items():
        begins[key] = at
        at += len(line_of(key, raw))
    return begins


def _received(raw: bytes) -> bytes:
    found = _RECEIVED.search(raw)
    return found[1] if found else b""


def _entry(number: str, raw: bytes) -> Document:
    try:
        document = unseal(number, raw)
        others = [each["household"] for each in document.get("joined", ())]
        households = [document.get("household", ""), *others]
        text = said(number, households, (each["fields"] for each in document.get("events", ())))
    except (BadLine, KeyError, TypeError, AttributeError) as error:
        raise unreadable(number, error) from error
    return {"OF": households, "SAID": text}


def month_in(number: str) -> str:
    """The month that a case number tells, as a month's file is named; empty where it tells none.

    >>> month_in("BX-20261123-001")
    '2026-11'
    """
    found = _DAY.search(number)
    return f"{found[1]}-{found[2]}" if found else ""


def is_month(file: BinaryIO) -> bool:
    """Whether the file is one that `render_month` made, by its beginning."""
    file.seek(0)
    return bool(_BEGINS.match(file.read(_BEGINNING)))


def has_strays(file: BinaryIO) -> bool:
    """Whether the file, which `is_month`, has cases whose numbers tell another month than they were received in.

    No more than its beginning is read. Raises `BadLine` where that does not hold.
    """
    return int(_beginning(file)[6]) > 0


def _beginning(file: BinaryIO) -> re.Match[bytes]:
    file.seek(0)
    data = file.read(_BEGINNING)
    begins = _BEGINS.match(data)
    assert begins, "the file is a month's"
    _document(data, begins.start(1), "words")
    return begins


@frozen
class Month:
    """What goes before the cases in such a file: from `lines` on where each case begins, from `words` the entries."""

    head: bytes
    lines: int
    words: int
    cases: int  # the checksum of what goes after it

    @classmethod
    def read(cls, file: BinaryIO) -> Month:
        """From a file that `is_month`, of which no more is read. Raises `BadLine` where a bit of it does not hold."""
        begins = _beginning(file)
        end = begins.end() + int(begins[3])
        size = file.seek(0, SEEK_END)
        file.seek(0)
        head = file.read(min(end, size))  # anew and in one piece: to add to a piece, or to cut one, copies all of it
        if not head.endswith(_CASES):
            raise BadLine(CUT_SHORT, head.count(b"\n") + 1, len(head))
        if _sums(head, int(begins[3]))[0] != int(begins[4]):
            raise BadLine(CHECKSUM)
        return cls(head, begins.end(), begins.end() + int(begins[2]) - 1, int(begins[5]))

    def check(self, data: bytes) -> None:
        """The cases of the whole file hold. Raises `BadLine` where a bit of them does not."""
        if crc32(memoryview(data)[len(self.head) :]) != self.cases:
            raise BadLine(CHECKSUM)

    def numbers(self, stem: str) -> Iterator[str]:
        """The numbers that begin so."""
        return keys(self.head, stem, self.words)

    def place(self, number: str) -> int:
        """Where the line of that case begins in the file; -1 where it has none. Raises `BadLine`."""
        return self._placed(number, 0)[0]

    def _placed(self, number: str, after: int) -> tuple[int, int]:
        """The same, and where in `head` that is told; it is looked for first `after` where another one's was told."""
        begins, key = self.head.find(_FROM, self.lines, self.words), quoted(number) + b": "
        if begins >= 0 and (at := self._told(key, begins + len(_FROM), after)) < 0:
            return -1, after
        found = _OFFSET.match(self.head, at + len(key)) if begins >= 0 else None
        if not found:
            raise BadLine(NO_DOCUMENT, self.head.count(b"\n", 0, self.lines) + 1, self.lines)
        return len(self.head) + int(found[0]), found.end()

    def _told(self, key: bytes, begins: int, after: int) -> int:
        at = self.head.find(key, max(begins, after), self.words)
        return at if at >= 0 or after <= begins else self.head.find(key, begins, after)

    def places(self) -> dict[str, int]:
        """Where the line of each case begins in the file, the latest receipt first. Raises `BadLine`."""
        match _document(self.head, self.lines, "cases"):
            case {"from": dict(places)}:
                begins: dict[str, int] = places
                return {number: len(self.head) + at for number, at in begins.items()}
            case _:
                raise BadLine(NO_DOCUMENT, self.head.count(b"\n", 0, self.lines) + 1, self.lines)

    def entries(self, household: str, words: Iterable[str]) -> Iterator[tuple[str, bytes, int, int]]:
        """Number and entry of the cases whose entry has the bytes of the household's id and the words.

        With each its place, and that of the case itself. None is looked for before it is asked for. Raises `BadLine`.
        """
        of = [quoted(household)] if household else []
        needles = [within(each) for each in words]
        told = 0
        for number, raw, at in hits(self.head, [*of, *needles] or [_SAID], self.words):
            text = raw.partition(_SAID)[2][: -len(b'"}')]
            if all(each in text for each in needles):
                place, told = self._placed(number, told)
                yield number, raw, at, place


def _document(data: bytes, start: int, key: str) -> dict[str, Any]:
    try:
        return unseal(key, document_at(data[start : data.find(b"\n", start)], key))
    except BadLine as error:
        raise BadLine(error.what, data.count(b"\n", 0, start) + 1, start) from None


def tells(entry: Mapping[str, Any], household: str, words: Iterable[str]) -> bool:
    """Whether the entry is of that household, or of any where none is asked for, and has all the words.

    Raises `BadLine` for what is no entry.
    """
    match entry:
        case {"SAID": str(text), "OF": [*households]}:
            return (not household or household in households) and all(word in text for word in words)
        case _:
            raise BadLine(NO_DOCUMENT)
