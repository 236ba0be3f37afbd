"""How fast a browser may send: what comes faster waits its turn, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define


@define
class Pace:
    """So much a second on the average, and that much at once; `clock` gives seconds that only go on."""

    a_second: float
    at_once: float
    clock: Callable[[], float]
    _ready: float = 0.0

    def wait(self, much: float = 1) -> float:
        """The seconds that this much has to wait. It counts from now on."""
        now = self.clock()
        self._ready = max(self._ready, now - self.at_once / self.a_second) + much / self.a_second
        return max(0.0, self._ready - now)
