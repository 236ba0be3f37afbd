"""Due times: the clock's and those of working days, in the weeks where a mistake would hurt, and for any start."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai.calendar import Reason, Year, national
from qiantai.periods import ZONE, BadHours, BadPeriod, Due, Hours, Period, counted, due

HOURS = Hours.parse(["08:30", "18:30"])
CALENDAR = national()
DAY = timedelta(days=1)

clock_periods = st.builds(Period, st.integers(1, 500), st.sampled_from(["m", "h", "d"]))
working_periods = st.builds(Period, st.integers(1, 300), st.just("wd"))
offsets = st.sampled_from([ZONE, UTC, timezone(timedelta(hours=-7)), timezone(timedelta(hours=8))])
starts = st.datetimes(datetime(2019, 1, 1), datetime(2029, 12, 31), timezones=offsets)  # noqa: DTZ001 - zones follow


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def ends(start: str, period: str) -> str:
    return due(at(start), Period.parse(period), CALENDAR, HOURS).at.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        ("2026-11-20 09:00", "2wd", "2026-11-24 18:30"),
        ("2026-11-20 23:00", "2wd", "2026-11-24 18:30"),
        ("2026-11-20 00:00", "2wd", "2026-11-24 18:30"),
        ("2026-11-21 10:00", "2wd", "2026-11-24 18:30"),
        ("2026-11-22 23:59", "1wd", "2026-11-23 18:30"),
        # The last days before Spring Festival: Saturday 14 February is worked, then nothing until the 24th.
        ("2026-02-13 10:00", "1wd", "2026-02-14 18:30"),
        ("2026-02-13 10:00", "2wd", "2026-02-24 18:30"),
        ("2026-02-17 10:00", "2wd", "2026-02-25 18:30"),
        ("2026-02-26 10:00", "2wd", "2026-02-28 18:30"),
        # National Day, with a worked Sunday before and a worked Saturday after.
        ("2026-09-18 10:00", "1wd", "2026-09-20 18:30"),
        ("2026-09-30 10:00", "2wd", "2026-10-09 18:30"),
        ("2026-09-30 10:00", "3wd", "2026-10-10 18:30"),
        ("2026-09-30 10:00", "7wd", "2026-10-15 18:30"),
        ("2025-12-31 10:00", "1wd", "2026-01-04 18:30"),
        ("2026-11-20 09:00", "5m", "2026-11-20 09:05"),
        ("2026-11-20 23:58", "5m", "2026-11-21 00:03"),
        ("2026-11-20 09:00", "24h", "2026-11-21 09:00"),
        ("2026-02-13 18:30", "24h", "2026-02-14 18:30"),
        ("2026-11-20 09:00", "7d", "2026-11-27 09:00"),
        ("2026-03-28 02:30", "7d", "2026-04-04 02:30"),
        ("2026-10-25 02:30", "7d", "2026-11-01 02:30"),
        ("2024-02-28 12:00", "30d", "2024-03-29 12:00"),
    ],
)
def test_due(start: str, period: str, end: str) -> None:
    assert ends(start, period) == end


def test_the_start_is_first_brought_to_the_zone_of_the_site() -> None:
    # 17:00 UTC on Friday is already Saturday at the site.
    utc = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    assert due(utc, Period(1, "wd"), CALENDAR, HOURS) == Due(at("2026-11-23 18:30"))
    assert due(utc, Period(1, "h"), CALENDAR, HOURS).at.isoformat() == "2026-11-21T02:00:00+08:00"
    with pytest.raises(ValueError, match=r"no offset; give one, as 2026-11-20T17:00:00\+08:00"):
        due(utc.replace(tzinfo=None), Period(1, "wd"), CALENDAR, HOURS)


def test_the_turn_of_the_year_is_provisional_until_the_notice_is_known() -> None:
    start, two = at("2026-12-30 09:00"), Period.parse("2wd")
    calendar = CALENDAR
    assert due(start, Period.parse("1wd"), calendar, HOURS) == Due(at("2026-12-31 18:30"), provisional=False)
    assert due(start, two, calendar, HOURS) == Due(at("2027-01-01 18:30"), provisional=True)
    assert due(start, Period.parse("24h"), calendar, HOURS).provisional is False
    assert due(at("2026-12-31 23:00"), Period.parse("24h"), calendar, HOURS) == Due(at("2027-01-01 23:00"))
    corrected = calendar.with_days(off=[date(2027, 1, 1)])
    assert due(start, two, corrected, HOURS) == Due(at("2027-01-04 18:30"), provisional=True)
    known = calendar.with_years([Year(2027, {date(2027, 1, 1): "元旦"}, {}, "通知")])
    assert due(start, two, known, HOURS) == Due(at("2027-01-04 18:30"), provisional=False)


def test_from_an_unknown_year_into_a_known_one() -> None:
    assert due(at("2019-12-30 09:00"), Period(2, "wd"), CALENDAR, HOURS).provisional
    # The day of the event is not looked at.
    assert due(at("2019-12-31 09:00"), Period(1, "wd"), CALENDAR, HOURS) == Due(at("2020-01-02 18:30"))


def test_counted_says_why_each_day_counted_or_not() -> None:
    looked_at = counted(at("2026-09-30 10:00"), Period.parse("3wd"), CALENDAR)
    assert [each.date.day for each in looked_at] == list(range(1, 11))
    assert [each.working for each in looked_at] == [False] * 7 + [True] * 3
    assert [each.reason for each in looked_at[6:]] == [Reason.HOLIDAY, Reason.WORKDAY, Reason.WORKDAY, Reason.MAKE_UP]
    assert looked_at[0].label.zh == "国庆节放假"
    assert counted(at("2026-09-30 10:00"), Period.parse("24h"), CALENDAR) == ()


@given(start=starts, period=working_periods)
def test_working_days_end_at_closing_time_on_the_last_one_counted(start: datetime, period: Period) -> None:
    found, looked_at = due(start, period, CALENDAR, HOURS), counted(start, period, CALENDAR)
    event = start.astimezone(ZONE).date()
    assert looked_at[0].date == event + DAY, "the day of the event never counts"
    assert looked_at[-1].working
    assert found.at == datetime.combine(looked_at[-1].date, HOURS.closes, ZONE)
    assert sum(each.working for each in looked_at) == period.count
    assert found.provisional == any(each.provisional for each in looked_at)


@given(start=starts, period=clock_periods)
def test_the_clock_runs_from_the_moment_itself(start: datetime, period: Period) -> None:
    found = due(start, period, CALENDAR, HOURS)
    assert found.at.astimezone(UTC) - start.astimezone(UTC) == timedelta(seconds=period.seconds)
    assert found.at.tzinfo is ZONE
    assert not found.provisional


@given(start=starts, later=st.timedeltas(timedelta(0), timedelta(days=40)), period=working_periods | clock_periods)
def test_due_never_falls_as_the_start_or_the_count_rises(start: datetime, later: timedelta, period: Period) -> None:
    end = due(start, period, CALENDAR, HOURS).at
    assert due(start + later, period, CALENDAR, HOURS).at >= end
    assert due(start, Period(period.count + 1, period.unit), CALENDAR, HOURS).at > end > start


@given(period=working_periods | clock_periods)
def test_a_period_reads_back_as_written(period: Period) -> None:
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    "given", ["", "5", "m", "0m", "-1h", "1.5h", "24 h", "24H", "2w", "100000m", "1" * 40 + "d", None, 24, ["5m"]]
)
def test_what_is_no_period_is_refused(given: object) -> None:
    with pytest.raises(BadPeriod) as caught:
        Period.parse(given)
    assert caught.value.why.zh != caught.value.why.en
    assert str(caught.value)


def test_a_bad_period_says_what_would_do() -> None:
    with pytest.raises(BadPeriod, match="cannot read the period '2 days'; write 5m, 24h, 7d or 2wd"):
        Period.parse("2 days")
    with pytest.raises(BadPeriod, match="0wd: the number must be from 1 to 99999"):
        Period.parse("0wd")


def test_the_longest_period_has_a_due_time() -> None:
    for unit in ("m", "h", "d", "wd"):
        assert due(at("2026-11-20 09:00"), Period.parse(f"99999{unit}"), CALENDAR, HOURS).at > at("2026-11-20 09:00")


@pytest.mark.parametrize(
    ("written", "zh", "en"),
    [
        ("1m", "1分钟", "1 minute"),
        ("24h", "24小时", "24 hours"),
        ("7d", "7天", "7 days"),
        ("1wd", "1个工作日", "1 working day"),
        ("2wd", "2个工作日", "2 working days"),
    ],
)
def test_labels(written: str, zh: str, en: str) -> None:
    label = Period.parse(written).label
    assert (label.zh, label.en) == (zh, en)


def test_periods_compare_within_their_family_alone() -> None:
    p = Period.parse
    assert p("61m").longer_than(p("1h"))
    assert not p("60m").longer_than(p("1h"))
    assert p("2d").longer_than(p("47h"))
    assert p("3wd").longer_than(p("2wd"))
    assert not p("2wd").longer_than(p("2wd"))
    assert [p(each).counts_days for each in ("5m", "24h", "7d", "2wd")] == [False, False, False, True]
    for one, other in (("2wd", "24h"), ("24h", "2wd")):
        with pytest.raises(BadPeriod, match=f"{one} and {other} cannot be compared"):
            p(one).longer_than(p(other))
    with pytest.raises(BadPeriod, match="2wd counts working days"):
        _ = p("2wd").seconds


def test_desk_hours_include_their_start_and_not_their_end() -> None:
    assert HOURS.contains(at("2026-11-22 08:30"))
    assert HOURS.contains(at("2026-11-22 18:29:59"))
    assert not HOURS.contains(at("2026-11-22 18:30"))
    assert not HOURS.contains(at("2026-11-22 08:29:59"))
    assert HOURS.contains(datetime(2026, 11, 22, 1, 0, tzinfo=UTC)), "nine at the site"
    assert HOURS.length == timedelta(hours=10)
    assert str(HOURS) == "08:30-18:30"


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-11-20 07:00", "2026-11-20 08:30"),
        ("2026-11-20 23:00", "2026-11-21 08:30"),
        ("2026-11-20 18:30", "2026-11-21 08:30"),
        ("2026-11-20 08:30", "2026-11-21 08:30"),
        ("2026-12-31 19:00", "2027-01-01 08:30"),
    ],
)
def test_next_opening(now: str, opening: str) -> None:
    assert HOURS.next_opening(at(now)) == at(opening)


def test_a_desk_that_is_open_until_midnight_or_round_the_clock() -> None:
    always = Hours.parse(["00:00", "24:00"])
    assert always.length == timedelta(hours=24)
    assert always.contains(at("2026-11-20 23:59:59"))
    assert str(always) == "00:00-24:00"
    assert due(at("2026-11-20 09:00"), Period(2, "wd"), CALENDAR, always) == Due(at("2026-11-25 00:00"))
    assert Hours.parse(("9:00", "21:00")) == Hours(time(9), time(21))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("08:30-18:30", "cannot read the desk hours '08:30-18:30'; write them as"),
        (["08:30"], "cannot read the desk hours"),
        ([8, 18], "cannot read the desk hours"),
        (None, "cannot read the desk hours None"),
        (["08:30", "25:00"], "cannot read the time of day '25:00'; write it as 08:30"),
        (["24:00", "18:30"], "cannot read the time of day '24:00'"),
        (["18:30", "08:30"], "18:30-08:30: the desk must close later than it opens"),
        (["08:30", "08:30"], "08:30-08:30: the desk must close later"),
    ],
)
def test_what_are_no_desk_hours_is_refused(given: object, said: str) -> None:
    with pytest.raises(BadHours, match=said) as caught:
        Hours.parse(given)
    assert caught.value.why.zh != caught.value.why.en


def test_a_number_without_its_unit_is_no_period() -> None:
    with pytest.raises(BadPeriod, match="cannot read the period '5'"):
        Period.parse("5")
