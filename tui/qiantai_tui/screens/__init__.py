"""The screens; a module with a `SCREEN` is a mode of the program, and the folder is the registry."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from ..mode import Mode


@cache
def modes() -> tuple[Mode, ...]:
    """The modes of this folder, in their order."""
    names = (f"{__name__}.{each.name}" for each in iter_modules(__path__))
    found = (getattr(import_module(name), "SCREEN", None) for name in names if _may_be_a_mode(name))
    return tuple(sorted((each for each in found if isinstance(each, Mode)), key=lambda mode: (mode.order, mode.id)))


def _may_be_a_mode(name: str) -> bool:
    """Reading a screen's source costs far less than importing one that the first screenful does not need."""
    spec = find_spec(name)
    source = getattr(spec.loader, "get_source", lambda _: None)(name) if spec else None
    return source is None or "\nSCREEN = " in source
