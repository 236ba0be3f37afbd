"""What came of one break, and of many."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

from attrs import field, frozen, mutable

from qiantai.store import StoreError


class Ended(StrEnum):
    """How one break ended."""

    KEPT = "kept"  # everything that was acknowledged is there
    REFUSED = "refused"  # the program says what is wrong and where, and has changed nothing
    LOST = "lost"  # neither


@frozen
class Outcome:
    """How one break at one place ended, and what the program said."""

    place: str
    ended: Ended
    told: str = ""


@frozen
class Given:
    """What a break is tried with: how often, by which seed, in which folder."""

    tries: int
    seed: int
    folder: Path


class Skipped(Exception):
    """The break cannot be tried on this machine; its text is the reason."""


Break = Callable[[Given], Iterator[Outcome]]


@mutable
class Tally:
    """The outcomes of one kind of break."""

    ended: Counter[Ended] = field(factory=Counter[Ended])
    places: Counter[tuple[str, Ended]] = field(factory=Counter[tuple[str, Ended]])
    lost: list[Outcome] = field(factory=list[Outcome])

    @classmethod
    def of(cls, outcomes: Iterator[Outcome]) -> Tally:
        """All of them counted."""
        tally = cls()
        for each in outcomes:
            tally.ended[each.ended] += 1
            tally.places[each.place, each.ended] += 1
            if each.ended is Ended.LOST:
                tally.lost.append(each)
        return tally

    @property
    def tried(self) -> int:
        """How many breaks there were."""
        return self.ended.total()

    def lines(self) -> Iterator[str]:
        """The figures, by place."""
        for place in dict.fromkeys(place for place, _ in self.places):
            figures = "".join(f"{self.places[place, each]:10d}" for each in Ended)
            yield f"  {place:46s}{sum(self.places[place, each] for each in Ended):10d}{figures}"


def said(error: BaseException) -> str:
    """What the program said, or where it broke down."""
    match error:
        case StoreError():
            return error.why.en
        case _:
            return "".join(traceback.format_exception(error)[-3:])
