"""The archive: a TinyDB file a month, of the cases that closed in it, searched by line and never read whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from qiantai_tinydb.disk import make_folder, replace_whole
from qiantai_tinydb.faults import damaged
from qiantai_tinydb.lines import BadLine, Document, hits, keys, render, row_start, seal, unseal
from qiantai_tinydb.storage import read_rows

TABLE = "cases"
_MONTH = re.compile(r"\d{4}-\d{2}")


@frozen
class Filed:
    """A document of the archive, and the month (`2026-11`) whose file it is in."""

    month: str
    number: str
    document: Mapping[str, Any]


class Archive:
    """The month files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def months(self) -> list[str]:
        """The months that have a file, the newest first."""
        stems = (each.stem for each in self.folder.glob("*.json"))
        return sorted((each for each in stems if _MONTH.fullmatch(each)), reverse=True)

    def _path(self, month: str) -> Path:
        return self.folder / f"{month}.json"

    def file(self, month: str, put: Mapping[str, Document] | None = None, drop: frozenset[str] = frozenset()) -> None:
        """That month's file has these documents, and none of those numbers, durably; the rest stays to the byte.

        Raises `OSError` with the file as it was, or `Damaged`.
        """
        path = self._path(month)
        make_folder(self.folder)
        tables = read_rows(path) if path.exists() else {}
        before = tables.get(TABLE, {})
        after = {key: raw for key, raw in before.items() if key not in drop}
        after.update({key: seal(key, each) for key, each in (put or {}).items()})
        if after != before:
            replace_whole(path, render({**tables, TABLE: after}))

    def search(self, month: str, *needles: bytes) -> Iterator[Filed]:
        """Every document of that month whose line has all these bytes; no other line is read.

        Raises `Damaged` where one of them does not hold.
        """
        data = self._read(month)
        for number, raw, at in hits(data, needles):
            try:
                document = unseal(number, raw)
            except BadLine as error:
                place = BadLine(error.what, data.count(b"\n", 0, at) + 1, at)
                raise damaged(self._path(month), place) from None
            yield Filed(month, number, document)

    def numbers(self, stem: str, since: str = "") -> Iterator[str]:
        """The numbers in those months that begin so."""
        for month in self.months():
            if month >= since:
                yield from keys(self._read(month), stem)

    def find(self, number: str, since: str) -> Filed | None:
        """The case of that number, in that month's file or a later one's."""
        for month in self.months():
            if month >= since:
                for each in self.search(month, row_start(number)):
                    return each
        return None

    def _read(self, month: str) -> bytes:
        path = self._path(month)
        data = path.read_bytes() if path.exists() else b""
        if not data:
            return data
        if b"\n" in data.rstrip():
            return data
        return render(read_rows(self._path(month)))  # one line: somebody has been there with plain TinyDB
