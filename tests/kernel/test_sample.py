"""The monthly sample: drawn by number alone, growing without losing any, at least a fifth, and who may call."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantai import Case, Event
from qiantai.projections.sample import (
    MARK,
    ONE_IN,
    Answer,
    Sample,
    callers,
    completed_at,
    had_a_hand,
    lot,
    may_sample,
    record,
    sample,
)
from tests.kernel.front_desk import KINDS, MONDAY, STAFF, FrontDesk, clock

OVER = datetime(2026, 12, 2, 9, tzinfo=MONDAY.tzinfo)


def closed(number: str, at: datetime, **facts: bool) -> Case:
    return Case(number, "repair", "closed", at - timedelta(hours=3), at, "desk", "desk", facts=facts)


def numbers(count: int, start: int = 1) -> list[str]:
    return [f"BX-202611{1 + n % 28:02}-{start + n // 28:03}" for n in range(count)]


def of(cases: list[Case], at: datetime = OVER, month: str = "2026-11") -> Sample:
    return sample(cases, month, at, FrontDesk().handbook)


def drawn(found: Sample) -> set[str]:
    return {each.case.number for each in found.drawn}


def test_a_lot_can_be_reckoned_by_anybody() -> None:
    """`printf '2026-11 BX-20261123-001' | sha256sum`, its first 16 digits over 2^64."""
    assert lot("2026-11", "BX-20261123-001") == 0xDED3_2592_CB67_3007 / 2**64
    assert lot("2026-12", "BX-20261123-001") != lot("2026-11", "BX-20261123-001")


@settings(max_examples=40)
@given(st.integers(0, 90), st.randoms(use_true_random=False))
def test_it_grows_with_the_month_and_drops_nothing_and_is_a_fifth_at_its_end(count: int, pick: Random) -> None:
    moments = [clock(9, day=1) + timedelta(minutes=pick.randrange(30 * 24 * 60 - 1000)) for _ in range(count)]
    cases = [closed(number, at) for number, at in zip(numbers(count), moments, strict=True)]
    before: set[str] = set()
    for day in (1, 7, 15, 24, 30):
        at = clock(23, 59, day=day)
        shuffled = pick.sample(cases, len(cases))
        found = of(shuffled, at)
        assert found == of(cases, at), "the order in which they are kept is nothing to it"
        assert before <= drawn(found)
        assert not found.final
        before = drawn(found)
    found = of(cases)
    assert found.final
    assert before <= drawn(found)
    assert len(found.drawn) >= found.needed >= count / ONE_IN
    assert found.completed == count


def test_every_case_is_as_likely_drawn_as_any_other() -> None:
    """Over many months each place in the month's order comes up about as often; 20 of 100 a month, give or take."""
    places: Counter[int] = Counter()
    total = 0
    for month in range(300):
        name = f"{2000 + month // 12}-{1 + month % 12:02}"
        found = [place for place, number in enumerate(numbers(100)) if lot(name, number) < 1 / ONE_IN]
        places.update(found)
        total += len(found)
    assert 0.19 < total / 30_000 < 0.21
    assert all(30 < places[place] < 95 for place in range(100)), "60 are expected, with a deviation of 7"


def test_what_cannot_be_called_on_is_not_of_it() -> None:
    at = clock(12)
    assert (
        of([closed("BX-20261101-001", at, anonymous=True), closed("BX-20261101-002", at, withdrawn=True)]).completed
        == 0
    )
    desk = FrontDesk()
    older, younger = desk.receive("repair"), desk.receive("repair", household="1-1-102")
    desk.do(younger, "merge", "desk", into=older)
    assert completed_at(desk.case(younger), desk.handbook) is None
    assert completed_at(desk.case(older), desk.handbook) is None, "it is open"


@pytest.mark.parametrize("kind", KINDS)
def test_it_counts_once_its_closing_cannot_be_taken_back(kind: str) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, "closed")
    ended = desk.at
    assert completed_at(desk.case(number), desk.handbook) == ended + timedelta(minutes=10)
    cases = [desk.case(number)]
    assert sample(cases, "2026-11", ended + timedelta(minutes=9, seconds=59), desk.handbook).completed == 0
    assert sample(cases, "2026-11", ended + timedelta(minutes=10), desk.handbook).completed == 1
    assert sample(cases, "2026-10", OVER, desk.handbook).completed == 0


def test_the_month_is_that_of_the_site() -> None:
    last = datetime(2026, 11, 30, 23, 45, tzinfo=MONDAY.tzinfo)
    cases = [closed("BX-20261130-001", last), closed("BX-20261130-002", last + timedelta(minutes=10))]
    assert of(cases).completed == 1
    assert of(cases, month="2026-12").completed == 1


