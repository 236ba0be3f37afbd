"""A disk that says no, or a power cut, at a chosen call."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
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

    def lose(self, folder: Path | None = None) -> None:
        """The folder is as the power cut leaves it."""
        folder = folder or self._folder
        kept = self._names.get(folder, {})
        for each in folder.iterdir():
            if each.is_dir():
                self.lose(each)
            if each.name not in kept:
                shutil.rmtree(each) if each.is_dir() else each.unlink()
        for name, inode in kept.items():
            if not (folder / name).is_dir():
                (folder / name).write_bytes(self._contents.get(inode, b""))
