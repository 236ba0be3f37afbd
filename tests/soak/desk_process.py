"""A desk in a process of its own, which says what it has acknowledged, and can be killed."""

from __future__ import annotations

import multiprocessing
import os
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from qiantai_tinydb import cases
from qiantai_tinydb import store as tiny
from qiantai_tinydb.store import TinyStore
from tests.soak.day import Day

SHIFT = 17  # deeds from an opening of the store to its close


@contextmanager
def soon_full(*, in_turn: bool = False) -> Iterator[None]:
    """Inside, the journal is emptied and closed cases are filed every few deeds, so that all of it is in the way.

    `in_turn`: they are filed before the next deed and not beside it, for what breaks a process that has one thread.
    """
    before = cases.JOURNAL_LIMIT, cases.CLOSED_LIMIT, tiny.start
    cases.JOURNAL_LIMIT, cases.CLOSED_LIMIT = 30_000, 4
    if in_turn:
        tiny.start = _at_once
    try:
        yield
    finally:
        cases.JOURNAL_LIMIT, cases.CLOSED_LIMIT, tiny.start = before


def _at_once(work: Callable[[], None]) -> None:
    work()


def work(site: Path, seed: int, begin: int, acknowledged: int, shift: int) -> None:
    """Deeds from the `begin`-th on, each acknowledged by a byte; the store is closed and opened every few."""
    with soon_full():
        store = TinyStore(site)
        os.write(acknowledged, b"o")
        for n in count(begin):
            Day(seed, store).do(n)
            os.write(acknowledged, b".")
            if n % shift == shift - 1:
                store.close()
                store = TinyStore(site)


class Running:
    """The process; `acknowledged` counts its deeds so far."""

    def __init__(self, site: Path, seed: int, begin: int, shift: int = SHIFT) -> None:
        fork = multiprocessing.get_context("fork")
        self._told, telling = os.pipe()
        self._process = fork.Process(target=work, args=(site, seed, begin, telling, shift), daemon=True)
        self._process.start()
        os.close(telling)
        self.acknowledged = 0
        self.opened = self.ended = False

    @property
    def pid(self) -> int | None:
        """The process's number."""
        return self._process.pid

    def hear(self, patience: float = 0.0) -> None:
        """Count what was acknowledged up to now, waiting so many seconds at most where nothing was."""
        while not self.ended and select.select([self._told], [], [], patience)[0]:
            heard = os.read(self._told, 65536)
            self.ended = not heard
            self.opened = self.opened or b"o" in heard
            self.acknowledged += heard.count(b".")
            patience = 0.0

    @contextmanager
    def held(self) -> Iterator[None]:
        """It stands still inside."""
        assert self.pid
        os.kill(self.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.pid, signal.SIGCONT)

    def kill(self) -> bool:
        """Killed as by `kill -9`, all that it said counted; whether it was still alive."""
        self._process.kill()
        self._process.join()
        while not self.ended:
            self.hear(1.0)
        os.close(self._told)
        return self._process.exitcode == -signal.SIGKILL


@contextmanager
def running(site: Path, seed: int, begin: int, shift: int = SHIFT) -> Iterator[Running]:
    """It is killed in the end, whatever happens."""
    process = Running(site, seed, begin, shift)
    try:
        yield process
    finally:
        if not process.ended:
            process.kill()
