"""The figures on the command line: the table, the JSON with the cases of each, and who may have them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from freezegun import freeze_time

from qiantai import ZONE
from qiantai.projections.months import later, month_of
from qiantai.projections.reckoning import Verdict
from qiantai.projections.targets import TARGETS, TODAY
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.site import open_site
from tests.tui.command_line import answered, given

NOW = datetime(2026, 11, 23, 9, 31, tzinfo=ZONE)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo estate as of a Monday morning."""
    return make_demo(tmp_path_factory.mktemp("demo") / "demo", clock=lambda: NOW)


@pytest.fixture(autouse=True)
def that_morning() -> Iterator[None]:
    """No month that these ask for is still to come."""
    with freeze_time(NOW):
        yield


def figure(found: dict[str, Any], id: str) -> dict[str, Any]:
    """One of the figures."""
    [one] = [each for each in found["figures"] if each["id"] == id]
    return dict(one)


def test_the_table_has_every_target(demo: Path) -> None:
    result = given("--site", demo, "figures", "--month", "2026-11")
    assert result.exit_code == 0
    heading, *lines = (line.split("\t") for line in result.stdout.splitlines())
    assert heading == ["状态", "看板", "值", "目标", "件", "未到期", "条款", "12个月"]
    named = [line[1] for line in lines]
    assert named[: len(TODAY) + len(TARGETS)] == [each.label.zh for each in (*TODAY, *TARGETS)]
    satisfied = next(line for line in lines if line[1] == "满意度")
    assert (satisfied[0], satisfied[3], satisfied[6]) == ("✓ 达标", "≥85%", "R-4a")


def test_in_english_nothing_is_chinese(demo: Path) -> None:
    result = given("--site", demo, "figures", "--month", "2026-11", language="en")
    assert result.exit_code == 0
    assert not any("\u4e00" <= each <= "\u9fff" for each in result.stdout)
    assert "Satisfaction" in result.stdout


def test_the_json_has_the_cases_of_each_count(demo: Path) -> None:
    found = answered("figures", "--month", "2026-11", "--site", demo)
    assert (found["month"], found["kind"], found["area"]) == ("2026-11", "", "")
    beside = {each.id for each in TARGETS if each.beside}
    for each in found["figures"]:
        if each["id"] in beside:
            continue
        for verdict in Verdict:
            if verdict is not Verdict.BESIDES:
                assert len(each["cases"][verdict]) == each["counts"][verdict], each["id"]
    assert figure(found, "satisfaction")["counts"]["meets"] > 0
    assert figure(found, "survey")["result"] == "unmeasured"
    assert figure(found, "survey")["how"]["zh"]
    assert len(figure(found, "satisfaction")["months"]) == 12


def test_one_kind_and_one_area(demo: Path) -> None:
    found = answered("figures", "--month", "2026-11", "--kind", "报修", "--area", "东区", "--site", demo)
    numbers = {number for each in found["figures"] for several in each["cases"].values() for number in several}
    assert numbers
    assert {number[:2] for number in numbers} == {"BX"}
    assert not [each for each in found["figures"] if each["id"].startswith("complaint")]
    assert answered("figures", "--kind", "x", "--site", demo, code=2)


def test_what_is_asked_for_and_is_not_there_is_said_with_what_there_is_and_is_no_export(demo: Path) -> None:
    with open_site(demo) as site:
        before, this = len(site.desk.store.looks()), month_of(site.desk.clock())
    area = given("--site", demo, "figures", "--month", "2026-11", "--area", "没有这个片区")
    assert area.exit_code == 2
    assert "没有 没有这个片区 这个片区;有:" in area.stderr
    assert "东区、" in area.stderr
    ahead = given("--site", demo, "figures", "--month", later(this, 1), language="en")
    assert ahead.exit_code == 2
    assert f"has not come yet; the latest is this month, {this}" in ahead.stderr
    with open_site(demo) as site:
        assert len(site.desk.store.looks()) == before


@pytest.mark.parametrize("month", ["2026-13", "11", "2026-11-01", "0001-01", "2026-W1"])
def test_what_is_no_month_is_said(demo: Path, month: str) -> None:
    result = given("--site", demo, "figures", "--month", month)
    assert result.exit_code == 2
    assert "2026-11" in result.stderr


def test_the_company_has_the_numbers_and_others_nothing(demo: Path) -> None:
    found = answered("figures", "--month", "2026-11", "--by", "tang", "--site", demo)
    satisfaction = figure(found, "satisfaction")
    assert satisfaction["counts"]["meets"] > len(satisfaction["cases"]["meets"])
    refused = answered("figures", "--by", "sun", "--site", demo, code=5)
    assert refused["error"]["clause"] == "M-3.4c"


def test_taking_them_away_is_on_record(demo: Path) -> None:
    given("--site", demo, "figures", "--month", "2026-10", "--by", "lin")
    with open_site(demo) as site:
        last = site.desk.store.looks()[-1]
    assert (last.by, last.what, last.which) == ("lin", "export", "figures 2026-10")
