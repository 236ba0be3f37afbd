"""An event as a sentence mentions it: what was done, by whom, and when, in the site's zone."""

from __future__ import annotations

from datetime import datetime

from qiantai.events import Event
from qiantai.handbook import Handbook
from qiantai.periods import ZONE
from qiantai.words import Bilingual, label

_COUNTED_ANEW = Bilingual("重算到期", "due times counted anew")


def mentioned(event: Event, handbook: Handbook) -> Bilingual:
    """Such as 李静 2026-11-23 09:05:00 派单; without a name where the calendar itself spoke."""
    person = handbook.people.get(event.by)
    name = person.name if person is not None else event.by
    command = _COUNTED_ANEW if event.name == "recount" else label("commands", event.name)
    at = to_the_second(event.at)
    return Bilingual(
        " ".join(each for each in (name, at, command.zh) if each),
        ", ".join(each for each in (command.en, name, at) if each),
    )


def to_the_second(at: datetime) -> str:
    """A moment as it is written in a sentence."""
    return f"{at.astimezone(ZONE):%Y-%m-%d %H:%M:%S}"
