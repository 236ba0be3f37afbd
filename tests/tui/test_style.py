"""No rule styles a bare type of Textual's, which would deform its palette and toasts; none leaks out of its widget."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import textual.widgets

import qiantai_tui

ROOT = Path(qiantai_tui.__file__).parent
OTHERS = (
    "Widget Screen ModalScreen ScrollView Container Vertical Horizontal VerticalScroll Grid CommandPalette ToastRack"
)
FOREIGN = frozenset(vars(textual.widgets)["__all__"]) | frozenset(OTHERS.split())
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def bare_types(css: str) -> list[str]:
    """The selectors of a style sheet that end in one of Textual's own types with nothing around to hold them."""
    found: list[str] = []
    depth, start = 0, 0
    css = _COMMENT.sub(lambda match: " " * len(match.group()), css)
    for place, sign in enumerate(css):
        if sign == "{":
            if depth == 0:
                found += [each.strip() for each in css[start:place].split(",")]
            depth += 1
        elif sign == "}":
            depth -= 1
            start = place + 1
        elif sign == ";" and depth == 0:
            start = place + 1
    return [
        each for each in found if (name := re.split(r"[:.\s>#]", each)[0]) in FOREIGN and each.split(":")[0] == name
    ]


def sheets() -> Iterator[tuple[str, str]]:
    """Every style sheet of the program: the .tcss files, and what classes carry in CSS and DEFAULT_CSS."""
    for path in ROOT.rglob("*.tcss"):
        yield path.name, path.read_text(encoding="utf-8")
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                names = {target.id for target in node.targets if isinstance(target, ast.Name)}
                if names & {"CSS", "DEFAULT_CSS"} and isinstance(node.value.value, str):
                    yield f"{path.name}:{node.lineno}", node.value.value


def test_a_bare_type_is_found() -> None:
    css = (
        "Input { width: 1; } Input:focus, .x { } /* Button { } */ #a Input { } Mine { & > Input { } } $w: 1; Select {}"
    )
    assert bare_types(css) == ["Input", "Input:focus", "Select"]


def test_there_are_sheets_to_look_at() -> None:
    assert len(list(sheets())) >= 3


@pytest.mark.parametrize(("where", "css"), list(sheets()), ids=lambda value: value if len(value) < 40 else "")
def test_no_sheet_styles_a_bare_type(where: str, css: str) -> None:
    assert bare_types(css) == [], f"{where}: put the widget's own name, an id or a class before it"
