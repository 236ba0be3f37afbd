"""The figures of the targets: what each case counts for, how a figure stands, and what never changes it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from attrs import evolve

from qiantai import clauses
from qiantai.projections.months import days_of, month_of
from qiantai.projections.readings import LAST_DAY, Month, Reading, Result, counts, month_made, reading
from qiantai.projections.reckoning import Verdict, reckoned, todays
from qiantai.projections.sample import Answer, record
from qiantai.projections.targets import TARGETS, TODAY, duty_targets
from qiantai.words import entry
from tests.kernel.front_desk import FrontDesk, clock

BY_ID = {each.id: each for each in (*TARGETS, *TODAY, *duty_targets(FrontDesk().handbook))}


def items(front: FrontDesk, *targets: str) -> dict[str, Verdict]:
    """What each case counts for now in these targets."""
    found = reckoned(front.desk.store.all_cases(), front.at, front.handbook)
    return {each.number: each.verdict for each in found if each.target in targets}


def month(front: FrontDesk, name: str = "") -> Month:
    """A month as it stands now, this one unless said."""
    name = name or month_of(front.at)
    cases = front.desk.store.received(*days_of(name))
    return month_made(name, cases, frozenset(), front.at, front.handbook)


def now(front: FrontDesk, target: str, **asked: Any) -> Reading:
    """The figure of this month."""
    return reading(BY_ID[target], month(front), **asked)


def of(target: str, *, over: bool = False, **n: int) -> Result:
    """How a figure with so many of each verdict stands."""
    found = {Verdict(name): count for name, count in n.items()}
    met, missed = found.get(Verdict.MEETS, 0), found.get(Verdict.MISSES, 0)
    return Reading(BY_ID[target], found, met / (met + missed) if met or missed else None, over).result


def test_every_clause_that_is_a_target_has_its_figure_and_every_figure_its_label() -> None:
    assert {each.clause for each in TARGETS} >= {each for each in clauses() if each.kind == "target"}
    for each in (*TARGETS, *TODAY):
        assert entry("targets", each.id)["zh"]
        assert each.label.en
        assert each.how.zh
    for group, names in (("verdicts", Verdict), ("results", Result)):
        assert {entry(group, each).get("en", "") for each in names} - {""} != set()
        assert all(entry(group, each).get("zh") for each in names)


def test_a_duty_is_met_missed_still_due_or_no_longer_owed() -> None:
    front = FrontDesk()
    met, late, due, void = (front.receive("repair") for _ in range(4))
    for number in (met, late):
        front.do(number, "dispatch", "desk", to="engineering")
        front.do(number, "arrive", "engineering")
    front.later(hours=1).do(met, "complete", "engineering", result="已修好")
    front.do(void, "withdraw", "desk", reason="已好")
    assert items(front, "repair.finish") == {met: Verdict.MEETS, late: Verdict.DUE, due: Verdict.DUE}
    front.later(hours=22, minutes=30)
    assert items(front, "repair.finish")[due] is Verdict.SOON
    front.later(hours=2).do(late, "complete", "engineering", result="已修好")
    assert items(front, "repair.finish") == {met: Verdict.MEETS, late: Verdict.MISSES, due: Verdict.MISSES}


def test_a_case_that_missed_once_stays_a_miss_though_the_duty_was_met_the_second_time() -> None:
    front = FrontDesk()
    number = front.reach("complaint", "handling")
    front.later(days=4).do(number, "complete", "engineering", result="已整改", valid=False)
    front.do(number, "reply", "desk", channel="phone", text="已整改")
    front.do(number, "call_back", "desk", satisfied=False)
    assert items(front, "complaint.resolve") == {number: Verdict.MISSES}
    front.do(number, "complete", "engineering", result="已整改", valid=False)
    front.do(number, "reply", "desk", channel="phone", text="已整改")
    front.do(number, "call_back", "desk", satisfied=True)
    assert items(front, "complaint.resolve") == {number: Verdict.MISSES}
    assert items(front, "satisfaction") == {number: Verdict.MEETS}, "the last word counts"


def test_an_entry_by_mistake_counts_for_nothing_one_that_was_taken_back_for_what_it_was() -> None:
    front = FrontDesk()
    slip, taken_back, kept = (front.receive("complaint") for _ in range(3))
    front.later(minutes=10).do(slip, "withdraw", "desk", reason="登错", mistaken=True)
    front.do(taken_back, "withdraw", "desk", reason="业户撤回")
    assert items(front, "complaint.explain", "complaint_rate") == {
        taken_back: Verdict.COUNTED,
        kept: Verdict.COUNTED,
    }
    late = {each.number for each in reckoned(front.desk.store.all_cases(), front.at, front.handbook)
            if (each.target, each.verdict) == ("complaint.explain", Verdict.MISSES)}  # fmt: skip
    assert late == {taken_back, kept}, "a withdrawal does not wipe out a miss"


def test_what_was_undone_counts_as_if_it_had_never_been_said() -> None:
    front = FrontDesk()
    number = front.reach("enquiry", "received")
    front.do(number, "answer", "desk", text="周三", satisfied=True)
    assert items(front, "satisfaction") == {number: Verdict.MEETS}
    front.later(minutes=2).do(number, "undo", "desk")
    assert items(front, "satisfaction") == {}


def test_nobody_reached_is_nobody_asked() -> None:
    front = FrontDesk()
    number = front.reach("help", "awaiting_call_back")
    front.do(number, "call_back", "desk", reached=False)
    assert items(front, "satisfaction") == {}
    assert items(front, "called_back") == {number: Verdict.MISSES}
    front.do(number, "call_back", "desk", satisfied=False)
    assert items(front, "satisfaction", "called_back").keys() == {number}
    assert now(front, "satisfaction").value == 0


def test_a_customer_counts_once_and_an_anonymous_one_not_at_all() -> None:
    front = FrontDesk()
    closed = front.reach("help", "closed")
    front.receive("repair")
    front.receive("repair", household="1-1-102")
    front.receive("complaint", household=None, anonymous=True)
    assert items(front, "called_back") == {closed: Verdict.MEETS, "BX-20261123-002": Verdict.MISSES}
    assert now(front, "called_back").value == 0.5


def test_the_rings_that_were_noted_on_the_phone() -> None:
    front = FrontDesk()
    three, four = front.receive("repair", rings=3), front.receive("repair", rings=4)
    front.receive("repair")
    front.receive("repair", channel="visit", rings=9)
    assert items(front, "rings") == {three: Verdict.MEETS, four: Verdict.MISSES}


def test_a_merged_complaint_is_the_one_it_was_merged_into() -> None:
    front = FrontDesk()
    kept, merged = front.receive("complaint"), front.receive("complaint", household="1-1-102")
    front.receive("help")
    front.do(merged, "merge", "desk", into=kept)
    found = now(front, "complaint_rate")
    assert found.value == 0.5
    assert found.counts == {Verdict.COUNTED: 1, Verdict.BESIDES: 1}
    assert items(front, "complaints_fewer") == items(front, "complaint_rate")
    assert items(front, "complaints_fewer")[kept] is Verdict.COUNTED


def test_the_complaint_rate_is_held_against_the_same_days_a_year_before() -> None:
    front = FrontDesk(clock(9, day=10, year=2025))
    for kind in ("complaint", "complaint", "repair", "repair"):
        front.receive(kind)
    front.at = clock(9, day=24, year=2025)
    front.receive("complaint")
    front.at = clock(9, day=12)
    for kind in ("complaint", "repair", "repair", "help"):
        front.receive(kind)
    before = month(front, "2025-11")
    found = reading(BY_ID["complaints_fewer"], month(front), before)
    assert (found.value, found.share, found.before, found.result) == (-0.5, 0.25, 0.5, Result.MET)
    front.at = clock(9, day=2, month=12)
    found = reading(BY_ID["complaints_fewer"], month(front, "2026-11"), before)
    assert (found.before, found.result) == (0.6, Result.MET)
    assert reading(BY_ID["complaints_fewer"], month(front, "2026-11")).result is Result.NOTHING, "with no year before"


def test_twice_the_complaints_among_twice_the_matters_are_no_higher_rate() -> None:
    front = FrontDesk(clock(9, day=10, year=2025))
    for kind in ("complaint", "repair"):
        front.receive(kind)
    front.at = clock(9, day=12)
    for kind in ("complaint", "repair") * 2:
        front.receive(kind)
    assert reading(BY_ID["complaints_fewer"], month(front), month(front, "2025-11")).value == 0


def test_how_a_share_stands() -> None:
    assert of("satisfaction", meets=17, misses=3) is Result.MET
    assert of("satisfaction", meets=16, misses=4) is Result.AT_RISK, "the month is not over"
    assert of("satisfaction", meets=16, misses=4, over=True) is Result.MISSED
    assert of("feedback_in_time", meets=18, misses=1, over=True) is Result.MISSED
    assert of("feedback_in_time", meets=18, misses=1, due=1, over=True) is Result.AT_RISK, "what is due may lift it"
    assert of("feedback_in_time", meets=19, misses=1, soon=1) is Result.AT_RISK, "one more miss breaks it"
    assert of("feedback_in_time", meets=19, misses=1, due=1) is Result.MET
    assert of("feedback_in_time", soon=1) is Result.AT_RISK
    assert of("feedback_in_time", due=1) is Result.NOTHING
    assert of("feedback_in_time") is Result.NOTHING
    assert of("repair.finish", meets=99, misses=1) is Result.MISSED, "every one is to be in time"
    assert of("timeliness", meets=1, misses=9) is Result.NO_GOAL


def test_what_nothing_here_measures_says_why() -> None:
    unmeasured = {each.id for each in TARGETS if not each.measured}
    assert unmeasured == {"survey", "community_events", "renewals", "new_customers"}
    for id in unmeasured:
        found = now(FrontDesk(), id)
        assert (found.value, found.result, found.cases) == (None, Result.UNMEASURED, 0)


def test_the_hours_are_those_of_the_month() -> None:
    front = FrontDesk()
    assert (now(front, "service_hours").value, now(front, "service_hours").result) == (10, Result.MET)


def test_what_other_books_count_is_handed_in() -> None:
    front = FrontDesk()
    assert now(front, "trained").result is Result.NOTHING
    beside = {"2026-11": {"trained": {Verdict.MEETS: 3, Verdict.MISSES: 1}}}
    found = now(front, "trained", beside=beside)
    assert (found.value, found.result) == (0.75, Result.MISSED)


def test_a_due_time_that_is_provisional_says_so() -> None:
    front = FrontDesk(clock(9, day=30, month=12, year=2030))
    front.receive("complaint")
    found = reckoned(front.desk.store.all_cases(), front.at, front.handbook)
    assert {each.provisional for each in found if each.target == "complaint.resolve"} == {True}
    assert {each.provisional for each in found if each.target == "complaint.explain"} == {False}


def test_today() -> None:
    front = FrontDesk(clock(9, day=20))
    front.receive("repair", promised=clock(8, day=21))
    front.at = clock(10)
    front.receive("repair", promised=clock(18))
    slip = front.receive("repair")
    front.do(slip, "withdraw", "desk", reason="登错", mistaken=True)
    waiting = front.reach("repair", "on_site")
    eta = clock(18, day=27)
    front.do(waiting, "wait", "engineering", reason="parts", eta=eta, informed=True)
    store = front.desk.store
    today = front.at.date()
    found = Counter(
        each.target for each in todays(store.open_cases(), store.received(today, today), front.at, front.handbook)
    )
    assert found == {"taken_in": 2, "open": 3, "overdue": 1, "promised": 1, "waiting": 1}


def test_what_was_promised_for_today_counts_however_it_was_promised_until_it_is_kept() -> None:
    front = FrontDesk()
    number = front.receive("complaint")
    front.do(number, "explain", "desk", promised=front.at.replace(hour=18))
    promised = [
        each for each in todays([front.case(number)], [], front.at, front.handbook) if each.target == "promised"
    ]
    assert [each.number for each in promised] == [number]
    front.do(number, "withdraw", "desk", reason="好了")
    assert not [
        each for each in todays([front.case(number)], [], front.at, front.handbook) if each.target == "promised"
    ]


def test_by_kind_and_by_area() -> None:
    front = FrontDesk()
    east = front.receive("repair", household="3-1-301")
    front.receive("repair", area="west")
    front.receive("help")
    front.at = clock(9, day=25)
    tally = month(front).tally
    assert counts(tally, "timeliness", kind="help") == {Verdict.MISSES: 1}
    assert counts(tally, "timeliness", area="east") == {Verdict.MISSES: 1}
    assert counts(tally, "timeliness") == {Verdict.MISSES: 3}
    assert counts(tally, "timeliness", days=(1, 22)) == {}
    found = reckoned(front.desk.store.all_cases(), front.at, front.handbook)
    assert [each.number for each in found if each.area == "east" and each.target == "timeliness"] == [east]


def test_an_item_has_its_day_by_the_sites_calendar() -> None:
    front = FrontDesk(clock(0, 30, day=1))
    front.receive("help")
    [item] = [
        each
        for each in reckoned(front.desk.store.all_cases(), front.at, front.handbook)
        if each.target == "help.arrive"
    ]
    assert item.day == 1
    assert evolve(item, received=clock(23, 59, day=30)).day == 30
    assert LAST_DAY == 31


def test_a_call_of_the_monthly_sample_reaches_the_customer_and_is_the_last_word() -> None:
    front = FrontDesk()
    number = front.reach("enquiry", "received")
    front.do(number, "answer", "desk", text="周三", satisfied=True)
    assert items(front, "called_back") == {number: Verdict.MISSES}, "settled at the desk, nobody called back"
    front.later(days=1).do(number, "note", "supervisor", text=record(Answer.UNREACHED))
    assert items(front, "called_back") == {number: Verdict.MISSES}
    front.later(days=1).do(number, "note", "supervisor", text=record(Answer.DISSATISFIED, "没人回电"))
    assert items(front, "called_back") == {number: Verdict.MEETS}
    assert items(front, "satisfaction") == {number: Verdict.MISSES}
