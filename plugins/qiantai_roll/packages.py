"""The package of a workbook held against bounds, part by part, before anything in it is believed."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from attrs import define, field

from qiantai_roll.problems import UnreadableRoll, damaged, encrypted, hostile, other_archive, too_large

MAX_BYTES = 50 * 1024 * 1024
"""Bytes of the file, and of all its parts unpacked."""

_MAX_PARTS = 2_000
_MAX_ROWS = 1_048_576  # rows and shared texts, of all sheets together; as many as one sheet can have
_MAX_WITHIN = 200_000  # elements within one row or shared text: a full row has 16,384 cells
_MAX_OTHERS = 400_000  # elements besides: styles, widths, merged cells, links
_DEEPEST = 64
_LONGEST_TAG = 1 << 20  # bytes
_CHUNK = 1 << 16
_ENTRY = b"PK\x01\x02"
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ROWS = frozenset({"row", "si"})


def check_package(raw: bytes) -> None:
    """Raises `UnreadableRoll` for what is no workbook, is encrypted or damaged, or would unpack past the bounds.

    No part is unpacked whole, and none refers to anything outside: a document type, which no spreadsheet program
    writes, may define entities that double without end or read other files.
    """
    if raw.count(_ENTRY) > _MAX_PARTS:  # the list of parts is itself read whole
        raise too_large()
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            _check_parts(archive.infolist())
            seen = _Seen()
            for part in archive.infolist():
                with archive.open(part) as opened:
                    seen.look(part.filename, opened)
    except UnreadableRoll:
        raise
    except Exception as error:  # a damaged archive makes zipfile raise anything at all
        raise damaged() from error


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if any(each.flag_bits & 1 for each in parts):
        raise encrypted()
    names = [each.filename for each in parts]
    if "xl/workbook.xml" not in names:
        raise other_archive()
    if len(set(names)) < len(names) or any(each.compress_type not in _PACKED for each in parts):
        raise hostile()
    if sum(each.file_size for each in parts) > MAX_BYTES:
        raise too_large()


@define
class _Seen:
    """What has been seen of the parts so far: how many elements of which kind, and where the parts refer to."""

    rows: int = 0
    within: int = 0
    others: int = 0
    depth: int = 0
    inside: int = 0
    part: str = ""
    targets: set[str] = field(factory=set[str])

    def look(self, name: str, opened: IO[bytes]) -> None:
        """One part, to its end or to where it is no XML any more: whoever reads it stops there as well."""
        self.part, self.depth, self.inside = name, 0, 0
        parser = ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.end
        parser.StartDoctypeDeclHandler = _refuse
        chunk, fed = opened.read(_CHUNK), 0
        readable = chunk.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<")
        while chunk:
            fed += len(chunk)
            readable = readable and _parsed(parser, chunk, fed)
            chunk = opened.read(_CHUNK)  # to the end all the same, for its checksum

    def begin(self, tag: str, given: Mapping[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(" ")[2]
        self.depth += 1
        if self.depth > _DEEPEST:
            raise hostile()
        if self.inside:
            self.within += 1
        elif name in _ROWS:
            self.rows, self.within, self.inside = self.rows + 1, 0, self.depth
        else:
            self.others += 1
            self.refer(name, given)
        if self.rows > _MAX_ROWS or self.within > _MAX_WITHIN or self.others > _MAX_OTHERS:
            raise too_large()

    def end(self, _: str) -> None:
        """An element ends."""
        if self.depth == self.inside:
            self.inside = 0
        self.depth -= 1

    def refer(self, name: str, given: Mapping[str, str]) -> None:
        """A sheet that is listed twice would be read twice, and so on without end."""
        target = ""
        if name == "Relationship" and self.part == "xl/_rels/workbook.xml.rels":
            target = posixpath.normpath(posixpath.join("/xl", given.get("Target", "")))
        elif name == "sheet" and self.part == "xl/workbook.xml":
            target = next((f"id {each}" for key, each in given.items() if key.endswith(" id")), "")
        if target and target in self.targets:
            raise hostile()
        self.targets.add(target)


def _parsed(parser: XMLParserType, chunk: bytes, fed: int) -> bool:
    try:
        parser.Parse(chunk, False)
    except ExpatError:
        return False
    if fed - parser.CurrentByteIndex > _LONGEST_TAG:
        raise hostile()
    return True


def _refuse(*_: object) -> None:
    raise hostile()
