"""The operator's pages show the screens as they are, name keys that exist, and say the same in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qiantai.clauses import clauses
from qiantai.policy import Policy
from qiantai_tui.actions import shown_key
from qiantai_tui.actions.everything import all_actions
from tests.tui.screens_text import SNAPSHOTS

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"zh": DOCS / "operator.zh-CN.md", "en": DOCS / "operator.en.md"}
SCREEN = re.compile(r"<!-- screen: (?P<name>\w+) -->\n```text\n(?P<shown>.*?)```", re.DOTALL)
KEY = re.compile(r"(?<![\w`])(F\d{1,2}|\^[A-Z])(?!\w)")


@pytest.mark.parametrize("language", PAGES)
def test_the_screens_are_the_real_ones(language: str, request: pytest.FixtureRequest) -> None:
    page = PAGES[language]
    text = page.read_text(encoding="utf-8")
    now = SCREEN.sub(lambda hit: f"<!-- screen: {hit['name']} -->\n```text\n{picture(hit['name'])}```", text)
    if request.config.getoption("update_screens", default=False):
        page.write_text(now, encoding="utf-8")
        return
    assert text == now, "pytest tests/tui/test_operator_pages.py --update-screens puts in the screens as they are"


def picture(name: str) -> str:
    return (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8")


def test_both_pages_show_the_same_screens_and_sections() -> None:
    texts = {language: page.read_text(encoding="utf-8") for language, page in PAGES.items()}
    screens = {language: [hit["name"] for hit in SCREEN.finditer(text)] for language, text in texts.items()}
    assert len(screens["zh"]) >= 9
    assert [name.removesuffix("_zh") for name in screens["zh"]] == [name.removesuffix("_en") for name in screens["en"]]
    assert len(re.findall(r"^## ", texts["zh"], re.MULTILINE)) == len(re.findall(r"^## ", texts["en"], re.MULTILINE))


@pytest.mark.parametrize("language", PAGES)
def test_every_key_named_does_something(language: str) -> None:
    said = SCREEN.sub("", PAGES[language].read_text(encoding="utf-8"))
    known = {shown_key(action.key) for action in all_actions() if action.key}
    named = set(KEY.findall(said))
    assert {"F1", "F2", "F3", "F4", "F5", "F6", "F7", "^Z"} <= named
    assert named <= known


@pytest.mark.parametrize("language", PAGES)
def test_every_clause_named_exists(language: str) -> None:
    said = PAGES[language].read_text(encoding="utf-8")
    named = set(re.findall(r"\(?([MHPR]-[\d.]+[a-z]?)\)?", SCREEN.sub("", said)))
    assert named
    assert named <= {each.id for each in clauses()}


def test_the_time_for_undo_is_the_real_one() -> None:
    assert Policy().period("undo_within").seconds == 600
    assert "十分钟" in PAGES["zh"].read_text(encoding="utf-8")
    assert "ten minutes" in PAGES["en"].read_text(encoding="utf-8")
