"""One document a line: JSON that carries its own checksum, and files of it that plain TinyDB reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zlib import crc32

from qiantai.words import Bilingual

FORMAT = 1
HEAD = b'{\n"about": {\n'
CHECKSUM = Bilingual("校验和不符", "its checksum does not hold")
COUNT = Bilingual("表或记录的数目不符", "tables or documents are missing")
NO_DOCUMENT = Bilingual("不是一条记录", "this is no document")
CUT_SHORT = Bilingual("文件不完整", "the file is cut short")
NO_JSON = Bilingual("不是 JSON", "this is no JSON")
NO_CASE = Bilingual("不是一件事项的记录", "this is no record of a case")
NO_CHANGE = Bilingual("不是一次改动", "this is no change of documents")
NO_LOOK = Bilingual("不是一次查看的记录", "this is no record of a look")
NO_TURN = Bilingual("没有写日志的轮次", "it tells no turn of the journal")
NO_VERSION = Bilingual("没有写格式的版本", "it tells no version of the format")

Document = Mapping[str, Any]
Raw = Mapping[str, Mapping[str, bytes]]

SEAL = b'{"CRC": "'
_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode  # `json.dumps` makes one for every text
_RECEIVED = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-[0-9]{2}T")
_SAMPLE = 1 << 16  # bytes
_SEALED = re.compile(rb'\{"CRC": "([0-9A-F]{8})"(?:, (.*)|)\}', re.DOTALL)
_ROW = re.compile(rb'("(?:[^"\\]|\\.)*"): (\{.*\}),?')
_TABLE = re.compile(rb'("(?:[^"\\]|\\.)*"): \{')


class BadLine(ValueError):
    """A line that cannot be what was written; `line` counts from 1 and `byte` from 0, both from the file's start."""

    def __init__(self, what: Bilingual, line: int = 1, byte: int = 0) -> None:
        super().__init__(what.en)
        self.what, self.line, self.byte = what, line, byte


class LaterFormat(ValueError):
    """A later version of the program wrote it."""


def seal(key: str, document: Document) -> bytes:
    """The document as one line of JSON whose first entry is a checksum over it and its key.

    >>> seal("BX-20261123-001", {"state": "closed"})
    b'{"CRC": "615DE151", "state": "closed"}'
    """
    body = _bytes(_json(document)[1:-1])
    return b'{"CRC": "%08X"' % crc32(body, crc32(_bytes(key))) + (b", " + body if body else b"") + b"}"


def unseal(key: str, raw: bytes) -> dict[str, Any]:
    """The document of such a line, without its checksum. Raises `BadLine` where that or the JSON does not hold."""
    found: dict[str, Any] = read(b"{" + body_of(key, raw) + b"}")
    return found


def body_of(key: str, raw: bytes) -> bytes:
    """What such a line says after its checksum. Raises `BadLine` where that does not hold."""
    sealed = _SEALED.fullmatch(raw)
    body = sealed[2] or b"" if sealed else b""
    if not sealed or int(sealed[1], 16) != crc32(body, crc32(_bytes(key))):
        raise BadLine(CHECKSUM)
    return body


def read(raw: bytes) -> Any:
    """What the bytes say as JSON, however deep or large they are. Raises `BadLine`."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise BadLine(NO_JSON) from None


def render(tables: Raw) -> bytes:
    """The whole file: TinyDB's tables of documents, each already a line, after one that tells the format."""
    about = {"version": FORMAT, "tables": {name: len(rows) for name, rows in tables.items()}}
    whole = {"about": {"format": seal("format", about)}, **tables}
    return b"{\n" + b",\n".join(_table(name, rows) for name, rows in whole.items()) + b"\n}\n"


def _table(name: str, rows: Mapping[str, bytes]) -> bytes:
    lines = b",\n".join(quoted(key) + b": " + raw for key, raw in rows.items())
    return quoted(name) + b": {\n" + lines + (b"\n}" if lines else b"}")


def quoted(text: str) -> bytes:
    """The text as the bytes that a line has of it."""
    return _bytes(_json(text))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")  # half a character, as a terminal may give it, is JSON's own escape


def rows(data: bytes) -> dict[str, dict[str, bytes]]:
    """The tables of such a file, documents still lines. Raises `BadLine` with the place, or `LaterFormat`.

    A file all in one line is plain TinyDB's own, changed by hand: it is read as it is, there are no checksums to hold.
    """
    if b"\n" not in data.rstrip():
        return _by_hand(data)
    tables = _by_line(data)
    try:
        about = unseal("format", tables.pop("about", {}).get("format", b""))
        check_version(about)
    except BadLine as error:
        raise BadLine(error.what, 3, len(HEAD)) from None
    if about.get("tables") != {name: len(table) for name, table in tables.items()}:
        raise BadLine(COUNT, 3, len(HEAD))
    if (again := render(tables)) != data:
        raise BadLine(NO_DOCUMENT, *_first_other(data, again))
    return tables


