"""The schema of an event as it is stored: `qiantai.wire.event_out`, change by change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from qiantai import events as e
from qiantai.duties import Duty
from qiantai.events import TAGS, Event
from qiantai.schema.shapes import FLAG, TEXT, TIME, WHOLE, Shape, either, named, objects, of_class, ref, several, titled
from qiantai.schema.vocabulary import Kinds, fields_said
from qiantai.wire import event_out
from qiantai.words import label

_STORED_TIME = objects({"time": TIME}, ("time",))
_DUTY_NAMED: Mapping[str, Shape] = {"name": ref("duty_name")}
_KNOWN: Mapping[type[Any], Mapping[str, Shape]] = {
    e.Began: {"kind": ref("kind"), "state": ref("state")},
    e.Entered: {"state": ref("state")},
    e.Opened: {"duty": ref("duty")},
    e.Discharged: _DUTY_NAMED,
    e.Voided: _DUTY_NAMED,
    e.Moved: _DUTY_NAMED,
    e.Handled: {"roles": several(ref("role"))},
    e.Filed: {"places": several(ref("place"))},
}


def event(kinds: Kinds) -> tuple[Shape, dict[str, Shape]]:
    """An event as `event_out` writes it."""
    said = {**fields_said(kinds, _STORED_TIME), "erased": titled(several(TEXT), label("fields", "erased"))}
    known: dict[str, Shape] = {
        "case": ref("number"),
        "seq": {**WHOLE, "minimum": 0},
        "name": ref("happened"),
        "fields": {
            "type": "object",
            "properties": said,
            "additionalProperties": ref("value"),
        },
        "changes": several(ref("change")),
    }
    body = of_class(Event, known)
    always = event_out(Event("", 0, datetime(2026, 1, 1, tzinfo=UTC), "", ""))
    changes = [_change(tag, kind) for tag, kind in TAGS.items()]
    return {**body, "required": list(always)}, {
        "change": titled({"oneOf": changes}, named("change")),
        "duty": titled(of_class(Duty, {**_DUTY_NAMED, "clause": ref("clause")}), named("duty")),
        "value": titled(either(TEXT, WHOLE, FLAG, _STORED_TIME, several(TEXT)), named("value")),
    }


def _change(tag: str, kind: type[Any]) -> Shape:
    pair: Shape = {
        "type": "array",
        "prefixItems": [{"const": tag}, of_class(kind, _KNOWN.get(kind))],
        "items": False,
        "minItems": 2,
    }
    return titled(pair, label("changes", tag))
