"""When Python looks for what is no longer needed: not while the desk is being made, and then while nobody types."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = 10_000, 100, 100
"""How many objects more than were let go of have Python look at the youngest, and how often it looks at older ones: a
form makes tens of thousands, and to look through them all takes as long as the form itself."""


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
        gc.set_threshold(*_SELDOM)
        gc.enable()


def look_through() -> None:
    """Looks through all that was made since, where Python seldom does; it takes some 20 to 60 ms."""
    if gc.get_threshold() == _SELDOM:
        gc.collect()
