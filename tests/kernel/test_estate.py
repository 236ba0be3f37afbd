"""Many cases of all kinds at once, whatever anybody does: what holds always, and what an undo leaves of it."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.kernel.estate import Estate

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def test_whatever_anybody_does_on_many_cases_at_once() -> None:
    """A hundred estates of fifty steps; `--hypothesis-profile=soak` makes it thousands."""
    run_state_machine_as_test(Estate, settings=settings(stateful_step_count=50, suppress_health_check=SLOW))
