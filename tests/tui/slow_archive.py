"""A store in memory whose archive takes as long as it is told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from attrs import field, frozen

from qiantai import Case, MemoryStore
from qiantai.events import Event


@frozen
class Slow(MemoryStore):
    """A store whose archive takes as long as it is told to; on whose threads it was read is known.

    `wrong` is raised instead of anything, as long as it is there.
    """

    may: threading.Event = field(factory=threading.Event)
    may_write: threading.Event = field(factory=threading.Event)
    threads: list[int] = field(factory=list[int])
    wrong: list[Exception] = field(factory=list[Exception])

    def _waits(self, may: threading.Event | None = None) -> None:
        self.threads.append(threading.get_ident())
        if threading.current_thread() is not threading.main_thread():
            assert (may or self.may).wait(30)
        if self.wrong:
            raise self.wrong[0]

    def received(self, first: date, last: date) -> Sequence[Case]:
        """As any store, in its time."""
        self._waits()
        return super().received(first, last)

    def closed_cases(self, household: str = "", words: str = "") -> Iterator[Case]:
        """As any store, in its time."""
        self._waits()
        return super().closed_cases(household, words)

    def all_cases(self) -> Iterator[Case]:
        """As any store, in its time; the first of them comes at once."""
        first, *others = super().all_cases()
        yield first
        self._waits()
        yield from others

    def erase(self, histories: Sequence[Sequence[Event]]) -> None:
        """As any store, in its time."""
        self._waits(self.may_write)
        super().erase(histories)

    def closed_count(self, month: str = "") -> int:
        """As any store, at once."""
        return MemoryStore(self._cases).closed_count(month)

    def let_go(self) -> None:
        """Nothing waits any longer."""
        self.may.set()
        self.may_write.set()


def slowed(store: MemoryStore) -> Slow:
    """The same store, which may take its time from now on."""
    found = Slow(store._cases, store._roll, store._looks, store._used)
    found.let_go()
    return found


@contextmanager
def slow(store: Slow, *, writes: bool = False) -> Iterator[None]:
    """Nothing of the archive comes as long as this holds; or it comes, and nothing is erased."""
    (store.may_write if writes else store.may).clear()
    try:
        yield
    finally:
        store.let_go()


def beside_alone(store: Slow) -> bool:
    """Whether none of the archive was read, and nothing erased, on the screen's own thread."""
    return threading.get_ident() not in store.threads
