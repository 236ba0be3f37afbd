"""What every test shares: generated examples may take their time, and CI tries the same ones each time."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("soak", deadline=None, max_examples=3000)
settings.load_profile("ci" if os.environ.get("CI") else "patient")
