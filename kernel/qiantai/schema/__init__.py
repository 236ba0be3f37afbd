"""The JSON Schemas of an event, a case, a refusal and an export, made from their classes and words."""

from __future__ import annotations

import json
import re

from qiantai.requests import INCIDENT_REQUEST, REQUESTS
from qiantai.schema.lines import export
from qiantai.schema.shapes import Shape, named, titled
from qiantai.schema.shown import case, refusal
from qiantai.schema.stored import event
from qiantai.schema.vocabulary import Kinds, vocabulary

__all__ = ["NAMES", "VERSION", "schema", "schemas"]

VERSION = 1
"""Counts up with every change that a reader of an older schema would not take."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MADE = {"event": event, "case": case, "refusal": refusal, "export": export}
NAMES = tuple(_MADE)
ALL_KINDS: Kinds = {**REQUESTS, INCIDENT_REQUEST.kind: INCIDENT_REQUEST}
"""The kinds a resident comes with, and the incident that links them."""
_REFERENCE = re.compile(r'"#/\$defs/(\w+)"')


def schema(name: str, kinds: Kinds = ALL_KINDS) -> Shape:
    """The schema of that name, of JSON Schema's draft 2020-12, for a desk with these kinds. Raises `KeyError`."""
    body, defs = _MADE[name](kinds)
    head = {"$schema": DIALECT, "$id": f"urn:qiantai:{name}:{VERSION}"}
    return titled({**head, **body, "$defs": _used(body, {**vocabulary(kinds), **defs})}, named(name))


def schemas(kinds: Kinds = ALL_KINDS) -> Shape:
    """All of them in one, each under its name."""
    made = {name: schema(name, kinds) for name in NAMES}
    return {"$schema": DIALECT, "$id": f"urn:qiantai:schemas:{VERSION}", "$defs": made}


def _used(body: Shape, there: dict[str, Shape]) -> dict[str, Shape]:
    """The definitions that a body refers to, itself or through others."""
    found: set[str] = set()
    waiting = _references(body)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= _references(there[name]) - found
    return {name: shape for name, shape in there.items() if name in found}


def _references(shape: Shape) -> set[str]:
    return set(_REFERENCE.findall(json.dumps(shape)))
