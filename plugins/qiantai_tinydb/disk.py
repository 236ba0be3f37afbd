"""The few things done to files, each so that it is on the disk when it returns or has not happened."""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_BINARY: int = getattr(os, "O_BINARY", 0)
_SCANNED = (5, 32)  # Windows: access denied, sharing violation
_TRIES, _PAUSE = 10, 0.05


def make_folder(path: Path) -> None:
    """The folder, its owner's alone where it is new; one that is there keeps the modes that its owner chose."""
    if not path.is_dir():
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        sync_folder(path.parent)


def open_private(path: Path, flags: int) -> int:
    """A descriptor of the file in bytes, made for its owner's eyes alone where it is new."""
    return os.open(path, flags | _BINARY | getattr(os, "O_CLOEXEC", 0), PRIVATE_FILE)


def write_all(descriptor: int, data: bytes) -> None:
    """All of the bytes, however many calls the system takes for them."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync(descriptor: int) -> None:
    """What was written is on the disk, past the drive's own cache where the system has a way to ask for it."""
    if sys.platform == "darwin":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def sync_folder(path: Path) -> None:
    """The folder's entries are on the disk, where the system lets a folder be opened and synced at all."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network and shared folders have no such thing
            raise
    finally:
        os.close(descriptor)


def forget_unfinished(*folders: Path) -> None:
    """What `replace_whole` had begun and a kill or a power cut ended is gone; for who holds the folders alone."""
    for folder in folders:
        for beside in folder.glob("*.json.tmp"):
            with suppress(OSError):
                beside.unlink()


def replace_whole(path: Path, data: bytes) -> None:
    """The file holds these bytes and no others; whatever goes wrong, it holds those or the ones before.

    Raises `OSError`; the temporary file beside it is taken away again.
    """
    beside = path.with_name(path.name + ".tmp")
    try:
        descriptor = open_private(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        try:
            write_all(descriptor, data)
            sync(descriptor)
        finally:
            os.close(descriptor)
        _replace(beside, path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _replace(source: Path, target: Path) -> None:
    for left in reversed(range(_TRIES)):
        try:
            os.replace(source, target)
        except PermissionError as error:
            if not left or getattr(error, "winerror", None) not in _SCANNED:
                raise
            time.sleep(_PAUSE)  # a virus scanner or a backup holds it for a moment
        else:
            return
