"""A duty and an event as JSON shows them to people's programs, on the command line and in the report of a replay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from qiantai.duties import Duty
from qiantai.events import Event, Value

_OWN_KEYS = frozenset({"at", "by", "name", "struck"})


def _as_it_is(_: str, value: Value) -> Value:
    return value


def duty_shown(duty: Duty, at: datetime) -> dict[str, Any]:
    """A duty with how it stands at that time."""
    return {
        "name": duty.name,
        "clause": duty.clause.id,
        "opened": plain(duty.opened),
        "due": plain(duty.due),
        "discharged": plain(duty.discharged),
        "by": duty.by,
        "status": str(duty.status(at)),
        "provisional": duty.provisional,
    }


def event_shown(event: Event, *, struck: bool, hidden: Callable[[str, Value], Value] = _as_it_is) -> dict[str, Any]:
    """An event, its fields beside its own keys; one that is called like one of those gets a `_` behind its name.

    `struck` says that it was taken back; `hidden` gives what may be shown of a field, by its name and value.
    """
    said = {
        f"{name}_" if name in _OWN_KEYS else name: plain(hidden(name, value)) for name, value in event.fields.items()
    }
    taken_back = {"struck": True} if struck else {}
    return {"at": plain(event.at), "by": event.by, "name": event.name, **said, **taken_back}


def plain(value: Any) -> Any:
    """A value as JSON has it: times as ISO text with their offset, tuples as lists."""
    match value:
        case datetime():
            return value.isoformat()
        case [*several]:
            values: list[Any] = several
            return [plain(each) for each in values]
        case _:
            return value
