"""The audit of a whole site: every chain of cases and books, the numbers there should be, what an anchor has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from attrs import define, field, frozen

from qiantai.books import BOOKS, BadBook, BookSource
from qiantai.chain import Break, verify
from qiantai.events import Event
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
    """What the histories of a site, its books too, were at a time.

    Kept elsewhere, it shows what was cut off or sealed anew since.
    """

    at: datetime
    heads: Mapping[str, Head]

    @property
    def digest(self) -> str:
        """One short text that stands for all of it, to be written down."""
        from qiantai.seals import digest

        return digest({"at": self.at.isoformat(), "cases": _heads(self)})


@frozen
class Audit:
    """What an audit found: how much it read, how many breaks there are, and the first of them.

    `cases` and their `events` are counted, and `lines` of each book, so far as they could be read.
    """

    cases: int
    events: int
    count: int
    breaks: tuple[Break, ...]
    lines: Mapping[str, int] = field(factory=dict[str, int])

    @property
    def whole(self) -> bool:
        """Whether there is no break."""
        return not self.count


def _nobody(_: Sequence[Event]) -> None:
    """Nobody listens."""


def audit(
    source: Source,
    anchor: Anchor | None = None,
    seen: Callable[[Sequence[Event]], None] = _nobody,
    books: BookSource | None = None,
) -> Audit:
    """Verify every case of a source and every book, and that each history goes on from the anchor's.

    `seen` is told of each history. Holds one of them at a time, the numbers, and the anchor. Raises what the source
    and the books raise where they cannot read; a line that is none of its book is a break.
    """
    found = _Found(dict(anchor.heads) if anchor else {})
    for case in source.all_cases():
        found.look(case.number, case.history)
        seen(case.history)
    if books is not None:
        for name in BOOKS:
            if history := found.opened(name, books):
                seen(history)
    for each in chain((Break(number, None, "gone") for number in found.anchored), _gaps(found)):
        found.tell(each)
    return Audit(found.cases, found.events, found.count, tuple(found.breaks), found.lines)


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
    lines: dict[str, int] = field(factory=dict[str, int])

    def look(self, number: str, history: Sequence[Event]) -> None:
        self.cases += 1
        self.events += len(history)
        self.verify(number, history)
        stem, _, counted = number.rpartition("-")
        if counted.isdecimal():
            self.numbers.setdefault(stem, set()).add(int(counted))

    def opened(self, name: str, books: BookSource) -> Sequence[Event]:
        try:
            history = books.book(name)
        except BadBook as bad:
            self.anchored.pop(name, None)
            self.tell(Break(name, bad.line - 1, "unreadable"))
            return ()
        self.lines[name] = len(history)
        if history:
            self.verify(name, history)
        return history

    def verify(self, name: str, history: Sequence[Event]) -> None:
        head = self.anchored.pop(name, None)
        self.tell(verify(history) or (_since(name, history, head) if head else None))

    def tell(self, broken: Break | None) -> None:
        if broken is not None:
            self.count += 1
            self.breaks += [broken][: max(MOST - len(self.breaks), 0)]


def _since(name: str, history: Sequence[Event], head: Head) -> Break | None:
    if len(history) < head.length:
        return Break(name, len(history), "cut_short")
    if history[head.length - 1].seal != head.seal:
        return Break(name, head.length - 1, "sealed_anew")
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
