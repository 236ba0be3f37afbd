"""What is asked of a case: the commands, and the fields that each may carry."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from qiantai.words import Channel


class Type(StrEnum):
    """What a field holds."""

    TEXT = "text"
    FLAG = "flag"
    NUMBER = "number"
    TIME = "time"
    PERSON = "person"
    ROLES = "roles"
    CHANNEL = "channel"
    HOUSEHOLD = "household"
    CASE = "case"
    CASES = "cases"
    CHOICE = "choice"
    ANY = "any"


@frozen
class Field:
    """One field of a command. `must`: it has to be given. `optional`: a screen need not ask for it.

    `choices` are the values of a choice, the roles of a roles field, or the channels that come into question.
    """

    name: str
    type: Type = Type.TEXT
    must: bool = False
    choices: tuple[str, ...] = ()
    optional: bool = False

    @property
    def default(self) -> Any:
        """What it is where it was left out: a truth value false (`reached` true), a text empty, else nothing."""
        match self.type:
            case Type.FLAG:
                return self.name == "reached"
            case Type.TEXT:
                return ""
            case Type.ROLES | Type.CASES:
                return ()
            case _:
                return None


@frozen
class Asked:
    """What some rows ask for together: the fields by name, what each is where it is left out, which must be given."""

    fields: Mapping[str, Field]
    defaults: Mapping[str, Any]
    musts: tuple[str, ...]


@frozen(slots=False)
class Command:
    """What somebody asks of a case: `by` is a person's id, `case` the case's number (for `receive` its new one).

    `fields` are by name: texts, truth values, whole numbers, aware times, ids, and lists of roles.
    """

    name: str
    by: str
    case: str
    fields: Mapping[str, Any] = field(factory=dict[str, Any])


def text(name: str, *, must: bool = False, optional: bool = False) -> Field:
    """A field of words."""
    return Field(name, Type.TEXT, must, (), optional)


def flag(name: str, *, must: bool = False, optional: bool = False) -> Field:
    """A truth value."""
    return Field(name, Type.FLAG, must, (), optional)


def time(name: str, *, must: bool = False, optional: bool = False) -> Field:
    """A moment, with its offset."""
    return Field(name, Type.TIME, must, (), optional)


def choice(name: str, *choices: str) -> Field:
    """One of these values; it has to be given."""
    return Field(name, Type.CHOICE, True, choices)


def roles(name: str, *choices: str, must: bool = True) -> Field:
    """One or more roles."""
    return Field(name, Type.ROLES, must, choices, not must)


def person(name: str, *, must: bool = True) -> Field:
    """A member of staff, by id."""
    return Field(name, Type.PERSON, must, (), not must)


def channel(*, must: bool = True) -> Field:
    """How the word reached the other side."""
    return Field("channel", Type.CHANNEL, must, tuple(Channel), not must)


RECEIVE: tuple[Field, ...] = (
    Field("kind", Type.TEXT, must=True),
    channel(),
    Field("household", Type.HOUSEHOLD, optional=True),
    text("name", optional=True),
    text("phone", optional=True),
    text("email", optional=True),
    text("summary"),
    text("topic", optional=True),
    text("place", optional=True),
    time("occurred_at", optional=True),
    text("demand", optional=True),
    text("area", optional=True),
    flag("emergency", optional=True),
    flag("important", optional=True),
    flag("sensitive", optional=True),
    person("against", must=False),
    time("promised", optional=True),
    Field("joint", Type.NUMBER, optional=True),
    flag("major", optional=True),
    flag("dispute", optional=True),
    Field("rings", Type.NUMBER, optional=True),
    flag("anonymous", optional=True),
)
NEVER_CORRECTED = frozenset({"kind", "emergency", "joint", "major", "anonymous", "promised"})
CORRECTABLE: tuple[str, ...] = tuple(each.name for each in RECEIVE if each.name not in NEVER_CORRECTED)
