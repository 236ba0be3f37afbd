"""The examples stand on the kernel and on what they say they need: no screen, no other plugin."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
NEEDS = {"qiantai_parcels": {"qiantai", "qiantai_parcels"}, "web_service": {"qiantai", "starlette"}}


def imported(folder: Path) -> set[str]:
    """The packages that the modules of a folder import by name, the standard library's left out."""
    nodes = [node for path in folder.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names


@pytest.mark.parametrize("example", NEEDS)
def test_it_imports_what_it_may(example: str) -> None:
    found = imported(EXAMPLES / example)
    assert "qiantai" in found
    assert found <= NEEDS[example]


def test_every_example_in_a_folder_is_looked_at() -> None:
    assert {each.name for each in EXAMPLES.iterdir() if each.is_dir() and any(each.rglob("*.py"))} == set(NEEDS)
