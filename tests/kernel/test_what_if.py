"""What would differ: due times, refusals, offers and figures under another handbook, and nothing under the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantai import Case, Handbook, Policy, change_policy
from qiantai.again import play_again
from qiantai.days import Year
from qiantai.what_if import Difference, what_if
from tests.kernel.front_desk import KINDS, MONDAY, NOISE, STAFF, WATER, FrontDesk, clock
from tests.kernel.plausible import RECEIPTS, Fields
from tests.kernel.walking import RECEIVERS, TURNS, Turn, Walk


def everything(desk: FrontDesk) -> list[Case]:
    """All cases of the desk."""
    return [*desk.desk.store.open_cases(), *desk.desk.store.closed_cases()]


def asked(desk: FrontDesk, **changed: Any) -> Difference:
    """What would differ with these parts of the handbook changed."""
    return what_if(everything(desk), desk.handbook, evolve(desk.handbook, **changed), desk.at)


def policies(**limits: Any) -> tuple[Policy, ...]:
    """One version with these limits, valid from the beginning."""
    return (change_policy(limits, Policy()),)


def test_a_tighter_limit_moves_the_due_times_of_open_cases_duty_by_duty() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.later(days=1)
    found = asked(desk, policies=policies(complaint_resolve="1wd"))
    (due,) = found.dues
    assert (due.case, due.kind, due.duty, due.place) == (number, "complaint", "resolve", 1)
    assert due.now is not None
    assert due.then is not None
    assert (due.now.due, due.then.due) == (clock(18, 30, day=25), clock(18, 30, day=24))
    assert (found.refused, found.allowed, found.figures) == ((), (), ())
    assert desk.duty(number, "resolve").due == clock(18, 30, day=25), "nothing is rewritten"


def test_what_was_in_time_may_have_been_late_in_the_figures() -> None:
    desk = FrontDesk(clock(9, day=12, month=10))
    number = desk.receive("complaint")
    desk.later(minutes=4).do(number, "explain", "desk")
    desk.at = MONDAY
    (change,) = [each for each in asked(desk, policies=policies(at_once="3m")).figures if each.now.duty == "explain"]
    assert (change.now.month, change.now.kind) == ("2026-10", "complaint")
    assert (change.now.met, change.now.late, change.then.met, change.then.late) == (1, 0, 0, 1)
    assert (change.now.in_time, change.then.in_time) == (1.0, 0.0)


def test_a_dated_version_speaks_for_cases_received_from_its_day_on() -> None:
    desk = FrontDesk()
    desk.receive("complaint")
    second = desk.later(days=1).receive("complaint")
    version = change_policy({"complaint_resolve": "1wd"}, Policy(), date(2026, 11, 24), "cs_head")
    found = asked(desk, policies=(Policy(), version))
    assert {each.case for each in found.dues} == {second}


def test_a_day_off_moves_what_counts_working_days() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    found = asked(desk, calendar=desk.handbook.calendar.with_days(off=[date(2026, 11, 24)]))
    assert [(each.case, each.duty, each.then and each.then.due) for each in found.dues] == [
        (number, "resolve", clock(18, 30, day=26))
    ]


def test_a_command_that_would_have_been_refused_ends_its_case_there() -> None:
    desk = FrontDesk()
    number = desk.receive("challenge", topic="water")
    desk.do(number, "answer", "desk", text="按表计费", satisfied=True)
    found = asked(desk, scripts=(WATER,))
    (ruling,) = found.refused
    assert (ruling.case, ruling.seq, ruling.command, ruling.by, ruling.now) == (number, 1, "answer", "desk", None)
    assert ruling.then is not None
    assert (ruling.then.rule, ruling.then.clause_id) == ("not_the_agreed_answer", "H-4.4.5")
    (figure,) = found.figures
    assert (figure.now.met, figure.then.met, figure.then.open) == (1, 0, 1)


def test_the_later_commands_of_a_stopped_case_are_left_out() -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "handling")
    desk.do(number, "extend", "cs_head", until="6wd", informed=True)
    desk.later(minutes=5).do(number, "complete", "engineering", result="已整改", valid=False)
    again = play_again(everything(desk), evolve(desk.handbook, policies=policies(complaint_limit="5wd")))
    stopped = again[number].stopped
    assert stopped is not None
    assert (stopped.event.name, stopped.refusal.rule, stopped.refusal.clause_id) == (
        "extend",
        "past_the_limit",
        "M-4.2c",
    )
    case = again[number].case
    assert case is not None
    assert (case.state, [each.name for each in case.history]) == ("handling", ["receive", "explain", "assign"])


def test_a_command_on_record_that_today_refuses_may_be_newly_allowed() -> None:
    desk = FrontDesk(scripts=(WATER,))
    number = desk.receive("challenge", topic="water")
    desk.do(number, "note", "desk", text="问水费")
    desk.do(number, "assign", "desk", to="area_manager")
    desk.do(number, "reply", "area_manager", channel="phone", text="按表计费", script="water-1")
    desk.handbook = evolve(desk.handbook, scripts=(evolve(WATER, id="water-2"),))
    (ruling,) = asked(desk, scripts=(WATER,)).allowed
    assert (ruling.command, ruling.then) == ("reply", None)
    assert ruling.now is not None
    assert ruling.now.rule == "not_the_agreed_answer"


def test_who_could_give_what_now_is_compared_too() -> None:
    desk = FrontDesk()
    number = desk.receive("challenge", topic="noise", important=True)
    found = asked(desk, scripts=(NOISE,))
    offers = {each.command: each for each in found.offers}
    assert {each.case for each in found.offers} == {number}
    assert (offers["answer"].gained, offers["answer"].lost) == (("security",), ())


def test_where_somebody_has_left_the_record_stands_and_that_is_told() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", "desk2")
    desk.later(minutes=3).do(number, "explain", "desk2")
    desk.handbook = evolve(desk.handbook, people={id: each for id, each in STAFF.items() if id != "desk2"})
    found = asked(desk, policies=policies(at_once="1m"))
    (ruling,) = found.unplayed
    assert (ruling.command, ruling.now and ruling.now.rule) == ("receive", "unknown_person")
    assert found.nothing


def test_a_merge_is_judged_on_both_cases() -> None:
    desk = FrontDesk()
    older = desk.receive("complaint", household="1-1-109")
    younger = desk.later(minutes=1).receive("complaint", joint=5)
    desk.later(minutes=1).do(younger, "merge", "desk", into=older)
    again = play_again(everything(desk), desk.handbook)
    into, merged = again[older].case, again[younger].case
    assert into is not None
    assert merged is not None
    assert (into.joint, merged.state) == (6, "closed")
    assert into.owes("report_up")
    found = asked(desk, policies=policies(group_complaint=6))
    assert {(each.case, each.duty) for each in found.dues} == {(older, "report_up"), (older, "start_plan")}
    assert {each.then for each in found.dues} == {None}


def test_a_merge_whose_case_stopped_before_never_comes_about() -> None:
    desk = FrontDesk()
    older = desk.receive("challenge", household="1-1-109")
    younger = desk.later(minutes=1).receive("challenge", topic="water")
    desk.do(younger, "take_contact", "desk")
    desk.later(minutes=1).do(younger, "reply", "desk", text="按表计费", satisfied=False)
    desk.later(minutes=1).do(younger, "merge", "desk", into=older)
    desk.later(minutes=1).do(older, "note", "desk", text="两户")
    again = play_again(everything(desk), evolve(desk.handbook, scripts=(WATER,)))
    assert again[younger].stopped is not None
    into = again[older].case
    assert into is not None
    assert again[older].stopped is None
    assert ([each.name for each in into.history], into.joint) == (["receive", "note"], 1)


def test_a_merge_taken_back_is_as_if_never_given() -> None:
    desk = FrontDesk()
    older = desk.receive("complaint", household="1-1-109")
    younger = desk.later(minutes=1).receive("complaint")
    desk.later(minutes=1).do(younger, "merge", "desk", into=older)
    desk.later(minutes=1).do(younger, "undo", "desk")
    again = play_again(everything(desk), desk.handbook)
    for number in (older, younger):
        case = again[number].case
        assert case is not None
        assert [each.name for each in case.history] == ["receive"]
    assert asked(desk).nothing


def test_what_was_said_may_have_been_erased() -> None:
    desk = FrontDesk()
    numbers = [desk.reach(kind, "closed") for kind in KINDS]
    for number in numbers:
        desk.desk.erase(number, "cs_head", reason="业主要求")
    found = asked(desk, policies=policies(at_once="4m"))
    assert (found.nothing, found.unplayed) == (True, ())
    again = play_again(everything(desk), desk.handbook)
    assert [again[number].stopped for number in numbers] == [None] * len(numbers)


def test_due_times_counted_anew_come_out_as_the_calendar_has_them() -> None:
    desk = FrontDesk(clock(9, day=31, month=12, year=2030))
    number = desk.reach("complaint", "handling")
    desk.do(number, "extend", "cs_head", until="4wd", informed=True)
    year = Year(2031, {date(2031, 1, day): "元旦" for day in (1, 2, 3)}, {date(2031, 1, 4): "元旦"}, "通知")
    unknown = desk.handbook
    desk.handbook = evolve(unknown, calendar=unknown.calendar.with_years([year]))
    desk.desk = desk.desk.with_handbook(desk.handbook)
    assert desk.desk.recount()
    assert asked(desk).nothing
    again = play_again(everything(desk), desk.handbook)[number].case
    assert again is not None
    assert again.duties == tuple(
        evolve(each, limit=again.duties[at].limit) for at, each in enumerate(desk.case(number).duties)
    )
    found = asked(desk, calendar=unknown.calendar)
    assert {(each.duty, each.then and each.then.provisional) for each in found.dues} == {("resolve", True)}


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(KINDS), receipt=st.sampled_from(RECEIPTS), by=RECEIVERS, turns=TURNS)
def test_under_the_same_handbook_nothing_differs(kind: str, receipt: Fields, by: str, turns: Sequence[Turn]) -> None:
    desk = Walk.begun(kind, receipt, by).go(turns).desk
    cases = everything(desk)
    for played in (play_again(cases, desk.handbook), play_again(reversed(cases), desk.handbook)):
        for case in cases:
            again = played[case.number]
            assert again.stopped is None
            assert again.case is not None
            assert as_if_told_once(again.case) == as_if_told_once(case)
    assert what_if(cases, desk.handbook, replace_nothing(desk.handbook), desk.at) == Difference((), (), (), (), (), ())
    assert [desk.case(each.number) for each in cases] == cases


def as_if_told_once(case: Case) -> Case:
    """A case without its history, and without the facts that say nothing: an empty text is not said again."""
    return evolve(case, history=(), facts={name: value for name, value in case.facts.items() if value != ""})


def replace_nothing(handbook: Handbook) -> Handbook:
    """The same handbook, written anew."""
    return evolve(handbook, scripts=tuple(handbook.scripts), policies=tuple(handbook.policies))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(KINDS), receipt=st.sampled_from(RECEIPTS), turns=TURNS)
def test_what_differs_one_way_differs_the_other_way_round(kind: str, receipt: Fields, turns: Sequence[Turn]) -> None:
    desk = Walk.begun(kind, receipt, scripts=(WATER,)).go(turns).desk
    tighter = evolve(desk.handbook, policies=policies(at_once="2m", complaint_resolve="1wd", repair_finish="2h"))
    cases, at = everything(desk), desk.at + timedelta(hours=1)
    there, back = what_if(cases, desk.handbook, tighter, at), what_if(cases, tighter, desk.handbook, at)
    assert {(each.case, each.seq) for each in there.refused} == {(each.case, each.seq) for each in back.allowed}
    if not there.refused:
        assert {(each.now, each.then) for each in there.figures} == {(each.then, each.now) for each in back.figures}
        assert {(each.now, each.then) for each in there.dues} == {(each.then, each.now) for each in back.dues}
