"""A version of an agreed answer in words: its topic, where it stands, its days, and whether a search finds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from qiantai import Handbook, label
from qiantai.scripts import Script, Stage, stage
from qiantai.words import Bilingual

from .words import say

Topics = Mapping[str, tuple[str, ...]]
FROM_TO = Bilingual("{first} 至 {last}", "{first} to {last}")
SINCE = Bilingual("{first} 起", "from {first}")
TONES = {Stage.SUBMITTED: "urgent", Stage.DRAFT: "soon", Stage.IN_FORCE: "met"}
"""How a stage is coloured beside its word; what is past is muted."""
PAST = (Stage.SUPERSEDED, Stage.EXPIRED, Stage.WITHDRAWN)
_ORDER = tuple(Stage)


def topic_word(topic: str, topics: Topics) -> str:
    """What a topic is called here: the first of the words that speak for it, else its name."""
    return (topics.get(topic) or (topic,))[0]


def key_of(script: Script) -> str:
    """By which a list finds the version again."""
    return f"{script.version} {script.id}"


def in_order(scripts: Iterable[Script], handbook: Handbook, at: datetime) -> list[tuple[Script, Stage]]:
    """The versions with where they stand: first those that somebody has to see to, last those that are past."""
    staged = [(each, stage(each, handbook.scripts, at)) for each in scripts]
    return sorted(staged, key=lambda each: (_ORDER.index(each[1]), each[0].topic, each[0].id, -each[0].version))


def stage_word(of: Stage) -> str:
    """What a stage is called."""
    return say(label("stages", of))


def days(script: Script) -> str:
    """From when to when it holds."""
    first = script.valid_from.isoformat()
    if script.valid_until is None:
        return say(SINCE.format(first=first))
    return say(FROM_TO.format(first=first, last=script.valid_until.isoformat()))


def answers(script: Script, asked: str, topics: Topics) -> bool:
    """Whether all that was typed is found in it: in its words, its topic's, its id, or as initials of either."""
    names = (script.topic, *topics.get(script.topic, ()))
    text = " ".join((script.id, script.text, *names)).casefold()
    return all(word in text or (word.isascii() and _initials(word, script, names)) for word in asked.casefold().split())


def _initials(letters: str, script: Script, names: Iterable[str]) -> bool:
    from .pinyin import initials  # only a search by letters needs it

    spelt = any(letters in each for each in initials(script.text))
    return spelt or any(each.startswith(letters) for name in names for each in initials(name))
