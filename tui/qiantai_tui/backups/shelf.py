"""The folder where the backups of a site stand: their names, and a new one put there whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from attrs import frozen

from qiantai.periods import ZONE
from qiantai.words import Bilingual

from ..sites.files import PRIVATE_FILE, PRIVATE_FOLDER, SiteError, sync_folder

_UNFIT = re.compile(r"[^\w()-]+")
_TIME = "%Y%m%d-%H%M%S"
PLAIN, SEALED = ".jsonl.gz", ".jsonl.gz.age"
_UNFINISHED = ".part"


@frozen(order=True)
class Standing:
    """A backup on a shelf: when it was taken, by its name, and its file."""

    at: datetime
    file: Path


@frozen
class Shelf:
    """The backups of the site of this name in a folder; what else lies there is left alone."""

    folder: Path
    name: str

    @property
    def stem(self) -> str:
        """What the names of its files begin with."""
        return _UNFIT.sub("-", self.name).strip("-")[:40] or "site"

    def file(self, at: datetime, sealed: bool) -> Path:
        """The file of a backup taken at that time."""
        return self.folder / f"{self.stem}-{at.astimezone(ZONE):{_TIME}}{SEALED if sealed else PLAIN}"

    def standing(self) -> list[Standing]:
        """The backups that stand there, the oldest first."""
        name = re.compile(re.escape(self.stem) + r"-(\d{8}-\d{6})(\.jsonl\.gz|\.jsonl\.gz\.age)")
        found = ((each, name.fullmatch(each.name)) for each in self.folder.iterdir())
        return sorted(
            Standing(datetime.strptime(hit[1], _TIME).replace(tzinfo=ZONE), each) for each, hit in found if hit
        )

    def forget_unfinished(self) -> None:
        """What a kill or a power cut left half made is gone; for who alone makes backups of this site now."""
        for each in self.folder.glob(f"{self.stem}-*{_UNFINISHED}"):
            each.unlink()


def make_shelf(folder: Path) -> None:
    """The folder is there, its owner's alone where it is new. Raises `SiteError`."""
    try:
        folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise unwritten(folder, error) from error


def put(file: Path, data: bytes, check: Callable[[Path], None]) -> None:
    """The file is there and on the disk, once `check` took it as it was read back; else nothing is there anew.

    Raises `SiteError`, and what `check` raises.
    """
    beside = file.with_name(file.name + _UNFINISHED)
    try:
        try:
            _write(beside, data)
            check(beside)
            beside.replace(file)
        except BaseException:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        sync_folder(file.parent)
    except OSError as error:
        raise unwritten(file, error) from error


def _write(file: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    with open(os.open(file, flags, PRIVATE_FILE), "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())


def unwritten(path: Path, error: OSError) -> SiteError:
    """That the system did not take a file there."""
    why = error.strerror or str(error)
    return SiteError(
        Bilingual(
            f"没有写成 {path}:{why}。可行:腾出空间、接上那个盘,或换一个地方",
            f"{path} was not written: {why}. What would do: make room, plug that disk in, or another place",
        )
    )
