"""A disk that says no, or a power cut, at a chosen call."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest

CALLS = ("write", "fsync", "replace", "ftruncate")


class PowerCut(BaseException):
    """The machine stops here."""


class Failing:
    """One of `os`'s calls, which raises at its `at`-th turn; a write that fails has written its beginning."""

    def __init__(self, name: str, at: int, error: BaseException) -> None:
        self.name, self.at, self.error, self.calls = name, at, error, 0
        self.real: Any = getattr(os, name)

    def __call__(self, *arguments: Any) -> Any:
        self.calls += 1
        if self.calls != self.at:
            return self.real(*arguments)
        if self.name == "write":
            self.real(arguments[0], bytes(arguments[1])[:5])
        raise self.error

    @property
    def failed(self) -> bool:
        """Whether its turn came."""
        return self.calls >= self.at


@contextmanager
def failing(name: str, at: int, error: BaseException) -> Iterator[Failing]:
    """That call fails at that turn inside."""
    with pytest.MonkeyPatch.context() as patch:
        call = Failing(name, at, error)
        patch.setattr(os, name, call)
        yield call


def full() -> OSError:
    """The disk is full."""
    return OSError(28, "No space left on device")


def broken() -> OSError:
    """The disk cannot."""
    return OSError(5, "Input/output error")


SECTOR = 512  # bytes, which a disk writes all or none of


def _either(present: int | None, synced: int | None, chance: Random | None) -> int | None:
    return present if chance and chance.random() < 0.5 else synced


def _torn(synced: bytes, present: bytes, chance: Random | None) -> bytes:
    """What was synced, all that was written since, or that in some of its sectors, with zeros where nothing came.

    A file that was only made shorter has any length between.
    """
    if chance is None or synced == present or chance.random() < 0.25:
        return synced
    if chance.random() < 0.25:
        return present
    if synced.startswith(present):
        return synced[: chance.randint(len(present), len(synced))]
    length = chance.choice((len(synced), len(present), chance.randint(*sorted((len(synced), len(present))))))
    old, new = synced.ljust(length, b"\0"), present.ljust(length, b"\0")
    sectors = (chance.choice((old, new))[at : at + SECTOR] for at in range(0, length, SECTOR))
    return b"".join(sectors)[:length]


class Platter:
    """What a power cut leaves of a folder: synced files, under the names that their folder was synced with."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._contents: dict[int, bytes] = {}
        self._names: dict[Path, dict[str, int]] = {}
        for path in (folder, *folder.rglob("*")):
            self._keep(path)

    def _keep(self, path: Path) -> None:
        if path.is_dir():
            self._names[path] = {each.name: each.stat().st_ino for each in path.iterdir()}
        else:
            self._contents[path.stat().st_ino] = path.read_bytes()

    @contextmanager
    def spinning(self) -> Iterator[None]:
        """Syncs inside are remembered."""
        real = os.fsync

        def sync(descriptor: int) -> None:
            real(descriptor)
            path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
            if self._folder in (path, *path.parents):
                self._keep(path)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", sync)
            yield

    def lose(self, folder: Path | None = None, chance: Random | None = None) -> None:
        """The folder is as the power cut leaves it: what was not synced is lost, or any part of it by `chance`."""
        folder = folder or self._folder
        present = {each.name: each.stat().st_ino for each in folder.iterdir()}
        now = {each.stat().st_ino: each.read_bytes() for each in folder.iterdir() if each.is_file()}
        synced = self._names.get(folder, {})
        kept = {
            name: inode
            for name in {**present, **synced}
            if (inode := _either(present.get(name), synced.get(name), chance))
        }
        for each in folder.iterdir():
            if each.name in kept and each.is_dir():
                self.lose(each, chance)
            elif each.is_dir():
                shutil.rmtree(each)
            else:
                each.unlink()
        for name, inode in kept.items():
            if not (folder / name).is_dir():
                before = self._contents.get(inode, b"")
                (folder / name).write_bytes(_torn(before, now.get(inode, before), chance))
