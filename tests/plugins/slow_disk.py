"""A disk that takes its time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

LONGEST = 30
"""Seconds after which what has not come is missing."""


class Disk:
    """A disk that a month's file takes its time to get onto."""

    def __init__(self, write: Callable[[Path, bytes], None]) -> None:
        self._write, self.may, self.asked = write, threading.Event(), threading.Event()

    def replace_whole(self, path: Path, data: bytes) -> None:
        """As the real one, once it may."""
        self.asked.set()
        assert self.may.wait(LONGEST)
        self._write(path, data)
