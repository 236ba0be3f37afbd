"""Reading the fields of a command: each value of its type, known to the handbook, or a clear word on what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from attrs import frozen

from qiantai.commands import RECEIVE, Field, Type
from qiantai.handbook import Handbook
from qiantai.words import Bilingual, Channel, Role, label, listed

RANGES: Mapping[str, tuple[int, int]] = {"score": (1, 5), "joint": (1, 9999), "rings": (0, 999)}
_BY_NAME = {each.name: each for each in RECEIVE}


@frozen
class Misread:
    """A field that cannot be taken: which, why, and what would do."""

    field: str
    why: Bilingual
    would_do: Bilingual


def read_fields(
    fields: Mapping[str, Field], given: Mapping[str, Any], known: Callable[[str], bool], handbook: Handbook
) -> dict[str, Any] | Misread:
    """The values with their defaults, which a field that has to be given has none of.

    `known` tells whether any kind's row of the command names a field.
    """
    read: dict[str, Any] = {
        name: field.default for name, field in fields.items() if field.default is not None and not field.must
    }
    for name, value in given.items():
        if name not in fields:
            if known(name):
                continue
            return _unknown(name, fields)
        found = _read(fields[name], value, handbook)
        if isinstance(found, Misread):
            return found
        read[name] = found
    return _read_correction(read, handbook) if "field" in read and "value" in read else read


def _read_correction(read: dict[str, Any], handbook: Handbook) -> dict[str, Any] | Misread:
    found = _read(_BY_NAME[read["field"]], read["value"], handbook)
    return found if isinstance(found, Misread) else {**read, "value": found}


def missing(fields: tuple[Field, ...], given: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that have to be given and were not."""
    return tuple(each.name for each in fields if each.must and given.get(each.name) in (None, "", ()))


def _unknown(name: str, fields: Mapping[str, Field]) -> Misread:
    names = tuple(fields) or ("-",)
    return Misread(
        name,
        Bilingual(f"没有 {name} 这一项", f"there is no field {name}"),
        Bilingual("、".join(names), ", ".join(names)),
    )


def _read(field: Field, value: Any, handbook: Handbook) -> Any:
    """The value, normalised; a `Misread` where it will not do."""
    match field.type:
        case Type.TEXT if isinstance(value, str):
            return value if value.strip() else ""
        case Type.FLAG if isinstance(value, bool):
            return value
        case Type.TIME if isinstance(value, datetime) and value.tzinfo is not None:
            return value
        case Type.NUMBER if isinstance(value, int) and not isinstance(value, bool) and _in_range(field, value):
            return value
        case Type.PERSON if isinstance(value, str) and (value in handbook.people or (value == "" and not field.must)):
            return value
        case Type.HOUSEHOLD if isinstance(value, str) and (
            value in handbook.households or (value == "" and not field.must)
        ):
            return value
        case Type.CASE if isinstance(value, str) and value:
            return value
        case Type.CHANNEL | Type.CHOICE if value in field.choices:
            return str(value)
        case Type.ROLES if (roles := _names(value)) and set(roles) <= set(field.choices or tuple(Role)):
            return tuple(dict.fromkeys(roles))
        case Type.ANY if isinstance(value, str | bool | int | datetime):
            return value
        case _:
            """Falls through to what would do."""
    return Misread(
        field.name,
        Bilingual(
            f"{label('fields', field.name).zh}不能是 {_shown(value)}",
            f"{label('fields', field.name).en} cannot be {_shown(value)}",
        ),
        would_do(field, handbook),
    )


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, date | time) else repr(value)


def _names(value: Any) -> tuple[str, ...]:
    """One name or several, as text."""
    match value:
        case str():
            return (value,)
        case [*names]:
            several: list[Any] = names
            return tuple(str(each) for each in several)
        case _:
            return ()


def _in_range(field: Field, value: int) -> bool:
    least, most = RANGES.get(field.name, (0, 10**9))
    return least <= value <= most


def would_do(field: Field, handbook: Handbook) -> Bilingual:
    """What a field takes, in words."""
    match field.type:
        case Type.FLAG:
            return Bilingual("true 或 false", "true or false")
        case Type.TIME:
            return Bilingual("日期和时间", "a date and time")
        case Type.NUMBER:
            least, most = RANGES.get(field.name, (0, 10**9))
            return Bilingual(f"{least} 到 {most} 的整数", f"a whole number from {least} to {most}")
        case Type.PERSON:
            people = tuple(Bilingual(each.name, each.id) for each in list(handbook.people.values())[:30])
            return listed(people)
        case Type.HOUSEHOLD:
            return Bilingual("花名册里的房号", "a room of the roll")
        case Type.ROLES:
            return listed(tuple(label("roles", each) for each in field.choices or tuple(Role)))
        case Type.CHANNEL:
            return listed(tuple(label("channels", each) for each in Channel))
        case Type.CHOICE:
            return listed(tuple(label("values", each) for each in field.choices))
        case _:
            return Bilingual("文字", "text")
