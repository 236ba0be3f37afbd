"""Two wordings held against each other: what stayed, what went and what came, by signs in Chinese, else by words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from attrs import frozen

_WORDS = re.compile(r"[0-9]+(?:[.:,][0-9]+)*|[A-Za-z]+|\s+|.", re.DOTALL)
_LEAST_KEPT = 2  # a single sign that stayed between two changes tells nobody anything


class How(StrEnum):
    """Whether a piece is in both wordings, in the first alone, or in the second alone."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@frozen
class Piece:
    """A run of signs, and what became of it."""

    text: str
    how: How


def compared(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that both are made of: those kept and gone are the old wording, those kept and new the other.

    >>> [f"{each.how} {each.text}" for each in compared("每度 1.2 元。", "每度 1.0 元,满了断电。")]
    ['kept 每度 ', 'gone 1.2', 'new 1.0', 'kept  元', 'new ,满了断电', 'kept 。']
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found: list[Piece] = []
    for gone, came, kept in _runs(before, after):
        pieces = (Piece(gone, How.GONE), Piece(came, How.NEW), Piece(kept, How.KEPT))
        found += [each for each in pieces if each.text]
    return tuple(found)


def _runs(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What went and what came at one place, and what stayed behind it."""
    gone = came = ""
    matches = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    here, there = 0, 0
    for start, other, size in matches:
        gone, came = gone + "".join(before[here:start]), came + "".join(after[there:other])
        here, there = start + size, other + size
        kept = "".join(before[start:here])
        between = bool(gone or came) and (here < len(before) or there < len(after))
        if size and between and size < _LEAST_KEPT:
            gone, came = gone + kept, came + kept
        else:
            yield gone, came, kept
            gone = came = ""
