"""What open cases propose: an incident where several of one cause and place come within a time, or a link to one."""

from __future__ import annotations

import pytest

from qiantai.intakewords import _words as words  # pyright: ignore[reportPrivateUsage]
from qiantai.intakewords import cause_heard
from qiantai.projections.incidents import (
    Proposal,
    known_incident,
    proposals,
    spot_at,
    wording,
)
from tests.kernel.front_desk import MONDAY, WATER, FrontDesk

POWER = "停电/断电"


def proposed(desk: FrontDesk) -> tuple[Proposal, ...]:
    return proposals(desk.desk.store.open_cases(), desk.at, desk.handbook)


def told(desk: FrontDesk) -> list[tuple[str, str, int]]:
    return [(each.cause.zh, each.place, len(each.cases)) for each in proposed(desk)]


def power_cuts(desk: FrontDesk, *doors: int, minutes: int = 1) -> list[str]:
    return [
        desk.later(minutes=minutes).receive("repair", household=f"1-1-{door}", summary="家里停电了") for door in doors
    ]


def test_three_of_one_cause_in_one_building_within_the_time() -> None:
    desk = FrontDesk()
    numbers = power_cuts(desk, 101, 102)
    assert told(desk) == []
    numbers += power_cuts(desk, 103)
    assert told(desk) == [(POWER, "1栋1单元", 3)]
    assert [each.number for each in proposed(desk)[0].cases] == numbers
    assert proposed(desk)[0].incident is None


def test_complaint_and_help_of_the_same_cause_count_with_repairs() -> None:
    desk = FrontDesk()
    power_cuts(desk, 101)
    desk.receive("complaint", summary="又停电", place="1栋大堂")
    desk.receive("help", summary="停电下不了楼", household="1-1-105")
    assert told(desk) == [(POWER, "1栋", 3)]


@pytest.mark.parametrize(("minutes", "found"), [(15, 3), (16, 0)])
def test_the_time_is_between_the_first_and_the_last(minutes: int, found: int) -> None:
    desk = FrontDesk()
    power_cuts(desk, 101, 102, 103, minutes=minutes)
    assert [each[2] for each in told(desk)] == ([found] if found else [])


def test_how_many_within_what_is_the_sites_own() -> None:
    desk = FrontDesk(incident_cases=2, incident_within="1h")
    power_cuts(desk, 101, 102, minutes=40)
    assert told(desk) == [(POWER, "1栋1单元", 2)]


def test_of_many_it_takes_those_that_came_closest() -> None:
    desk = FrontDesk()
    power_cuts(desk, 101)
    late = power_cuts(desk.later(hours=2), 102, 103, 104)
    assert [each.number for each in proposed(desk)[0].cases] == late


@pytest.mark.parametrize(
    "other",
    [
        {"summary": "家里停电", "household": "2-1-201"},
        {"summary": "家里漏水", "household": "1-1-103"},
        {"summary": "要换锁", "household": None, "place": ""},
    ],
)
def test_another_cause_or_place_or_none_does_not_count(other: dict[str, str]) -> None:
    desk = FrontDesk()
    power_cuts(desk, 101, 102)
    desk.receive("repair", **other)
    assert told(desk) == []


def test_closed_and_linked_cases_do_not_count() -> None:
    desk = FrontDesk()
    one, two, _ = power_cuts(desk, 101, 102, 103)
    desk.do(one, "withdraw", "desk")
    assert told(desk) == []
    power_cuts(desk, 104)
    assert told(desk) == [(POWER, "1栋1单元", 3)]
    desk.do(two, "link", "desk", incident=desk.incident(summary="电梯", place="9栋"))
    assert told(desk) == []


def test_what_an_open_incident_fits_is_proposed_to_be_linked_to_it() -> None:
    desk = FrontDesk()
    incident = desk.incident(*power_cuts(desk, 101, 102, 103), summary=POWER, place="1栋")
    assert told(desk) == []
    more = power_cuts(desk.later(hours=3), 104)
    [found] = proposed(desk)
    assert found.incident is not None
    assert (found.incident.number, [each.number for each in found.cases]) == (incident, more)
    desk.do(incident, "complete", "desk", result="来电")
    assert told(desk) == []


def test_an_incident_opened_as_proposed_is_heard_as_its_cause() -> None:
    for sign, _, _ in words().signs:
        assert cause_heard(sign.label.zh) == sign.label, sign.name
    for label, _ in words().causes:
        assert (cause_heard(label.zh), cause_heard(label.en)) == (label, label)


def test_one_cause_in_whatever_words_it_is_told() -> None:
    desk = FrontDesk()
    for door, said in ((101, "停水了"), (102, "家里没水了"), (103, "停水了怎么还没人来")):
        desk.later(minutes=1).receive("repair", household=f"1-1-{door}", summary=said)
    assert told(desk) == [("停水", "1栋1单元", 3)]


def test_who_complains_of_waiting_is_known_to_call_about_the_incident() -> None:
    desk = FrontDesk()
    number = desk.incident(summary="停水", place="3栋2单元", wording="21点前恢复")
    found = known_incident(desk.desk.store.open_cases(), "没水了,一直没人来修", "", "3-2-101")
    assert found is not None
    assert found.number == number


def test_who_calls_next_is_known_to_call_about_it() -> None:
    desk = FrontDesk()
    number = desk.incident(summary="停电", place="1栋1单元", wording="20点前恢复")
    cases = desk.desk.store.open_cases()

    def known(summary: str, place: str, household: str = "") -> str:
        found = known_incident(cases, summary, place, household)
        return found.number if found else ""

    assert known("家里没电了", "", "1-1-101") == number
    assert known("停电了", "1栋") == number
    assert known("停电了", "1栋2单元") == ""
    assert known("停电了", "", "2-1-201") == ""
    assert known("漏水", "", "1-1-101") == ""
    assert known("停电了", "") == ""
    desk.do(number, "complete", "desk", result="来电")
    assert known_incident(desk.desk.store.received(MONDAY.date(), MONDAY.date()), "停电", "1栋") is None


def test_the_wording_is_the_agreed_answer_where_one_is_in_force() -> None:
    desk = FrontDesk(scripts=(WATER,))
    own, agreed = desk.incident(wording="20点前恢复"), desk.incident(topic="water")
    assert wording(desk.case(own), desk.at, desk.handbook) == "20点前恢复"
    assert wording(desk.case(agreed), desk.at, desk.handbook) == WATER.text
    desk.do(own, "broadcast", "desk", text="换开关", wording="21点前恢复")
    assert wording(desk.case(own), desk.at, desk.handbook) == "21点前恢复"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("1栋", "1栋"),
        ("1栋2单元301", "1栋2单元"),
        ("A座1201", "A座"),
        ("东门", "东门"),
        ("B1-087", "地库B1"),
        ("2期3栋1单元201", "2期3栋1单元"),
    ],
)
def test_a_place_as_it_is_told(said: str, written: str) -> None:
    found = spot_at(said)
    assert found is not None
    assert found.written == written
