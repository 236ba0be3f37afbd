"""The working calendar: against two libraries day by day, in the weeks that matter, and against bad data."""

from __future__ import annotations

import runpy
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai.calendar import BadCalendar, Calendar, Reason, Year, national, read_years
from qiantai.national_days import shipped
from qiantai_cn_calendar import years_beyond

DAY = timedelta(days=1)
ROOT = Path(__file__).parents[2]
SHIPPED = range(2020, 2027)

dates = st.dates(date(2019, 1, 1), date(2030, 12, 31))


def days(first: date, last: date) -> list[date]:
    return [first + n * DAY for n in range((last - first).days + 1)]


def by_holidays() -> Callable[[date], bool]:
    working: Callable[[date], bool] = import_module("holidays").country_holidays("CN", years=SHIPPED).is_working_day
    return working


def by_chinesecalendar() -> Callable[[date], bool]:
    working: Callable[[date], bool] = import_module("chinese_calendar").is_workday
    return working


@pytest.mark.parametrize("library", [by_holidays, by_chinesecalendar])
def test_every_shipped_day_agrees_with_the_libraries(library: Callable[[], Callable[[date], bool]]) -> None:
    # A newer notice that a library knows may name days of the last December: the plugin has them too.
    calendar, working = national().with_years(years_beyond(SHIPPED, 2027)), library()
    everyday = days(date(2020, 1, 1), date(2026, 12, 31))
    assert len(everyday) == 2557
    assert [each for each in everyday if calendar.working(each) != working(each)] == []


def test_the_data_file_is_what_its_maker_writes() -> None:
    made = runpy.run_path(str(ROOT / "tools" / "make_national_days.py"))
    assert made["PATH"].read_text(encoding="utf-8") == made["text"]()


def test_shipped_years_each_name_their_notice() -> None:
    assert tuple(each.year for each in national().years) == tuple(SHIPPED)
    assert {each.year: each.notice for each in national().years}[2026] == "国办发明电〔2025〕7号"
    # Each was issued in the year before, that which prolonged a holiday in the year itself.
    for year in national().years:
        assert f"〔{year.year - 1}〕" in year.notice


def off(calendar: Calendar, first: date, last: date) -> list[str]:
    return [f"{each:%m-%d}" for each in days(first, last) if not calendar.working(each)]


def test_spring_festival_of_2026() -> None:
    spring = off(national(), date(2026, 2, 9), date(2026, 3, 2))
    assert spring == ["02-15", "02-16", "02-17", "02-18", "02-19", "02-20", "02-21", "02-22", "02-23", "03-01"]
    new_year = national().day(date(2026, 2, 17))
    assert (new_year.reason, new_year.name.zh, new_year.name.en) == (Reason.HOLIDAY, "春节", "Spring Festival")


def test_national_day_of_2026() -> None:
    week = off(national(), date(2026, 9, 19), date(2026, 10, 11))
    assert week == ["09-19", *(f"09-{n}" for n in (25, 26, 27)), *(f"10-{n:02}" for n in range(1, 8)), "10-11"]


@pytest.mark.parametrize(
    ("day", "weekday"), [(date(2026, 1, 4), 6), (date(2026, 2, 14), 5), (date(2026, 9, 20), 6), (date(2026, 10, 10), 5)]
)
def test_make_up_saturdays_and_sundays_are_worked(day: date, weekday: int) -> None:
    made_up = national().day(day)
    assert day.weekday() == weekday
    assert made_up.working
    assert made_up.reason is Reason.MAKE_UP
    assert made_up.label.zh == f"{made_up.name.zh}调休上班"
    assert made_up.label.en == f"make-up working day for {made_up.name.en}"


def test_an_unknown_year_has_weekends_alone_and_says_so() -> None:
    calendar = national()
    assert not calendar.known(2031)
    friday, saturday = calendar.day(date(2031, 10, 3)), calendar.day(date(2031, 10, 4))
    assert (friday.working, friday.reason, friday.provisional) == (True, Reason.WORKDAY, True)
    assert (saturday.working, saturday.reason, saturday.provisional) == (False, Reason.WEEKEND, True)
    assert saturday.label.zh == "周末(暂按周末推算)"
    assert not calendar.day(date(2026, 10, 3)).provisional


def test_a_sites_corrections_go_before_the_notice_and_make_no_year_known() -> None:
    calendar = national().with_days(off=[date(2026, 11, 24), date(2031, 3, 3)], work=[date(2026, 11, 28)])
    assert calendar.day(date(2026, 11, 24)).reason is Reason.SITE_OFF
    assert calendar.day(date(2026, 11, 28)).reason is Reason.SITE_WORK
    assert calendar.after(date(2026, 11, 23), 4) == date(2026, 11, 28)
    assert not calendar.known(2031)
    assert calendar.day(date(2031, 3, 3)).provisional
    assert calendar.day(date(2031, 3, 3)).label.en == "day off at this site"
    assert national().working(date(2026, 11, 24)), "the nation's calendar stays as it was"


def test_a_later_correction_of_a_day_replaces_the_earlier() -> None:
    day = date(2026, 11, 24)
    assert national().with_days(off=[day]).with_days(work=[day]).working(day)
    assert national().with_days(off=[day]) == national().with_days(work=[day]).with_days(off=[day])
    with pytest.raises(BadCalendar, match="2026-11-24 is both off and worked"):
        national().with_days(off=[day], work=[day])


