"""Who was told an agreed answer, in which version, when and how: every word on record that names it (H-4.4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import frozen

from qiantai.case import Case
from qiantai.events import Event
from qiantai.handbook import Handbook
from qiantai.scripts import Script, script_in_force


@frozen
class Told:
    """One word by an agreed answer: on which case, as which of its events, to whom, by whom.

    `version` is 0 where nobody knows it.
    """

    number: str
    seq: int
    kind: str
    at: datetime
    by: str
    command: str
    script: str
    version: int
    households: tuple[str, ...]
    name: str
    phone: str
    channel: str
    text: str
    open: bool


def told(cases: Iterable[Case], script: str, handbook: Handbook) -> tuple[Told, ...]:
    """Every word of these cases that names this agreed answer and was not taken back, the latest first [H-4.4.5].

    A case that was answered keeps what it was told, whatever becomes of the wording since.
    """
    found = (each for case in cases for each in _of(case, script, handbook))
    return tuple(sorted(found, key=lambda each: (each.at, each.number, each.seq), reverse=True))


def version_told(script: str, text: str, at: datetime, scripts: Iterable[Script]) -> int:
    """Which version was meant when it was named at that time: the one in force, else one with these very words."""
    versions = [each for each in scripts if each.id == script]
    every = tuple(scripts)
    spoke = (script_in_force(every, topic, at) for topic in dict.fromkeys(each.topic for each in versions))
    in_force = next((each.version for each in spoke if each is not None and each.id == script), 0)
    return in_force or next((each.version for each in versions if each.text == text), 0)


def _of(case: Case, script: str, handbook: Handbook) -> Iterator[Told]:
    for event in case.history:
        if event.fields.get("script") == script and event.seq not in case.struck:
            yield _told(case, event, script, handbook)


def _told(case: Case, event: Event, script: str, handbook: Handbook) -> Told:
    came_by = case.text("channel") if event.name == "answer" else ""  # what is answered on the spot goes back that way
    text, channel = event.fields.get("text"), event.fields.get("channel", came_by)
    words = text if isinstance(text, str) else ""
    version = version_told(script, words, event.at, handbook.scripts)
    homes = tuple(dict.fromkeys(each for each in (case.household, *case.households) if each))
    return Told(
        number=case.number,
        seq=event.seq,
        kind=case.kind,
        at=event.at,
        by=event.by,
        command=event.name,
        script=script,
        version=version,
        households=homes,
        name=case.text("name"),
        phone=case.text("phone"),
        channel=channel if isinstance(channel, str) else "",
        text=words,
        open=case.open,
    )
