"""Terms by the calendar, dated versions of them, and what a site's table of them may not say."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai import Retention, Term
from qiantai.periods import BadPeriod
from qiantai.reading import BadInput, read_site
from qiantai.terms import in_force
from tests.kernel.front_desk import FrontDesk

SITE = """
name = "听泉里"
[[staff]]
id = "zhao"
name = "赵颖"
roles = ["cs_head"]
"""


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("5y", date(2021, 11, 26), date(2026, 11, 26)),
        ("1y", date(2024, 2, 29), date(2025, 2, 28)),
        ("4y", date(2024, 2, 29), date(2028, 2, 29)),
        ("1mo", date(2026, 1, 31), date(2026, 2, 28)),
        ("18mo", date(2025, 8, 31), date(2027, 2, 28)),
        ("12mo", date(2025, 12, 1), date(2026, 12, 1)),
        ("90d", date(2026, 11, 2), date(2027, 1, 31)),
    ],
)
def test_the_last_day_of_a_term(written: str, start: date, end: date) -> None:
    assert Term.parse(written).end(start) == end


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.sampled_from("dy"), st.integers(1, 99))
def test_a_longer_term_ends_later_and_none_before_its_fewest_days(start: date, unit: str, count: int) -> None:
    term, longer = Term.parse(f"{count}{unit}"), Term.parse(f"{count + 1}{unit}")
    assert start + timedelta(days=term.least_days) <= term.end(start) < longer.end(start)


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.integers(1, 1200))
def test_months_end_on_the_same_day_or_the_months_last(start: date, months: int) -> None:
    end = Term.parse(f"{months}mo").end(start)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end + timedelta(days=1)).day == 1


@pytest.mark.parametrize("wrong", ["", "5", "5m", "2wd", "0y", "101y", "5.5y", " 5y", 5, None, "99999d"])
def test_what_is_no_term_is_refused_with_how_it_is_written(wrong: object) -> None:
    with pytest.raises(BadPeriod, match="5y, 18mo or 90d"):
        Term.parse(wrong)


def test_a_term_in_words() -> None:
    assert (Term.parse("1y").label.zh, Term.parse("1y").label.en) == ("1年", "1 year")
    assert str(Term.parse("18mo")) == "18mo"


def test_the_newest_version_that_has_begun_holds_and_nothing_goes_before() -> None:
    early = Retention({"repair": Term.parse("2y")}, date(2026, 1, 1))
    late = Retention({"repair": Term.parse("5y")}, date(2026, 12, 1))
    assert in_force((late, early), date(2026, 11, 30)) == early
    assert in_force((late, early), date(2026, 12, 1)) == late
    assert in_force((late, early), date(2025, 12, 31)).terms == {}
    assert in_force((), date(2026, 1, 1)).terms == {}


def test_a_major_complaint_goes_by_its_own_term_where_there_is_one() -> None:
    desk = FrontDesk()
    major, plain = desk.case(desk.receive("complaint", major=True)), desk.case(desk.receive("complaint"))
    five = Term.parse("5y")
    assert Retention({"complaint": five}).key(major) == "complaint"
    both = Retention({"complaint": five, "major": five})
    assert (both.key(major), both.key(plain)) == ("major", "complaint")


def test_versions_are_read_with_who_set_them_and_when_the_company_was_told() -> None:
    text = SITE + (
        '[[retention]]\nvalid = 2026-01-01\nby = "zhao"\nhq_told = 2025-12-20\nenquiry = "2y"\nincident = "3y"\n'
        '[[retention]]\nvalid = 2027-01-01\nby = "zhao"\nmajor = "10y"\n'
    )
    first, second = read_site(tomllib.loads(text)).handbook.retentions
    assert first == Retention(
        {"enquiry": Term.parse("2y"), "incident": Term.parse("3y")}, date(2026, 1, 1), "zhao", date(2025, 12, 20)
    )
    assert second.terms == {"major": Term.parse("10y")}, "what a version does not name is kept without end"
    assert read_site(tomllib.loads(SITE)).handbook.retentions == ()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('valid = 2026-01-01\nby = "zhao"\ncomplaint = "20d"', "21d or longer"),
        ('valid = 2026-01-01\nby = "zhao"\nmajor = "10d"', "7wd"),
        ('valid = 2026-01-01\nby = "zhao"\nchallenge = "29d"', "30d"),
        ('valid = 2026-01-01\nby = "zhao"\nrepair = "2wd"', "5y, 18mo or 90d"),
        ('valid = 2026-01-01\nby = "zhao"\nparcel = "2y"', "parcel"),
        ('valid = 2026-01-01\nby = "nobody"\nrepair = "2y"', "nobody"),
        ('by = "zhao"\nrepair = "2y"', "valid"),
        ('valid = 2026-01-01\nrepair = "2y"', "by"),
    ],
)
def test_a_table_that_cannot_hold_is_refused_by_its_key(table: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_site(tomllib.loads(f"{SITE}[[retention]]\n{table}\n"))
    (mistake,) = refused.value.mistakes
    assert mistake.table == "retention"
    assert said in f"{mistake.key} {mistake.wrong.en} {mistake.would_do.en}"
    assert mistake.wrong.zh


def test_two_versions_of_one_day_are_refused() -> None:
    row = '[[retention]]\nvalid = 2026-01-01\nby = "zhao"\n'
    with pytest.raises(BadInput, match="already"):
        read_site(tomllib.loads(f"{SITE}{row}{row}"))


def test_a_term_of_just_the_longest_that_may_be_owed_will_do() -> None:
    row = '[[retention]]\nvalid = 2026-01-01\nby = "zhao"\ncomplaint = "21d"\nchallenge = "30d"\n'
    (read,) = read_site(tomllib.loads(SITE + row)).handbook.retentions
    assert set(read.terms) == {"complaint", "challenge"}
