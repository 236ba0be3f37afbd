"""The vocabulary: roles, channels, duty statuses, and the Chinese and English label of every name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pkgutil import get_data
from typing import TypeGuard

from attrs import frozen


@frozen
class Bilingual:
    """One sentence or label in both languages of the desk."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language == "en" else self.zh

    def __str__(self) -> str:
        return self.zh

    def format(self, **parts: object) -> Bilingual:
        """The same with `{name}` filled in; a `Bilingual` part goes in by its own language."""

        def fill(language: str) -> str:
            given = {k: v[language] if isinstance(v, Bilingual) else v for k, v in parts.items()}
            return self[language].format(**given)

        return Bilingual(fill("zh"), fill("en"))


NOTHING = Bilingual("", "")


class Role(StrEnum):
    """What a person is at the site; one person may be several."""

    DESK = "desk"
    SUPERVISOR = "supervisor"
    AREA_MANAGER = "area_manager"
    CS_HEAD = "cs_head"
    CENTRE_HEAD = "centre_head"
    ENGINEERING = "engineering"
    SECURITY = "security"
    MONITOR = "monitor"
    CLEANING = "cleaning"
    STAFF = "staff"
    HQ = "hq"
    TRAINER = "trainer"
    ADMIN = "admin"


class Channel(StrEnum):
    """How a word reaches the other side, in or out."""

    VISIT = "visit"
    PHONE = "phone"
    LETTER = "letter"
    LETTER_IN_PERSON = "letter_in_person"
    EMAIL = "email"
    OPINION_BOX = "opinion_box"
    ONLINE = "online"
    WECHAT = "wechat"
    PATROL = "patrol"


WRITTEN_NOT_IN_PERSON = frozenset({Channel.LETTER, Channel.EMAIL, Channel.OPINION_BOX, Channel.ONLINE, Channel.WECHAT})


class Status(StrEnum):
    """How a duty stands: `open` and `overdue` are still to be done, `met` and `late` are done, `void` is not owed."""

    OPEN = "open"
    OVERDUE = "overdue"
    MET = "met"
    LATE = "late"
    VOID = "void"


INCIDENT = "incident"
CLOSED = "closed"
NOTED = "noted"
RECEIVED = "received"
AWAITING_CALL_BACK = "awaiting_call_back"
ERASED = "已抹除 / erased"
"""What stands in the place of words that were erased, on every screen and in every file."""
NAMES = frozenset(
    (
        *(
            "kind",
            "channel",
            "reply_channel",
            "call_back_channel",
            "cases",
            "incident",
            "household",
            "topic",
            "area",
            "against",
            "to",
            "also",
        ),
        *("lead", "into", "merged", "merged_into", "field", "outcome", "script", "until"),
    )
)
"""The fields and facts whose texts are names of the vocabulary, the site or its cases; all other texts are words."""


def is_words(value: object, name: str) -> TypeGuard[str]:
    """Whether a field or fact of this name holds what somebody said."""
    return isinstance(value, str) and value != "" and name not in NAMES


Labels = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Tables as `labels.toml` has them: a group, the names in it, and for each its `zh`, `en` and what else it has."""

LABELS_OF_PLUGINS: dict[str, Labels] = {}
"""The labels that plugins brought, by the plugin's name. They are words for people: no rule looks at them."""


@cache
def own_labels() -> Labels:
    """The kernel's own labels, by group and name."""
    return {group: _own_group(group) for group in _groups_written()}


@cache
def _groups_written() -> Mapping[str, str]:
    """The text of each group of `labels.toml`: a start needs few of them, and each is parsed when it is asked for."""
    text = (get_data("qiantai", "labels.toml") or b"").decode()
    return {group.partition("]")[0]: f"[{group}" for group in text.split("\n[")[1:]}


@cache
def _own_group(group: str) -> Mapping[str, Mapping[str, str]]:
    import tomllib  # milliseconds that `import qiantai` need not pay

    found: Labels = tomllib.loads(_groups_written().get(group, ""))
    return found.get(group, {})


def entry(group: str, name: str) -> Mapping[str, str]:
    """The glossary's entry: `zh`, `en`, and where it has them `short`, `out`, `alias`. Empty for an unknown name."""
    found = _own_group(group).get(name)
    if found is None:
        brought = (labels.get(group, {}).get(name) for labels in LABELS_OF_PLUGINS.values())
        found = next((each for each in brought if each is not None), None)
    return found or {}


def label(group: str, name: str) -> Bilingual:
    """The label of a name of the vocabulary, in a group as `labels.toml` has them: `kinds`, `states`, `commands`,
    `duties`, `fields`, `roles`, `channels`, `policy`. The name itself where a plugin brought one without a label.
    """
    found = entry(group, name)
    return Bilingual(found.get("zh", name), found.get("en", name))


def listed(labels: tuple[Bilingual, ...]) -> Bilingual:
    """Several labels as one phrase: 、 between them in Chinese, commas in English."""
    return Bilingual("、".join(each.zh for each in labels), ", ".join(each.en for each in labels))
