"""Moments as clerks type them, read to the minute; anything else is no time rather than a wrong one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai import ZONE
from qiantai_tui.text.typedtime import read_time, shown_time

NOW = datetime(2026, 11, 23, 9, 31, 40, tzinfo=ZONE)


def at(day: int, hour: int, minute: int = 0, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14:30", at(23, 14, 30)),
        ("１４：３０", at(23, 14, 30)),
        ("9:00", at(24, 9)),
        ("明天 9:00", at(24, 9)),
        ("明早9点", at(24, 9)),
        ("后天下午3点半", at(25, 15, 30)),
        ("今晚8点", at(23, 20)),
        ("下午2点15分", at(23, 14, 15)),
        ("11-24 18:30", at(24, 18, 30)),
        ("11月24日 18:30", at(24, 18, 30)),
        ("2026-12-01 08:30", at(1, 8, 30, 12)),
        ("1-5 9:00", at(5, 9, 0, 1, 2027)),
        ("2小时后", at(23, 11, 31)),
        ("半小时后", at(23, 10, 1)),
        ("20分钟后", at(23, 9, 51)),
        ("tomorrow 9:00", at(24, 9)),
        ("in 2 hours", at(23, 11, 31)),
        ("现在", at(23, 9, 31)),
        ("0:00", at(24, 0)),
    ],
)
def test_a_time_to_come(typed: str, meant: datetime) -> None:
    assert read_time(typed, NOW) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:00", at(23, 9)),
        ("14:30", at(22, 14, 30)),
        ("昨天 20:00", at(22, 20)),
        ("昨晚10点", at(22, 22)),
        ("前天 8:05", at(21, 8, 5)),
        ("半小时前", at(23, 9, 1)),
        ("12-31 10:00", at(31, 10, 0, 12, 2025)),
        ("刚才", at(23, 9, 31)),
    ],
)
def test_a_time_that_was(typed: str, meant: datetime) -> None:
    assert read_time(typed, NOW, past=True) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "25:00",
        "9:61",
        "2-30 9:00",
        "13-1 9:00",
        "2025-02-29 9:00",
        "明天",
        "某天 9:00",
        "9",
        ":",
        "::",
        "0-0 0:00",
    ],
)
def test_what_is_no_time(typed: str) -> None:
    assert read_time(typed, NOW) is None
    assert read_time(typed, NOW, past=True) is None


@given(st.text("0123456789:-点半明天昨晚上下午 分小时后前月日早", max_size=14), st.booleans())
def test_whatever_is_typed_is_a_moment_of_the_site_or_none(typed: str, past: bool) -> None:
    found = read_time(typed, NOW, past=past)
    assert found is None or found.utcoffset() == timedelta(hours=8)


def test_the_year_is_shown_where_it_is_another() -> None:
    assert shown_time(at(24, 18, 30), NOW) == "11-24 18:30"
    assert shown_time(at(24, 18, 30, year=2027), NOW) == "2027-11-24 18:30"
