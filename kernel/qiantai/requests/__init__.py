"""The six kinds and the incident, one room each: a module's `REQUEST` is its life cycle, the folder the registry."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from qiantai.lifecycle import Request
from qiantai.words import INCIDENT

ORDER = ("complaint", "suggestion", "enquiry", "challenge", "help", "repair")


class Kinds(dict[str, Request]):
    """Kinds by name. One that is not there, its plugin being off, is a kind with which nothing can be done."""

    def __missing__(self, kind: str) -> Request:
        return Request(kind, "", (), (), (), dossier=lambda _: "form")


def _collect() -> Kinds:
    found: dict[str, Request] = {}
    for module in iter_modules(__path__):
        request = getattr(import_module(f"{__name__}.{module.name}"), "REQUEST", None)
        if isinstance(request, Request):
            found[request.kind] = request
    known = {kind: place for place, kind in enumerate(ORDER)}
    return Kinds(sorted(found.items(), key=lambda each: known.get(each[0], len(known))))


_ALL = _collect()
REQUESTS: Mapping[str, Request] = Kinds({kind: request for kind, request in _ALL.items() if kind != INCIDENT})
INCIDENT_REQUEST: Request = _ALL[INCIDENT]
