"""The agreed answers: what may be said on a topic, in which wording, from when to when, and by whom (H-4.4.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen


@frozen
class Script:
    """One version of an agreed answer, in force on its first and last day and between them [H-4.4.5].

    `spokesperson`, where there is one, is the id of the only person who may give it.
    Nothing is in force that nobody approved.
    """

    id: str
    topic: str
    text: str
    valid_from: date
    approved_by: str
    valid_until: date | None = None
    sensitive: bool = False
    spokesperson: str = ""
    version: int = 1

    def in_force(self, on: date) -> bool:
        """Whether it may be given on that day."""
        return bool(self.approved_by) and self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


def script_in_force(scripts: Iterable[Script], topic: str, on: date) -> Script | None:
    """The agreed answer on a topic on that day; of several the one that came into force last."""
    if not topic:
        return None
    valid = [each for each in scripts if each.topic == topic and each.in_force(on)]
    return max(valid, key=lambda each: (each.valid_from, each.version), default=None)
