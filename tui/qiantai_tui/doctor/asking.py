"""Asking a terminal how far a text moved its cursor, with a limit to the waiting."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from select import select

from .terminals import Ask

SECONDS = 0.5
"""How long an answer is waited for; a terminal across a slow line takes a tenth of it."""
_ANSWER = re.compile(rb"\x1b\[\d+;(\d+)R")


@contextmanager
def asking(source: int, target: int, seconds: float = SECONDS) -> Iterator[Ask | None]:
    """What asks the terminal behind these descriptors; None on a system that has no way. What was drawn is wiped."""
    try:
        import termios
        import tty
    except ImportError:
        yield None
        return
    before = termios.tcgetattr(source)
    try:
        tty.setcbreak(source)
        termios.tcflush(source, termios.TCIFLUSH)
        yield lambda text: _moved(text, source, target, seconds)
    finally:
        os.write(target, b"\r\x1b[K")
        termios.tcsetattr(source, termios.TCSADRAIN, before)


def _moved(text: str, source: int, target: int, seconds: float) -> int | None:
    sys.stdout.flush()
    os.write(target, b"\r\x1b[K" + text.encode() + b"\x1b[6n")
    end, heard = time.monotonic() + seconds, b""
    while (found := _ANSWER.search(heard)) is None:
        left = end - time.monotonic()
        if left <= 0 or not select([source], [], [], left)[0]:
            return None
        heard += os.read(source, 64)
    return int(found[1]) - 1
