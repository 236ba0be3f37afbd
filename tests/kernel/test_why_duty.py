"""A duty asked why: its limit, the days counted, what moved its due time, how it ended."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from qiantai import Policy, change_policy
from qiantai.days import Day, Reason, Year
from qiantai.why import Branch, DutyReason, tell_duty, why_duty
from tests.kernel.front_desk import LATE_EVENING, FrontDesk, clock


def asked(desk: FrontDesk, number: str, name: str) -> DutyReason:
    """Why the latest duty of that name is due when it is."""
    return why_duty(desk.case(number), name, desk.at, desk.handbook)[-1]


def lines(branch: Branch, language: str) -> list[str]:
    """All that is told, line by line."""
    return [branch.text[language], *(line for each in branch.under for line in lines(each, language))]


def test_a_due_time_names_its_clause_its_limit_and_the_step_it_runs_from() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    reason = asked(desk, number, "pass_on")
    assert (reason.clause.id, reason.due) == ("R-3.1.3b", clock(9, day=24))
    assert reason.standard is not None
    assert (reason.standard.key, reason.standard.value) == ("complaint_pass_on", "24h")
    assert (reason.standard.version.valid_from, reason.standard.version.by) == (None, "")
    assert (reason.runs_from.seq, reason.runs_from.command, reason.runs_from.by) == (0, "receive", "desk")
    assert reason.reckoning.days == ()
    assert (reason.owed_by, reason.people) == ("owner", ("desk",))
    assert (reason.verdict.status, reason.verdict.ended) == ("open", None)


def test_working_days_are_told_one_by_one_with_the_holiday_by_name() -> None:
    desk = FrontDesk(clock(9, day=30, month=9))
    number = desk.receive("complaint", occurred_at=None)
    days = asked(desk, number, "resolve").reckoning.days
    assert [(each.date.day, each.working) for each in days] == [
        *((day, False) for day in range(1, 8)),
        (8, True),
        (9, True),
    ]
    assert {each.name.zh for each in days[:7]} == {"国庆节"}
    assert {each.reason for each in days[:7]} == {Reason.HOLIDAY}
    told = lines(tell_duty(asked(desk, number, "resolve"), desk.handbook.people), "zh")
    assert "2026-10-01 周四: 国庆节放假,不算" in told
    assert "2026-10-08 周四: 工作日,第1天" in told


def test_a_make_up_day_a_sites_own_day_and_a_provisional_one_are_told_apart() -> None:
    desk = FrontDesk(clock(9, day=30, month=12, year=2030))
    calendar = desk.handbook.calendar.with_days(off=[date(2030, 12, 31)], work=[date(2031, 1, 4)])
    year = Year(2030, {date(2030, 1, 1): "元旦"}, {date(2030, 1, 5): "元旦"}, "通知")
    handbook = evolve(desk.handbook, calendar=calendar.with_years([year]))
    desk.handbook, desk.desk = handbook, desk.desk.with_handbook(handbook)
    number = desk.receive("suggestion")
    reason = asked(desk, number, "reply")
    found = {each.date.day: (each.reason, each.provisional) for each in reason.reckoning.days}
    assert found[31] == (Reason.SITE_OFF, False)
    assert found[4] == (Reason.SITE_WORK, True)
    assert found[1] == (Reason.WORKDAY, True)
    assert found[5] == (Reason.WEEKEND, True)
    assert reason.provisional
    make_up = Day(date(2026, 10, 10), True, Reason.MAKE_UP)
    assert desk.handbook.calendar.day(date(2026, 10, 10)).reason == make_up.reason


def test_outside_desk_hours_it_waits_for_the_desk_to_open() -> None:
    desk = FrontDesk(LATE_EVENING)
    number = desk.receive("complaint", "security")
    reason = asked(desk, number, "hand_to_desk")
    assert reason.reckoning.waited
    assert (reason.reckoning.since, reason.due) == (clock(8, 30, day=24), clock(8, 35, day=24))
    assert (reason.runs_from.seq, reason.owed_by, reason.people) == (0, "first_contact", ("security",))
    assert not asked(desk, number, "pass_on").reckoning.waited
    in_hours = FrontDesk()
    assert not asked(in_hours, in_hours.receive("complaint", "security"), "hand_to_desk").reckoning.waited


def test_who_set_the_limit_from_when_and_when_the_company_was_told() -> None:
    desk = FrontDesk()
    first = change_policy({"complaint_resolve": "1wd"}, Policy(), date(2026, 6, 1), "cs_head", date(2026, 6, 3))
    second = change_policy({"at_once": "3m"}, first, date(2026, 11, 1), "centre_head")
    handbook = evolve(desk.handbook, policies=(Policy(), first, second))
    desk.handbook, desk.desk = handbook, desk.desk.with_handbook(handbook)
    number = desk.receive("complaint")
    standard = asked(desk, number, "resolve").standard
    assert standard is not None
    assert (standard.value, standard.revised) == ("1wd", "")
    assert (standard.version.valid_from, standard.version.by, standard.version.hq_told) == (
        date(2026, 11, 1),
        "centre_head",
        None,
    )
    assert (standard.set_in.by, standard.set_in.hq_told) == ("cs_head", date(2026, 6, 3))
    short = asked(desk, number, "explain").standard
    assert short is not None
    assert short.set_in == short.version


def test_a_limit_rewritten_since_is_told_and_the_duty_keeps_its_own() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    tighter = evolve(desk.handbook, policies=(change_policy({"complaint_resolve": "1wd"}, Policy()),))
    (reason,) = why_duty(desk.case(number), "resolve", desk.at, tighter)
    assert reason.standard is not None
    assert (reason.standard.value, reason.standard.revised) == ("2wd", "1wd")
    assert (reason.due, reason.reckoning.anew) == (clock(18, 30, day=25), None)
    off = evolve(desk.handbook, calendar=desk.handbook.calendar.with_days(off=[date(2026, 11, 24)]))
    (reason,) = why_duty(desk.case(number), "resolve", desk.at, off)
    assert (reason.due, reason.reckoning.anew) == (clock(18, 30, day=25), clock(18, 30, day=26))


def test_what_moved_it_is_told_in_turn_and_what_was_taken_back_is_not() -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "handling")
    desk.do(number, "extend", "cs_head", until="4wd", informed=True, reason="等厂家13800001234")
    desk.later(minutes=1).do(number, "extend", "cs_head", until="7wd", informed=True)
    desk.later(minutes=1).do(number, "undo", "cs_head")
    reason = asked(desk, number, "resolve")
    (shift,) = reason.shifts
    assert (shift.how, shift.before, shift.after) == ("extension", clock(18, 30, day=25), clock(18, 30, day=27))
    assert (shift.reason.zh, shift.period, len(shift.days)) == ("等厂家138****1234", "4wd", 4)
    assert (shift.act.by, shift.act.clause and shift.act.clause.id) == ("cs_head", "M-4.2c")


def test_a_promise_a_wait_and_a_recount_are_told_by_name() -> None:
    desk = FrontDesk()
    promised = desk.receive("repair", promised=clock(15))
    (shift,) = asked(desk, promised, "finish").shifts
    assert (shift.how, shift.before, shift.after) == ("promise", clock(9, day=24), clock(15))
    waiting = desk.reach("repair", "waiting")
    (shift,) = asked(desk, waiting, "finish").shifts
    assert (shift.how, shift.reason.zh, shift.act.by) == ("wait", "待配件", "engineering")
    late = FrontDesk(clock(9, day=31, month=12, year=2030))
    number = late.receive("complaint")
    year = Year(2031, {date(2031, 1, day): "元旦" for day in (1, 2, 3)}, {date(2031, 1, 4): "元旦"}, "通知")
    late.handbook = evolve(late.handbook, calendar=late.handbook.calendar.with_years([year]))
    late.desk = late.desk.with_handbook(late.handbook)
    late.desk.recount()
    reason = asked(late, number, "resolve")
    (shift,) = reason.shifts
    assert (shift.how, shift.act.by, shift.act.clause, reason.provisional) == ("recount", "", None, False)
    assert (reason.reckoning.provisional, reason.reckoning.days, reason.reckoning.anew) == (True, (), None)
    assert [each.date.day for each in shift.days if each.working] == [4, 6]
    assert "放假安排公布,重算: 由 2031-01-02 18:30 改到 2031-01-06 18:30" in lines(
        tell_duty(reason, late.handbook.people), "zh"
    )


@pytest.mark.parametrize(("minutes", "status", "by"), [(3, "met", "desk"), (9, "late", "desk")])
def test_how_it_ended_and_by_whom(minutes: int, status: str, by: str) -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.later(minutes=minutes).do(number, "explain", "desk")
    verdict = asked(desk, number, "explain").verdict
    assert (verdict.status, verdict.by) == (status, by)
    assert verdict.ended is not None
    assert (verdict.ended.command, verdict.ended.at) == ("explain", desk.at)


def test_what_nobody_did_ends_late_or_void_by_the_step_that_overtook_it() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.later(minutes=30).do(number, "withdraw", "desk", reason="业主撤回")
    overdue, open_ = asked(desk, number, "explain").verdict, asked(desk, number, "resolve").verdict
    assert (overdue.status, overdue.by, overdue.ended and overdue.ended.command) == ("late", "", "withdraw")
    assert (open_.status, open_.by, open_.ended and open_.ended.command) == ("void", "", "withdraw")


def test_an_anonymous_case_has_nobody_to_explain_to() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", household=None, anonymous=True)
    reason = asked(desk, number, "explain")
    assert reason.void_at_once
    assert reason.verdict.status == "void"
    assert any("匿名" in line for line in lines(tell_duty(reason, desk.handbook.people), "zh"))


def test_a_second_duty_of_a_name_runs_from_the_step_that_opened_it() -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "awaiting_call_back")
    desk.later(minutes=5).do(number, "call_back", "desk", satisfied=False)
    first, second = why_duty(desk.case(number), "resolve", desk.at, desk.handbook)
    assert (first.runs_from.command, first.verdict.status) == ("receive", "met")
    assert (second.runs_from.command, second.verdict.status) == ("call_back", "open")
    assert second.opened == second.runs_from


def test_a_recount_of_an_extension_counts_as_many_days_as_it_was_extended_by() -> None:
    desk = FrontDesk(clock(9, day=31, month=12, year=2030))
    number = desk.reach("complaint", "handling")
    desk.do(number, "extend", "cs_head", until="4wd", informed=True)
    year = Year(2031, {date(2031, 1, day): "元旦" for day in (1, 2, 3)}, {date(2031, 1, 4): "元旦"}, "通知")
    desk.handbook = evolve(desk.handbook, calendar=desk.handbook.calendar.with_years([year]))
    desk.desk = desk.desk.with_handbook(desk.handbook)
    desk.desk.recount()
    extended, recounted = asked(desk, number, "resolve").shifts
    assert (extended.how, extended.period, extended.provisional) == ("extension", "4wd", True)
    assert (recounted.how, recounted.period, len([each for each in recounted.days if each.working])) == (
        "recount",
        "4wd",
        4,
    )
    assert recounted.after == desk.duty(number, "resolve").due
