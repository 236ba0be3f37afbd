"""Everything that a site holds as lines of JSON: one export for every store, to be kept, looked into, or taken in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from attrs import evolve, frozen

from qiantai.case import Case
from qiantai.events import Event, Left
from qiantai.masking import masked_event, masked_household
from qiantai.people import Household
from qiantai.store import Look, Source
from qiantai.wire import event_out, household_out, look_out
from qiantai.words import Bilingual

FORMAT, VERSION = "qiantai-export", 1
KINDS = ("file", "household", "event", "look")
"""What a line between the first and the last holds, in the order in which they come."""


@frozen
class Heading:
    """What an export says of itself: the site's name, when it was made and by whom, whether personal data is masked."""

    name: Bilingual
    at: datetime
    by: str
    masked: bool = False


def export_lines(source: Source, heading: Heading, files: Mapping[str, str]) -> Iterator[bytes]:
    """The lines of an export, each with its end: the heading, the site's own files, the roll, events, looks, the end.

    The last line counts them, and has the digest of all lines before it. Raises what the source raises.
    """
    so_far = Count()
    for given in _told(source, heading, files):
        line = _line(given)
        so_far.add(given, line)
        yield line
    yield _line({"end": so_far.end})


@frozen
class Masked:
    """A source whose personal data is masked as it is read; its seals no longer hold, and its salts are left out.

    A salt would let anybody try out which number a digest is of.
    """

    source: Source

    def all_cases(self) -> Iterator[Case]:
        """Every case, its history masked."""
        for case in self.source.all_cases():
            yield evolve(case, history=tuple(map(masked_line, case.history)))

    def households(self) -> Sequence[Household]:
        """The roll, masked."""
        return [masked_household(each) for each in self.source.households()]

    def looks(self) -> Sequence[Look]:
        """The looks, which have no resident's name."""
        return self.source.looks()


def masked_line(event: Event) -> Event:
    """The event, of a case or a book, masked and without its salts."""
    masked = masked_event(event)
    return evolve(masked, salt="", left=Left({}, event.left.digests) if event.left else None)


class Count:
    """What the last line of an export says of the lines before it."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = dict.fromkeys(KINDS, 0)
        self._digest = blake2b(digest_size=24)

    def add(self, given: Mapping[str, Any], line: bytes) -> None:
        """Counts a line."""
        self._digest.update(line)
        for kind in given.keys() & self._counts.keys():
            self._counts[kind] += 1

    @property
    def end(self) -> dict[str, int | str]:
        """How many there were of each, and the digest of all."""
        return {**self._counts, "digest": self._digest.hexdigest()}


def _told(source: Source, heading: Heading, files: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    name = {"zh": heading.name.zh, "en": heading.name.en}
    said = {"name": name, "at": heading.at.isoformat(), "by": heading.by, "masked": heading.masked}
    yield {"format": FORMAT, "version": VERSION, **said}
    yield from ({"file": {"name": each, "text": text}} for each, text in sorted(files.items()))
    yield from ({"household": household_out(each)} for each in source.households())
    yield from ({"event": event_out(each)} for case in source.all_cases() for each in case.history)
    yield from ({"look": look_out(each)} for each in source.looks())


def _line(given: Mapping[str, Any]) -> bytes:
    return json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"
