"""A mutant: one place of the rules broken, how to put it in force in this process, and who may notice it."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen


@frozen
class Mutant:
    """`of` is what it is counted under, `what` tells the break apart there; `noticing` are asked before the tests.

    `concerns` says of a test, by its id, whether it may notice. `put` changes this process for good: it is called in a
    process of the mutant's own.
    """

    of: str
    what: str
    put: Callable[[], None]
    noticing: tuple[Callable[[], bool], ...]
    concerns: Callable[[str], bool]
