"""What the words of a line propose: kinds, signs of an emergency, the first questions, a topic."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from pkgutil import get_data
from typing import Any

from attrs import frozen

from qiantai.words import Bilingual

_NAME, _WORD, _HINT = 9, 3, 1


@frozen
class Sign:
    """Something that calls for an emergency: what it is called, the kind it proposes, whom to call, what to ask."""

    name: str
    label: Bilingual
    kind: str
    call: str
    ask: Bilingual


@frozen
class Alarm:
    """A word of a line and the emergency it is a sign of."""

    word: str
    sign: Sign


@frozen
class Heard:
    """A kind that a line speaks for, and the words that do."""

    kind: str
    words: tuple[str, ...]


@frozen
class _Words:
    weights: Mapping[str, Mapping[str, int]]
    kinds: Mapping[str, re.Pattern[str]]
    signs: tuple[tuple[Sign, re.Pattern[str], re.Pattern[str] | None], ...]
    causes: tuple[tuple[Bilingual, re.Pattern[str]], ...]
    questions: tuple[tuple[str, Bilingual], ...]
    called: Bilingual


def alarms_heard(text: str) -> tuple[Alarm, ...]:
    """The emergencies that a text speaks of, the gravest first; words such as 灭火器 or 停电通知 are none."""
    heard = ((sign, _first(text, words, ignored)) for sign, words, ignored in _words().signs)
    return tuple(Alarm(word, sign) for sign, word in heard if word)


def kinds_heard(
    text: str, alarms: tuple[Alarm, ...] = (), called: Mapping[str, Collection[str]] | None = None
) -> tuple[Heard, ...]:
    """The kinds that a text speaks for, the likeliest first: that of an emergency, then by weight of its words.

    `called` are the names of kinds besides the six, each of which speaks for its kind as plainly as theirs do.
    """
    known = _words()
    names = {kind: dict.fromkeys(map(str.lower, words), _NAME) for kind, words in (called or {}).items() if words}
    patterns = {**known.kinds, **{kind: _any_of(words) for kind, words in names.items()}}
    weights = {**known.weights, **names}
    heard = {kind: tuple(dict.fromkeys(pattern.findall(text))) for kind, pattern in patterns.items()}
    urgent = dict.fromkeys(each.sign.kind for each in alarms)
    for kind in urgent:
        words = (each.word for each in alarms if each.sign.kind == kind)
        heard[kind] = tuple(dict.fromkeys((*words, *heard[kind])))

    def weight(kind: str) -> int:
        return sum(weights[kind].get(word.lower(), 0) for word in heard[kind])

    rest = sorted((kind for kind in patterns if heard[kind] and kind not in urgent), key=weight, reverse=True)
    return tuple(Heard(kind, heard[kind]) for kind in (*urgent, *rest))


@lru_cache(maxsize=4096)
def cause_heard(text: str) -> Bilingual:
    """What a text says has happened, as one label that other texts share: its gravest emergency, else its cause.

    What many call about is one cause however each of them says it, and whatever they complain of besides. Else it is
    the longest word; those that only name a kind (投诉, 报修) or merely hint at one are no cause.

    >>> cause_heard("整栋楼停电了").zh, cause_heard("家里没水").zh, cause_heard("我要投诉").zh
    ('停电/断电', '停水', '')
    """
    alarms = alarms_heard(text)
    if alarms:
        return alarms[0].sign.label
    if told := next((label for label, words in _words().causes if words.search(text)), None):
        return told
    weights = _words().weights
    words = (word for each in kinds_heard(text) for word in each.words if weights[each.kind].get(word.lower()) == _WORD)
    cause = max(words, key=len, default="")
    return Bilingual(cause, cause)


def topic_heard(text: str, topics: Mapping[str, Collection[str]]) -> str:
    """The topic of the longest of its words that stands in the text, or nothing."""
    hits = [(len(word), topic) for topic, words in topics.items() for word in words if word and word in text]
    return max(hits, key=lambda hit: hit[0], default=(0, ""))[1]


def first_questions(alarms: tuple[Alarm, ...], known: Collection[str]) -> tuple[Bilingual, ...]:
    """What to ask first in an emergency, nothing in none; `known` names what need not be asked (`place`, `phone`)."""
    if not alarms:
        return ()
    words = _words()
    told = {*known, *(each.sign.name for each in alarms)}
    numbers = "、".join(dict.fromkeys(each.sign.call for each in alarms if each.sign.call))
    asked = {unless: text for unless, text in words.questions if unless not in told}
    if numbers:
        asked["called"] = words.called.format(number=numbers)
    first = [asked.pop("place")] if "place" in asked else []
    return (*first, *(each.sign.ask for each in alarms), *asked.values())


def _first(text: str, words: re.Pattern[str], ignored: re.Pattern[str] | None) -> str:
    harmless = [hit.span() for hit in ignored.finditer(text)] if ignored else []
    for hit in words.finditer(text):
        if not any(start <= hit.start() and hit.end() <= end for start, end in harmless):
            return hit[0]
    return ""


def _any_of(words: Collection[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(each) for each in sorted(words, key=len, reverse=True)), re.IGNORECASE)


@cache
def _words() -> _Words:
    data = tomllib.loads((get_data("qiantai", "intake_words.toml") or b"").decode())
    weights = {kind: dict(_weights(lists)) for kind, lists in data["kinds"].items()}
    return _Words(
        weights,
        {kind: _any_of(words) for kind, words in weights.items()},
        tuple(_sign(name, row) for name, row in data["signs"].items()),
        tuple((Bilingual(**row["label"]), _any_of(row["words"])) for row in data["causes"]),
        tuple((row["unless"], Bilingual(**row["text"])) for row in data["questions"]),
        Bilingual(**data["called"]),
    )


def _weights(lists: Mapping[str, list[str]]) -> Iterator[tuple[str, int]]:
    for name, weight in (("hints", _HINT), ("words", _WORD), ("names", _NAME)):
        yield from ((word, weight) for word in lists[name])


def _sign(name: str, row: Mapping[str, Any]) -> tuple[Sign, re.Pattern[str], re.Pattern[str] | None]:
    sign = Sign(name, Bilingual(**row["label"]), row["kind"], row["call"], Bilingual(**row["ask"]))
    return sign, _any_of(row["words"]), _any_of(row["ignore"]) if row["ignore"] else None
