"""The lines of the form of receipt for what a kind asks beside the rest: a plugin's kinds bring such fields."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime

from qiantai import Handbook, Person, label
from qiantai.commands import RECEIVE, Field, Type
from qiantai.words import Bilingual, Role

from ..widgets.choice_rows import FlagRow, ListRow, OptionsRow
from ..widgets.field_rows import FieldRow, NumberRow, RoomRow, TimeRow, WordsRow
from ..widgets.options import Option

EVERY_KIND = frozenset(each.name for each in RECEIVE)


def own_fields(handbook: Handbook, kind: str) -> Mapping[str, Field]:
    """The fields of receipt that a kind has for itself; none of a kind that is not there."""
    taken = handbook.requests[kind].fields.get("receive", {})
    return {name: field for name, field in taken.items() if name not in EVERY_KIND}


def own_rows(
    handbook: Handbook, find: Callable[[str], tuple[str, Bilingual | str]], clock: Callable[[], datetime]
) -> Iterator[FieldRow]:
    """A line for every such field of any kind."""
    fields = {name: each for kind in handbook.requests for name, each in own_fields(handbook, kind).items()}
    for each in fields.values():
        yield _row(each, handbook.people.values(), find, clock)


def _row(
    field: Field,
    people: Collection[Person],
    find: Callable[[str], tuple[str, Bilingual | str]],
    clock: Callable[[], datetime],
) -> FieldRow:
    name, words, must = field.name, label("fields", field.name), field.must
    match field.type:
        case Type.FLAG:
            return FlagRow(name, words, must=must)
        case Type.NUMBER:
            return NumberRow(name, words, must=must)
        case Type.TIME:
            return TimeRow(name, words, clock, must=must)
        case Type.PERSON:
            return ListRow(name, words, [Option(each.id, each.name) for each in people], must=must)
        case Type.HOUSEHOLD:
            return RoomRow(name, words, find, must=must)
        case Type.CHOICE:
            return OptionsRow(name, words, [Option(each, label("values", each)) for each in field.choices], must=must)
        case Type.ROLES:
            roles = [Option(str(each), label("roles", each)) for each in field.choices or tuple(Role)]
            return OptionsRow(name, words, roles, must=must, several=True)
        case _:
            return WordsRow(name, words, must=must)
