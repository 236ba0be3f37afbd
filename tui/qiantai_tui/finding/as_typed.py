"""A screen that searches as somebody types: what is quick to be had at once, the archive a moment at a time."""

from __future__ import annotations

from time import perf_counter

from attrs import evolve
from textual.timer import Timer

from qiantai import StoreError

from .narrowing import Narrowing
from .search import Results, Search
from .searching import Searching

SLICE = 0.02
"""Seconds for which the archive is read before what was typed meanwhile is looked at."""
HELD_UP = 0.04
"""Seconds of reading without a break that hold up a key."""
PAUSE = 0.02
"""Seconds without typing after which an archive is read that has held one up."""


class Finding(Narrowing):
    """It knows whether a search is under way; what there is to be shown it is told by `show_results`."""

    _search: Searching | None = None
    _asked_anew = _slow = False
    _waiting: Timer | None = None

    @property
    def query_text(self) -> str:
        """What is typed by now."""
        raise NotImplementedError

    def lists_all(self) -> bool:
        """Whether all that is closed can be listed, so that the archive need not be searched."""
        raise NotImplementedError

    def show_results(self, results: Results) -> None:
        """Shows what was found, or so far."""
        raise NotImplementedError

    @property
    def searching(self) -> bool:
        """Whether something was typed that has yet to be looked for, in the archive too."""
        return self._asked_anew or not (self._search is None or self._search.whole)

    def look_soon(self) -> None:
        """Looks once what came at the same time has been heard: letters that came at once are looked for at once."""
        if not self._asked_anew:
            self._asked_anew = True
            self.call_later(self._look_now)  # type: ignore[attr-defined]

    def _look_now(self) -> None:
        if self._asked_anew:
            self.look()

    def look(self) -> None:
        """Looks for what is typed by now, the archive being read for a moment before anything is shown, if it is quick.

        Where it is not, what takes no time is shown and the archive read once typing rests.
        """
        self._rest()
        self._asked_anew, self._search = False, None
        program = self.program
        asked = Search.of(self.query_text, program.seat, program.directory, self.now, self.only)
        if self.lists_all():
            self.show_results(evolve(asked.at_once(), whole=True))
            return
        self._search = Searching(asked)
        if self._slow:
            self.show_results(self._search.results)
            self._wait(PAUSE)
        else:
            self._go_on()

    def look_to_the_end(self) -> None:
        """Has looked for all of what is typed by now."""
        self._look_now()
        while self._search is not None and not self._search.whole:
            self._go_on()

    def _go_on(self) -> None:
        """Reads the archive for a moment and goes on after what was typed; shows the first of it, and the whole."""
        self._rest()
        search = self._search
        if search is None:
            return
        began, before = perf_counter(), search.found
        try:
            search.go_on(SLICE)
        except StoreError as error:
            self.program.tell_unread(error)
        self._slow = perf_counter() - began > HELD_UP
        if search.whole or not before:
            self.show_results(search.results)
        if not search.whole:
            self._wait(0.001)

    def _wait(self, seconds: float) -> None:
        """Goes on after so long. Textual leaves out what is late: of a timer that fires but once, all there is."""
        self._waiting = self.set_interval(seconds, self._go_on)  # type: ignore[attr-defined]

    def _rest(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = None
