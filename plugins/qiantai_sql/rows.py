"""A case as rows and back: its events word for word, and the columns that it is found by."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC
from typing import Any, TypeVar

from qiantai.case import Case, fold
from qiantai.events import Event
from qiantai.store import local_day, said
from qiantai.wire import event_in, event_out
from qiantai_sql.faults import unreadable

Row = dict[str, Any]
T = TypeVar("T")

_HALF = re.compile("[\ud800-\udfff]")
"""One half of a character, which UTF-8 has no bytes for."""


def text_of(plain: Mapping[str, Any]) -> str:
    """Plain data as it is kept."""
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(plain, ensure_ascii=False))


def plain_of(text: str) -> Any:
    """The plain data that is kept."""
    return json.loads(text)


def values_of(table: str, bodies: Sequence[str], read: Callable[[Any], T]) -> list[T]:
    """What the rows of the roll, or of the looks, say, in their order. Raises `Damaged` with the first that is none."""
    found: list[T] = []
    for place, body in enumerate(bodies, 1):
        try:
            found.append(read(plain_of(body)))
        except (KeyError, ValueError, TypeError, AttributeError, ExceptionGroup) as error:
            raise unreadable(f"{table} {place}", error) from error
    return found


def kept(text: str) -> str:
    """A text to be looked for, as a column takes it: no database has half a character, or a NUL."""
    return _HALF.sub("\ufffd", text).replace("\0", "\ufffd")


def event_row(event: Event) -> Row:
    """The row of an event."""
    return {"number": event.case, "seq": event.seq, "body": text_of(event_out(event))}


def head_row(case: Case) -> Row:
    """What a case is found by."""
    stem, _, counted = case.number.rpartition("-")
    words = said(case.number, (case.household, *case.households), (each.fields for each in case.history))
    return {
        "number": case.number,
        "stem": stem,
        "counted": int(counted) if counted.isdecimal() else None,
        "received": case.received.astimezone(UTC),
        "day": local_day(case.received),
        "kind": case.kind,
        "state": case.state,
        "open": case.open,
        "length": len(case.history),
        "said": kept(words),
    }


def household_rows(case: Case) -> list[Row]:
    """The households behind a case."""
    return [{"number": case.number, "household": kept(each)} for each in dict.fromkeys(case.households)]


def case_of(number: str, events: Sequence[tuple[int, str]]) -> Case:
    """The case that these events, each a place and a body, make. Raises `Damaged` where they make none of that number.

    An event that stands in the place of another is none of its own.
    """
    try:
        case = fold(event_in(plain_of(body)) for _, body in events)
        places = list(enumerate([number] * len(events)))
        if places != [(seq, each.case) for (seq, _), each in zip(events, case.history, strict=True)]:
            raise ValueError("its events are not its own, or not all of them")
    except (KeyError, ValueError, TypeError, AttributeError, AssertionError, ExceptionGroup) as error:
        raise unreadable(number, error) from error
    return case
