"""The trainer's page: the rehearsal on it is one, its model has all points, and what it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qiantai.clauses import clauses
from qiantai.words import label
from qiantai_scenarios import parse_scenario, play
from qiantai_scenarios.making.written import SAYS
from qiantai_scenarios.rehearsing import Play, model, performed, score
from qiantai_scenarios.scenario import Scenario
from qiantai_tui.cli.rehearsal_from import command
from qiantai_tui.cli.speech import Speech

PAGE = Path(__file__).parents[2] / "docs" / "trainer.zh-CN.md"


@pytest.fixture
def written() -> Scenario:
    (text,) = re.findall(r"<!-- a rehearsal -->\n```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return parse_scenario(text, "my-leak.toml")


def test_the_rehearsal_on_it_holds_and_its_model_has_all_points(written: Scenario) -> None:
    assert play(written).failures == ()
    assert score(performed(written, model(written))).points == 100
    assert score(Play(written)).points == 0


def test_its_resident_answers_back(written: Scenario) -> None:
    (receipt, _) = model(written)
    said = [getattr(each, "says", "") for each in performed(written, [receipt]).happened]
    assert "人呢?地板都泡了!" in said


def test_what_it_says_of_real_cases_is_what_the_command_takes() -> None:
    text = PAGE.read_text(encoding="utf-8")
    (line,) = re.findall(r"^qiantai rehearsal from (.+)$", text, re.MULTILINE)
    options = {name for each in command(Speech("zh")).params for name in each.opts}
    assert set(re.findall(r"--[a-z]+", line)) | {"--yes", "--trainee"} <= options
    assert "`# says`" in text
    assert SAYS.startswith("# says")


def test_the_clauses_it_names_are_there_and_the_index_knows_it() -> None:
    text = PAGE.read_text(encoding="utf-8")
    named = set(re.findall(r"\(([MHPR]-[\d.]+[a-z]?)\)", text))
    assert {"R-3.2", "R-4c", "H-4.4.5"} <= named <= {each.id for each in clauses()}
    assert "trainer.zh-CN.md" in (PAGE.parent / "README.md").read_text(encoding="utf-8")
    assert label("screens", "rehearsal").zh in text
