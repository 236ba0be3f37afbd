"""What every test shares: generated examples may take their time, and CI tries the same ones each time.

A broken promise of the store contract is told with the values that were compared.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

pytest.register_assert_rewrite("qiantai.testing")

settings.register_profile("patient", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("soak", deadline=None, max_examples=3000)
settings.load_profile("ci" if os.environ.get("CI") else "patient")
