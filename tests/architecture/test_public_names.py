"""The public names are where the kernel says they are, and a host pays for those alone that it asks for."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import qiantai

FACE = Path(qiantai.__file__)
MODULES = {each.stem for each in FACE.parent.iterdir()}


def loaded(code: str) -> set[str]:
    """The kernel's modules that a fresh process has after this."""
    told = f"{code}\nimport sys\nprint(*(each for each in sys.modules if each.startswith('qiantai.')))"
    ran = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True)
    return set(ran.stdout.split())


def test_the_checkers_and_python_look_for_a_name_in_the_same_place() -> None:
    found = {
        alias.name: node.module
        for node in ast.walk(ast.parse(FACE.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("qiantai.")
        for alias in node.names
    }
    assert {"__version__", *found} == set(qiantai.__all__)
    assert vars(qiantai)["_HOMES"] == {name: home for name, home in found.items() if home != "qiantai.clauses"}


@pytest.mark.parametrize("name", qiantai.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(qiantai, name) is not None
    assert name in dir(qiantai)


def test_what_is_no_public_name_is_told_as_python_tells_it() -> None:
    with pytest.raises(AttributeError, match="no attribute 'decides'"):
        getattr(qiantai, "decides")  # noqa: B009


def test_no_public_name_is_hidden_by_a_module_of_the_same_name() -> None:
    assert set(qiantai.__all__) & MODULES == {"clauses"}
    assert callable(qiantai.clauses), "imported at once: the function is there before anybody asks for the module"


def test_the_kernel_alone_is_next_to_nothing_and_a_label_is_not_the_whole_desk() -> None:
    assert loaded("import qiantai") == {"qiantai.clauses"}
    assert "qiantai.words" in loaded("from qiantai import label")
    assert "qiantai.desk" not in loaded("from qiantai import label")
    assert "qiantai.desk" in loaded("from qiantai import Desk")
