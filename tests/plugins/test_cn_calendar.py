"""The calendar plugin: years come only from a library that has the notice, and only where none contradicts another."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from qiantai.calendar import Year, national
from qiantai.hookspecs import PROJECT
from qiantai_cn_calendar import qiantai_calendar_years, years_beyond
from qiantai_cn_calendar.written import may_know
from qiantai_cn_calendar.years import from_chinesecalendar, from_holidays

KNOWN = frozenset(range(2020, 2027))
NOTED = max(
    *(each.year for each in import_module("chinese_calendar").holidays),
    *import_module("holidays.countries.china").ChinaStaticHolidays.special_public_holidays,
)
OFF = {date(2026, 12, 31): "New Year's Day", date(2027, 1, 1): "New Year's Day", date(2027, 10, 1): "National Day"}
WORK = {date(2026, 12, 27): "New Year's Day", date(2027, 10, 9): "National Day"}


class FakeChina(dict[date, str]):
    """What `country_holidays` gives: named days, and the weekend days that are worked."""

    def __init__(self, off: dict[date, str], work: Iterable[date]) -> None:
        super().__init__(off)
        self.work = frozenset(work)

    def is_working_day(self, day: date) -> bool:
        return day in self.work or (day.weekday() < 5 and day not in self)


def fake_chinesecalendar(monkeypatch: pytest.MonkeyPatch, off: dict[date, str], work: dict[date, str]) -> None:
    module = ModuleType("chinese_calendar")
    vars(module).update(holidays=off, workdays=work, __version__="9.9")
    monkeypatch.setitem(sys.modules, "chinese_calendar", module)


def fake_holidays(monkeypatch: pytest.MonkeyPatch, off: dict[date, str], work: Iterable[date], known: set[int]) -> None:
    module, china = ModuleType("holidays"), ModuleType("holidays.countries.china")

    def country_holidays(country: str, years: tuple[int, ...], language: str) -> FakeChina:
        assert (country, language) == ("CN", "zh_CN")
        return FakeChina({day: name for day, name in off.items() if day.year in years}, work)

    vars(module).update(country_holidays=country_holidays, __version__="8.8")
    static = type("ChinaStaticHolidays", (), {"special_public_holidays": dict.fromkeys(known, ())})
    vars(china).update(ChinaStaticHolidays=static)
    monkeypatch.setitem(sys.modules, "holidays", module)
    monkeypatch.setitem(sys.modules, "holidays.countries.china", china)


def without(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    for name in names:
        monkeypatch.setitem(sys.modules, name, None)


def in_chinese(work: bool = True) -> dict[date, str]:
    swapped = "休息日(由 2026-12-27 调休)" if work else "元旦"
    return {date(2026, 12, 31): swapped, date(2027, 1, 1): "元旦", date(2027, 10, 1): "国庆节"}


def test_a_newer_year_from_chinesecalendar(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "holidays")
    fake_chinesecalendar(monkeypatch, OFF, WORK)
    (year,) = years_beyond(KNOWN, 2030)
    assert (year.year, dict(year.off)) == (
        2027,
        {date(2026, 12, 31): "元旦", date(2027, 1, 1): "元旦", date(2027, 10, 1): "国庆节"},
    )
    assert year.work == {date(2026, 12, 27): "元旦", date(2027, 10, 9): "国庆节"}
    assert year.notice == "国务院办公厅关于2027年部分节假日安排的通知(chinesecalendar 9.9)"
    calendar = national().with_years([year])
    assert calendar.known(2027)
    assert calendar.day(date(2027, 10, 1)).name.en == "National Day"
    assert calendar.working(date(2026, 12, 27))


def test_a_newer_year_from_holidays(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "chinese_calendar")
    fake_holidays(monkeypatch, in_chinese(), WORK, known={2026, 2027})
    (year,) = years_beyond(KNOWN, 2030)
    assert year.off == {date(2026, 12, 31): "元旦", date(2027, 1, 1): "元旦", date(2027, 10, 1): "国庆节"}
    assert year.work == {date(2026, 12, 27): "元旦", date(2027, 10, 9): "国庆节"}
    assert year.notice.endswith("(holidays 8.8)")


def test_what_holidays_computes_without_a_notice_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "chinese_calendar")
    fake_holidays(monkeypatch, in_chinese(), WORK, known={2025, 2026})
    assert years_beyond(KNOWN, 2030) == ()


def test_a_few_days_of_a_new_year_in_chinesecalendar_are_no_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "holidays")
    fake_chinesecalendar(monkeypatch, {date(2027, 1, 1): "New Year's Day"}, {})
    assert years_beyond(KNOWN, 2030) == ()


def test_where_both_know_a_year_and_agree_it_is_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_chinesecalendar(monkeypatch, OFF | {date(2027, 10, 2): "National Day"}, WORK)
    fake_holidays(monkeypatch, in_chinese(), WORK, known={2027})
    (year,) = years_beyond(KNOWN, 2030)
    assert year.notice.endswith("(chinesecalendar 9.9)"), "a Saturday off is no contradiction"


def test_where_they_contradict_each_other_the_year_stays_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_chinesecalendar(monkeypatch, OFF | {date(2027, 10, 4): "National Day"}, WORK)
    fake_holidays(monkeypatch, in_chinese(), WORK, known={2027})
    assert years_beyond(KNOWN, 2030) == ()


def test_nothing_when_neither_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "chinese_calendar", "holidays", "holidays.countries.china")
    assert years_beyond(KNOWN, 2030) == ()
    assert years_beyond((), 2026) == ()


def test_known_years_and_years_past_the_limit_are_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "holidays")
    fake_chinesecalendar(monkeypatch, OFF, WORK)
    assert years_beyond({2027}, 2030) == ()
    assert years_beyond(KNOWN, 2026) == ()


def test_the_real_libraries_give_what_they_know_and_no_more() -> None:
    china = import_module("chinese_calendar")
    newest = max(each.year for each in china.holidays)
    static = import_module("holidays.countries.china").ChinaStaticHolidays
    noted = {year for year in range(2026, 2040) if year <= newest or year in static.special_public_holidays}
    assert {each.year for each in years_beyond(range(2000, 2026), 2039)} <= noted
    assert years_beyond(range(2000, max(noted) + 1), 2039) == ()
    with pytest.raises(NotImplementedError):
        china.is_workday(date(newest + 1, 1, 1))


@pytest.mark.parametrize("year", range(2011, 2027))
def test_both_readers_give_the_same_working_days(year: int) -> None:
    one, other = from_chinesecalendar(year), from_holidays(year)
    assert isinstance(one, Year)
    assert isinstance(other, Year)
    assert one.work.keys() == other.work.keys()
    assert {each for each in one.off if each.weekday() < 5} == {each for each in other.off if each.weekday() < 5}


def test_the_hook_is_marked_and_gives_the_years_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hasattr(qiantai_calendar_years, f"{PROJECT}_impl")
    without(monkeypatch, "holidays")
    fake_chinesecalendar(monkeypatch, OFF, WORK)
    assert [each.year for each in qiantai_calendar_years(KNOWN)] == [2027]


def test_a_start_imports_no_library_that_has_nothing_new() -> None:
    asked = f"""
