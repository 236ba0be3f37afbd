"""What is searched for, without a screen: rooms, names, numbers, words, open cases before the archive."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from qiantai.directory import Directory
from qiantai_tui.finding import search as search_module
from qiantai_tui.finding.search import Only, Results, Search, search
from qiantai_tui.text.pinyin import initials
from tests.tui.estate import Estate, estate, morning

LEAK, NOISE, IDEA, ASKED = "BX-20261122-001", "TS-20261122-001", "JY-20261122-001", "ZX-20261122-001"


def found(made: Estate, query: str, person: str = "li") -> tuple[list[str], list[str]]:
    results = results_of(made, query, person)
    return [each.household.id for each in results.households], [each.number for each in results.cases]


def results_of(made: Estate, query: str, person: str = "li") -> Results:
    handbook = made.desk.handbook
    directory = Directory(handbook.households.values(), initials)
    return search(query, made.desk.seat(person), directory, made.clock.at)


@pytest.mark.parametrize(
    ("query", "households", "cases"),
    [
        ("1#2-301", ["1-2-301"], [IDEA, LEAK]),
        ("5-1202", ["5-1-1202"], [NOISE]),
        ("20261122-002", [], []),
        ("20261122-001", [], [IDEA, NOISE, LEAK, ASKED]),
        ("bx-2026", [], [LEAK]),
        ("1-2-301", ["1-2-301"], [IDEA, LEAK]),
        ("1栋2单元301", ["1-2-301"], [IDEA, LEAK]),
        ("１幢２门３０１", ["1-2-301"], [IDEA, LEAK]),
        ("1234", ["1-2-301"], [IDEA, LEAK]),
        ("wm", ["1-2-301"], [IDEA, LEAK]),
        ("王敏", ["1-2-301"], [IDEA, LEAK]),
        ("oyx", ["2-1-201"], []),
        ("sxl", ["10-1-101"], []),
        ("dxl", ["10-1-101"], []),
        ("zjg", ["4-2-302"], [ASKED]),
        (LEAK, [], [LEAK]),
        ("bx-20261122-001", [], [LEAK]),
        ("水管", [], [LEAK]),
        ("水", [], [LEAK]),
        ("伞", [], [IDEA]),
        ("装修", [], [NOISE, ASKED]),
        ("八点 两点", [], [ASKED]),
        ("zx", [], [ASKED]),
        ("wn", [], []),
        ("4-2-302", ["4-2-302"], [ASKED]),
        ("0755-83215678", ["4-2-302"], [ASKED]),
        ("没有的字", [], []),
    ],
)
def test_what_is_found(query: str, households: list[str], cases: list[str], noon: datetime) -> None:
    assert found(morning(noon), query) == (households, cases)


def test_nothing_asked_gives_the_latest(noon: datetime) -> None:
    assert found(morning(noon), "  ") == ([], [IDEA, NOISE, LEAK, ASKED])


def test_without_the_archive_only_what_is_open(noon: datetime) -> None:
    made = morning(noon)
    directory = Directory(made.desk.handbook.households.values(), initials)
    asked = Search.of("装修", made.desk.seat("li"), directory, noon)
    assert [each.number for each in asked.at_once().cases] == [NOISE]
    assert not asked.at_once().whole
    assert [each.number for each in asked.archive()] == [ASKED]


def test_a_look_around_goes_back_to_yesterday(noon: datetime) -> None:
    made = morning(noon)
    made.clock.on(days=1)
    assert ASKED in found(made, "")[1]
    made.clock.on(days=1)
    assert ASKED not in found(made, "")[1]
    assert LEAK in found(made, "")[1]


def test_an_older_case_of_theirs_hides_no_case_of_the_month_that_names_them(noon: datetime) -> None:
    made = morning(noon - timedelta(days=60))
    made.do(LEAK.replace("1122", "0923"), "withdraw", "li", reason="好了")
    made.clock.at = noon
    named = made.receive(kind="enquiry", household="4-2-302", summary="王敏家几时能装修")
    made.do(named, "answer", "li", text="八点到十二点", satisfied=True)
    directory = Directory(made.desk.handbook.households.values(), initials)
    asked = Search.of("王敏", made.desk.seat("li"), directory, noon, Only(month="2026-11"))
    assert [each.number for each in asked.archive()] == [named]


def test_each_sees_what_they_may(noon: datetime) -> None:
    made = morning(noon)
    engineer, trainer = results_of(made, "水管", "sun"), results_of(made, "水管", "tang")
    assert engineer.barred
    assert [each.number for each in engineer.cases] == [LEAK]
    assert trainer == Results(barred=True)
    assert results_of(made, "1-2-301", "sun").households == ()


def test_a_common_word_stays_bounded(noon: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "MOST_CASES", 3)
    made = estate(noon)
    for _ in range(5):
        made.receive(kind="repair", household="1-2-301", summary="漏水")
    results = results_of(made, "漏水")
    assert len(results.cases) == 3
    assert results.more
