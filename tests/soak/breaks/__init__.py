"""The ways to break a store, one a file: each has `tried`, which gives an outcome for every break."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from tests.soak.outcome import Break

BREAKS: Mapping[str, Break] = {
    each.name: import_module(f"{__name__}.{each.name}").tried for each in iter_modules(__path__)
}
