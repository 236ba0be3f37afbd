"""The figures: by month of receipt, kind and duty, and the share done in time."""

from __future__ import annotations

from qiantai.projections.figures import Figure, figures
from tests.kernel.front_desk import FrontDesk, clock


def test_each_duty_counts_by_its_status_in_the_month_of_its_receipt() -> None:
    desk = FrontDesk(clock(9, day=30, month=10))
    first, second, third = desk.receive("complaint"), desk.receive("complaint"), desk.receive("complaint")
    desk.later(minutes=2).do(first, "explain", "desk")
    desk.later(minutes=20).do(second, "explain", "desk")
    desk.receive("complaint", household=None, anonymous=True)
    desk.at = clock(9, day=2)
    desk.receive("repair")
    found = figures(desk.desk.store.open_cases(), desk.at)
    assert found["2026-10", "complaint", "explain"] == Figure(
        "2026-10", "complaint", "explain", met=1, late=1, void=1, overdue=1
    )
    assert found["2026-10", "complaint", "resolve"].open == 4
    assert found["2026-11", "repair", "finish"].open == 1
    assert list(found) == sorted(found)
    assert third


def test_the_share_in_time_leaves_out_what_is_not_due_and_what_is_no_longer_owed() -> None:
    assert Figure("2026-11", "help", "arrive", met=3, late=1, void=5, open=7).in_time == 0.75
    assert Figure("2026-11", "help", "arrive", met=1, overdue=1).in_time == 0.5
    assert Figure("2026-11", "help", "arrive", open=2, void=1).in_time is None


def test_a_month_is_the_sites_own() -> None:
    desk = FrontDesk(clock(0, 30, day=1))
    desk.receive("repair")
    assert {row[0] for row in figures(desk.desk.store.open_cases(), desk.at)} == {"2026-11"}
