"""What is declared of clauses beside the tables: where else they are carried out, and why some are not."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

from qiantai.clauses import Clause
from qiantai.words import Bilingual

ROOT = Path(__file__).parent.parent
DECLARED = Path(__file__).with_name("clauses.toml")


@frozen
class Link:
    """Code outside the tables that carries a clause out, and the test that shows it."""

    clause: Clause
    at: str
    test: str
    says: Bilingual

    @property
    def file(self) -> str:
        """The file of the code."""
        return self.at.partition(":")[0]

    @property
    def source(self) -> str:
        """The text of what is linked to: a whole file, or the one definition that is named. Empty where it is not."""
        file, _, name = self.at.partition(":")
        return defined(ROOT / file, name) if name else _text(ROOT / file)

    @property
    def tested(self) -> bool:
        """Whether there is such a test."""
        file, _, name = self.test.partition("::")
        return name.startswith("test_") and bool(defined(ROOT / file, name))


@frozen
class Declared:
    """All that is declared, by clause."""

    elsewhere: tuple[Link, ...]
    partly: Mapping[Clause, Bilingual]
    not_carried_out: Mapping[Clause, Bilingual]


def declared(path: Path = DECLARED) -> Declared:
    """What the file declares. Raises `UnknownClause` for an id that there is not, `ValueError` for a second reason."""
    data = tomllib.loads(_text(path))
    links = (Link(Clause(row["clause"]), row["at"], row["test"], _says(row)) for row in data["elsewhere"])
    return Declared(tuple(links), _by_clause(data["partly"]), _by_clause(data["not"]))


def defined(path: Path, name: str) -> str:
    """The source of a function, class or value that a module defines; empty where it does not."""
    text = _text(path)
    for node in ast.parse(text).body if text else ():
        match node:
            case ast.FunctionDef(name=found) | ast.AsyncFunctionDef(name=found) | ast.ClassDef(name=found):
                names = [found]
            case ast.Assign(targets=targets):
                names = [each.id for each in targets if isinstance(each, ast.Name)]
            case _:
                names = []
        if name in names:
            return ast.get_source_segment(text, node) or ""
    return ""


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _by_clause(rows: list[dict[str, Any]]) -> dict[Clause, Bilingual]:
    found: dict[Clause, Bilingual] = {}
    for row in rows:
        for clause in map(Clause, row["clauses"]):
            if clause in found:
                raise ValueError(f"{clause} has two reasons; one would do")
            found[clause] = _says(row)
    return found


def _says(row: Mapping[str, str]) -> Bilingual:
    return Bilingual(row["zh"], row["en"])
