"""A search under way: what was found at once, and the archive read for a moment at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from time import perf_counter

from attrs import evolve

from qiantai import Case

from .search import MOST_CASES, Results, Search, with_archive


class Searching:
    """What a search has found so far; it goes on for as long as somebody wants it."""

    def __init__(self, search: Search) -> None:
        self._at_once = search.at_once()
        self._of_archive: list[Case] = []
        self._archive: Iterator[Case] | None = search.archive()

    @property
    def whole(self) -> bool:
        """Whether the archive has been read to its end, or as far as there is room."""
        return self._archive is None

    @property
    def results(self) -> Results:
        """What there is so far."""
        return evolve(with_archive(self._at_once, self._of_archive), whole=self.whole)

    @property
    def found(self) -> int:
        """How many cases of the archive are found so far."""
        return len(self._of_archive)

    def go_on(self, seconds: float) -> None:
        """Takes what comes of the archive in that time. Raises what the store raises, and is over then."""
        archive, self._archive = self._archive, None
        if archive is None:
            return
        end, room = perf_counter() + seconds, MOST_CASES + 1 - len(self._at_once.cases) - len(self._of_archive)
        for case in islice(archive, max(room, 0)):
            self._of_archive.append(case)
            if perf_counter() > end:
                self._archive = archive
                return
