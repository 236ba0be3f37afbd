"""Backups without anybody asking: in a process of their own, once a day and after the desk closes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from qiantai.store import local_day
from qiantai.words import Bilingual

from .record import Record, read_record

AGAIN_AFTER = timedelta(hours=1)
"""After a try that failed, and a desk that goes on."""
_BELOW_NORMAL = 0x4000 | 0x8  # Windows: below-normal priority, detached from the console

Run = Callable[[Path, str], "subprocess.Popen[bytes]"]


def begin(site: Path, language: str) -> subprocess.Popen[bytes]:
    """Begins a backup of the site beside everything else; it goes on when this process ends."""
    command = [sys.executable, "-m", "qiantai_tui", "--lang", language, "backup", "--automatic", "--json"]
    apart: dict[str, Any] = {"creationflags": _BELOW_NORMAL} if sys.platform == "win32" else {"start_new_session": True}
    streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*command, "--site", str(site.absolute())], **streams, **apart)


@frozen
class Ended:
    """A backup that came to its end: what the site's record says now, and whether it was the site's first."""

    record: Record
    first: bool
    why: Bilingual | None


@define
class Automatic:
    """The backups of an open site; `run` begins one. `changed` says that something happened since the last began."""

    site: Path
    clock: Callable[[], datetime]
    language: str
    run: Run = begin
    changed: bool = False
    _running: subprocess.Popen[bytes] | None = None
    _tried: datetime | None = None
    _before: Record = field(factory=Record)

    @property
    def running(self) -> bool:
        """Whether one is being made."""
        return self._running is not None

    def due(self) -> bool:
        """Whether none of today is good, none is being made, and none failed within the hour."""
        at = self.clock()
        if self.running or (self._tried is not None and at - self._tried < AGAIN_AFTER):
            return False
        good = read_record(self.site).good
        return good is None or local_day(good.fresh) != local_day(at) or not Path(good.file).is_file()

    def begin(self) -> None:
        """Begins one."""
        self._before, self._tried, self.changed = read_record(self.site), self.clock(), False
        self._running = self.run(self.site, self.language)

    def ended(self) -> Ended | None:
        """What came of the one that is being made, once; None while it goes on, and where there is none."""
        if self._running is None or self._running.poll() is None:
            return None
        process, self._running = self._running, None
        heard = process.stdout.read() if process.stdout else b""
        record = read_record(self.site)
        made = process.returncode == 0 or record.good != self._before.good  # and some history does not verify
        return Ended(record, self._before.good is None, None if made else _why(record, heard))

    def close(self) -> None:
        """Begins one where anything changed since the last, or none of today is good; nobody waits for it."""
        if self.changed or self.due():
            self.begin()


def _why(record: Record, heard: bytes) -> Bilingual:
    """Why a backup failed: as it wrote into the record, or as it said where that could not be written either."""
    if record.failed is not None:
        return record.why
    try:
        said = str(json.loads(heard)["error"]["why"])
    except (ValueError, KeyError, TypeError):
        return _UNTOLD
    return Bilingual(said, said)


_UNTOLD = Bilingual(
    "没有做完。可行:运行 qiantai backup 看原因", "it did not end well. What would do: qiantai backup tells why"
)
