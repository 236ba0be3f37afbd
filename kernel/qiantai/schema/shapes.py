"""JSON Schema in small: of a type, of a class by its attributes, of a command's field, of a vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from qiantai.clauses import Clause
from qiantai.commands import Field, Type
from qiantai.events import Value
from qiantai.fields import RANGES
from qiantai.words import Bilingual, entry, label

Shape = dict[str, Any]

TEXT: Shape = {"type": "string"}
FLAG: Shape = {"type": "boolean"}
WHOLE: Shape = {"type": "integer"}
TIME: Shape = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?[+-][0-9]{2}:[0-9]{2}$",
}
_PLAIN: Mapping[Any, Shape] = {str: TEXT, bool: FLAG, int: WHOLE, datetime: TIME}


def ref(name: str) -> Shape:
    """What `$defs` has under that name."""
    return {"$ref": f"#/$defs/{name}"}


def several(shape: Shape) -> Shape:
    """A list of such."""
    return {"type": "array", "items": shape}


def either(*shapes: Shape) -> Shape:
    """One of these; the one itself where they are the same."""
    different = [each for place, each in enumerate(shapes) if each not in shapes[:place]]
    return different[0] if len(different) == 1 else {"anyOf": different}


def titled(shape: Shape, words: Bilingual) -> Shape:
    """A shape with its title in both languages."""
    return {"title": f"{words.zh} · {words.en}", **shape}


def named(name: str) -> Bilingual:
    """What a key is called: of its own, as a field, or as a word of the desk. Raises `KeyError` where nothing is."""
    group = next((each for each in ("keys", "fields", "words") if entry(each, name)), None)
    if group is None:
        raise KeyError(f"labels.toml has no label for the key {name!r}")
    return label(group, name)


def objects(properties: Mapping[str, Shape], required: Iterable[str], **more: Any) -> Shape:
    """An object of these keys and no others, each with its title."""
    return {
        "type": "object",
        "properties": {name: titled(shape, named(name.removesuffix("_"))) for name, shape in properties.items()},
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


def words(group: str, names: Iterable[str]) -> Shape:
    """One of these names, each with its label."""
    return {"oneOf": [titled({"const": str(each)}, label(group, str(each))) for each in names]}


def typed(hint: Any) -> Shape:
    """The shape of a type, as events are stored. Raises `TypeError` for one that JSON would not have."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is Clause:
        return ref("clause")
    if get_origin(hint) in (Union, UnionType):
        return either(*(typed(each) for each in get_args(hint) if each is not NoneType))
    match get_origin(hint), get_args(hint):
        case origin, (inner, end) if origin is tuple and end is Ellipsis:
            return several(typed(inner))
        case origin, (key, inner) if origin is Mapping and key is str:
            return {"type": "object", "additionalProperties": ref("value") if inner == Value else typed(inner)}
        case _:
            if has(hint):
                return of_class(hint)
            raise TypeError(f"no shape for {hint}")


def attributes(kind: type[Any]) -> Mapping[str, Any]:
    """The types of a class's attributes, in their order."""
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def of_class(kind: type[Any], known: Mapping[str, Shape] | None = None) -> Shape:
    """An object by a class's attributes; those with a default may be left out. `known` goes before a type."""
    given = known or {}
    shapes = {name: given[name] if name in given else typed(hint) for name, hint in attributes(kind).items()}
    return objects(shapes, (each.name for each in fields(kind) if each.default is NOTHING))


def of_field(field: Field, time: Shape) -> Shape:
    """What a field of a command holds once it is read; `time` is how a time is written."""
    match field.type:
        case Type.FLAG:
            return FLAG
        case Type.NUMBER:
            least, most = RANGES.get(field.name, (None, None))
            return WHOLE if least is None else {**WHOLE, "minimum": least, "maximum": most}
        case Type.TIME:
            return time
        case Type.ROLES:
            return several(ref("role"))
        case Type.CHANNEL:
            return ref("channel")
        case Type.CASES:
            return several(TEXT)
        case Type.CHOICE:
            return words("fields" if field.name == "field" else "values", field.choices)
        case Type.ANY:
            return either(TEXT, FLAG, WHOLE, time)
        case _:
            return TEXT


def of_fields(rows: Iterable[Mapping[str, Field]], time: Shape) -> dict[str, Shape]:
    """What each field holds, over all commands that have it."""
    found: dict[str, list[Shape]] = {}
    for row in rows:
        for name, field in row.items():
            found.setdefault(name, []).append(of_field(field, time))
    return {name: either(*shapes) for name, shapes in found.items()}
