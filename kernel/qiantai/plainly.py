"""What somebody wrote, said back plainly: on one line, no longer than it need be, and nothing that moves a cursor."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from itertools import islice
from typing import Any, cast

UNSTILL = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)
"""Control characters, what turns a line round or joins, line ends of every kind, halves of characters."""

LONGEST_PATH = 300
"""Characters of a file's name with its folders, which whoever wrote the file has to find it by."""

_LONGEST = 80
_DEEPEST = 4
_MOST = 8


def still(text: str) -> str:
    """The text in one line that no terminal takes for anything but words: what is no sign of any writing is a space."""
    return UNSTILL.sub(" ", text)


def short(text: str, longest: int = _LONGEST) -> str:
    """The text on one line, cut off with … where it has more than so many characters.

    >>> short("漏水\\x1b[2J"), short("x" * 200, 3)
    ('漏水 [2J', 'xxx…')
    """
    return still(text[:longest]) + ("…" if len(text) > longest else "")


def shown(value: Any) -> str:
    """A value of a file as it is told to whoever wrote it: text in quotes, the rest as they may have written it.

    Whatever it is, this is short and takes little work: of long and deep values only the beginning is told.

    >>> shown("a" * 100)[-3:], shown([[[[["x"]]]]]), shown(True), shown(10**5000)
    ("a…'", '[[[[[…]]]]]', 'True', 'a number of 16610 bits')
    """
    return short(_repr(value, _DEEPEST), _LONGEST * 2)


def _repr(value: Any, deep: int) -> str:
    match value:
        case date() | time():
            return str(value)
        case str():
            return repr(short(value))
        case int() if value.bit_length() > 256:
            return f"a number of {value.bit_length()} bits"
        case [*found]:
            several: list[Any] = found
            first = several[: _MOST if deep else 0]
            return "[" + _joined([_repr(each, deep - 1) for each in first], len(several)) + "]"
        case Mapping():
            rows = cast("Mapping[str, Any]", value)
            keys = list(islice(rows, _MOST if deep else 0))
            return "{" + _joined([f"{_repr(key, 1)}: {_repr(rows[key], deep - 1)}" for key in keys], len(rows)) + "}"
        case _:
            return repr(value)


def _joined(parts: list[str], of: int) -> str:
    return ", ".join(parts) + ("" if len(parts) == of else ", …" if parts else "…")
