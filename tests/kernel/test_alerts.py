"""Alerts: how long before, whose they are, quiet hours, and that each is told once whatever happens meanwhile."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from attrs import evolve as replaced
from hypothesis import given
from hypothesis import strategies as st

from qiantai import Case, Clause, Duty, Period, Person
from qiantai.projections.alerts import Alert, AlertRules, Quiet, Stage, alerts, concerns, next_alert
from tests.kernel.front_desk import STAFF, FrontDesk, clock

NIGHT = Quiet(time(22), time(7))
RULES = AlertRules(quiet=NIGHT)
DESK = STAFF["desk"]
NOTHING = frozenset[Alert]()


def told(desk: FrontDesk, person: str = "desk", rules: AlertRules = RULES) -> list[tuple[str, str, str]]:
    """What somebody is told now who was told nothing so far."""
    found = alerts(desk.desk.store.open_cases(), STAFF[person], desk.at, NOTHING, rules)
    return [(each.case[:2], each.duty, each.stage) for each in found]


def moments(desk: FrontDesk, number: str, name: str, rules: AlertRules = RULES) -> list[datetime | None]:
    duty = desk.duty(number, name)
    return [rules.moment(duty, stage) for stage in Stage]


def test_before_an_emergency_two_minutes_before_a_day_an_hour() -> None:
    desk = FrontDesk()
    lift = desk.receive("repair", emergency=True)
    lamp = desk.receive("repair")
    assert moments(desk, lift, "dispatch") == [clock(9, 3), clock(9, 5)]
    assert moments(desk, lift, "arrive") == [clock(9, 8), clock(9, 10)]
    assert moments(desk, lamp, "finish") == [clock(8, day=24), clock(9, day=24)]


def test_working_days_are_told_of_on_the_morning_of_the_last() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    assert moments(desk, number, "resolve") == [clock(9, day=25), clock(18, 30, day=25)]
    assert moments(desk, number, "resolve", AlertRules(morning=time(8, 30)))[0] == clock(8, 30, day=25)
    assert moments(desk, number, "resolve", AlertRules(morning=time(19)))[0] == clock(17, 30, day=25), "as a long one"


def test_a_duty_may_have_a_length_of_its_own() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    rules = AlertRules(duties={"resolve": Period.parse("4h"), "pass_on": Period.parse("7d")})
    assert moments(desk, number, "resolve", rules)[0] == clock(14, 30, day=25)
    assert moments(desk, number, "pass_on", rules)[0] is None, "it would come before the duty itself"


def test_what_is_promised_or_put_off_is_told_of_at_its_new_time() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "on_site")
    desk.do(number, "wait", "engineering", reason="parts", eta=clock(12, day=25), informed=True)
    assert moments(desk, number, "finish") == [clock(11, day=25), clock(12, day=25)]


def test_whoever_owes_it_is_told_and_the_supervisor_once_it_is_due() -> None:
    desk = FrontDesk()
    desk.receive("repair")
    desk.later(hours=23)
    assert {name for name in STAFF if told(desk, name)} == {"desk", "desk2", "fitter"}
    desk.later(hours=1)
    assert {name for name in STAFF if ("BX", "finish", "due") in told(desk, name)} == {
        "desk", "desk2", "fitter", "supervisor",
    }  # fmt: skip


def test_of_what_the_handler_owes_the_handler_is_told_and_who_answers_for_the_case() -> None:
    desk = FrontDesk()
    desk.reach("repair", "dispatched")
    desk.later(hours=23)
    assert {name for name in STAFF if told(desk, name)} == {"engineering", "fitter", "desk"}


def test_an_emergency_is_every_clerks_whoever_is_on_the_way() -> None:
    desk = FrontDesk()
    number = desk.receive("repair", emergency=True)
    desk.do(number, "dispatch", "desk", to="engineering")
    desk.later(minutes=8)
    assert {name for name in STAFF if told(desk, name)} == {"engineering", "fitter", "desk", "desk2"}
    assert "supervisor" in {name for name in STAFF if told(desk.later(minutes=2), name)}


def test_who_met_it_is_told_that_it_is_to_be_handed_on_and_so_is_the_desk() -> None:
    desk = FrontDesk()
    desk.receive("complaint", by="security")
    desk.later(minutes=4)
    assert ("TS", "hand_to_desk", "before") in told(desk, "security")
    assert ("TS", "hand_to_desk", "before") in told(desk, "desk2")
    assert told(desk, "engineering") == []


def test_an_incident_is_nobodys_due_time() -> None:
    desk = FrontDesk()
    desk.incident()
    assert told(desk.later(days=9)) == []


def test_in_quiet_hours_an_emergency_alone_speaks_and_the_rest_is_told_when_they_end() -> None:
    desk = FrontDesk(clock(23, 30))
    desk.receive("complaint")
    desk.receive("help", emergency=True)
    desk.later(minutes=6)
    assert {kind for kind, _, _ in told(desk)} == {"QZ"}
    desk.at = clock(6, 59, day=24)
    assert {kind for kind, _, _ in told(desk)} == {"QZ"}
    desk.at = clock(7, day=24)
    assert ("TS", "explain", "due") in told(desk)


@pytest.mark.parametrize(
    ("begins", "ends", "at", "over"),
    [
        (time(22), time(7), clock(22), clock(7, day=24)),
        (time(22), time(7), clock(21, 59), clock(21, 59)),
        (time(22), time(7), clock(6, 59), clock(7)),
        (time(22), time(7), clock(7), clock(7)),
        (time(12), time(14), clock(12), clock(14)),
        (time(12), time(14), clock(14), clock(14)),
        (time(12), time(12), clock(12), clock(12)),
    ],
)
def test_when_quiet_hours_are_over(begins: time, ends: time, at: datetime, over: datetime) -> None:
    assert Quiet(begins, ends).over(at) == over


def test_what_is_done_or_no_longer_owed_is_never_told() -> None:
    desk = FrontDesk()
    number = desk.receive("repair", emergency=True)
    desk.later(minutes=4)
    assert ("BX", "dispatch", "before") in told(desk)
    desk.do(number, "dispatch", "desk", to="engineering")
    desk.later(minutes=1)
    assert told(desk, "desk") == []
    desk.do(number, "withdraw", "desk", reason="好了")
    assert told(desk.later(days=1), "engineering") == []


# Anything may happen to due times and at any moment somebody may look, or open the desk again.

START = clock(9)
OWED = ("explain", "feedback", "finish")
MINUTES = st.integers(0, 60 * 30)


def a_case(number: int, *, emergency: bool) -> Case:
    duties = tuple(
        Duty(name, Clause("R-4b"), START, START, period, START + length, START + length, "owner")
        for name, period, length in (
            ("explain", "5m", timedelta(minutes=5)),
            ("feedback", "24h", timedelta(hours=24)),
            ("finish", "2wd", timedelta(hours=57, minutes=30)),
        )
    )
    facts = {"emergency": emergency}
    return Case(f"BX-{number}", "repair", "received", START, START, "desk", "desk", facts=facts, duties=duties)


happenings = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), MINUTES),
        st.tuples(st.just("look"), st.just(0)),
        st.tuples(st.just("again"), st.just(0)),
        st.tuples(st.just("move"), MINUTES),
        st.tuples(st.just("do"), st.just(0)),
        st.tuples(st.just("arise"), MINUTES),
    ),
    max_size=40,
)
quiets = st.sampled_from([None, NIGHT, Quiet(time(12), time(13)), Quiet(time(0), time(23, 59))])


@given(happenings, quiets, st.randoms(use_true_random=False))
def test_each_is_told_once_and_none_is_lost(steps: list[tuple[str, int]], quiet: Quiet | None, pick: Random) -> None:
    rules, at = AlertRules(quiet=quiet), START
    cases = [a_case(1, emergency=True), a_case(2, emergency=False)]
    book: list[Alert] = []
    for what, minutes in (*steps, ("wait", 1), ("look", 0)):
        place = pick.randrange(2)
        name = pick.choice(OWED)
        match what:
            case "wait":
                at += timedelta(minutes=minutes)
            case "look" | "again":  # a desk that is opened again has the book alone
                found = alerts(cases, DESK, at, frozenset(book), rules)
                assert not set(found) & set(book), "nothing is told twice"
                assert len(set(found)) == len(found)
                assert set(found) <= _came_up(cases, at, rules)
                book += found
                assert _came_up(cases, at, rules, speaking=True) <= set(book), "nothing is lost"
                assert alerts(cases, DESK, at, frozenset(book), rules) == ()
                _next_is_exact(cases, at, frozenset(book), rules)
            case "move":
                cases[place] = _amended(cases[place], name, due=at + timedelta(minutes=minutes))
            case "do":
                cases[place] = _amended(cases[place], name, discharged=at, by="desk")
            case "arise":
                due = at + timedelta(minutes=minutes)
                new = Duty(name, Clause("R-4b"), at, at, "24h", due, due, "owner")
                if not cases[place].owes(name):
                    cases[place] = replaced(cases[place], duties=(*cases[place].duties, new))
    assert len(set(book)) == len(book)


def _amended(case: Case, name: str, **to: Any) -> Case:
    return replaced(
        case, duties=tuple(replaced(each, **to) if each.name == name and each.owed else each for each in case.duties)
    )


def _came_up(cases: list[Case], at: datetime, rules: AlertRules, *, speaking: bool = False) -> set[Alert]:
    """What has come up by now of what is owed still; with `speaking` what may be told at this very moment."""
    return {
        Alert(case.number, duty.name, duty.due, stage)
        for case in cases
        for duty in case.owed
        for stage in Stage
        if (moment := rules.moment(duty, stage)) is not None and moment <= at
        if not speaking or case.holds("emergency") or rules.quiet is None or not rules.quiet.contains(at)
    }


def _next_is_exact(cases: list[Case], at: datetime, book: frozenset[Alert], rules: AlertRules) -> None:
    """Until the next moment there is nothing to tell, and then there is: nobody need look in between."""
    coming = next_alert(cases, DESK, at, book, rules)
    if coming is None:
        assert alerts(cases, DESK, at + timedelta(days=400), book, rules) == ()
        return
    assert coming > at
    assert alerts(cases, DESK, coming - timedelta(microseconds=1), book, rules) == ()
    assert alerts(cases, DESK, coming, book, rules) != ()


def test_a_person_of_no_post_at_the_desk_is_told_nothing() -> None:
    case = a_case(1, emergency=True)
    assert not any(
        concerns(case, duty, stage, Person("x", "x", ("trainer",))) for duty in case.duties for stage in Stage
    )
