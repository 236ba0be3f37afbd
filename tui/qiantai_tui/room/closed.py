"""A terminal that is closed under a rehearsal."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree


@contextmanager
def gone_with_the_terminal(folder: Path) -> Iterator[None]:
    """A terminal that is closed ends the process there and then, and the folder goes along.

    Textual's own end would wait for ever for a terminal to take what it still writes. What was scored is on record.
    """
    hung_up = getattr(signal, "SIGHUP", None)  # none on Windows, where the folder may stay
    if hung_up is None:
        yield
        return

    def end(number: int, _: object) -> None:
        rmtree(folder, ignore_errors=True)
        os._exit(128 + number)

    before = signal.signal(hung_up, end)
    try:
        yield
    finally:
        signal.signal(hung_up, before)
