"""The audit of a whole site: every chain, the numbers that should be there, what an earlier anchor has on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any

from attrs import define, field, frozen

from qiantai.case import Case
from qiantai.chain import Break, verify
from qiantai.store import Source

_VERSION = 1
MOST = 20
"""So many breaks an audit names; the others it counts."""


@frozen
class Head:
    """How long a history was, and the seal of its last event."""

    length: int
    seal: str


@frozen
class Anchor:
    """What the histories of a site were at a time; kept elsewhere, it shows what was cut off or sealed anew since."""

    at: datetime
    heads: Mapping[str, Head]

    @property
    def digest(self) -> str:
        """One short text that stands for all of it, to be written down."""
        from qiantai.seals import digest

        return digest({"at": self.at.isoformat(), "cases": _heads(self)})


@frozen
class Audit:
    """What an audit found: how many cases and events it read, how many breaks there are, and the first of them."""

    cases: int
    events: int
    count: int
    breaks: tuple[Break, ...]

    @property
    def whole(self) -> bool:
        """Whether there is no break."""
        return not self.count


def _nobody(_: Case) -> None:
    """Nobody listens."""


def audit(source: Source, anchor: Anchor | None = None, seen: Callable[[Case], None] = _nobody) -> Audit:
    """Verify every case of a source, and that its history goes on from the anchor's; `seen` is told of each case.

    Holds one case at a time, the numbers, and the anchor. Raises what the source raises where it cannot read.
    """
    found = _Found(dict(anchor.heads) if anchor else {})
    for case in source.all_cases():
        found.look(case)
        seen(case)
    for each in chain((Break(number, None, "gone") for number in found.anchored), _gaps(found)):
        found.tell(each)
    return Audit(found.cases, found.events, found.count, tuple(found.breaks))


@define
class _Found:
    """What has come of an audit so far.

    `anchored` has what of the anchor was not met yet, `numbers` what there is of each stem.
    """

    anchored: dict[str, Head]
    cases: int = 0
    events: int = 0
    count: int = 0
    breaks: list[Break] = field(factory=list[Break])
    numbers: dict[str, set[int]] = field(factory=dict[str, set[int]])

    def look(self, case: Case) -> None:
        self.cases += 1
        self.events += len(case.history)
        head = self.anchored.pop(case.number, None)
        self.tell(verify(case.history) or (_since(case, head) if head else None))
        stem, _, counted = case.number.rpartition("-")
        if counted.isdecimal():
            self.numbers.setdefault(stem, set()).add(int(counted))

    def tell(self, broken: Break | None) -> None:
        if broken is not None:
            self.count += 1
            self.breaks += [broken][: max(MOST - len(self.breaks), 0)]


def _since(case: Case, head: Head) -> Break | None:
    if len(case.history) < head.length:
        return Break(case.number, len(case.history), "cut_short")
    if case.history[head.length - 1].seal != head.seal:
        return Break(case.number, head.length - 1, "sealed_anew")
    return None


def _gaps(found: _Found) -> Iterator[Break]:
    """The numbers of a kind and day, from 001 on, that no case has; what the anchor has of them is told already."""
    for stem, there in sorted(found.numbers.items()):
        missing = (f"{stem}-{each:03d}" for each in range(1, max(there) + 1) if each not in there)
        yield from (Break(number, None, "gap") for number in missing if number not in found.anchored)


def anchor_out(anchor: Anchor) -> dict[str, Any]:
    """An anchor as plain data, with its digest."""
    return {"version": _VERSION, "at": anchor.at.isoformat(), "digest": anchor.digest, "cases": _heads(anchor)}


def anchor_in(given: Any) -> Anchor:
    """The anchor that plain data stands for. Raises `ValueError` where it is none, or was changed since."""
    match given:
        case {"version": 1, "at": str(at), "digest": str(kept), "cases": {**cases}}:
            heads = {str(number): _head(each) for number, each in cases.items()}
        case _:
            raise ValueError("no anchor")
    anchor = Anchor(datetime.fromisoformat(at), heads)
    if anchor.digest != kept:
        raise ValueError("its digest does not hold")
    return anchor


def _heads(anchor: Anchor) -> dict[str, list[Any]]:
    return {number: [head.length, head.seal] for number, head in sorted(anchor.heads.items())}


def _head(given: Any) -> Head:
    match given:
        case [int(length), str(seal)] if length > 0:
            return Head(length, seal)
        case _:
            raise ValueError("no head of a history")
