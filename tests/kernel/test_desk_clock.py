"""The desk's own clock: every kind of due time passes, and the live board tells it, minute by minute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from freezegun import freeze_time

from qiantai import ZONE, Desk, Handbook, Refusal, Status
from qiantai.desk import now
from qiantai.projections.queue import queue, queue_line, tally
from tests.kernel.front_desk import COMPLAINT, HOUSEHOLDS, STAFF, clock

UTC_OF_NINE = "2026-11-23 01:00:00"


def desk() -> Desk:
    """A desk that reads the time of the machine."""
    return Desk(Handbook(STAFF, HOUSEHOLDS))


def receive(board: Desk, kind: str, by: str = "desk", **fields: Any) -> str:
    """The number of a case that is taken in now."""
    given = {"channel": "phone", "household": "1-1-101", "summary": "事由"} | (COMPLAINT if kind == "complaint" else {})
    done = board.receive(by, kind=kind, **given | fields)
    assert not isinstance(done, Refusal), done.sentence.en
    return done.case.number


def do(board: Desk, number: str, command: str, by: str, **fields: Any) -> None:
    """A command that is accepted now."""
    done = board.do(number, command, by, **fields)
    assert not isinstance(done, Refusal), done.sentence.en


def test_the_desk_reads_the_time_of_the_machine_in_the_zone_of_the_site() -> None:
    with freeze_time(UTC_OF_NINE) as frozen:
        assert now() == clock(9)
        assert now().utcoffset() == timedelta(hours=8)
        frozen.tick(timedelta(minutes=1, seconds=30))
        board = desk()
        case = board.case(receive(board, "repair"))
        assert case.received == clock(9) + timedelta(seconds=90)
        assert case.received.tzinfo is ZONE


def test_a_case_received_past_midnight_at_the_site_has_that_days_number() -> None:
    with freeze_time("2026-11-23 15:59:59") as frozen:
        board = desk()
        assert receive(board, "help") == "QZ-20261123-001"
        frozen.tick(timedelta(seconds=1))
        assert receive(board, "help") == "QZ-20261124-001"


def ordinary(kind: str, by: str = "desk", **fields: Any) -> Callable[[Desk], str]:
    """A case of that kind, just taken in."""
    return lambda board: receive(board, kind, by, **fields)


def finished(board: Desk) -> str:
    """A repair that is done, and to be called back on."""
    number = receive(board, "repair")
    do(board, number, "dispatch", "desk", to="engineering")
    do(board, number, "arrive", "engineering")
    do(board, number, "complete", "engineering", result="已修好")
    return number


def on_hold(board: Desk) -> str:
    """A repair that waits for parts until noon of the 26th."""
    number = receive(board, "repair")
    do(board, number, "dispatch", "desk", to="engineering")
    do(board, number, "wait", "engineering", reason="parts", eta=clock(12, day=26), informed=True)
    return number


def under_way(board: Desk) -> str:
    """A suggestion that is being carried out."""
    number = receive(board, "suggestion")
    do(board, number, "thank", "desk", channel="phone")
    do(board, number, "assign", "desk", to="cs_head")
    do(board, number, "decide", "cs_head", outcome="adopted", reason="可行")
    do(board, number, "reply", "cs_head", channel="phone", text="采纳")
    return number


def explained(board: Desk) -> str:
    """A complaint whose first feedback is promised for two o'clock."""
    number = receive(board, "complaint")
    do(board, number, "explain", "desk", promised=clock(14))
    return number


DUE_TIMES = [
    ("at once, 5m", ordinary("help"), "dispatch", clock(9, 5)),
    ("10m", ordinary("repair", emergency=True), "arrive", clock(9, 10)),
    ("24h", ordinary("repair"), "finish", clock(9, day=24)),
    ("2wd", ordinary("complaint"), "resolve", clock(18, 30, day=25)),
    ("5wd", ordinary("suggestion"), "reply", clock(18, 30, day=30)),
    ("7d", under_way, "follow_up", clock(9, day=30)),
    ("what is expected", on_hold, "finish", clock(12, day=26)),
    ("a promise", explained, "feedback", clock(14)),
    ("the call-back", finished, "call_back", clock(9, day=24)),
    ("handed to the desk", ordinary("enquiry", "staff"), "hand_to_desk", clock(9, 5)),
]


