"""Events and households as plain data and back: stable tags, times as ISO text, nothing that JSON has not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from cattrs import Converter

from qiantai import events as e
from qiantai.clauses import Clause
from qiantai.events import TAGS, Change, Event
from qiantai.people import Household
from qiantai.plainly import shown
from qiantai.store import Look

T = TypeVar("T")

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
            return _moment(text)
        case [*several]:
            return _names(several)
        case str() | bool() | int():
            return given
        case _:
            raise ValueError(f"no value of a field: {shown(given)}")


def _moment(given: Any) -> datetime:
    at = datetime.fromisoformat(_of(str, given))
    if at.tzinfo is None:
        raise ValueError(f"a time without its offset: {shown(given)}")
    return at


def _of(type_: type[T], given: Any) -> T:
    """The value, which has to be of this type as it is: what is kept is never made into something else."""
    if type(given) is not type_:
        raise TypeError(f"no {type_.__name__}: {shown(given)}")
    return given


def _names(given: Any) -> tuple[str, ...]:
    if not isinstance(given, list | tuple):
        raise TypeError(f"no list of names: {shown(given)}")
    return tuple([_of(str, each) for each in cast("list[Any]", given)])


def _by_name(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise TypeError(f"no names and values: {shown(given)}")
    return cast("Mapping[str, Any]", given)


def _texts(given: Any) -> Mapping[str, str]:
    return {name: _of(str, each) for name, each in _by_name(given).items()}


@cache
def _converter() -> Converter:
    """The converter; what it does with a kind of change it works out when the first one comes by."""
    converter = Converter(omit_if_default=True, detailed_validation=False)
    converter.register_unstructure_hook(Clause, lambda clause: clause.id)
    converter.register_structure_hook(Clause, lambda given, _: Clause(_of(str, given)))
    converter.register_unstructure_hook(datetime, lambda at: at.isoformat())
    converter.register_structure_hook(datetime, lambda given, _: _moment(given))
    converter.register_structure_hook_func(lambda type_: type_ == tuple[str, ...], lambda given, _: _names(given))
    for each in (str, int, bool):
        converter.register_structure_hook(each, lambda given, type_: _of(type_, given))
    converter.register_unstructure_hook(e.Kept, lambda kept: {"values": plain(kept.values)})
    converter.register_structure_hook(
        e.Kept, lambda given, _: e.Kept({name: _value(value) for name, value in _by_name(given["values"]).items()})
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
    """The event that plain data stands for. Raises `ValueError`, `KeyError` or `TypeError` for what is none.

    Nothing in it is made into what it is not: a number where a text belongs is no event.
    """
    converter = _converter()
    changes: list[Change] = [converter.structure(_by_name(fields), TAGS[tag]) for tag, fields in given["changes"]]
    return Event(
        _of(str, given["case"]),
        _of(int, given["seq"]),
        _moment(given["at"]),
        _of(str, given["by"]),
        _of(str, given["name"]),
        {name: _value(value) for name, value in _by_name(given["fields"]).items()},
        tuple(changes),
        _of(str, given.get("seal", "")),
        _of(str, given.get("salt", "")),
        e.Left(**{part: _texts(each) for part, each in left.items()}) if (left := given.get("left")) else None,
    )


def household_out(household: Household) -> dict[str, Any]:
    """A household as plain data."""
    found: dict[str, Any] = _converter().unstructure(household)
    return found


def household_in(given: Mapping[str, Any]) -> Household:
    """The household that plain data stands for."""
    return _converter().structure(_by_name(given), Household)


def look_out(look: Look) -> dict[str, Any]:
    """A look as plain data."""
    found: dict[str, Any] = _converter().unstructure(look)
    return found


def look_in(given: Mapping[str, Any]) -> Look:
    """The look that plain data stands for."""
    return _converter().structure(_by_name(given), Look)
