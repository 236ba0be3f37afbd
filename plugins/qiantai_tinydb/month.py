"""A month's file: what its cases say and where they stand goes before them, so that a search reads little else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from zlib import crc32

from qiantai.store import said
from qiantai_tinydb.faults import unreadable
from qiantai_tinydb.lines import (
    NO_DOCUMENT,
    BadLine,
    Document,
    line_of,
    render,
    seal,
    unseal,
)

TABLE = "cases"
WORDS, CASES = (b'\n},\n"%s": {\n' % name for name in (b"words", TABLE.encode()))
BEGINS = re.compile(
    rb'\{\n"about": \{\n(?P<about>"format": \{.*"cases": (?P<count>\d+)\}\})\n\},\n"lines": \{\n'
    rb'(?P<extent>"words": \{.*"from": (?P<begin>\d+), "to": (?P<end>\d+), '
    rb'"head": (?P<before>\d+), "cases": (?P<after>\d+), "strays": (?P<strays>\d+)\}),\n'
)
SAID = b'"SAID": "'
_RECEIVED = re.compile(rb'"received": "([^"]*)"')
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
    begin = len(line_of("cases", places)) - len(b",\n") + len(WORDS)
    end = begin + sum(len(line_of(*each)) for each in entries.items()) - len(b",\n" if entries else b"\n") + len(CASES)
    strays = sum(month_in(number).encode() != _received(raw)[:7] for number, raw in cases.items())

    def extent(head: int, cases: int) -> bytes:
        return seal("words", {"from": begin, "to": end, "head": head, "cases": cases, "strays": strays})

    data = render({"lines": {"words": extent(0, 0), "cases": places}, "words": entries, TABLE: ordered})
    unsummed = line_of("words", extent(0, 0))
    return data.replace(unsummed, line_of("words", extent(*sums(data, end))), 1)


def sums(data: bytes, end: int) -> tuple[int, int]:
    """The checksums of all that goes before the cases, but the line that tells them, and of the cases."""
    begins = BEGINS.match(data)
    assert begins, "the file is a month's"
    end += begins.end()
    return crc32(memoryview(data)[begins.end() : end], crc32(data[: begins.start("extent")])), crc32(
        memoryview(data)[end:]
    )


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


def tells(entry: Mapping[str, Any], household: str, words: Iterable[str]) -> bool:
    """Whether the entry is of that household, or of any where none is asked for, and has all the words.

    Raises `BadLine` for what is no entry.
    """
    match entry:
        case {"SAID": str(text), "OF": [*households]}:
            return (not household or household in households) and all(word in text for word in words)
        case _:
            raise BadLine(NO_DOCUMENT)
