"""Events and households as plain data and back: stable tags, times as ISO text, nothing that JSON has not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from cattrs import Converter
from cattrs.preconf.json import make_converter

from qiantai import events as e
from qiantai.clauses import Clause
from qiantai.events import TAGS, Change, Event
from qiantai.people import Household
from qiantai.store import Look

_TAG_OF = {kind: tag for tag, kind in TAGS.items()}


def plain(values: Mapping[str, e.Value]) -> dict[str, Any]:
    """Field values as JSON has them: a time as `{"time": ISO text}` so that it comes back as one, a tuple as a list."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: e.Value) -> Any:
    match value:
        case datetime():
            return {"time": value.isoformat()}
        case tuple():
            return list(value)
        case _:
            return value


def _value(given: Any) -> e.Value:
    match given:
        case {"time": str(text)}:
            return datetime.fromisoformat(text)
        case [*several]:
            names: list[Any] = several
            return tuple(str(each) for each in names)
        case str() | bool() | int():
            return given
        case _:
            raise ValueError(f"no value of a field: {given!r}")


@cache
def _converter() -> Converter:
    """The converter; what it does with a kind of change it works out when the first one comes by."""
    converter = make_converter(omit_if_default=True, detailed_validation=False)
    converter.register_unstructure_hook(Clause, lambda clause: clause.id)
    converter.register_structure_hook(Clause, lambda given, _: Clause(given))
    converter.register_unstructure_hook(datetime, lambda at: at.isoformat())
    converter.register_structure_hook(datetime, lambda given, _: datetime.fromisoformat(given))
    converter.register_unstructure_hook(e.Kept, lambda kept: {"values": plain(kept.values)})
    converter.register_structure_hook(
        e.Kept, lambda given, _: e.Kept({name: _value(value) for name, value in given["values"].items()})
    )
    return converter


def event_out(event: Event) -> dict[str, Any]:
    """An event as plain data; `changes` is a list of `[tag, fields]`. What holds it in its chain comes last."""
    converter = _converter()
    return {
        "case": event.case,
        "seq": event.seq,
        "at": event.at.isoformat(),
        "by": event.by,
        "name": event.name,
        "fields": plain(event.fields),
        "changes": [[_TAG_OF[type(each)], converter.unstructure(each)] for each in event.changes],
        **_chain_out(event),
    }


def _chain_out(event: Event) -> dict[str, Any]:
    found: dict[str, Any] = {"seal": event.seal, "salt": event.salt}
    if event.left is not None:
        found["left"] = {"salts": dict(event.left.salts), "digests": dict(event.left.digests)}
    return {name: each for name, each in found.items() if each}


def event_in(given: Mapping[str, Any]) -> Event:
    """The event that plain data stands for. Raises `ValueError`, `KeyError` or `TypeError` for what is none."""
    converter = _converter()
    changes: list[Change] = [converter.structure(fields, TAGS[tag]) for tag, fields in given["changes"]]
    return Event(
        given["case"],
        given["seq"],
        datetime.fromisoformat(given["at"]),
        given["by"],
        given["name"],
        {name: _value(value) for name, value in given["fields"].items()},
        tuple(changes),
        given.get("seal", ""),
        given.get("salt", ""),
        e.Left(**left) if (left := given.get("left")) else None,
    )


def household_out(household: Household) -> dict[str, Any]:
    """A household as plain data."""
    found: dict[str, Any] = _converter().unstructure(household)
    return found


def household_in(given: Mapping[str, Any]) -> Household:
    """The household that plain data stands for."""
    return _converter().structure(given, Household)


def look_out(look: Look) -> dict[str, Any]:
    """A look as plain data."""
    found: dict[str, Any] = _converter().unstructure(look)
    return found


def look_in(given: Mapping[str, Any]) -> Look:
    """The look that plain data stands for."""
    return _converter().structure(given, Look)
