"""How a frozen value is made from another one of its kind."""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")


def revised(value: T, **fields: Any) -> T:
    """The value with these fields instead, at a fraction of what `attrs.evolve` costs.

    For values without slots, and fields that no constructor has to convert or check: it copies, and constructs nothing.
    """
    made = object.__new__(value.__class__)
    values = made.__dict__
    values |= value.__dict__
    values |= fields
    return made
