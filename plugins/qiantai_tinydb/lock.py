"""One process at a time: a lock for its life, and the name of its holder for whoever comes second."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from qiantai.periods import ZONE
from qiantai.plainly import shown
from qiantai.store import Locked
from qiantai.words import Bilingual
from qiantai_tinydb.disk import PRIVATE_FILE, open_private, write_all

_LONGEST_NOTE = 4096  # bytes


class Hold:
    """The folder is this process's until `release`. Raises `Locked`, which names the holder.

    The lock is the system's own and ends with the process, however that ends; `lock.json` only tells.
    """

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / "lock", mode=PRIVATE_FILE, thread_local=False)
        self._note = folder / "lock.json"
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise _locked(folder, self._note) from None
        try:
            self._tell()
        except BaseException:
            self.release()
            raise

    def _tell(self) -> None:
        since = f"{datetime.now(ZONE):%Y-%m-%d %H:%M}"
        note = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since}, ensure_ascii=False)
        with suppress(OSError):  # a full disk must not keep anybody from reading
            descriptor = open_private(self._note, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            try:
                write_all(descriptor, note.encode())
            finally:
                os.close(descriptor)

    def release(self) -> None:
        """Free for others; a second time does nothing."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
            self._lock.release()


def _locked(folder: Path, note: Path) -> Locked:
    holder: Any = None
    with suppress(OSError, ValueError, RecursionError), note.open("rb") as file:
        holder = json.loads(file.read(_LONGEST_NOTE))
    known = holder if isinstance(holder, dict) else {}
    pid, host, since = (shown(known.get(each, "?")).strip("'") for each in ("pid", "host", "since"))
    return Locked(
        Bilingual(
            f"{folder} 正由另一个程序使用(主机 {host},进程 {pid},自 {since})。请先关闭它,或改用别的数据文件夹",
            f"{folder} is in use by another process (host {host}, pid {pid}, since {since}). "
            "Close that one first, or take another data folder",
        )
    )
