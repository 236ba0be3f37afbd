"""Parcels 快递代收: what the desk learns by this plugin, its kind, its words and its clauses."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from qiantai.hookspecs import hookimpl
from qiantai.lifecycle import Request


@hookimpl
def qiantai_requests() -> list[Request]:
    """The one kind."""
    from .parcel import PARCEL  # a desk that is only asked for its version need not read the tables

    return [PARCEL]


@hookimpl
def qiantai_labels() -> Mapping[str, Any]:
    """Its words in both languages."""
    return _table("labels.toml")


@hookimpl
def qiantai_clauses() -> list[dict[str, str]]:
    """The estate's own rules on parcels."""
    rows: list[dict[str, str]] = _table("clauses.toml")["clause"]
    return rows


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("qiantai_parcels").joinpath(name).read_text(encoding="utf-8"))