def test_an_ordinary_call_back_that_reached_somebody_counts_among_the_called() -> None:
    desk = FrontDesk()
    cases = [desk.case(desk.reach("repair", "closed")), closed("BX-20261101-009", clock(12))]
    found = sample(cases, "2026-11", OVER, desk.handbook)
    assert (found.completed, found.called, found.needed) == (2, 1, 1)


def test_a_superior_who_had_no_hand_in_it_puts_a_call_on_record() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "closed", against="cs_head")
    desk.later(hours=1)
    for person, text in (
        ("desk2", record(Answer.SATISFIED)),
        ("cs_head", record(Answer.SATISFIED)),
        ("supervisor", "打过电话了"),
        ("supervisor", record(Answer.UNREACHED)),
    ):
        if person != "cs_head":
            desk.do(number, "note", person, text=text)
    (each,) = sample([desk.case(number)], "2026-11", OVER, desk.handbook).drawn
    assert [(call.by, call.answer) for call in each.calls] == [("supervisor", Answer.UNREACHED)]
    assert not each.done
    desk.do(number, "note", "supervisor", text=record(Answer.DISSATISFIED, "阀门还滴水: 回头看"))
    (each,) = sample([desk.case(number)], "2026-11", OVER, desk.handbook).drawn
    assert each.done
    assert each.calls[-1].words == "阀门还滴水: 回头看"
    desk.do(number, "undo", "supervisor")
    assert not sample([desk.case(number)], "2026-11", OVER, desk.handbook).drawn[0].done


def test_who_called_back_and_who_did_the_work_do_not_look_after_themselves() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "awaiting_call_back")
    case = desk.do(number, "call_back", "supervisor", satisfied=True, quality_ok=True, channel="phone")
    assert had_a_hand(case, "supervisor")
    assert had_a_hand(case, "engineering")
    assert {name for name, person in STAFF.items() if may_sample(case, person)} == {"cs_head"}
    assert [person.id for person in callers(case, desk.handbook)] == ["cs_head"]
    case = desk.do(number, "note", "supervisor", text=record(Answer.SATISFIED))
    assert sample([case], "2026-11", OVER, desk.handbook).drawn[0].calls == ()


@given(st.sampled_from(Answer), st.text(max_size=40))
def test_what_was_put_on_record_is_read_again(answer: Answer, words: str) -> None:
    event = Event("BX-20261101-001", 0, clock(12), "supervisor", "note", {"text": record(answer, words)})
    case = Case("BX-20261101-001", "repair", "closed", clock(9), clock(10), "desk", "desk", history=(event,))
    (each,) = of([case]).drawn
    assert [(call.answer, call.words) for call in each.calls] == [(answer, words)]


@given(st.text(max_size=60))
def test_other_notes_are_no_calls(text: str) -> None:
    event = Event("BX-20261101-001", 0, clock(12), "supervisor", "note", {"text": text})
    case = Case("BX-20261101-001", "repair", "closed", clock(9), clock(10), "desk", "desk", history=(event,))
    assert of([case]).drawn[0].calls == () or text.startswith(MARK)


def test_at_a_seat_it_is_of_what_is_theirs_to_see_and_masked() -> None:
    desk = FrontDesk()
    numbers = [desk.reach("repair", "closed", phone="13800001234", summary="电话 13800001234") for _ in range(10)]
    desk.later(minutes=10)
    found = desk.desk.seat("supervisor").sample("2026-11")
    assert found.completed == len(numbers)
    assert found.drawn
    assert "13800001234" not in repr(found)
    number = found.drawn[0].case.number
    desk.do(number, "note", "cs_head", text=record(Answer.SATISFIED, "回电 13800001234"))
    (call,) = desk.desk.seat("cs_head").sample("2026-11").drawn[0].calls
    assert (call.answer, call.words) == (Answer.SATISFIED, "回电 138****1234")
    assert desk.desk.seat("engineering").sample("2026-11").completed == len(numbers)
    assert desk.desk.seat("security").sample("2026-11").completed == 0


@pytest.mark.parametrize(("received", "count"), [(clock(9, 1, 1, 1, 2026), 1), (clock(9, 1, 31, 12, 2025), 0)])
def test_what_took_more_than_a_year_is_not_looked_for(received: datetime, count: int) -> None:
    desk = FrontDesk(received)
    number = desk.receive("enquiry")
    desk.at = clock(9, day=5, month=1, year=2027)
    desk.do(number, "answer", "desk", text="八点", satisfied=True)
    desk.later(days=1)
    assert desk.desk.seat("supervisor").sample("2027-01").completed == count
