"""A copy of a site's data as it stands at one moment, made without its lock while whoever holds it goes on."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from qiantai_tinydb.disk import PRIVATE_FILE, make_folder, open_private, write_all
from qiantai_tinydb.faults import busy, written

_GROWING = ("open.json.journal", "looks.jsonl")
"""Lines are added to these in place; all others are replaced whole, so a link to one keeps what it was."""
_REPLACED = ("open.json", "households.json", "archive/*.json")
_TRIES, _PAUSE = 100, 0.05

Stamp = tuple[str, int, int, int]


def copy_store(folder: Path, into: Path) -> None:
    """The site's data in that empty folder, to be opened there, as one opening after a power cut now would find it.

    Nothing in the site's folder is changed, and nobody waits. Raises `Unwritable`, also where it changed at every try.
    """
    with written(into):
        make_folder(into)
        make_folder(into / "archive")
        for _ in range(_TRIES):
            if _copied(folder, into):
                return
            time.sleep(_PAUSE)
    raise busy(folder)


def _copied(folder: Path, into: Path) -> bool:
    """Whether no file was replaced, and none cut short, while they were copied."""
    before = _stamps(folder)
    try:
        grown = {name: _content(folder / name) for name in _GROWING}
        for name, *_ in before:
            _link(folder / name, into / name)
    except FileNotFoundError:
        return False
    if _stamps(folder) != before or any(not _content(folder / name).startswith(data) for name, data in grown.items()):
        return False
    for name, data in grown.items():
        if data:
            _write(into / name, data)
    return True


def _stamps(folder: Path) -> list[Stamp]:
    paths = sorted(path for pattern in _REPLACED for path in folder.glob(pattern))
    stats = [(path, path.stat()) for path in paths]
    return [(path.relative_to(folder).as_posix(), at.st_ino, at.st_size, at.st_mtime_ns) for path, at in stats]


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _link(source: Path, target: Path) -> None:
    """The same file under another name where the disk can do that, else a copy."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)
        target.chmod(PRIVATE_FILE)


def _write(path: Path, data: bytes) -> None:
    descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        write_all(descriptor, data)
    finally:
        os.close(descriptor)
