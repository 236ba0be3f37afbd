"""What every test shares: generated examples may take their time, and CI tries the same ones each time.

A broken promise of the store contract is told with the values that were compared. Two workers share a core, as half of
what a test of a screen does is wait for it to be still.
"""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("qiantai.testing")

settings.register_profile("patient", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("soak", deadline=None, max_examples=3000)
settings.load_profile("ci" if os.environ.get("CI") else "patient")

gc.set_threshold(50_000, 20, 20)  # at Python's own 700 a third of a screen's test goes into looking for cycles


def pytest_xdist_auto_num_workers() -> int:
    """How many `-n auto` is."""
    return 2 * (os.cpu_count() or 1)
