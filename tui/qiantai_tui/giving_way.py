"""How a thread that reads thousands of cases leaves the screen its time."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_SECONDS = 0.0005
"""After so long the thread lets the screen go on: ten times sooner than Python has it."""


@contextmanager
def giving_way() -> Iterator[None]:
    """While it reads, turns are short, and no garbage is looked for.

    To look through all that is being read for garbage, of which it makes none, would hold the screen up for half a
    second at a time.
    """
    collecting, turn = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        if collecting:
            gc.enable()
