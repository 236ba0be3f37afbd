"""The folder that a rehearsal is played in: it goes with its end, or after a sudden one with the next beginning."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir

from .closed import gone_with_the_terminal

PREFIX, LOCK = "qiantai-rehearsal-", "playing.lock"


@contextmanager
def folder_to_play_in() -> Iterator[Path]:
    """A folder for as long as the rehearsal is played; those that nobody plays in any more are removed."""
    from filelock import FileLock

    sweep_left(Path(gettempdir()))
    with TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with FileLock(folder / LOCK), gone_with_the_terminal(folder):
            yield folder


def sweep_left(under: Path) -> None:
    """Removes the folders of rehearsals that ended with no time to: of those still played the lock is held."""
    from filelock import FileLock, Timeout

    for folder in under.glob(f"{PREFIX}*"):
        lock = folder / LOCK
        if not _own(folder) or not _own(lock):
            continue  # it has just begun, or somebody else put it there
        with suppress(OSError, Timeout), FileLock(lock, timeout=0):
            rmtree(folder, ignore_errors=True)


def _own(path: Path) -> bool:
    """Whether it is there, no link, and of whoever runs this."""
    mine = getattr(os, "getuid", None)
    try:
        found = path.lstat()
    except OSError:
        return False
    return not path.is_symlink() and (mine is None or found.st_uid == mine())
