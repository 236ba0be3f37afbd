"""The journal: one line an action, on the disk before the action is acknowledged."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from qiantai.store import Damaged
from qiantai_tinydb.disk import open_private, sync, sync_folder, write_all
from qiantai_tinydb.faults import damaged, in_doubt, missing
from qiantai_tinydb.lines import CHECKSUM, CUT_SHORT, SEAL, BadLine, Document, seal, unseal
from qiantai_tinydb.mark import Mark

_KEY = "journal"


class Journal:
    """A file that only grows until it is cleared; `size` is its length in bytes, all of it acknowledged.

    After a sync that failed nobody can say what the disk holds: every further write raises `Unwritable`
    until the file is opened anew.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mark = Mark(path.with_name(path.name + ".mark"))
        new = not path.exists()
        if new and self._mark.read():
            raise missing(path)
        self._descriptor = open_private(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        if new:
            sync_folder(path.parent)
        self.size = os.fstat(self._descriptor).st_size
        self.stopped = False

    def read(self, last: int | None = None) -> list[dict[str, Any]]:
        """The entries in their order, of the whole file or its last so many bytes.

        A torn last line, never acknowledged, is moved to `….cut`. Raises `Damaged`, and changes nothing, where a line
        before the last does not hold, or one that was acknowledged. What is appended meanwhile is not read.
        """
        acknowledged = self._mark.read()
        size = self.size
        data = self.path.read_bytes()[:size]
        if len(data) < acknowledged:
            raise damaged(self.path, BadLine(CUT_SHORT, data.count(b"\n") + 1, len(data)))
        byte = data.find(b"\n", len(data) - last) + 1 if last is not None and len(data) > last else 0
        before = data.count(b"\n", 0, byte) + 1
        *lines, tail = data[byte:].split(b"\n")
        entries: list[dict[str, Any]] = []
        for number, line in enumerate(lines, before):
            try:
                entries.append(unseal(_KEY, line))
            except BadLine as error:
                last_one = not tail and number == before + len(lines) - 1
                if not last_one or byte < acknowledged or SEAL in line[1:]:  # two lines run together
                    raise damaged(self.path, BadLine(error.what, number, byte)) from None
                break
            byte += len(line) + 1
        if byte < acknowledged or SEAL in tail[1:]:
            raise damaged(self.path, BadLine(CHECKSUM, before + len(lines), byte))
        if byte < len(data):
            self._cut(data, byte)
        return entries

    def damaged_at(self, line: int, error: BadLine) -> Damaged:
        """That the entry of this line, from 1, is whole, and yet nothing that was ever written."""
        lines = self.path.read_bytes().split(b"\n", line - 1)
        return damaged(self.path, BadLine(error.what, line, sum(len(each) + 1 for each in lines[:-1])))

    def _cut(self, data: bytes, at: int) -> None:
        kept = open_private(self._beside, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            write_all(kept, data[at:] + b"\n")
            sync(kept)
        finally:
            os.close(kept)
        self._shorten(at)

    @property
    def _beside(self) -> Path:
        return self.path.with_name(self.path.name + ".cut")

    def forget_cut(self) -> None:
        """What was ever cut off is gone."""
        if self._beside.exists():
            self._beside.unlink()
            sync_folder(self.path.parent)

    def append(self, entry: Document) -> None:
        """The entry is on the disk when this returns. Raises `OSError` with the file as it was, or `Unwritable`."""
        if self.stopped:
            raise in_doubt(self.path)
        line = seal(_KEY, entry) + b"\n"
        self.stopped = True
        try:
            write_all(self._descriptor, line)
        except OSError:
            os.ftruncate(self._descriptor, self.size)
            self.stopped = False
            raise
        try:
            sync(self._descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._descriptor, self.size)
            raise
        self.size += len(line)
        self.stopped = False
        self._mark.move(self.size)

    def clear(self) -> None:
        """Empty, once what it tells is durable elsewhere."""
        if self.stopped:
            raise in_doubt(self.path)
        self._mark.lower(0)
        self._shorten(0)

    def _shorten(self, to: int) -> None:
        self.stopped = True
        os.ftruncate(self._descriptor, to)
        sync(self._descriptor)
        self.size, self.stopped = to, False

    def close(self) -> None:
        """Give the file back; a second time does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
            self._mark.close()
