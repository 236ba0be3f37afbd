"""What a seal is: a keyless hash over the one before it and the canonical form of what an event says."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from json import JSONEncoder
from operator import attrgetter
from typing import Any

from attrs import Attribute, fields

from qiantai.duties import Duty
from qiantai.events import TAGS, Change, Event, Kept, Left, Opened, Value
from qiantai.words import ERASED, is_words

_SEAL, _SALT = 24, 12  # bytes, each a multiple of three: no padding in base64


def _row(attributes: Sequence[Attribute[Any]], *tag: str) -> Callable[[Any], tuple[Any, ...]]:
    """What gives a value as a row: its tag, then its fields in their order, what is by default cut off at the end.

    So a field that is added at the end of a kind, with a default, leaves every seal as it was.
    """
    names = [each.name for each in attributes]
    defaults = [each.default for each in attributes]
    if not names:
        return lambda _: tag
    values: Callable[[Any], tuple[Any, ...]] = attrgetter(*names, "__class__")  # two names at least: always a tuple

    def row(value: Any) -> tuple[Any, ...]:
        found = values(value)
        end = len(names)
        while end and found[end - 1] == defaults[end - 1]:
            end -= 1
        return (*tag, *found[:end])

    return row


_once_opened = _row(fields(Duty)[8:])


def _opened(opened: Opened) -> tuple[Any, ...]:
    """A duty: half of what there is to seal, and half of its times are the very same ones twice."""
    duty = opened.duty
    at, due = duty.opened.isoformat(), duty.due.isoformat()
    since = at if duty.since is duty.opened else duty.since.isoformat()
    limit = due if duty.limit is duty.due else duty.limit.isoformat()
    row = ("opened", duty.name, duty.clause.id, at, since, duty.period, limit, due, duty.owed_by)
    return (*row, *_once_opened(duty))


_ROWS: Mapping[type[Any], Callable[[Any], tuple[Any, ...]]] = {
    **{kind: _row(fields(kind), tag) for tag, kind in TAGS.items()},
    Opened: _opened,
}


def _plain(value: Any) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    raise TypeError(f"{value!r} cannot be sealed")


_canonical = JSONEncoder(
    sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False, default=_plain
).encode


def seal_of(event: Event, before: str, salt: str, left: Left | None) -> str:
    """The seal of an event after the seal `before`: 32 characters, its words standing in it by their digests.

    The canonical form is a JSON list, without blanks and all in ASCII: number, place, time, person, command, fields,
    changes. Each change is a list of its tag and its values; a time is `{"time": ISO text}`, its ISO text alone in a
    duty; words are `{"digest": text}`; names are in order. An event without words has neither `salt` nor `left`.
    """
    said: Mapping[str, Any] = event.fields
    changes: Iterable[Change] = event.changes
    if salt or left is not None:
        said = _hidden(said, "", salt, left)
        changes = [_hiding(each, salt, left) for each in changes]
    rows = [_ROWS[type(each)](each) for each in changes]
    content = _canonical((event.case, event.seq, event.at, event.by, event.name, said, rows))
    return _hashed(before + content, "", _SEAL)


def _hiding(change: Change, salt: str, left: Left | None) -> Change:
    match change:
        case Kept(values):
            return Kept(_hidden(values, "*", salt, left))
        case _:
            return change


def _hidden(values: Mapping[str, Value], mark: str, salt: str, left: Left | None) -> dict[str, Any]:
    """The values with digests in the place of words."""
    return {
        name: {"digest": digest_of(salt, left, name + mark, value)} if is_words(value, name) else value
        for name, value in values.items()
    }


def salt_of(salt: str, left: Left | None, place: str) -> str:
    """The salt of one place's words: 16 characters that tell nothing of the others'."""
    return _hashed(place, salt, _SALT) if left is None else left.salts.get(place, "")


def digest_of(salt: str, left: Left | None, place: str, text: str) -> str:
    """The digest that stands for the words in the seal; it stays where the words and their salt are erased."""
    if left is not None and place in left.digests:
        return left.digests[place] if text == ERASED else ""
    return _hashed(text, salt_of(salt, left, place), _SEAL)


def digest(value: Any) -> str:
    """The digest of plain data."""
    return _hashed(_canonical(value), "", _SEAL)


def _hashed(data: str, key: str, size: int) -> str:
    secret = key.encode("utf-8", "surrogatepass")[:64]
    hashed = blake2b(data.encode("utf-8", "surrogatepass"), digest_size=size, key=secret)
    return b2a_base64(hashed.digest(), newline=False).decode()
