"""The trainer's page: the rehearsal on it is one, its model has all points, and what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qiantai.clauses import clauses
from qiantai.words import Bilingual, label
from qiantai_scenarios import parse_scenario, play
from qiantai_scenarios.making.written import SAYS
from qiantai_scenarios.rehearsing import Play, model, performed, score
from qiantai_scenarios.scenario import Scenario
from qiantai_tui.cli.rehearsal_from import command
from qiantai_tui.cli.speech import Speech

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"zh": "trainer.zh-CN.md", "en": "trainer.en.md"}
ANSWERED = Bilingual("人呢?地板都泡了!", "Where are they? The floor is under water!")


def text_of(language: str) -> str:
    return (DOCS / PAGES[language]).read_text(encoding="utf-8")


@pytest.fixture(params=PAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Of the page."""
    return str(request.param)


@pytest.fixture
def written(language: str) -> Scenario:
    (text,) = re.findall(r"<!-- a rehearsal -->\n```toml\n(.*?)```", text_of(language), re.DOTALL)
    return parse_scenario(text, "my-leak.toml")


def test_the_rehearsal_on_it_holds_and_its_model_has_all_points(written: Scenario) -> None:
    assert play(written).failures == ()
    assert score(performed(written, model(written))).points == 100
    assert score(Play(written)).points == 0


def test_its_resident_answers_back(written: Scenario, language: str) -> None:
    (receipt, _) = model(written)
    said = [getattr(each, "says", "") for each in performed(written, [receipt]).happened]
    assert ANSWERED[language] in said


def test_what_it_says_of_real_cases_is_what_the_command_takes(language: str) -> None:
    text = text_of(language)
    (line,) = re.findall(r"^qiantai rehearsal from (.+)$", text, re.MULTILINE)
    options = {name for each in command(Speech("zh")).params for name in each.opts}
    assert set(re.findall(r"--[a-z]+", line)) | {"--yes", "--trainee"} <= options
    assert "`# says`" in text
    assert SAYS.startswith("# says")


def test_the_clauses_it_names_are_there_and_the_index_knows_it(language: str) -> None:
    text = text_of(language)
    named = set(re.findall(r"\(([MHPR]-[\d.]+[a-z]?)\)", text))
    assert {"R-3.2", "R-4c", "H-4.4.5"} <= named <= {each.id for each in clauses()}
    assert f"]({PAGES[language]})" in (DOCS / "README.md").read_text(encoding="utf-8")
    assert label("screens", "rehearsal")[language].lower() in text.lower()


def test_both_pages_have_the_same_parts_steps_and_commands() -> None:
    zh, en = map(text_of, PAGES)
    for shape in (
        r"^(#+) |^(\d+)\. |^(```)",
        r"`(qiantai [a-z]+(?: [a-z]+)?)",
        r"`(--[a-z]+)`",
        r"\(([MHPR]-[\d.]+[a-z]?)\)",
    ):
        assert re.findall(shape, zh, re.MULTILINE) == re.findall(shape, en, re.MULTILINE)
