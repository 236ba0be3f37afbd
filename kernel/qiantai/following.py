"""Who follows something long that is asked of the desk: told what was read of how much, asked before it is written."""

from __future__ import annotations


class Follower:
    """Follows nothing. What a method of one that does raises ends it there, with nothing done."""

    def begins(self, of: int) -> None:
        """So many cases at most are read now, 0 where that is not known before they are."""

    def read(self) -> None:
        """One more of them has been read."""

    def writes(self) -> None:
        """Nothing refuses it, and nothing is written yet: once this returns it is carried out to its end."""


FOLLOWS_NOTHING = Follower()