@pytest.mark.parametrize(("what", "made", "name", "due"), DUE_TIMES, ids=[each[0] for each in DUE_TIMES])
def test_a_due_time_passes(what: str, made: Callable[[Desk], str], name: str, due: datetime) -> None:
    with freeze_time(UTC_OF_NINE) as frozen:
        board = desk()
        number = made(board)
        duty = board.case(number).duty(name)
        assert duty is not None, what
        assert duty.due == due

        def seen() -> tuple[Status, timedelta]:
            return duty.status(board.clock()), duty.due - board.clock()

        assert seen() == (Status.OPEN, due - clock(9))
        frozen.move_to(due)
        assert seen() == (Status.OPEN, timedelta(0)), "the due time itself is in time"
        frozen.tick(timedelta(seconds=1))
        assert seen() == (Status.OVERDUE, timedelta(seconds=-1))


def test_outside_desk_hours_the_board_waits_for_the_desk_to_open() -> None:
    with freeze_time("2026-11-23 15:00:00") as frozen:
        board = desk()
        number = receive(board, "repair", "staff")
        frozen.move_to(clock(8, 34, day=24))
        (line,) = queue(board.store.open_cases())
        assert (line.case.number, line.duty.name if line.duty else "") == (number, "hand_to_desk")
        assert line.left(board.clock()) == timedelta(minutes=1)
        frozen.tick(timedelta(minutes=2))
        assert line.status(board.clock()) == Status.OVERDUE


def test_the_queue_goes_by_the_next_due_time_and_shows_the_time_left() -> None:
    with freeze_time(UTC_OF_NINE) as frozen:
        board = desk()
        complaint, repair = receive(board, "complaint"), receive(board, "repair")
        frozen.tick(timedelta(minutes=2))
        emergency = receive(board, "repair", emergency=True)
        lines = queue(board.store.open_cases())
        assert [(each.case.number, each.duty.name if each.duty else "") for each in lines] == [
            (complaint, "explain"),
            (emergency, "dispatch"),
            (repair, "finish"),
        ]
        assert [each.left(board.clock()) for each in lines[:2]] == [timedelta(minutes=3), timedelta(minutes=5)]
        assert tally(lines, board.clock()).overdue == 0
        frozen.tick(timedelta(minutes=4))
        assert [each.status(board.clock()) for each in lines] == [Status.OVERDUE, Status.OPEN, Status.OPEN]
        assert (tally(lines, board.clock()).overdue, tally(lines, board.clock()).within_the_hour) == (1, 1)
        do(board, complaint, "explain", "desk")
        do(board, emergency, "dispatch", "desk", to="engineering")
        lines = queue(board.store.open_cases())
        assert [each.case.number for each in lines] == [emergency, repair, complaint]
        assert queue_line(board.case(complaint)).status(board.clock()) == Status.OPEN


def test_with_no_duty_open_it_is_ordered_by_how_long_it_has_stood_so() -> None:
    with freeze_time(UTC_OF_NINE) as frozen:
        board = desk()
        numbers = [receive(board, "repair", emergency=True) for _ in range(2)]
        for number in reversed(numbers):
            frozen.tick(timedelta(minutes=1))
            do(board, number, "dispatch", "desk", to="engineering")
            do(board, number, "arrive", "engineering")
        ordinary_one = receive(board, "repair")
        lines = queue(board.store.open_cases())
        assert [each.case.number for each in lines] == [ordinary_one, *reversed(numbers)]
        assert [(each.left(board.clock()), each.status(board.clock())) for each in lines[1:]] == [(None, None)] * 2


def test_a_clock_set_back_is_refused_and_nothing_is_lost() -> None:
    with freeze_time(UTC_OF_NINE) as frozen:
        board = desk()
        number = receive(board, "repair")
        frozen.move_to(clock(8))
        refused = board.do(number, "dispatch", "desk", to="engineering")
        assert isinstance(refused, Refusal)
        assert (refused.clause, refused.rule) == (None, "time_runs_backwards")
        assert len(board.case(number).history) == 1


def test_what_was_late_stays_late_on_the_board_of_the_day_after() -> None:
    with freeze_time(UTC_OF_NINE) as frozen:
        board = desk()
        number = receive(board, "help")
        frozen.tick(timedelta(minutes=6))
        do(board, number, "dispatch", "desk", to="security")
        frozen.tick(timedelta(days=1))
        duties = {each.name: each.status(board.clock()) for each in board.case(number).duties}
        assert duties == {"dispatch": Status.LATE, "arrive": Status.OVERDUE}
