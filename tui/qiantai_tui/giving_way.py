"""How a thread that reads thousands of cases leaves the screen its time."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

_SECONDS = 0.0005
"""After so long the thread lets the screen go on: ten times sooner than Python has it."""


_lock = threading.Lock()
_reading = 0
_as_it_was = ExitStack()
"""What puts everything back once the last of the threads that read has ended."""


@contextmanager
def giving_way() -> Iterator[None]:
    """While it reads, turns are short, and no garbage is looked for; so too while several threads do.

    To look through all that is being read for garbage, of which it makes none, would hold the screen up for half a
    second at a time.
    """
    global _reading
    with _lock:
        if not _reading:
            _begin()
        _reading += 1
    try:
        yield
    finally:
        with _lock:
            _reading -= 1
            if not _reading:
                _as_it_was.close()


def _begin() -> None:
    _as_it_was.callback(sys.setswitchinterval, sys.getswitchinterval())
    if gc.isenabled():
        _as_it_was.callback(gc.enable)
    gc.disable()
    sys.setswitchinterval(_SECONDS)