def _first_other(data: bytes, other: bytes) -> tuple[int, int]:
    """The first line in which the one differs from the other, from 1, and its first byte."""
    theirs = other.split(b"\n")
    lines = (
        (number, byte) for number, byte, line in _numbered(data) if number > len(theirs) or line != theirs[number - 1]
    )
    return next(lines, (data.count(b"\n") + 1, len(data)))


def first_bad(data: bytes, otherwise: BadLine) -> BadLine:
    """The first document of the file that does not hold, with its place; what is known `otherwise` where all do."""
    for number, byte, line in _numbered(data):
        if row := _ROW.fullmatch(line):
            try:
                unseal(json.loads(row[1]), row[2])
            except BadLine as error:
                return BadLine(error.what, number, byte)
            except ValueError:
                return BadLine(NO_DOCUMENT, number, byte)
    return otherwise


def checked(document: Document) -> Document:
    """The document of a case, which has what it is found by. Raises `BadLine`."""
    match document:
        case {"received": str(at), "state": str(), "events": [*_]} if _RECEIVED.match(at):
            return document
        case _:
            raise BadLine(NO_CASE)


def check_version(entry: Document) -> None:
    """Raises `LaterFormat` for what a later version wrote, `BadLine` for what tells no version."""
    match entry:
        case {"version": int(version)} if version > FORMAT:
            raise LaterFormat(version)
        case {"version": int()}:
            return
        case _:
            raise BadLine(NO_VERSION)


def _by_line(data: bytes) -> dict[str, dict[str, bytes]]:
    tables: dict[str, dict[str, bytes]] = {}
    table: dict[str, bytes] | None = None
    ended = False
    for number, byte, line in _numbered(data):
        if not ended and (found := _TABLE.fullmatch(line)):
            table = tables.setdefault(_key(found[1], data, byte), {})
        elif table is not None and (found := _ROW.fullmatch(line)):
            table[_key(found[1], data, byte)] = found[2]
        elif not ended and line in (b"}", b"},"):
            ended, table = table is None, None
        elif number > 1 or line != b"{":
            raise BadLine(NO_DOCUMENT, number, byte)
    if not ended:
        raise BadLine(CUT_SHORT, data.count(b"\n") + 1, len(data))
    return tables


def _key(raw: bytes, data: bytes, byte: int) -> str:
    try:
        found: str = read(raw)
    except BadLine as error:
        raise BadLine(error.what, data.count(b"\n", 0, byte) + 1, byte) from None
    return found


def _numbered(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    byte = 0
    for number, line in enumerate(data.removesuffix(b"\n").split(b"\n"), 1):
        yield number, byte, line
        byte += len(line) + 1


def _by_hand(data: bytes) -> dict[str, dict[str, bytes]]:
    try:
        tables = read(data)
        tables.pop("about", None)
        return {name: {key: _resealed(key, each) for key, each in table.items()} for name, table in tables.items()}
    except (ValueError, AttributeError, RecursionError):
        raise BadLine(NO_JSON) from None


def _resealed(key: str, document: Document) -> bytes:
    return seal(key, {name: value for name, value in document.items() if name != "CRC"})


def hits(data: bytes, needles: Iterable[bytes], start: int = 0) -> Iterator[tuple[str, bytes, int]]:
    """Key, line and first byte of every document from `start` that has all the needles; no other is looked at.

    Raises `BadLine`.
    """
    wanted = list(needles)
    if len(wanted) > 1 and any(data.find(each, start) < 0 for each in wanted):
        return
    sample = start, start + _SAMPLE
    first = min(wanted, key=lambda each: data.count(each, *sample))  # the rarest, as far as a glance can tell
    at = data.find(first, start)
    while at >= 0:
        begin, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
        end = len(data) if end < 0 else end
        row = _ROW.fullmatch(data, begin, end)
        if row and all(data.find(each, begin, end) >= 0 for each in wanted):
            yield _key(row[1], data, begin), row[2], begin
        at = data.find(first, end)


def line_of(key: str, raw: bytes) -> bytes:
    """The line that `render` makes of a document that is not the last of its table."""
    return quoted(key) + b": " + raw + b",\n"


def document_at(line: bytes, key: str) -> bytes:
    """The document of this key in its line. Raises `BadLine` where it is another's, or none."""
    return row_of(line, key)[1]


def row_of(line: bytes, key: str | None = None) -> tuple[str, bytes]:
    """Key and document of a line. Raises `BadLine` where it is none, or of another key than the one given."""
    row = _ROW.fullmatch(line.rstrip(b"\n"))
    if not row:
        raise BadLine(NO_DOCUMENT)
    found: str = read(row[1])
    if key not in (None, found):
        raise BadLine(NO_DOCUMENT)
    return found, row[2]


def within(text: str) -> bytes:
    """The bytes that a document has in its line where a text of it has this one inside."""
    return quoted(text)[1:-1]
