"""The call-backs and the monthly sample on the command line."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qiantai import Done
from qiantai.projections.sample import Answer, record, sample
from qiantai_tui.cli.call_backs import sample_out
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.site import open_site
from tests.tui.command_line import answered, given
from tests.tui.test_cli_books import NOW

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo estate as of a Monday morning, one call-back tried in vain."""
    folder = make_demo(tmp_path_factory.mktemp("demo") / "demo", clock=lambda: NOW)
    with open_site(folder, lambda: NOW) as site:
        number = next(each.number for each in site.desk.store.open_cases() if each.state == "awaiting_call_back")
        assert isinstance(site.desk.do(number, "call_back", "lin", reached=False), Done)
    return folder


def test_the_list_in_the_order_to_call(demo: Path) -> None:
    found = answered("call-backs", "--site", demo)["call_backs"]
    assert len(found) >= 2
    keys = re.sub(r"\s+", " ", PAGE)
    assert " ".join(found[0]) in keys
    (tried,) = [each for each in found if each["tried"]]
    assert tried["tried"][0]["by"] == "lin"
    assert not tried["give_up"]
    assert all("****" in each["phone"] for each in found if each["phone"])
    result = given("--site", demo, "call-backs")
    assert [line.split("\t")[0] for line in result.stdout.splitlines()[1:]] == [each["number"] for each in found]
    assert "13800" not in result.stdout


def test_who_may_not_call_is_named(demo: Path) -> None:
    found = answered("call-backs", "--site", demo)["call_backs"]
    for each in found:
        assert all(one.keys() == {"person", "rule", "clause"} for one in each["not_by"])


def test_each_sees_only_theirs(demo: Path) -> None:
    every = {each["number"] for each in answered("call-backs", "--site", demo)["call_backs"]}
    theirs = {each["number"] for each in answered("call-backs", "--site", demo, "--by", "sun")["call_backs"]}
    assert theirs < every


def test_a_month_and_what_was_found_in_it(demo: Path) -> None:
    after = NOW + timedelta(days=30)
    with open_site(demo, lambda: after) as site:
        handbook = site.desk.handbook

        def now() -> dict[str, Any]:
            return sample_out(sample(site.desk.store.closed_cases(), "2026-11", after, handbook), handbook)

        before = now()
        assert (before["done"], before["final"]) == (0, True)
        assert len(before["drawn"]) >= before["needed"] > 0
        number = before["drawn"][0]["number"]
        assert set(before["drawn"][0]["may"]) <= {"lin", "zhao"}
        assert isinstance(site.desk.do(number, "note", "zhao", text=record(Answer.SATISFIED, "都好")), Done)
        found = now()
    assert found["done"] == 1
    ((call,), *_) = [each["calls"] for each in found["drawn"]]
    assert call == {"at": after, "by": "zhao", "answer": "satisfied", "words": "都好"}
    assert " ".join(call) in PAGE
    assert " ".join(found) in re.sub(r"\s+", " ", PAGE)
    assert " ".join(found["drawn"][0]) in PAGE


def test_a_month_on_the_command_line(demo: Path) -> None:
    found = answered("call-backs", "--site", demo, "--sample", "2026-11")["sample"]
    assert found["month"] == "2026-11"
    assert "2026-11" in given("--site", demo, "call-backs", "--sample", "2026-11", language="en").stdout


@pytest.mark.parametrize("month", ["2026-13", "november", "2026-1", "26-11"])
def test_what_is_no_month_is_told(month: str, demo: Path) -> None:
    result = given("--site", demo, "call-backs", "--sample", month)
    assert result.exit_code == 2
    assert month in result.stderr


def test_an_estate_with_none_says_so(tmp_path: Path) -> None:
    from tests.tui.sites import a_site

    result = given("--site", a_site(tmp_path / "site"), "call-backs", language="en")
    assert result.exit_code == 0
    assert "Nobody is to be called back" in result.stderr
