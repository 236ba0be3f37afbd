"""Reading the fields of a command: each value of its type, known to the handbook, or a clear word on what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from qiantai.commands import RECEIVE, Asked, Command, Field, Type
from qiantai.handbook import Handbook
from qiantai.plainly import short, shown
from qiantai.tables import A_MOMENT, moment
from qiantai.words import Bilingual, Channel, Role, label, listed

RANGES: Mapping[str, tuple[int, int]] = {"score": (1, 5), "joint": (1, 9999), "rings": (0, 999)}
LEFT_OUT: tuple[Any, ...] = (None, "", ())
_ROLES = frozenset(Role)
_BY_NAME = {each.name: each for each in RECEIVE}

Reader = Callable[[Field, Any, Handbook], Any]


@frozen
class Misread:
    """A field that cannot be taken: which, why, and what would do."""

    field: str
    why: Bilingual
    would_do: Bilingual


def read_fields(asked: Asked, command: Command, handbook: Handbook) -> dict[str, Any] | Misread:
    """The values of the command's fields with their defaults, which a field that has to be given has none of.

    What no row here asks for, but any kind's row of the command does, is left aside.
    """
    read = {**asked.defaults}
    for name, value in command.fields.items():
        field = asked.fields.get(name)
        if field is None:
            if any(name in request.fields.get(command.name, {}) for request in handbook.requests.values()):
                continue
            return _unknown(name, asked.fields)
        found = _READERS[field.type](field, value, handbook)
        if found is None:
            return _misread(field, value, handbook)
        read[name] = found
    return _read_correction(read, handbook) if "field" in read and "value" in read else read


def _read_correction(read: dict[str, Any], handbook: Handbook) -> dict[str, Any] | Misread:
    field = _BY_NAME[read["field"]]
    found = _READERS[field.type](field, read["value"], handbook)
    return _misread(field, read["value"], handbook) if found is None else {**read, "value": found}


def missing(asked: Asked, given: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that have to be given and were not."""
    return tuple([name for name in asked.musts if given.get(name) in LEFT_OUT]) if asked.musts else ()


def one_or_several(value: Any) -> tuple[str, ...]:
    """One name or several, as text; none where it is neither."""
    match value:
        case str():
            return (value,)
        case [*names]:
            several: list[Any] = names
            return tuple(str(each) for each in several) if all(isinstance(each, str) for each in several) else ()
        case _:
            return ()


def _unknown(name: str, fields: Mapping[str, Field]) -> Misread:
    names = tuple(fields) or ("-",)
    return Misread(
        name,
        Bilingual(f"没有 {short(name)} 这一项", f"there is no field {short(name)}"),
        Bilingual("、".join(names), ", ".join(names)),
    )


def _misread(field: Field, value: Any, handbook: Handbook) -> Misread:
    return Misread(
        field.name,
        Bilingual(
            f"{label('fields', field.name).zh}不能是 {shown(value)}",
            f"{label('fields', field.name).en} cannot be {shown(value)}",
        ),
        would_do(field, handbook),
    )


def _text(_: Field, value: Any, __: Handbook) -> Any:
    return (value if value.strip() else "") if isinstance(value, str) else None


def _flag(_: Field, value: Any, __: Handbook) -> Any:
    return value if isinstance(value, bool) else None


def _time(_: Field, value: Any, __: Handbook) -> Any:
    aware = isinstance(value, datetime) and value.tzinfo is not None
    return value if aware and moment(value) is not None else None


def _number(field: Field, value: Any, _: Handbook) -> Any:
    return value if isinstance(value, int) and not isinstance(value, bool) and _in_range(field, value) else None


def _of(known: Callable[[Handbook], Collection[str]]) -> Reader:
    """One that the handbook knows; empty where it need not be given."""

    def read(field: Field, value: Any, handbook: Handbook) -> Any:
        return value if isinstance(value, str) and (value in known(handbook) or not (value or field.must)) else None

    return read


def _case(_: Field, value: Any, __: Handbook) -> Any:
    return value if isinstance(value, str) and value else None


def _cases(_: Field, value: Any, __: Handbook) -> Any:
    numbers = one_or_several(value)
    return tuple(dict.fromkeys(numbers)) if all(numbers) and (numbers or value in ((), [])) else None


def _choice(field: Field, value: Any, _: Handbook) -> Any:
    return str(value) if value in field.choices else None


def _roles(field: Field, value: Any, _: Handbook) -> Any:
    roles = one_or_several(value)
    return tuple(dict.fromkeys(roles)) if roles and set(roles) <= set(field.choices or _ROLES) else None


def _any(_: Field, value: Any, __: Handbook) -> Any:
    return value if isinstance(value, str | bool | int | datetime) else None


# What each type of field makes of a value: it normalised, or None where it will not do.
_READERS: Mapping[Type, Reader] = {
    Type.TEXT: _text,
    Type.FLAG: _flag,
    Type.TIME: _time,
    Type.NUMBER: _number,
    Type.PERSON: _of(lambda handbook: handbook.people),
    Type.HOUSEHOLD: _of(lambda handbook: handbook.households),
    Type.CASE: _case,
    Type.CASES: _cases,
    Type.CHANNEL: _choice,
    Type.CHOICE: _choice,
    Type.ROLES: _roles,
    Type.ANY: _any,
}


def _in_range(field: Field, value: int) -> bool:
    least, most = RANGES.get(field.name, (0, 10**9))
    return least <= value <= most


def would_do(field: Field, handbook: Handbook) -> Bilingual:
    """What a field takes, in words."""
    match field.type:
        case Type.FLAG:
            return Bilingual("true 或 false", "true or false")
        case Type.TIME:
            return A_MOMENT
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
        case Type.CASE | Type.CASES:
            return Bilingual("单号", "the number of a case")
        case Type.CHANNEL:
            return listed(tuple(label("channels", each) for each in Channel))
        case Type.CHOICE:
            return listed(tuple(label("values", each) for each in field.choices))
        case _:
            return Bilingual("文字", "text")
