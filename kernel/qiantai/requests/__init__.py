"""The six kinds, one room each: a module's `REQUEST` is its life cycle, and the folder is the registry."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from qiantai.lifecycle import Request

ORDER = ("complaint", "suggestion", "enquiry", "challenge", "help", "repair")


def _collect() -> Mapping[str, Request]:
    found: dict[str, Request] = {}
    for module in iter_modules(__path__):
        request = getattr(import_module(f"{__name__}.{module.name}"), "REQUEST", None)
        if isinstance(request, Request):
            found[request.kind] = request
    known = {kind: place for place, kind in enumerate(ORDER)}
    return dict(sorted(found.items(), key=lambda each: known.get(each[0], len(known))))


REQUESTS: Mapping[str, Request] = _collect()
