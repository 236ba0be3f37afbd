"""What the pages on security say is shown by tests that there are, and both pages say the same."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("security.zh-CN.md", "security.en.md")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def text_of(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def names_of_tests(file: Path) -> set[str]:
    """The names of the test functions in a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = (each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))
    return {each.name for each in found if each.name.startswith("test_")}


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_is_there(page: str) -> None:
    named = TEST.findall(text_of(page))
    assert len(named) > 15
    assert [
        each for each in named if not (ROOT / each[0]).is_file() or each[1] not in names_of_tests(ROOT / each[0])
    ] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_threat_names_a_test(page: str) -> None:
    rows = [each for each in text_of(page).splitlines() if each.startswith("| ") and each.count("|") == 5]
    assert len(rows) > 15
    assert [each for each in rows[2:] if not TEST.search(each)] == []


def test_a_test_that_is_not_there_is_seen() -> None:
    assert "test_nothing_of_the_kind" not in names_of_tests(Path(__file__))
    assert "test_every_test_that_is_named_is_there" in names_of_tests(Path(__file__))


def test_both_pages_name_the_same_tests_and_have_the_same_parts() -> None:
    chinese, english = map(text_of, PAGES)
    assert TEST.findall(chinese) == TEST.findall(english)
    shapes = [
        [found[0] for each in page.splitlines() if (found := re.match(r"#+ |- |\| ", each))]
        for page in (chinese, english)
    ]
    assert shapes[0] == shapes[1]