import sys
from qiantai_cn_calendar import years_beyond
assert years_beyond(range(2000, {NOTED + 1}), {NOTED + 13}) == ()
assert not sys.modules.keys() & {{"chinese_calendar", "holidays"}}, "imported without need"
assert [each.year for each in years_beyond(range(2000, {NOTED}), {NOTED + 1})] == [{NOTED}]
"""
    subprocess.run([sys.executable, "-c", asked], check=True, timeout=60)


def test_no_year_that_a_library_knows_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    china = import_module("chinese_calendar")
    static = import_module("holidays.countries.china").ChinaStaticHolidays
    years = {("chinese_calendar", "constants.py", day.year) for day in china.holidays}
    years |= {("holidays", "countries/china.py", year) for year in static.special_public_holidays}
    for name in ("chinese_calendar", "holidays"):
        monkeypatch.delitem(sys.modules, name)
    assert len(years) > 20
    assert {each for each in years if not may_know(*each[:2], [each[2]])} == set()
    assert not may_know("chinese_calendar", "constants.py", [NOTED + 13])


def test_a_library_whose_data_lie_elsewhere_is_asked_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    package = tmp_path / "days_of_china"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "data.py").write_text("NOTICES = {2026: (), 2027: ()}", encoding="utf-8")
    assert may_know("days_of_china", "data.py", (2026, 2027, 2028)) == {2026, 2027}
    assert may_know("days_of_china", "moved/data.py", (2028,)) == {2028}
    assert not may_know("no_such_library", "data.py", (2027,))
    assert "days_of_china" not in sys.modules
