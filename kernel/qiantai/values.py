"""How a frozen value is made from another one of its kind."""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")
_new, _set = object.__new__, object.__setattr__


def revised(value: T, **fields: Any) -> T:
    """The value with these fields instead, at a fraction of what `attrs.evolve` costs.

    For values without slots, and fields that no constructor has to convert or check: it copies, and constructs nothing.
    """
    made = _new(value.__class__)
    _set(made, "__dict__", value.__dict__ | fields)
    return made
