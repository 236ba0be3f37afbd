"""What a seal is: a keyless hash over the one before it and the canonical form of what an event says."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Iterator
from hashlib import blake2b
from json import JSONEncoder
from typing import Any

from qiantai.events import Event, Left
from qiantai.wire import content_out
from qiantai.words import ERASED, is_words

_SEAL, _SALT = 24, 12  # bytes, each a multiple of three: no padding in base64
_canonical = JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False).encode


def seal_of(event: Event, before: str, salt: str, left: Left | None) -> str:
    """The seal of an event after the seal `before`: 32 characters, its words standing in it by their digests.

    The canonical form is JSON with its keys in order, without blanks, and all in ASCII.
    """
    content = content_out(event)
    for mark, values in _values(content):
        for name, text in values.items():
            if is_words(text, name):
                values[name] = {"digest": digest_of(salt, left, f"{name}{mark}", text)}
    return _hashed(f"{before}{_canonical(content)}", "", _SEAL)


def _values(content: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "", content["fields"]
    for tag, change in content["changes"]:
        if tag == "kept":
            yield "*", change["values"]


def salt_of(salt: str, left: Left | None, place: str) -> str:
    """The salt of one place's words: 16 characters that tell nothing of the others'."""
    return _hashed(place, salt, _SALT) if left is None else left.salts.get(place, "")


def digest_of(salt: str, left: Left | None, place: str, text: str) -> str:
    """The digest that stands for the words in the seal; it stays where the words and their salt are erased."""
    if left is not None and place in left.digests:
        return left.digests[place] if text == ERASED else ""
    return _hashed(_canonical(text), salt_of(salt, left, place), _SEAL)


def digest(value: Any) -> str:
    """The digest of plain data."""
    return _hashed(_canonical(value), "", _SEAL)


def _hashed(data: str, key: str, size: int) -> str:
    secret = key.encode("utf-8", "surrogatepass")[:64]
    hashed = blake2b(data.encode("utf-8", "surrogatepass"), digest_size=size, key=secret)
    return b2a_base64(hashed.digest(), newline=False).decode()
