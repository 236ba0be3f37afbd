"""Months of the figures: how long they hold, who sees whose cases, and that counts and cases always agree."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantai import Case, Refusal, fold
from qiantai.projections.months import days_of, later, month_of, up_to, weeks
from qiantai.projections.readings import Month, counts, reading, tallied
from qiantai.projections.reckoning import Verdict, reckoned
from qiantai.projections.targets import Unit
from tests.kernel.front_desk import KINDS, WAYS, FrontDesk, clock
from tests.kernel.test_targets import BY_ID, month


def test_a_month_holds_until_something_in_it_can_have_changed() -> None:
    front = FrontDesk(clock(9, day=2))
    seat = front.desk.seat("desk")

    def read(name: str, known: Month | None = None) -> Month:
        found = seat.month(name, known)
        assert not isinstance(found, Refusal)
        return found

    number = front.reach("help", "closed")
    fresh = read("2026-11")
    front.later(minutes=5)
    assert read("2026-11", fresh) is fresh
    front.do(number, "note", "desk", text="住户来电致谢")
    assert read("2026-11", fresh) is not fresh, "something was said of a case that stays closed"
    front.later(minutes=20)
    known = read("2026-11")
    assert read("2026-11", known) is known
    other = front.receive("repair")
    assert read("2026-11", known) is not known, "a case came in"
    known = read("2026-11")
    front.do(other, "note", "desk", text="补充")
    assert read("2026-11", known) is not known, "a case went on"
    front.later(hours=23, minutes=30)
    known = read("2026-11")
    assert counts(known.tally, "repair.finish") == {Verdict.SOON: 1}
    front.later(minutes=10)
    assert read("2026-11", known) is known
    front.later(minutes=30)
    assert counts(read("2026-11", known).tally, "repair.finish") == {Verdict.MISSES: 1}, "its time passed"
    front.reach("repair", "closed", number=other)
    front.at = clock(9, day=3, month=12)
    known = read("2026-11")
    front.receive("repair")
    front.at = clock(9, day=3, month=12, year=2027)
    assert read("2026-11", known) is known, "a month that is over and all closed stays"
    assert read("2026-12", known) is not known
    assert number


def test_the_company_sees_the_number_of_cases_and_not_which() -> None:
    front = FrontDesk()
    front.receive("repair")
    grave = front.receive("complaint", major=True)
    found = front.desk.seat("hq").behind("2026-11")
    assert not isinstance(found, Refusal)
    assert {each.number for each in found} == {"", grave}
    assert {each.number for each in found if each.target.startswith("repair")} == {""}
    everybody = front.desk.seat("desk").behind("2026-11")
    assert not isinstance(everybody, Refusal)
    assert len(found) == len(everybody)
    assert "" not in {each.number for each in everybody}
    today = front.desk.seat("hq").behind()
    assert not isinstance(today, Refusal)
    assert {each.number for each in today} == {"", grave}
    for nobodys in (front.desk.seat("trainer"), front.desk.seat("engineering")):
        for refused in (nobodys.behind("2026-11"), nobodys.behind(), nobodys.month("2026-11")):
            assert isinstance(refused, Refusal)
            assert refused.clause_id == "M-3.4c"


@pytest.mark.parametrize("wrong", ["2026-13", "2026", "11", "2026-11-01", "heute"])
def test_what_is_no_month(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        FrontDesk().desk.seat("desk").month(wrong)


@given(st.dates(date(1970, 1, 1), date(2200, 1, 1)), st.integers(-500, 500))
def test_weeks_cover_their_month_and_months_go_back_and_forth(day: date, by: int) -> None:
    name = f"{day:%Y-%m}"
    first, last = days_of(name)
    covered = [each for start, end in weeks(name) for each in range(start, end + 1)]
    assert covered == list(range(first.day, last.day + 1))
    assert all(start == 1 or first.replace(day=start).weekday() == 0 for start, _ in weeks(name))
    assert later(later(name, by), -by) == name
    assert up_to(name, 13)[0] == later(name, -12)


LIVES = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 7), st.integers(0, 3), st.integers(0, 3000)), max_size=8
)
Lives = list[tuple[str, int, int, int]]


def lived(lives: Lives) -> FrontDesk:
    """A desk at which cases of these kinds went so many steps on, each step some minutes later, some then undone."""
    front = FrontDesk(clock(9, day=27))
    for kind, far, aside, minutes in lives:
        number = front.receive(kind, household=f"1-1-10{far + 1}", rings=far)
        steps = [step for several in WAYS["enquiry" if kind == "challenge" else kind].values() for step in several]
        for command, who, said in steps[:far]:
            front.later(minutes=minutes / 5).do(number, command, who, **said)
        match aside:
            case 1:
                front.desk.do(number, "withdraw", "desk", reason="登错", mistaken=far % 2 == 0)
            case 2:
                front.desk.do(number, "undo", front.case(number).last_command.by)
        front.later(minutes=minutes)
    return front


@settings(max_examples=60, deadline=None)
@given(LIVES)
def test_the_cases_of_a_figure_always_make_its_counts(lives: Lives) -> None:
    front = lived(lives)
    for name in {month_of(each.received) for each in front.desk.store.all_cases()}:
        made = month(front, name)
        behind = front.desk.seat("desk").behind(name)
        assert not isinstance(behind, Refusal)
        assert tallied(behind) == made.tally
        for target in BY_ID.values():
            its = [each for each in behind if each.target == target.id]
            assert len({each.number for each in its}) == len(its), "a case counts once"
            found = reading(target, made)
            assert found.counts == Counter(each.verdict for each in its)
            parts = [reading(target, made, days=days).counts for days in weeks(name)]
            kinds = [reading(target, made, kind=kind).counts for kind in KINDS]
            for several in (parts, kinds):
                assert sum((Counter(dict(each)) for each in several), Counter()) == Counter(dict(found.counts))
            assert found.value is None or target.unit is not Unit.SHARE or 0 <= found.value <= 1


@settings(max_examples=60, deadline=None)
@given(LIVES, st.integers(0, 6000))
def test_what_came_later_counts_for_nothing_yet_and_a_miss_stays(lives: Lives, ago: int) -> None:
    front = lived(lives)
    cases = list(front.desk.store.all_cases())
    at = front.at - timedelta(minutes=ago)
    then = {case.number: as_it_was for case in cases if (as_it_was := until(case, at)) is not None}
    before = reckoned(then.values(), at, front.handbook)
    assert {each.number for each in reckoned(cases, at, front.handbook)} <= then.keys()
    undone = {case.number for case in cases if case.struck or case.holds("mistaken")}
    now = {(each.target, each.number): each for each in reckoned(cases, front.at, front.handbook)}
    for each in before:
        if each.verdict is Verdict.MISSES and each.due is not None and each.number not in undone:
            assert now[each.target, each.number].verdict is Verdict.MISSES


def until(case: Case, at: datetime) -> Case | None:
    """The case as it stood then."""
    events = [each for each in case.history if each.at <= at]
    return fold(events) if events else None
