"""Something long that goes on beside the screen: how far it is, and whether it can still be given up."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from qiantai.following import Follower
from qiantai.words import Bilingual


class GivenUp(Exception):
    """Nobody waits for it any more; nothing has been done."""


class Followed(Follower):
    """Followed by a screen: `says` tells what is read, `count` how much so far, and `of` of how much, 0 unknown.

    It is given up by the screen, or where `left` tells that this is gone; from where it is `written` on it is not.
    """

    def __init__(self, says: Bilingual, left: Callable[[], bool] = bool) -> None:
        self.says = says
        self.count = self.of = 0
        self.written = False
        self._left, self._over, self._turn = left, False, Lock()

    def begins(self, of: int) -> None:
        """See `Follower`."""
        self.count, self.of = 0, of
        self._go_on()

    def read(self) -> None:
        """See `Follower`."""
        self.count += 1
        self._go_on()

    def writes(self) -> None:
        """See `Follower`."""
        with self._turn:
            self._go_on()
            self.written = True

    def give_up(self) -> bool:
        """Has it end with nothing done; tells whether it does, as what is being written does not."""
        with self._turn:
            self._over = not self.written
        return self._over

    def _go_on(self) -> None:
        if self._over or self._left():
            raise GivenUp
