"""Countdowns and signs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from rich.cells import cell_len

from qiantai_tui.text.clocktime import LEFT_WIDTH, left, minutes_left, sign


@pytest.mark.parametrize(
    ("ahead", "zh", "en"),
    [
        (timedelta(minutes=4, seconds=12), "00:04:12", "00:04:12"),
        (timedelta(seconds=0.2), "00:00:01", "00:00:01"),
        (timedelta(0), "00:00:00", "00:00:00"),
        (timedelta(hours=23, minutes=59, seconds=59), "23:59:59", "23:59:59"),
        (timedelta(days=1), "1天00:00", "1d 00:00"),
        (timedelta(days=3, hours=2, minutes=10, seconds=59), "3天02:10", "3d 02:10"),
        (timedelta(seconds=-1), "+00:00", "+00:00"),
        (timedelta(minutes=-12, seconds=-30), "+00:12", "+00:12"),
        (-timedelta(days=3, hours=2, minutes=10), "+3天02:10", "+3d 02:10"),
        (timedelta(days=9, hours=23, minutes=59), "9天23:59", "9d 23:59"),
        (timedelta(days=10, hours=2), "10天", "10d"),
        (-timedelta(days=810, hours=5), "+810天", "+810d"),
    ],
)
def test_left(noon: datetime, ahead: timedelta, zh: str, en: str) -> None:
    assert left(noon + ahead, noon, "zh") == left(noon + ahead, noon) == zh
    assert left(noon + ahead, noon, "en") == en
    assert cell_len(zh) <= LEFT_WIDTH


def test_signs_are_one_cell_and_a_word() -> None:
    shown = [sign("open", 61), sign("open", 59), sign("open", 300, urgent=True), sign("open", -1), sign("overdue", -5)]
    shown += [sign("met"), sign("late"), sign("void"), sign("open")]
    assert "".join(each.mark for each in shown) == "●▲!!!✓✗○●"
    assert [each.tone for each in shown[:4]] == ["open", "soon", "urgent", "overdue"]
    assert all(cell_len(each.mark) == 1 and each.word.zh and each.word.en for each in shown)


def test_due_now_is_still_in_time(noon: datetime) -> None:
    assert minutes_left(noon, noon) == 0
    assert sign("open", 0).tone == "soon"
