"""The clauses that the rules come from; an id that no document has cannot be written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pkgutil import get_data

from attrs import field, frozen

HOUSE_ID = "house"


class UnknownClause(ValueError):
    """No document has a clause of this id."""


_WRITTEN = (get_data("qiantai", "clauses.toml") or b"").decode()
# The rules name their clauses as they are imported: the ids alone are found in a tenth of the time that all takes.
_IDS = dict.fromkeys((HOUSE_ID, *re.findall(r'(?m)^id = "(.+)"$', _WRITTEN)))


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    house = {
        "id": HOUSE_ID,
        "kind": "house",
        "area": "policy",
        "zh": "本项目规定:没有条款规定这个数,由各项目自定。",
        "en": "House rule of this site: no clause gives this figure, each site sets its own.",
    }
    import tomllib  # milliseconds that `import qiantai` need not pay

    return {row["id"]: row for row in (house, *tomllib.loads(_WRITTEN)["clause"])}


def _known(_: object, __: object, value: str) -> None:
    if value not in _IDS:
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
        return _texts()[self.id]["kind"]

    @property
    def area(self) -> str:
        """Where in the product it lives."""
        return _texts()[self.id]["area"]

    @property
    def zh(self) -> str:
        """Its sense in Chinese, in our own words."""
        return _texts()[self.id]["zh"]

    @property
    def en(self) -> str:
        """Its sense in English, in our own words."""
        return _texts()[self.id]["en"]

    def __str__(self) -> str:
        return self.id

    def __repr__(self) -> str:
        return f"Clause({self.id!r})"


HOUSE = Clause(HOUSE_ID)


def clauses() -> tuple[Clause, ...]:
    """All clauses of the documents, in their order; `house` is not among them."""
    return tuple(Clause(each) for each in _IDS if each != HOUSE_ID)
