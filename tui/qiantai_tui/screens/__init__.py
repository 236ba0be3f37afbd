"""The screens; a module with a `SCREEN` is a mode of the program, and the folder is the registry."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ..mode import Mode


@cache
def modes() -> tuple[Mode, ...]:
    """The modes of this folder, in their order."""
    modules = (import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__))
    found = (getattr(module, "SCREEN", None) for module in modules)
    return tuple(sorted((each for each in found if isinstance(each, Mode)), key=lambda mode: (mode.order, mode.id)))