def test_a_year_is_added_or_replaced_whole() -> None:
    year = Year(2026, {date(2026, 3, 4): "某日"}, {}, "另行通知")
    replaced = national().with_years([year])
    assert [each.year for each in replaced.years] == list(SHIPPED)
    assert replaced.day(date(2026, 3, 4)).name.zh == "某日"
    assert replaced.working(date(2026, 10, 1))
    assert not replaced.working(date(2025, 10, 1))
    with pytest.raises(BadCalendar, match="2026 is given twice"):
        Calendar((year, year))


def test_a_years_notice_may_name_days_of_the_december_before() -> None:
    assert national().working(date(2026, 12, 31))
    year = Year(2027, {date(2026, 12, 31): "元旦"}, {date(2026, 12, 27): "元旦"}, "通知")
    calendar = national().with_years([year])
    assert not calendar.working(date(2026, 12, 31))
    assert calendar.working(date(2026, 12, 27))


@given(day=dates, count=st.integers(1, 400), rest=st.frozensets(dates, max_size=20))
def test_after_counts_as_one_would_by_hand(day: date, count: int, rest: frozenset[date]) -> None:
    calendar = national().with_days(off=rest)
    last = calendar.after(day, count)
    assert calendar.working(last)
    assert sum(calendar.working(each) for each in days(day + DAY, last)) == count


@given(day=dates)
def test_a_days_reason_and_its_working_agree(day: date) -> None:
    found = national().day(day)
    assert found.date == day
    assert found.working == national().working(day) == (found.reason in (Reason.WORKDAY, Reason.MAKE_UP))
    assert found.provisional == (day.year not in SHIPPED)
    assert bool(found.name.zh) == (found.reason in (Reason.HOLIDAY, Reason.MAKE_UP))


def test_every_reason_has_a_label_in_both_languages() -> None:
    assert len({each.label.zh for each in Reason}) == len({each.label.en for each in Reason}) == len(Reason)


def test_a_sites_own_year_reads_like_the_shipped_ones() -> None:
    text = """
    [names]
    "店庆" = "Founders' Day"
    [[year]]
    year = 2027
    notice = "国务院办公厅关于2027年部分节假日安排的通知"
    off."元旦" = [2027-01-01]
    off."店庆" = [2027-03-03]
    work."店庆" = [2027-03-06]
    """
    calendar = national().with_years(read_years(tomllib.loads(text)))
    assert calendar.known(2027)
    assert calendar.day(date(2027, 1, 1)).name.en == "New Year's Day"
    assert calendar.day(date(2027, 3, 3)).name.en == "Founders' Day"
    assert calendar.working(date(2027, 3, 6))
    assert read_years({}) == ()
    assert read_years(shipped()) == national().years


HEAD = '[[year]]\nyear = 2026\nnotice = "n"\n[[year]]\nyear = 2027\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("years = 3", "years: no such key; there are: names, year"),
        ("year = 2027", r"year: must be \[\[year\]\]"),
        ("year = [2027]", r"\[\[year\]\] 1: a table, not 2027"),
        ("names = 1", "names: a table, not 1"),
        ('names."元旦" = 1', r"\[names\]: 元旦: an English name, not 1"),
        (HEAD, r"\[\[year\]\] 2: notice: the number or the title of the notice, not nothing"),
        (HEAD + 'notice = " "', r"\[\[year\]\] 2: 2027 names no notice"),
        ('[[year]]\nyear = "2027"', r"\[\[year\]\] 1: year: a year as 2027, not '2027'"),
        ('[[year]]\nyear = true\nnotice = "n"', r"\[\[year\]\] 1: year: a year as 2027, not True"),
        ('[[year]]\nyear = 27\nnotice = "n"', r"\[\[year\]\] 1: 27 is no year; 1900 to 9000 would do"),
        (HEAD + 'notice = "n"\nholidays = []', r"\[\[year\]\] 2: holidays: no such key; there are: year, notice, off"),
        (HEAD + 'notice = "n"\noff = [2027-01-01]', r"\[\[year\]\] 2: off: a table, not \["),
        (HEAD + 'notice = "n"\noff."元旦" = 2027-01-01', r"\[\[year\]\] 2: off\.元旦: a list of dates"),
        (HEAD + 'notice = "n"\noff."元旦" = ["2027-01-01"]', r"off\.元旦: dates without quotes, .* not '2027-01-01'"),
        (HEAD + 'notice = "n"\noff."元旦" = [2027-01-01T00:00:00]', r"off\.元旦: dates .* not 2027-01-01 00:00:00"),
        (HEAD + 'notice = "n"\noff."元旦" = [2028-01-01]', r"\[\[year\]\] 2: 2028-01-01 is not a day of 2027"),
        (HEAD + 'notice = "n"\noff."元旦" = [2026-11-30]', r"\[\[year\]\] 2: 2026-11-30 is not a day of 2027"),
        (HEAD + 'notice = "n"\noff."a" = [2027-01-01]\noff."b" = [2027-01-01]', r"off\.b: 2027-01-01 is given twice"),
        (HEAD + 'notice = "n"\noff."a" = [2027-01-02]\nwork."a" = [2027-01-02]', "2027-01-02 is both off and worked"),
        (HEAD + 'notice = "n"\nwork."元旦" = [2027-01-04]', "2027-01-04 is one of Monday to Friday"),
        (HEAD.replace("2027", "2026") + 'notice = "n"', r"\[\[year\]\] 2: year: 2026 is given twice"),
    ],
)
def test_bad_data_is_named_by_table_and_key(text: str, said: str) -> None:
    with pytest.raises(BadCalendar, match=said) as caught:
        read_years(tomllib.loads(text))
    assert caught.value.why.zh != caught.value.why.en == str(caught.value)
