"""Every decision asked why: due times, what moved them, how they ended, who answers, where it is filed, refusals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantai import Case, Command, Policy, Refusal, change_policy, decide
from qiantai.days import Day, Reason, Year
from qiantai.projections.register import live_events
from qiantai.why import (
    Branch,
    DutyReason,
    Place,
    RefusalReason,
    tell_case,
    tell_duty,
    tell_refusal,
    why,
    why_duty,
    why_refused,
)
from tests.kernel.front_desk import COMPLAINT, KINDS, LATE_EVENING, NOISE, PEOPLE, WATER, FrontDesk, clock
from tests.kernel.plausible import FIELDS, RECEIPTS, said
from tests.kernel.test_invariants import COMMANDS, TURNS, Turn, Walk


def asked(desk: FrontDesk, number: str, name: str) -> DutyReason:
    """Why the latest duty of that name is due when it is."""
    return why_duty(desk.case(number), name, desk.at, desk.handbook)[-1]


def refused(desk: FrontDesk, number: str, command: str, by: str, **fields: Any) -> RefusalReason:
    """Why a command is refused."""
    found = desk.desk.do(number, command, by, **fields)
    assert isinstance(found, Refusal), f"{command} was accepted"
    return why_refused(found, desk.case(number), desk.handbook)


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


def test_why_somebody_answers_for_it() -> None:
    desk = FrontDesk()
    repair = desk.receive("repair", "staff")
    owner = why(desk.case(repair), desk.at, desk.handbook).owner
    assert (owner.owner.person, owner.owner.clause.id, owner.owner.act.seq) == ("staff", "M-3.1c", 0)
    desk.do(repair, "hand_to_desk", "staff", to="desk2")
    desk.do(repair, "offer", "desk2", to="desk")
    owner = why(desk.case(repair), desk.at, desk.handbook).owner
    assert (owner.owner.person, owner.owner.act.command) == ("desk2", "hand_to_desk")
    assert owner.first_contact.person == "staff"
    assert owner.offered is not None
    assert (owner.offered.person, owner.offered.clause.id) == ("desk", "Q-S2b")
    desk.do(repair, "accept", "desk")
    owner = why(desk.case(repair), desk.at, desk.handbook).owner
    assert (owner.owner.person, owner.owner.act.command, owner.offered) == ("desk", "accept", None)


def test_a_complaint_keeps_its_owner_and_names_who_stands_in() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.do(number, "hand_over", "desk", to="desk2", reason="下班")
    owner = why(desk.case(number), desk.at, desk.handbook).owner
    assert (owner.owner.person, owner.owner.clause.id) == ("desk", "M-4.3a")
    assert owner.stand_in is not None
    assert (owner.stand_in.person, owner.stand_in.act.command) == ("desk2", "hand_over")


def test_who_handles_it_and_who_has_worked_on_it() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    assert why(desk.case(number), desk.at, desk.handbook).handler.roles == ()
    number = desk.reach("repair", "on_site")
    handler = why(desk.case(number), desk.at, desk.handbook).handler
    assert (handler.roles, handler.sent and handler.sent.command) == (("engineering",), "dispatch")
    assert [(each.person, each.act.command, each.clause.id) for each in handler.workers] == [
        ("engineering", "arrive", "M-3.3a")
    ]


@pytest.mark.parametrize(
    ("kind", "register", "dossier", "part", "clause"),
    [
        ("complaint", True, True, "complaint", "M-3.4a"),
        ("suggestion", True, True, "form", "H-4.6.2"),
        ("enquiry", True, False, "", "H-4.6.2"),
        ("challenge", True, True, "form", "H-4.6.2"),
        ("help", True, True, "service_record", "M-3.4a"),
        ("repair", True, True, "service_record", "M-3.4a"),
    ],
)
def test_where_it_is_filed_and_why(kind: str, register: bool, dossier: bool, part: str, clause: str) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, "closed")
    books = {each.book: each for each in why(desk.case(number), desk.at, desk.handbook).filing}
    assert (books["register"].kept, books["register"].clause.id) == (register, "H-4.6.1")
    found = books["dossier"]
    assert (found.kept, found.part, found.clause.id, found.settled) == (dossier, part, clause, True)
    assert found.under == ("1-1-101" if dossier else "")


def test_what_other_staff_answered_is_in_neither_book() -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", "security")
    desk.do(number, "answer", "security", text="在二楼", satisfied=True)
    register, dossier = why(desk.case(number), desk.at, desk.handbook).filing
    assert (register.kept, register.why) == (False, "away_from_the_desk")
    assert (dossier.kept, dossier.why) == (False, "no_part")


def test_what_was_withdrawn_or_has_no_household_is_filed_so() -> None:
    desk = FrontDesk()
    number = desk.receive("repair", household=None, name="过路人", phone="13500000000")
    desk.do(number, "withdraw", "desk", reason="误报", mistaken=True)
    register, dossier = why(desk.case(number), desk.at, desk.handbook).filing
    assert (register.marked, dossier.marked, dossier.under) == ("mistaken", "mistaken", "unassigned")


@pytest.mark.parametrize(
    ("state", "command", "by", "fields", "place", "tested"),
    [
        ("received", "complete", "engineering", {}, Place.STATE, 1),
        ("handling", "extend", "desk", {"until": "7wd"}, Place.ROLE, 2),
        ("handling", "extend", "cs_head", {}, Place.FIELDS, 1),
        ("handling", "extend", "cs_head", {"until": "7wd"}, Place.BARS, 2),
        ("handling", "extend", "cs_head", {"until": "8wd", "informed": True}, Place.BARS, 3),
        ("awaiting_call_back", "call_back", "engineering", {"satisfied": True}, Place.NAMED, 1),
        ("received", "assign", "nobody", {"to": "engineering"}, Place.KNOWN, 1),
    ],
)
def test_a_refusal_tells_where_in_the_order_of_the_rules_it_fell(
    state: str, command: str, by: str, fields: dict[str, Any], place: Place, tested: int
) -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", state)
    reason = refused(desk, number, command, by, **fields)
    order = list(reason.order)
    at = [each.outcome for each in order].index("refused")
    assert [each.place for each in order] == list(Place)
    assert [each.outcome for each in order] == ["passed"] * at + ["refused"] + ["not_reached"] * (len(order) - at - 1)
    assert order[at].place == place
    assert len(order[at].tested) == tested
    assert order[at].tested[-1].rule == reason.rule
    assert (reason.state, reason.command, reason.by) == (state, command, by)


def test_the_form_is_asked_last_and_every_bar_of_the_row_before_it_is_told() -> None:
    desk = FrontDesk()
    number = desk.receive("repair", summary=None)
    for command, by, fields in (
        ("dispatch", "desk", {"to": "engineering"}),
        ("arrive", "engineering", {}),
        ("complete", "engineering", {"result": "好了"}),
    ):
        desk.do(number, command, by, **fields)
    reason = refused(desk, number, "call_back", "desk", satisfied=True, quality_ok=True, channel="phone")
    order = {each.place: each for each in reason.order}
    assert order[Place.FORM].outcome == "refused"
    assert [each.rule for each in order[Place.BARS].tested] == ["call_back_by_phone"]
    assert [each.rule for each in order[Place.NAMED].tested] == ["call_back_by_others", "call_back_on_own_work"]
    assert reason.since is not None
    assert reason.since.command == "complete"


def test_the_bars_are_those_of_the_branch_that_was_taken() -> None:
    desk = FrontDesk(scripts=(WATER,))
    number = desk.receive("challenge", topic="water")
    plain = refused(desk, number, "answer", "desk", text="是", satisfied=True)
    tested = next(each.tested for each in plain.order if each.place == Place.BARS)
    assert [each.rule for each in tested] == [
        "simply_turned_away",
        "must_be_assigned",
        "not_the_spokesperson",
        "not_the_agreed_answer",
    ]
    proxy = {"out_of_scope": True, "alternative": "街道", "proxy_offered": True, "proxy_accepted": True}
    by_proxy = refused(desk, number, "answer", "desk", **proxy)
    tested = next(each.tested for each in by_proxy.order if each.place == Place.BARS)
    assert [each.rule for each in tested][:2] == ["simply_turned_away", "contact_unknown"]


def test_a_refused_receipt_is_told_and_what_was_asked_is_masked() -> None:
    desk = FrontDesk()
    fields = {"kind": "help", "channel": "phone", "name": "王敏", "phone": "13800001234", "promised": clock(15)}
    fields |= {"summary": "回电13800001234"}
    found = decide(None, Command("receive", "desk", "QZ-1", fields), desk.at, desk.handbook)
    assert isinstance(found, Refusal)
    reason = why_refused(found, None, desk.handbook)
    assert (reason.kind, reason.state, reason.since) == ("help", "", None)
    assert (reason.asked["name"], reason.asked["phone"], reason.asked["summary"]) == (
        "王*",
        "138****1234",
        "回电138****1234",
    )
    assert next(each.place for each in reason.order if each.outcome == "refused") == Place.BARS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(KINDS),
    receipt=st.sampled_from(RECEIPTS),
    by=st.sampled_from(("desk", "staff", "security", "area_manager")),
    turns=TURNS,
)
def test_whatever_happened_every_reason_holds_together(
    kind: str, receipt: dict[str, Any], by: str, turns: Sequence[Turn]
) -> None:
    desk = FrontDesk(scripts=(WATER, NOISE))
    older = desk.receive(kind, "desk2", household="1-1-109")
    number = desk.later(minutes=1).receive(kind, by, **receipt)
    walk = Walk(desk, number, older)
    for turn in turns:
        walk.turn(turn)
    for each in (number, older):
        holds_together(desk, desk.case(each))
        refusals_hold_together(desk, desk.case(each), turns)


def holds_together(desk: FrontDesk, case: Case) -> None:
    """What a case's reasons say is what is on record, and nothing that was taken back is among them."""
    reason = why(case, desk.at, desk.handbook)
    live = {event.seq: event for event in live_events(case)}
    assert len(reason.duties) == len(case.duties)
    for told, duty in zip(reason.duties, case.duties, strict=True):
        acts = [told.opened, told.runs_from, *(each.act for each in told.shifts)]
        acts += [told.verdict.ended] if told.verdict.ended else []
        assert all(
            (live[act.seq].name, live[act.seq].at, live[act.seq].by) == (act.command, act.at, act.by) for act in acts
        )
        assert all(act.clause is not None for act in acts if act.command != "recount")
        ends = [told.reckoning.due, *(each.after for each in told.shifts)]
        assert [each.before for each in told.shifts] == ends[:-1], "each move goes on from the one before"
        assert (ends[-1], told.verdict.status) == (duty.due, duty.status(desk.at))
        assert (told.verdict.ended is None) == duty.owed
        assert told.reckoning.anew is None, "the handbook is the one it was reckoned by"
        assert told.standard is not None
        assert not told.standard.revised
        assert told.runs_from.at <= told.reckoning.since <= told.due or told.shifts
    assert reason.owner.owner.person == case.owner
    assert (reason.owner.stand_in.person if reason.owner.stand_in else "") == case.stand_in
    assert {each.book for each in reason.filing if each.kept and each.settled} == set(case.filed)
    for branch in (tell_case(reason, {}), *(tell_duty(each, {}) for each in reason.duties)):
        assert all(lines(branch, language) and all(lines(branch, language)) for language in ("zh", "en"))


def refusals_hold_together(desk: FrontDesk, case: Case, turns: Sequence[Turn]) -> None:
    """Every refusal has its place among the rules, and the last rule told there is the one that spoke."""
    for turn in turns:
        command, by = COMMANDS[turn.pick % len(COMMANDS)], PEOPLE[turn.fields % len(PEOPLE)]
        choices = FIELDS[command]
        fields = said(choices[turn.fields % len(choices)], desk.at, case.number, case.number)
        found = decide(
            case, Command(command, by, case.number, fields), desk.at + timedelta(minutes=1), desk.handbook, case
        )
        if isinstance(found, Refusal):
            reason = why_refused(found, case, desk.handbook)
            (spoke,) = [each for each in reason.order if each.outcome == "refused"]
            assert spoke.tested[-1].rule == found.rule
            assert all(lines(tell_refusal(reason, {}), language) for language in ("zh", "en"))


def test_the_form_of_a_complaint_lacks_what_it_lacks() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", **dict.fromkeys(COMPLAINT))
    reason = refused(desk, number, "assign", "desk", to="engineering")
    assert (reason.rule, reason.clause and reason.clause.id) == ("form_incomplete", "M-4.2a")
    assert next(each.place for each in reason.order if each.outcome == "refused") == Place.BARS
