"""The limits: their defaults and clauses, what may be tightened and never loosened, and from which day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve

from qiantai import LIMITS, ZONE, Clause, Handbook, Period, Policy, PolicyRefused, change_policy
from qiantai.policy import Limit
from tests.kernel.front_desk import FrontDesk, clock, moved

TABLE = [
    ("desk_hours", "08:30-18:30", "M-3.1a", True),
    ("at_once", "5m", "house", False),
    ("emergency_arrival", "10m", "M-3.3a", True),
    ("repair_finish", "24h", "M-3.3b", True),
    ("repair_call_back", "24h", "M-3.3c", True),
    ("complaint_pass_on", "24h", "R-3.1.3b", True),
    ("complaint_feedback", "24h", "R-4b", True),
    ("complaint_resolve", "2wd", "M-4.2b", True),
    ("complaint_limit", "7wd", "M-4.2c", True),
    ("call_back", "24h", "house", False),
    ("call_back_attempts", "3", "house", False),
    ("call_back_again", "1h", "house", False),
    ("enquiry_reply", "24h", "house", False),
    ("challenge_reply", "24h", "house", False),
    ("suggestion_reply", "5wd", "house", False),
    ("suggestion_follow_up", "7d", "house", False),
    ("help_arrival", "10m", "house", False),
    ("joint_residents", "5", "H-4.1.2.1", True),
    ("group_complaint", "5", "house", False),
    ("undo_within", "10m", "house", False),
    ("many_challenges", "3/30d", "house", False),
    ("incident_cases", "3", "house", False),
    ("incident_within", "30m", "house", False),
]


def test_the_table() -> None:
    assert [(key, str(row.default), row.clause.id, row.bound) for key, row in LIMITS.items()] == TABLE


@pytest.mark.parametrize(
    ("key", "value", "clause"),
    [
        ("desk_hours", ["09:00", "18:59"], "M-3.1a"),
        ("emergency_arrival", "11m", "M-3.3a"),
        ("emergency_arrival", "1h", "M-3.3a"),
        ("repair_finish", "2d", "M-3.3b"),
        ("repair_call_back", "25h", "M-3.3c"),
        ("complaint_pass_on", "1441m", "R-3.1.3b"),
        ("complaint_feedback", "48h", "R-4b"),
        ("complaint_resolve", "3wd", "M-4.2b"),
        ("complaint_limit", "8wd", "M-4.2c"),
        ("joint_residents", 6, "H-4.1.2.1"),
        ("complaint_resolve", "24h", ""),
        ("repair_finish", "1wd", ""),
        ("undo_within", "1wd", ""),
        ("many_challenges", [3, "30wd"], ""),
        ("many_challenges", 3, ""),
        ("many_challenges", [0, "30d"], ""),
        ("call_back_attempts", 0, ""),
        ("call_back_attempts", True, ""),
        ("at_once", "0m", ""),
        ("at_once", 5, ""),
        ("desk_hours", ["18:30", "08:30"], ""),
        ("desk_hours", "all day", ""),
        ("joint_residents", "5", ""),
        ("colour", "red", ""),
    ],
)
def test_what_is_refused(key: str, value: Any, clause: str) -> None:
    with pytest.raises(PolicyRefused) as refused:
        change_policy({key: value}, Policy())
    assert (refused.value.key, refused.value.clause.id if refused.value.clause else "") == (key, clause)
    assert refused.value.why.zh


@pytest.mark.parametrize(
    ("key", "value", "read"),
    [
        ("desk_hours", ["08:00", "18:00"], "08:00-18:00"),
        ("desk_hours", ["08:00", "24:00"], "08:00-24:00"),
        ("repair_finish", "1d", "1d"),
        ("emergency_arrival", "5m", "5m"),
        ("complaint_resolve", "1wd", "1wd"),
        ("joint_residents", 3, "3"),
        ("group_complaint", 20, "20"),
        ("call_back", "72h", "72h"),
        ("at_once", "1h", "1h"),
        ("many_challenges", [5, "7d"], "5/7d"),
    ],
)
def test_what_is_tightened_or_the_houses_own(key: str, value: Any, read: str) -> None:
    assert str(change_policy({key: value}, Policy()).values[key]) == read


def test_a_change_keeps_its_date_who_made_it_and_when_the_company_was_told() -> None:
    policy = change_policy({"at_once": "3m"}, Policy(), date(2026, 12, 1), "cs_head", date(2026, 11, 28))
    assert (policy.valid_from, policy.by, policy.hq_told) == (date(2026, 12, 1), "cs_head", date(2026, 11, 28))
    assert str(policy.values["repair_finish"]) == "24h"


@pytest.mark.parametrize(("day", "minutes"), [(22, 5), (23, 3), (24, 3), (25, 1)])
def test_the_day_of_receipt_picks_the_policy(day: int, minutes: int) -> None:
    first = change_policy({"at_once": "3m"}, Policy(), date(2026, 11, 23))
    second = change_policy({"at_once": "1m"}, first, date(2026, 11, 25))
    desk = FrontDesk(clock(9, day=day))
    handbook = Handbook(desk.handbook.people, desk.handbook.households, (), (second, Policy(), first))
    desk.desk = desk.desk.with_handbook(handbook)
    assert desk.duty(desk.receive("help"), "dispatch").due == clock(9, minutes, day=day)


def test_no_change_moves_a_due_time_of_a_duty_that_is_open() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    tighter = change_policy({"repair_finish": "1h", "repair_call_back": "1h"}, Policy(), date(2026, 11, 23))
    desk.desk = desk.desk.with_handbook(Handbook(desk.handbook.people, desk.handbook.households, (), (tighter,)))
    desk.do(number, "note", "desk", text="已知")
    assert desk.duty(number, "finish").due == clock(9, day=24)


def test_the_policy_of_the_day_of_receipt_holds() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    tighter = change_policy(
        {"complaint_resolve": "1wd", "group_complaint": 1}, Policy(), valid_from=clock(0, day=24).date()
    )
    desk.desk = desk.desk.with_handbook(
        type(desk.handbook)(desk.handbook.people, desk.handbook.households, (), (Policy(), tighter))
    )
    desk.at = clock(9, 0, day=24)
    assert desk.duty(number, "resolve").due == clock(18, 30, day=25)
    assert moved(desk, number, "join", "desk", household="1-1-102")[1] == set()
    newer = desk.receive("complaint", joint=2)
    assert desk.duty(newer, "resolve").due == clock(18, 30, day=25)
    assert "report_up" in desk.owed(newer)


def test_a_kind_brings_its_limits_into_every_version_of_the_policy() -> None:
    own = Limit(Clause("house"), "greeting", Period.parse("3m"), bound=True)
    plain = Handbook()
    book = Handbook(requests={**plain.requests, "visit": evolve(plain.requests["help"], kind="visit", limits=(own,))})
    assert str(book.policy(datetime(2026, 11, 23, tzinfo=ZONE)).period("greeting")) == "3m"
    assert set(book.defaults.limits) == {*LIMITS, "greeting"}
    strict = evolve(book, policies=(change_policy({"greeting": "2m"}, book.defaults, date(2026, 11, 1)),))
    found = [str(strict.policy(datetime(2026, month, 23, tzinfo=ZONE)).period("greeting")) for month in (10, 11)]
    assert found == ["3m", "2m"]
    with pytest.raises(PolicyRefused, match="looser"):
        change_policy({"greeting": "4m"}, book.defaults)
    with pytest.raises(PolicyRefused, match="no such limit"):
        change_policy({"greeting": "2m"}, plain.defaults)
