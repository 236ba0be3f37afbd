"""When Python looks for what is no longer needed: not while the desk is being made, where nothing is let go of."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_back() -> Iterator[None]:
    """Nothing is collected until `begin`, or the end; it comes before the imports, which make the most."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def begin() -> None:
    """The first screen stands: what was made until then stays, and is not looked through again."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
