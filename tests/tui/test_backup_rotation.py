"""Which backups stay, by the rule of seven days, four weeks and twelve months."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from qiantai.periods import ZONE
from qiantai.store import local_day
from qiantai_tui.backups.rotation import DAYS, MONTHS, WEEKS, kept

BEGAN = datetime(2024, 1, 1, tzinfo=ZONE)
TIMES = st.integers(0, 800 * 24).map(lambda hours: BEGAN + timedelta(hours=hours))
TAKEN = st.sets(TIMES, max_size=60)


@given(TAKEN)
def test_the_newest_always_stays_and_nothing_is_made_up(taken: set[datetime]) -> None:
    staying = kept(taken)
    assert staying <= taken
    assert not taken or max(taken) in staying
    assert len(staying) <= DAYS + WEEKS + MONTHS


@given(TAKEN)
def test_the_last_of_each_of_the_latest_seven_days_stays(taken: set[datetime]) -> None:
    days = sorted({local_day(each) for each in taken}, reverse=True)[:DAYS]
    for day in days:
        assert max(each for each in taken if local_day(each) == day) in kept(taken)


@given(TAKEN)
def test_of_a_month_that_went_by_its_last_stays(taken: set[datetime]) -> None:
    months = sorted({(each.year, each.month) for each in taken}, reverse=True)[:MONTHS]
    for month in months:
        assert max(each for each in taken if (each.year, each.month) == month) in kept(taken)


@given(TAKEN)
def test_letting_go_twice_lets_go_no_more(taken: set[datetime]) -> None:
    assert kept(kept(taken)) == kept(taken)


@given(TAKEN, TIMES)
def test_a_backup_that_went_never_comes_to_be_missed(taken: set[datetime], later: datetime) -> None:
    """What stays after one more is the same whether the others were let go before or only now."""
    newest = max(taken, default=BEGAN) + timedelta(hours=1 + (later - BEGAN) // timedelta(hours=1))
    assert kept({*kept(taken), newest}) == kept({*taken, newest})


def test_two_years_of_every_day_leave_a_score() -> None:
    taken = {BEGAN + timedelta(days=each, hours=18) for each in range(730)}
    staying = sorted(kept(taken))
    assert len(staying) == 20
    assert [f"{each:%m-%d}" for each in staying[-7:]] == [f"12-{day}" for day in range(24, 31)]
    assert staying[0] == datetime(2025, 1, 31, 18, tzinfo=ZONE)
    assert (staying[-1] - staying[0]).days > 330
