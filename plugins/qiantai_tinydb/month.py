"""A month's file: what its cases say and where they stand goes before them, so that a search reads little else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zlib import crc32

from qiantai.store import said
from qiantai_tinydb.faults import unreadable
from qiantai_tinydb.lines import NO_DOCUMENT, BadLine, Document, line_of, read, render, seal, unseal

TABLE, HOUSEHOLDS = "cases", "households"
WORDS, CASES = (b'\n},\n"%s": {\n' % name for name in (b"words", TABLE.encode()))
BEGINS = re.compile(
    rb'\{\n"about": \{\n(?P<about>"format": \{.*"cases": (?P<count>\d+)\}\})\n\},\n"lines": \{\n'
    rb'(?P<extent>"words": \{.*"households": (?P<households>\d+), "from": (?P<begin>\d+), "to": (?P<end>\d+), '
    rb'"said": (?P<said>\d+), "kept": (?P<kept>\d+), "strays": (?P<strays>\d+)\}),\n'
)
SAID = b'"SAID": "'
_OF = re.compile(rb'"OF": (\[(?:"(?:[^"\\]|\\.)*"(?:, )?)*\])')
_RECEIVED = re.compile(rb'"received": "([^"]*)"')
_DAY = re.compile(r"-(\d{4})(\d{2})\d{2}-")

Rows = Mapping[str, bytes]


def render_month(cases: Rows, words: Rows) -> bytes:
    """The whole file, the latest receipt first; `words` are the entries of these cases that are known already.

    An entry is what is `said` in a case, and of which households it is. All its other bytes that a search looks at are
    capitals and signs, so that no word of small letters is found in them. Raises `Damaged` where one is no entry.
    """
    latest = sorted(cases, key=lambda number: (_received(cases[number]), number), reverse=True)
    ordered = {number: cases[number] for number in latest}
    entries = {number: words.get(number) or seal(number, _entry(number, cases[number])) for number in latest}
    places = _begins(ordered)
    lines = {TABLE: seal(TABLE, {"from": places}), HOUSEHOLDS: seal(HOUSEHOLDS, {"from": _behind(entries, places)})}
    begin = _long(lines)
    end = begin + len(WORDS) + _long(entries) + len(CASES)
    strays = sum(month_in(number).encode() != _received(raw)[:7] for number, raw in cases.items())

    def extent(said: int, kept: int) -> bytes:
        theirs = len(line_of(TABLE, lines[TABLE]))
        told = {"households": theirs, "from": begin, "to": end, "said": said, "kept": kept, "strays": strays}
        return seal("words", told)

    unsummed = extent(0, 0)
    data = render({"lines": {"words": unsummed, **lines}, "words": entries, TABLE: ordered})
    begins = BEGINS.match(data)
    assert begins, "the file is a month's"
    whole = memoryview(data)[begins.end() :]
    return data.replace(unsummed, extent(crc32(whole[begin:end]), crc32(whole[end:])), 1)


def _long(rows: Rows) -> int:
    """Bytes of these lines as a table has them; where there are none, its end is a byte shorter."""
    return sum(len(line_of(*each)) for each in rows.items()) - len(b",\n" if rows else b"\n")


def _begins(rows: Rows) -> Mapping[str, int]:
    at, begins = 0, dict[str, int]()
    for key, raw in rows.items():
        begins[key] = at
        at += len(line_of(key, raw))
    return begins


def _behind(entries: Rows, places: Mapping[str, int]) -> Mapping[str, Sequence[int]]:
    """Where the cases of each household begin."""
    begins: dict[str, list[int]] = {}
    for number, raw in entries.items():
        for each in _households_of(number, raw):
            begins.setdefault(each, []).append(places[number])
    return begins


def _households_of(number: str, entry: bytes) -> Iterable[str]:
    found = _OF.search(entry)
    try:
        households: list[str] = read(found[1] if found else b"")
    except BadLine as error:
        raise unreadable(number, error) from None
    return filter(None, dict.fromkeys(households))


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


def tells(entry: Mapping[str, Any], words: Iterable[str]) -> bool:
    """Whether the entry has all the words. Raises `BadLine` for what is no entry."""
    match entry:
        case {"SAID": str(text)}:
            return all(word in text for word in words)
        case _:
            raise BadLine(NO_DOCUMENT)
