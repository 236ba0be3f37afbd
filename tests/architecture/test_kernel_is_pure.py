"""The kernel reads no clock, no file and no environment, imports only what computes, and says what each thing gives."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

KERNEL = Path(__file__).parents[2] / "kernel" / "qiantai"
MODULES = sorted(KERNEL.rglob("*.py"))

LIBRARIES = {"attrs", "cattrs", "pluggy", "qiantai"}
COMPUTES = {
    "__future__", "abc", "binascii", "bisect", "collections", "contextlib", "copy", "datetime", "decimal",
    "difflib", "enum", "functools", "graphlib", "hashlib", "heapq", "importlib.resources", "inspect",
    "itertools", "json", "keyword", "math", "operator", "pkgutil", "re", "statistics", "string", "textwrap",
    "tomllib", "types", "typing", "unicodedata", "zoneinfo",
}  # fmt: skip
ALSO = {
    "__init__.py": {"importlib"}, "desk.py": {"secrets"}, "plugins.py": {"importlib.metadata"},
    "requests/__init__.py": {"importlib"},
}  # fmt: skip

CLOCKS = {"now", "utcnow", "today", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "time"}
OUTSIDE = {"open", "print", "input", "exec", "eval", "compile", "__import__", "breakpoint"}
FILES = {"write_text", "write_bytes", "mkdir", "unlink", "environ", "getenv"}


def code(module: Path) -> ast.Module:
    """The module as a tree, without what stands under `if TYPE_CHECKING`, which never runs."""
    tree = ast.parse(module.read_text(encoding="utf-8"), str(module))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            node.body = [ast.copy_location(ast.Pass(), node)]
    return tree


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every module that is imported anywhere in it, with its line; `importlib` by its full name."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from ((node.lineno, each.name) for each in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield node.lineno, module
            case ast.ImportFrom():
                yield node.lineno, "qiantai"


def foreign(tree: ast.AST, also: frozenset[str] | set[str] = frozenset()) -> list[str]:
    """Imports that neither compute only nor are among the kernel's three libraries."""
    allowed = LIBRARIES | COMPUTES | also
    found = ((line, name if name.startswith("importlib") else name.split(".")[0]) for line, name in imported(tree))
    return [f"line {line}: imports {name}" for line, name in found if name not in allowed]


def clock_reads(tree: ast.AST) -> list[str]:
    """Places that ask what time it is: `datetime.now`, `date.today` and their like, called or handed on."""
    given = [each for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom) for each in node.names]
    owners = CLOCK_OWNERS | {each.asname for each in given if each.asname and each.name in CLOCK_OWNERS}
    return [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and ast.unparse(node.value).split(".")[-1] in owners
    ]


def reaches_outside(tree: ast.AST) -> list[str]:
    """Places that open, write, print, ask or evaluate."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if name in OUTSIDE:
                found.append(f"line {node.lineno}: {name}")
            case ast.Attribute(attr=name) if name in FILES:
                found.append(f"line {node.lineno}: {ast.unparse(node)}")
            case ast.Call(func=ast.Attribute(attr="open")):
                found.append(f"line {node.lineno}: {ast.unparse(node.func)}")
    return found


def undocumented(tree: ast.Module) -> list[str]:
    """Public classes, functions and methods without a docstring, and a module without one."""
    found = [] if ast.get_docstring(tree) else ["line 1: the module"]

    def look(body: list[ast.stmt], inside: str) -> None:
        for node in body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if node.name.startswith("_") or any(ast.unparse(each) == "overload" for each in node.decorator_list):
                continue
            if not ast.get_docstring(node):
                found.append(f"line {node.lineno}: {inside}{node.name}")
            if isinstance(node, ast.ClassDef):
                look(node.body, f"{node.name}.")

    look(tree.body, "")
    return found


@pytest.fixture(params=MODULES, ids=lambda each: each.relative_to(KERNEL).as_posix())
def module(request: pytest.FixtureRequest) -> Path:
    """Each module of the kernel in turn."""
    path: Path = request.param
    return path


def test_it_imports_only_what_computes(module: Path) -> None:
    assert foreign(code(module), ALSO.get(module.relative_to(KERNEL).as_posix(), set())) == []


def test_it_reads_no_clock(module: Path) -> None:
    if module.relative_to(KERNEL).as_posix() == "desk.py":
        assert len(clock_reads(code(module))) <= 1, "the facade has one default clock"
    else:
        assert clock_reads(code(module)) == []


def test_it_reaches_nothing_outside(module: Path) -> None:
    assert reaches_outside(code(module)) == []


def test_public_names_say_what_they_give(module: Path) -> None:
    if module.read_text(encoding="utf-8").strip():
        assert undocumented(code(module)) == []


@pytest.mark.parametrize(
    "bad",
    [
        "import os",
        "from os import path",
        "import collections, socket",
        "from importlib import import_module",
        "import importlib.metadata",
        "def late():\n    import sqlite3",
        "from textual.app import App",
        "import time",
        "from pathlib import Path",
        "import logging",
        "import qiantai_tui",
    ],
)
def test_a_foreign_import_is_seen(bad: str) -> None:
    assert len(foreign(ast.parse(bad))) == 1


@pytest.mark.parametrize(
    "bad",
    [
        "import datetime\nx = datetime.datetime.now()",
        "from datetime import datetime\nclock = datetime.now",
        "x = date.today()",
        "from datetime import datetime as moment\nx = moment.now()",
        "import datetime as dt\nx = dt.date.today()",
        "def f(at=datetime.utcnow()): return at",
    ],
)
def test_a_clock_that_is_read_is_seen(bad: str) -> None:
    assert len(clock_reads(ast.parse(bad))) == 1


@pytest.mark.parametrize(
    "bad",
    ["open('a')", "print(1)", "with path.open() as f:\n    x = f", "path.write_text('a')", "os.environ['HOME']"],
)
def test_a_reach_outside_is_seen(bad: str) -> None:
    assert len(reaches_outside(ast.parse(bad))) == 1


def test_a_field_called_open_is_no_reach_outside() -> None:
    assert reaches_outside(ast.parse("class Dossier:\n    open: int\nx = dossier.open")) == []


def test_a_name_without_docstring_is_seen() -> None:
    bad = '"""A module."""\nclass A:\n    def f(self): return 1\n    def _g(self): return 1\ndef h(): return 1'
    assert undocumented(ast.parse(bad)) == ["line 2: A", "line 3: A.f", "line 5: h"]


def test_what_never_runs_is_left_out(tmp_path: Path) -> None:
    module = tmp_path / "a.py"
    module.write_text("if TYPE_CHECKING:\n    from pathlib import Path\nimport os", encoding="utf-8")
    assert foreign(code(module)) == ["line 3: imports os"]
