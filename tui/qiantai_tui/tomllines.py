"""On which line of a TOML text each key stands: the parser gives values without their places."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

Path = tuple[str, ...]


def lines_of(text: str) -> dict[Path, range]:
    """The lines, from 1, of the statement that gives each key or opens each table of a text that is TOML.

    >>> lines_of('theme = "dark"\\n[keys]\\nundo = [\\n  "F7"]')
    {('theme',): range(1, 2), ('keys',): range(2, 3), ('keys', 'undo'): range(3, 5)}
    """
    places: dict[Path, range] = {}
    table: Path = ()
    for lines, statement in _statements(text):
        if statement.lstrip().startswith("["):
            table = max(_paths(tomllib.loads(statement)), key=len)
            places.setdefault(table, lines)
        else:
            for path in _paths(tomllib.loads(statement)):
                places.setdefault(table + path, lines)
    return places


def with_value(text: str, key: str, value: str) -> str:
    """The text with this value for a key of its first table, on the line where it stood or else on the first.

    >>> with_value('# ours\\nstore = "tinydb"  # files\\nplugins_off = []', "store", "sqlite")
    '# ours\\nstore = "sqlite"\\nplugins_off = []'
    """
    at = lines_of(text).get((key,), range(1, 1))
    lines = text.split("\n")
    lines[at.start - 1 : at.stop - 1] = [f"{key} = {json.dumps(value, ensure_ascii=False)}"]
    return "\n".join(lines)


def _statements(text: str) -> Iterator[tuple[range, str]]:
    """A statement is the fewest lines that are TOML by themselves; nothing that is cut short is."""
    begun: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        begun.append(line)
        statement = "\n".join(begun)
        try:
            given = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        if given:
            yield range(number + 1 - len(begun), number + 1), statement
        begun.clear()


def _paths(given: Mapping[str, Any]) -> Iterator[Path]:
    for key, value in given.items():
        yield (key,)
        match value:
            case dict():
                yield from ((key, *path) for path in _paths(value))
            case [dict() as row]:
                yield from ((key, *path) for path in _paths(row))
