"""The words of a countdown and the sign of a duty's state, for a given moment: nothing here reads a clock."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from attrs import frozen

from qiantai.words import Bilingual, Status, label

from .words import Language, language

SOON = 60.0
"""Minutes before it is due from which a duty is shown as soon due."""
LEFT_WIDTH = 9
"""Cells of a countdown of up to 99 days, in either language."""

_DAY = 24 * 60 * 60
_DAYS_ALONE = 10
"""From so many days on hours and minutes say nothing any more, and find no room."""


@frozen
class Sign:
    """A state as it is shown: a mark of one cell, a word, and the tone that colours it (never the colour alone)."""

    mark: str
    tone: str
    word: Bilingual


def left(due: datetime, now: datetime, lang: Language | None = None) -> str:
    """What is left until `due`: `HH:MM:SS`; from a day on `3天02:10`, from ten on `12天`; past due `+00:12`, minutes.

    The last second is over only when it is over: 00:00:00 is shown at the due time itself, which is still in time.
    """
    english, seconds = (lang or language()) == "en", (due - now).total_seconds()
    days, rest = divmod(ceil(seconds) if seconds >= 0 else int(-seconds), _DAY)
    hours, minutes, second = rest // 3600, rest // 60 % 60, rest % 60
    if days:
        shown = f"{days}{'d' if english else '天'}"
        if days < _DAYS_ALONE:
            shown += f"{' ' if english else ''}{hours:02}:{minutes:02}"
    else:
        shown = f"{hours:02}:{minutes:02}" + (f":{second:02}" if seconds >= 0 else "")
    return shown if seconds >= 0 else f"+{shown}"


def minutes_left(due: datetime, now: datetime) -> float:
    """Minutes until `due`, negative past it."""
    return (due - now).total_seconds() / 60


def sign(status: str, minutes: float | None = None, *, urgent: bool = False) -> Sign:
    """The sign of a duty's status with so many minutes left (None where nothing is due); `urgent` for an emergency.

    `!` past due or urgent, `▲` due within the hour, `●` later, `✓` met, `✗` late, `○` no longer owed.
    """
    if status == Status.OPEN and minutes is not None and minutes < 0:
        status = Status.OVERDUE
    word = label("statuses", status)
    match status:
        case Status.OVERDUE:
            return Sign("!", "overdue", word)
        case Status.OPEN if urgent:
            return Sign("!", "urgent", Bilingual("紧急", "Urgent"))
        case Status.OPEN if minutes is not None and minutes < SOON:
            return Sign("▲", "soon", Bilingual("快到时", "Due soon"))
        case Status.MET:
            return Sign("✓", "met", word)
        case Status.LATE:
            return Sign("✗", "late", word)
        case Status.VOID:
            return Sign("○", "void", word)
        case _:
            return Sign("●", "open", word)
