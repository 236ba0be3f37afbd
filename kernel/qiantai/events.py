"""What happened: an event carries the name of its command, what was said with it, and the changes that it made."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attrs import field, frozen

from qiantai.duties import Duty

Value = str | int | bool | datetime | tuple[str, ...]


@frozen
class Began:
    """A case began."""

    kind: str
    state: str
    owner: str


@frozen
class Entered:
    """It went to a state."""

    state: str


@frozen
class Opened:
    """A duty arose."""

    duty: Duty


@frozen
class Discharged:
    """The open duty of this name was done; with no `by` it ended as a miss."""

    name: str
    by: str


@frozen
class Voided:
    """The open duty of this name is no longer owed."""

    name: str


@frozen
class Moved:
    """The open duty of this name is due at another time."""

    name: str
    due: datetime
    provisional: bool = False


@frozen
class Kept:
    """Facts came to be known."""

    values: Mapping[str, Value]


@frozen
class Owned:
    """Somebody else answers for it."""

    owner: str


@frozen
class StoodIn:
    """Somebody stands in for a complaint's owner; nobody where empty."""

    stand_in: str


@frozen
class Offered:
    """It was offered to somebody at a shift change; to nobody where empty."""

    to: str


@frozen
class Handled:
    """These roles handle it."""

    roles: tuple[str, ...]


@frozen
class Worked:
    """This person worked on it as its handler."""

    person: str


@frozen
class Counted:
    """So many residents are behind it, of these households where known."""

    joint: int
    households: tuple[str, ...]


@frozen
class Tried:
    """A call-back reached nobody."""


@frozen
class Dissatisfied:
    """A call-back found the resident dissatisfied."""


@frozen
class Filed:
    """It was filed in these places, as it closed."""

    places: tuple[str, ...]


@frozen
class Struck:
    """The event of this place in the history was taken back."""

    seq: int


Change = (
    Began
    | Entered
    | Opened
    | Discharged
    | Voided
    | Moved
    | Kept
    | Owned
    | StoodIn
    | Offered
    | Handled
    | Worked
    | Counted
    | Tried
    | Dissatisfied
    | Filed
    | Struck
)
TAGS: Mapping[str, type[Change]] = {
    "began": Began,
    "entered": Entered,
    "opened": Opened,
    "discharged": Discharged,
    "voided": Voided,
    "moved": Moved,
    "kept": Kept,
    "owned": Owned,
    "stood_in": StoodIn,
    "offered": Offered,
    "handled": Handled,
    "worked": Worked,
    "counted": Counted,
    "tried": Tried,
    "dissatisfied": Dissatisfied,
    "filed": Filed,
    "struck": Struck,
}
"""Every kind of change by the name that stands for it in what is stored and sealed; a name never changes."""


@frozen
class Left:
    """What an erasure left of an event's salt: the salts of the words that stand, the digests of those that are gone.

    Both by the place of the words, see `qiantai.chain.words_of`.
    """

    salts: Mapping[str, str] = field(factory=dict[str, str])
    digests: Mapping[str, str] = field(factory=dict[str, str])


@frozen
class Event:
    """One thing that happened to one case.

    `case` is its number and `seq` the place in its history, from 0. `by` is a person's id, or empty where the
    calendar itself spoke. `name` is the command's; `fields` are what was said with it. `seal`, `salt` and `left` hold
    it in the chain of its case, see `qiantai.chain`.
    """

    case: str
    seq: int
    at: datetime
    by: str
    name: str
    fields: Mapping[str, Value] = field(factory=dict[str, Value])
    changes: tuple[Change, ...] = ()
    seal: str = ""
    salt: str = ""
    left: Left | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The numbers of the other cases that the same command touched, as far as this case's event tells."""
        given = (self.fields.get(name, ()) for name in ("into", "merged", "incident", "cases"))
        return tuple(number for each in given for number in _numbers(each))

    def same_act(self, other: Event) -> bool:
        """Whether these are two sides of what one command did: at one moment, each naming the other's case."""
        return self.at == other.at and other.case in self.names and self.case in other.names


def _numbers(value: Value) -> tuple[str, ...]:
    match value:
        case str():
            return (value,)
        case tuple():
            return value
        case _:
            return ()
