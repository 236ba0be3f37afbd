"""The archive: a TinyDB file a month, searched by line and never parsed whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from qiantai_tinydb.disk import make_folder, replace_whole
from qiantai_tinydb.faults import damaged
from qiantai_tinydb.lines import HEAD, BadLine, Document, hits, keys, render, row_start, seal, unseal
from qiantai_tinydb.storage import read_rows

TABLE = "cases"
_MONTH = re.compile(r"\d{4}-\d{2}")


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
        tables = read_rows(path) if path.exists() else {}
        before = tables.get(TABLE, {})
        after = before | {number: seal(number, each) for number, each in documents.items()}
        if after != before:
            replace_whole(path, render({**tables, TABLE: after}))

    def search(self, month: str, *needles: bytes, fold: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
        """Number and document of every line of that month that has all these bytes, or of all where none are given.

        No other line is parsed. Raises `Damaged` where one of them does not hold.
        """
        data = self._read(month)
        for number, raw, at in hits(data, needles or (b'"crc"',), fold):
            try:
                yield number, unseal(number, raw)
            except BadLine as error:
                place = BadLine(error.what, data.count(b"\n", 0, at) + 1, at)
                raise damaged(self._path(month), place) from None

    def find(self, month: str, number: str) -> dict[str, Any] | None:
        """The document of that number in that month's file."""
        return next((each for _, each in self.search(month, row_start(number))), None)

    def numbers(self, stem: str) -> Iterator[str]:
        """The numbers of all months that begin so."""
        for month in self.months():
            yield from keys(self._read(month), stem)

    def _path(self, month: str) -> Path:
        return self.folder / f"{month}.json"

    def _read(self, month: str) -> bytes:
        path = self._path(month)
        if not path.exists():
            return b""
        data = path.read_bytes()
        if data.startswith(HEAD):
            return data
        return render(read_rows(path))  # somebody has been there with plain TinyDB, or it is damaged
