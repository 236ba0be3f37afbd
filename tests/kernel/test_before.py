"""What is on record already when a call comes in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai import Case, Desk, Done, Handbook, Household, MemoryStore, Person
from qiantai.periods import ZONE
from qiantai.projections.before import Before, before

NOW = datetime(2026, 11, 23, 9, 31, tzinfo=ZONE)
HANDBOOK = Handbook(
    people={"li": Person("li", "李静", ("desk",))},
    households={id: Household(id, "王敏") for id in ("5-1-101", "5-1-102", "5-1-201", "5-2-101", "6-1-101")},
)


def open_cases(*calls: tuple[str, str, str], every: timedelta = timedelta(minutes=1)) -> list[Case]:
    """A case for each household, matter and place, so far apart, the last one at nine thirty."""
    times = iter(NOW - every * back for back in range(len(calls), 0, -1))
    at = [NOW]
    desk = Desk(HANDBOOK, MemoryStore(), lambda: at[0])
    found = []
    for household, summary, place in calls:
        at[0] = next(times)
        done = desk.receive("li", kind="repair", channel="phone", household=household, summary=summary, place=place)
        assert isinstance(done, Done), done
        found.append(done.case)
    return found


def about(cases: list[Case], summary: str, place: str, household: str) -> Before:
    return before(cases, summary, place, household, NOW, HANDBOOK)


def test_the_household_has_its_own_cases_first_of_the_same_cause_then_the_latest() -> None:
    leak, lamp, door = open_cases(("5-1-101", "厨房漏水", ""), ("5-1-101", "灯不亮", ""), ("5-1-101", "门锁坏了", ""))
    found = about([leak, lamp, door], "又漏水了", "", "5-1-101")
    assert found.household == (leak, door, lamp)
    assert found.place == ()


def test_another_household_counts_by_the_place_that_is_said_or_by_the_cause() -> None:
    [lift, lamp, far] = open_cases(
        ("5-1-102", "电梯抖动", "5栋1单元 电梯"), ("5-1-201", "灯不亮", ""), ("6-1-101", "电梯抖动", "")
    )
    assert about([lift, lamp, far], "电梯不动", "5栋1单元 电梯", "").place == (lamp, lift)
    assert about([lift, lamp, far], "问物业费", "", "5-1-101").place == ()
    assert about([lift, lamp, far], "我家灯不亮", "", "5-1-101").place == (lamp,)


@pytest.mark.parametrize(("said", "proposes"), [("我家也停电了", True), ("太吵", False)])
def test_with_the_third_of_one_cause_an_incident_is_proposed(said: str, proposes: bool) -> None:
    cases = open_cases(("5-1-101", "家里停电了", ""), ("5-2-101", "停电", ""))
    found = about(cases, said, "", "5-1-201")
    assert found.proposes is proposes
    assert found.alike == (tuple(reversed(cases)) if proposes else ())


def test_what_came_long_ago_proposes_nothing() -> None:
    cases = open_cases(("5-1-101", "家里停电了", ""), ("5-2-101", "停电", ""), every=timedelta(hours=2))
    assert about(cases, "停电", "", "5-1-201") == Before((), (cases[0],), (), False)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(HANDBOOK.households)),
            st.sampled_from(["停电", "漏水", "x"]),
            st.sampled_from(["", "5栋1单元", "东门"]),
        ),
        max_size=6,
    ),
    st.sampled_from(["", "5栋", "东门"]),
    st.sampled_from(["", *HANDBOOK.households]),
)
def test_no_case_is_named_twice_and_none_that_is_closed(
    calls: list[tuple[str, str, str]], place: str, household: str
) -> None:
    cases = open_cases(*calls)
    found = about(cases, "停电", place, household)
    numbers = [each.number for each in found.cases]
    assert len(numbers) == len(set(numbers))
    assert all(household in each.households for each in found.household)
    assert not any(household and household in each.households for each in found.place)
    assert all(each in cases for each in found.alike)
