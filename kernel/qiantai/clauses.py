"""The clauses that the rules come from; an id that no document has cannot be written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from attrs import field, frozen

HOUSE_ID = "house"


class UnknownClause(ValueError):
    """No document has a clause of this id."""


def _read() -> Mapping[str, Mapping[str, str]]:
    text = files("qiantai").joinpath("clauses.toml").read_text(encoding="utf-8")
    texts: dict[str, Mapping[str, str]] = {row["id"]: row for row in tomllib.loads(text)["clause"]}
    texts[HOUSE_ID] = {
        "id": HOUSE_ID,
        "kind": "house",
        "area": "policy",
        "zh": "本项目规定:没有条款规定这个数,由各项目自定。",
        "en": "House rule of this site: no clause gives this figure, each site sets its own.",
    }
    return texts


_TEXTS = _read()


def _known(_: object, __: object, value: str) -> None:
    if value not in _TEXTS:
        raise UnknownClause(f"no clause {value!r}; clauses.toml lists the ids")


@frozen(repr=False)
class Clause:
    """One clause, by its id (`M-3.3a`, or `house` for a default that no document gives).

    Raises `UnknownClause` for an id that is not in `clauses.toml`.
    """

    id: str = field(validator=_known)

    @property
    def kind(self) -> str:
        """`duty`, `bar`, `record`, `target`, `role`, `practice` or `house`."""
        return _TEXTS[self.id]["kind"]

    @property
    def area(self) -> str:
        """Where in the product it lives."""
        return _TEXTS[self.id]["area"]

    @property
    def zh(self) -> str:
        """Its sense in Chinese, in our own words."""
        return _TEXTS[self.id]["zh"]

    @property
    def en(self) -> str:
        """Its sense in English, in our own words."""
        return _TEXTS[self.id]["en"]

    def __str__(self) -> str:
        return self.id

    def __repr__(self) -> str:
        return f"Clause({self.id!r})"


HOUSE = Clause(HOUSE_ID)


def clauses() -> tuple[Clause, ...]:
    """All clauses of the documents, in their order; `house` is not among them."""
    return tuple(Clause(each) for each in _TEXTS if each != HOUSE_ID)
