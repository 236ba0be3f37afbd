"""`qiantai schema` prints what the other commands' JSON fits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from qiantai.schema import NAMES, schema, schemas
from qiantai_scenarios.schema import scenario_schema
from qiantai_tui.cli.stopped import NOT_ALLOWED, REFUSED, USAGE
from qiantai_tui.sites.demo import make_demo
from tests.tui.command_line import answered, given


def fits(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


def wrong(name: str, found: Any) -> list[str]:
    return [f"{'.'.join(map(str, each.path))}: {each.message}" for each in fits(name).iter_errors(found)]


@pytest.mark.parametrize("name", NAMES)
def test_each_is_printed(name: str) -> None:
    assert json.loads(given("schema", name).stdout) == schema(name)


def test_without_a_name_all_are_printed() -> None:
    every = json.loads(given("schema").stdout)
    assert every["$defs"].pop("scenario") == scenario_schema()
    assert every == schemas()


def test_a_scenario_files_is_printed_for_editors() -> None:
    assert json.loads(given("schema", "scenario").stdout) == scenario_schema()


@pytest.mark.parametrize(("language", "said"), [("zh", "没有 events 的样子"), ("en", "there is no schema events")])
def test_a_name_that_there_is_not_is_answered_with_those_there_are(language: str, said: str) -> None:
    result = given("schema", "events", language=language)
    assert result.exit_code == USAGE
    assert said in result.stderr
    assert all(each in result.stderr for each in (*NAMES, "scenario"))


def test_cases_and_refusals_of_the_demo_fit(tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo")
    numbers = [each["number"] for each in answered("case", "list", "--all", "--site", folder)["cases"]]
    shown = [answered("case", "show", each, "--site", folder)["case"] for each in numbers]
    assert {each["state"] == "closed" for each in shown} == {True, False}
    assert [each for case in shown for each in wrong("case", case)] == []
    barred = answered("case", "do", numbers[0], "call_back", "--by", "sun", "--site", folder, code=NOT_ALLOWED)
    malformed = answered("case", "do", numbers[0], "approve", "--by", "li", "--site", folder, code=REFUSED)
    for answer in (barred, malformed):
        assert wrong("refusal", answer["refusal"]) == []
        assert not fits("refusal").is_valid({**answer["refusal"], "clause": "M-9.9"})


def test_every_case_and_refusal_of_a_replay_fits_and_every_key_is_used() -> None:
    report = answered("replay", "--all")
    cases = [case for each in report["scenarios"] for case in each["cases"].values()]
    refusals = [each for case in cases for each in case["refusals"]]
    assert len(cases) > len(report["scenarios"])
    assert [each for case in cases for each in wrong("case", case)] == []
    assert [each for refusal in refusals for each in wrong("refusal", refusal)] == []
    for key in cases[0]:
        damaged = {name: each for name, each in cases[0].items() if name != key}
        assert fits("case").is_valid(damaged) is (key == "refusals"), key
        assert not fits("case").is_valid({**cases[0], key: {"unheard": "of"}}), key
    assert not fits("case").is_valid({**cases[0], "mood": "good"})


def test_every_key_of_the_schema_is_printed_by_some_command(tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo")
    number = answered("case", "list", "--site", folder)["cases"][0]["number"]
    shown = answered("case", "show", number, "--site", folder)["case"]
    replayed = (case for each in answered("replay", "--all")["scenarios"] for case in each["cases"].values())
    printed = set(shown) | {key for case in replayed for key in case}
    assert printed == set(schema("case")["properties"])
    assert set(shown["duties"][0]) == set(schema("case")["$defs"]["duty"]["properties"])
