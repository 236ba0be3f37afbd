"""A clock that is set back: what is refused and how it is told, and what goes on as if nothing were."""

from __future__ import annotations

from datetime import timedelta

import pytest
from freezegun import freeze_time

from qiantai import Desk, Done, Handbook, MemoryStore, Refusal
from qiantai.days import Year
from qiantai.projections.queue import queue
from tests.kernel.front_desk import COMPLAINT, HOUSEHOLDS, KINDS, STAFF, clock

GIVEN = {"channel": "phone", "household": "1-1-101", "summary": "事由"}


def desk() -> Desk:
    """A desk that reads the time of the machine."""
    return Desk(Handbook(STAFF, HOUSEHOLDS))


def receive(board: Desk, kind: str, **fields: object) -> str:
    """The number of a case that is taken in now."""
    found = board.receive("desk", kind=kind, **GIVEN | (COMPLAINT if kind == "complaint" else {}) | fields)
    assert isinstance(found, Done)
    return found.case.number


@pytest.mark.parametrize("kind", KINDS)
def test_a_step_is_refused_with_what_lies_ahead_and_until_when(kind: str) -> None:
    with freeze_time(clock(10)) as frozen:
        board = desk()
        number = receive(board, kind)
        board.do(number, "note", "desk2", text="约了下午")
        before = board.case(number)
        frozen.move_to(clock(9, 8))
        refused = board.do(number, "urge", "desk", text="快")
        assert isinstance(refused, Refusal)
        assert (refused.rule, refused.clause) == ("time_runs_backwards", None)
        assert refused.why.zh == f"电脑时间 2026-11-23 09:08:00 早于 {number} 的上一步(desk2 2026-11-23 10:00:00 备注)"
        for words in (number, "09:08:00", "10:00:00", "desk2"):
            assert words in refused.why.en
        assert "10:00:00" in refused.would_do.zh
        assert "52 分钟" in refused.would_do.zh
        assert "in 52 min" in refused.would_do.en
        assert board.case(number) == before


def test_once_the_clock_has_caught_up_it_goes_on() -> None:
    with freeze_time(clock(10)) as frozen:
        board = desk()
        number = receive(board, "repair")
        frozen.move_to(clock(9, 59))
        assert isinstance(board.do(number, "dispatch", "desk", to="engineering"), Refusal)
        frozen.move_to(clock(10))
        assert isinstance(board.do(number, "dispatch", "desk", to="engineering"), Done), "the same second is not before"


def test_other_cases_are_taken_in_and_go_on_meanwhile() -> None:
    with freeze_time(clock(9)) as frozen:
        board = desk()
        earlier = receive(board, "repair")
        frozen.move_to(clock(10))
        receive(board, "repair")
        frozen.move_to(clock(9, 1))
        assert isinstance(board.do(earlier, "dispatch", "desk", to="engineering"), Done)
        assert receive(board, "repair") == "BX-20261123-003", "no number is given twice"


def test_set_back_past_midnight_the_day_goes_on_counting() -> None:
    with freeze_time(clock(23, 50)) as frozen:
        board = desk()
        assert receive(board, "repair") == "BX-20261123-001"
        frozen.move_to(clock(0, 10, day=24))
        assert receive(board, "repair") == "BX-20261124-001"
        frozen.move_to(clock(23, 55))
        assert receive(board, "repair") == "BX-20261123-002"
        frozen.move_to(clock(0, 15, day=24))
        assert receive(board, "repair") == "BX-20261124-002"


def test_a_merge_names_the_case_that_lies_ahead() -> None:
    with freeze_time(clock(9)) as frozen:
        board = desk()
        older = receive(board, "repair")
        frozen.tick(timedelta(minutes=1))
        newer = receive(board, "repair")
        frozen.move_to(clock(10))
        board.do(older, "note", "desk", text="补记")
        frozen.move_to(clock(9, 30))
        refused = board.do(newer, "merge", "desk", into=older)
        assert isinstance(refused, Refusal)
        assert refused.rule == "time_runs_backwards"
        assert older in refused.why.zh
        assert newer not in refused.why.zh


def test_the_queue_counts_down_by_the_clock_as_it_is() -> None:
    with freeze_time(clock(10)) as frozen:
        board = desk()
        number = receive(board, "repair")
        (line,) = queue(board.store.open_cases())
        frozen.move_to(clock(9))
        assert line.case.number == number
        assert line.left(board.clock()) == timedelta(hours=25)
        assert str(line.status(board.clock())) == "open"


def test_what_was_done_cannot_be_taken_back_before_it_was_done() -> None:
    with freeze_time(clock(10)) as frozen:
        board = desk()
        number = receive(board, "repair")
        board.do(number, "note", "desk", text="补记")
        frozen.move_to(clock(9, 30))
        refused = board.do(number, "undo", "desk")
        assert isinstance(refused, Refusal)
        assert refused.rule == "time_runs_backwards"
        frozen.move_to(clock(10, 10))
        assert isinstance(board.do(number, "undo", "desk"), Done), "the window runs from the time it was given"


def test_a_recount_is_put_after_what_has_happened() -> None:
    with freeze_time(clock(10, day=31, month=12, year=2030)) as frozen:
        board = desk()
        number = receive(board, "complaint")
        book = board.handbook
        years = book.calendar.with_years([Year(2031, {clock(9, day=1, month=1, year=2031).date(): "元旦"}, {}, "通知")])
        frozen.move_to(clock(9, day=31, month=12, year=2030))
        again = board.with_handbook(Handbook(book.people, book.households, calendar=years))
        (event,) = again.recount()
        assert event.at == clock(10, day=31, month=12, year=2030)
        assert again.case(number).history[-1] == event
        told = again.set_back()
        assert told is not None
        assert "重算到期" in told.zh


def test_the_desk_tells_which_event_lies_ahead_and_nothing_where_none_does() -> None:
    with freeze_time(clock(9)) as frozen:
        board = desk()
        assert board.set_back() is None
        first = receive(board, "repair")
        frozen.move_to(clock(10))
        second = receive(board, "complaint")
        assert board.set_back() is None, "the time itself is not ahead"
        frozen.move_to(clock(8))
        told = board.set_back()
        assert told is not None
        for words in (second, "受理", "10:00:00", "08:00:00"):
            assert words in told.zh
        assert first not in told.zh
        reopened = Desk(board.handbook, MemoryStore())
        reopened.store.append(board.case(first).history)
        other = reopened.set_back()
        assert other is not None
        assert first in other.en
        frozen.move_to(clock(9, 30))
        assert reopened.set_back() is None
