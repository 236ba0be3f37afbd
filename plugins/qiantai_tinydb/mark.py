"""The mark beside a file that only grows: how much of it was acknowledged, so that an end that is cut off shows."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from qiantai_tinydb.disk import open_private, sync, write_all
from qiantai_tinydb.lines import BadLine, seal, unseal

_KEY, _SIZE = "mark", 64  # bytes: one sector of the disk, which is written whole or not at all


class Mark:
    """So many bytes at least were acknowledged; a power cut may leave less here than there were, never more.

    It is a help and no record: one that cannot be read or written tells of no bytes, and costs nothing that is kept.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def read(self) -> int:
        """The bytes that were acknowledged at least; 0 where nothing is known."""
        try:
            found: int = unseal(_KEY, self._path.read_bytes().rstrip())["bytes"]
        except (OSError, BadLine):
            return 0
        return found

    def move(self, to: int) -> None:
        """So many bytes are acknowledged, without a sync: a kill leaves it, a power cut may leave an earlier one."""
        with suppress(OSError):
            self._write(to)

    def lower(self, to: int) -> None:
        """No more than so many bytes are, durably: the file is about to be made shorter. Raises `OSError`."""
        if self._path.exists():
            self._write(to)
            sync(self._descriptor)

    def _write(self, to: int) -> None:
        if self._descriptor < 0:
            self._descriptor = open_private(self._path, os.O_WRONLY | os.O_CREAT)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        write_all(self._descriptor, seal(_KEY, {"bytes": to}).ljust(_SIZE - 1) + b"\n")

    def close(self) -> None:
        """Give the file back; a second time does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
