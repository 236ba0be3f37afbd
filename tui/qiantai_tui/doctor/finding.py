"""What was found at one place: that it is well, that it wants attention and what would do, or that it was not asked."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from qiantai.words import NOTHING, Bilingual


class State(StrEnum):
    """How it is there."""

    FINE = "fine"
    ATTENTION = "attention"
    NOT_ASKED = "not_asked"


SIGNS = {State.FINE: "✓", State.ATTENTION: "!", State.NOT_ASKED: "○"}


@frozen
class Finding:
    """One place: its stable `id`, its name, and what was found there. `would_do` is there where it wants attention."""

    id: str
    about: Bilingual
    state: State
    said: Bilingual
    would_do: Bilingual = NOTHING


def fine(id: str, about: Bilingual, said: Bilingual) -> Finding:
    """That it is well."""
    return Finding(id, about, State.FINE, said)


def attention(id: str, about: Bilingual, said: Bilingual, would_do: Bilingual) -> Finding:
    """That somebody should see to it."""
    return Finding(id, about, State.ATTENTION, said, would_do)


def not_asked(id: str, about: Bilingual, said: Bilingual) -> Finding:
    """That it could not be told here, and why."""
    return Finding(id, about, State.NOT_ASKED, said)
