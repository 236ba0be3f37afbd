"""What the site's terms let go, what is held back and why, and that no figure changes when the words go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantai import Case, Done, Refusal, Residents, Retention, Term, audit, spots, verify
from qiantai.projections.dossier import dossier
from qiantai.projections.figures import figures
from qiantai.projections.register import register
from qiantai.retention import Judged, judged
from qiantai.words import ERASED
from tests.kernel.front_desk import KINDS, MONDAY, FrontDesk

HOME, NEXT_DOOR = "1-1-101", "1-1-102"
TODAY = MONDAY.date()
TWO_YEARS = Retention({kind: Term.parse("2y") for kind in (*KINDS, "incident")})


def under(*retentions: Retention) -> tuple[FrontDesk, Residents]:
    """A desk of a site with these terms."""
    front = FrontDesk()
    front.desk = front.desk.with_handbook(evolve(front.handbook, retentions=retentions))
    return front, Residents(front.desk)


def found(residents: Residents) -> dict[str, Judged]:
    return {each.case.number: each for each in residents.judged()}


def expired(residents: Residents) -> tuple[Done, ...]:
    done = residents.expire("cs_head", "保存期满")
    assert not isinstance(done, Refusal), done.sentence.en
    return done


def test_without_terms_nothing_ever_goes() -> None:
    front, residents = under()
    number = front.reach("repair", "closed")
    front.later(days=36500)
    (case,) = found(residents).values()
    assert (case.case.number, case.term, case.ends, case.due(front.at.date())) == (number, None, None, False)
    answer = residents.expire("admin", "保存期满")
    assert isinstance(answer, Refusal)
    assert answer.rule == "nothing_left"


def test_a_term_runs_from_the_day_of_closing_and_its_last_day_is_still_kept() -> None:
    front, residents = under(TWO_YEARS)
    number = front.receive("repair")
    front.later(days=30)
    front.do(number, "withdraw", "desk", reason="好了")
    ends = date(2028, 12, 23)
    front.later(days=(ends - front.at.date()).days)
    assert (found(residents)[number].ends, found(residents)[number].due(front.at.date())) == (ends, False)
    front.later(days=1)
    assert [each.case.number for each in expired(residents)] == [number]
    assert found(residents) == {}
    (look,) = front.desk.store.looks()
    assert (look.by, look.what, look.which, look.why) == ("cs_head", "retention", "1", "保存期满")


def test_a_change_of_terms_holds_from_its_day_on() -> None:
    shorter = Retention({"repair": Term.parse("1y")}, date(2028, 6, 1))
    front, residents = under(evolve(TWO_YEARS, valid_from=date(2026, 1, 1)), shorter)
    number = front.reach("repair", "closed")
    front.later(days=400)
    assert found(residents)[number].ends == date(2028, 11, 23)
    front.later(days=160)
    assert found(residents)[number].ends == date(2027, 11, 23)


def incident_under_way(front: FrontDesk, number: str) -> str:
    front.do(number, "link", "desk", incident=front.incident())
    return "incident_under_way"


def a_challenge_of_the_household(front: FrontDesk, _: str) -> str:
    front.receive("challenge")
    return "contested"


def a_complaint_that_it_joined(front: FrontDesk, _: str) -> str:
    front.do(front.receive("complaint", household=NEXT_DOOR), "join", "desk", household=HOME)
    return "contested"


@pytest.mark.parametrize("happens", [incident_under_way, a_challenge_of_the_household, a_complaint_that_it_joined])
def test_what_is_held_back_says_why(happens: Callable[[FrontDesk, str], str]) -> None:
    front, residents = under(TWO_YEARS)
    number = front.receive("repair")
    rule = happens(front, number)
    front.do(number, "withdraw", "desk", reason="好了")
    front.later(days=3 * 366)
    case = found(residents)[number]
    assert ([each.rule for each in case.holds], case.passed(front.at.date()), case.due(front.at.date())) == (
        [rule], True, False,
    )  # fmt: skip
    assert all(each.why.zh and each.why.en and each.clause.id for each in case.holds)
    assert isinstance(residents.expire("admin", "保存期满"), Refusal)


def test_what_was_merged_waits_for_the_case_that_it_was_merged_into() -> None:
    front, residents = under(TWO_YEARS)
    into, merged = front.receive("help", household=NEXT_DOOR), front.receive("help")
    front.do(merged, "merge", "desk", into=into)
    front.later(days=3 * 366)
    assert [each.rule for each in found(residents)[merged].holds] == ["merged"]
    front.do(into, "withdraw", "desk", reason="好了")
    assert found(residents)[merged].due(front.at.date())


def test_an_open_case_is_never_due_however_old() -> None:
    front, _ = under(TWO_YEARS)
    case = front.case(front.receive("repair"))
    (each,) = judged([case], [case], TWO_YEARS, TODAY + timedelta(days=20000))
    assert (each.ends, each.due(TODAY + timedelta(days=20000))) == (None, False)


@pytest.mark.parametrize(
    ("by", "reason", "rule"), [("supervisor", "x", "not_their_role"), ("admin", " ", "field_missing")]
)
def test_who_may_not_and_what_says_no_why(by: str, reason: str, rule: str) -> None:
    front, residents = under(TWO_YEARS)
    number = front.reach("repair", "closed")
    front.later(days=3 * 366)
    before = front.case(number)
    answer = residents.expire(by, reason)
    assert isinstance(answer, Refusal)
    assert (answer.rule, front.case(number), front.desk.store.looks()) == (rule, before, [])


def facts_alone(case: Case) -> Any:
    """A case without what people said: all that figures, registers and duties are made of."""
    return (case.number, case.kind, case.state, case.received, case.since, case.duties, case.filed, case.households)


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.integers(0, 900), st.booleans(), st.booleans()), min_size=1, max_size=6
    ),
    st.dictionaries(st.sampled_from((*KINDS, "major")), st.sampled_from(("90d", "6mo", "1y", "2y")), max_size=4),
    st.integers(0, 900),
)
def test_when_the_words_go_no_figure_and_no_fact_changes(
    received: list[tuple[str, int, bool, bool]], terms: dict[str, str], wait: int
) -> None:
    retention = Retention({kind: Term.parse(term) for kind, term in terms.items()})
    front, residents = under(retention)
    for kind, days, close, major in sorted(received, key=lambda each: each[1]):
        front.at = max(front.at, MONDAY + timedelta(days=days))
        said: dict[str, Any] = {"major": True} if major and kind == "complaint" else {}
        front.reach(kind, "closed" if close else "received", name="王小丫", phone="13900001111", **said)
    front.later(days=wait)
    today, store = front.at.date(), front.desk.store
    before = {case.number: case for case in store.all_cases()}
    counted = figures(before.values(), front.at)
    going = {number for number, each in found(residents).items() if each.due(today)}
    done = residents.expire("admin", "保存期满")
    after = {case.number: case for case in store.all_cases()}
    assert figures(after.values(), front.at) == counted
    assert isinstance(done, Refusal) == (not going)
    assert isinstance(done, Refusal) or {each.case.number for each in done} == going
    assert list(map(facts_alone, after.values())) == list(map(facts_alone, before.values()))
    assert audit(store).whole
    for number, case in after.items():
        assert (spots(case) == ()) == (number in going)
        assert (case == before[number]) != (number in going)
        assert verify(case.history) is None
        assert ("王小丫" in str(case.facts)) == (number not in going)
    lines = [register(each.values(), front.handbook) for each in (before, after)]
    assert [(line.number, line.sent_at, line.finished_at, line.satisfied) for line in lines[0]] == [
        (line.number, line.sent_at, line.finished_at, line.satisfied) for line in lines[1]
    ]
    filed = [dossier(HOME, each.values(), front.handbook).filed for each in (before, after)]
    assert list(map(numbers, filed[0].values())) == list(map(numbers, filed[1].values()))


def numbers(cases: tuple[Case, ...]) -> list[str]:
    return [each.number for each in cases]


def test_an_ended_incident_has_a_term_of_its_own() -> None:
    front, residents = under(TWO_YEARS)
    number = front.incident()
    front.do(number, "complete", "desk", result="已恢复")
    front.later(days=3 * 366)
    assert [each.case.number for each in expired(residents)] == [number]
    assert front.case(number).text("result") == ERASED
