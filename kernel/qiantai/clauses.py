"""The clauses that the rules come from; an id that no document of ours has cannot be written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pkgutil import get_data

from attrs import field, frozen

HOUSE_ID = "house"

CLAUSES_OF_PLUGINS: dict[str, Mapping[str, Mapping[str, str]]] = {}
"""The clauses that plugins brought, by the plugin's name and the clause's id, which begins with that name and a colon.

They are texts for people: a rule looks at the id alone.
"""


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
    plugin, colon, own = value.partition(":")
    if value not in _IDS and not (plugin and colon and own):
        raise UnknownClause(f"no clause {value!r}; clauses.toml lists the ids")


def _text(id: str) -> Mapping[str, str]:
    """What a clause says; of a plugin that is not there, that it is not."""
    found = _texts().get(id) or CLAUSES_OF_PLUGINS.get(id.partition(":")[0], {}).get(id)
    return found or {
        "kind": "",
        "area": "",
        "zh": f"{id} 是插件带来的条款,那个插件没有装上。",
        "en": f"{id} is a clause of a plugin that is not there.",
    }


@frozen(repr=False)
class Clause:
    """One clause, by its id (`M-3.3a`, or `house` for a default that no document gives).

    A plugin's own begin with its name (`parcels:2`); they can be written while the plugin is not there, so that what
    was kept stays readable. Raises `UnknownClause` for any other id that is not in `clauses.toml`.
    """

    id: str = field(validator=_known)

    @property
    def known(self) -> bool:
        """Whether its text is here: false for a plugin's clause whose plugin did not bring it."""
        return self.id in _IDS or self.id in CLAUSES_OF_PLUGINS.get(self.id.partition(":")[0], {})

    @property
    def kind(self) -> str:
        """`duty`, `bar`, `record`, `target`, `role`, `practice` or `house`; empty where it is not known."""
        return _text(self.id)["kind"]

    @property
    def area(self) -> str:
        """Where in the product it lives; empty where it is not known."""
        return _text(self.id)["area"]

    @property
    def zh(self) -> str:
        """Its sense in Chinese, in our own words."""
        return _text(self.id)["zh"]

    @property
    def en(self) -> str:
        """Its sense in English, in our own words."""
        return _text(self.id)["en"]

    def __str__(self) -> str:
        return self.id

    def __repr__(self) -> str:
        return f"Clause({self.id!r})"


HOUSE = Clause(HOUSE_ID)


def clauses() -> tuple[Clause, ...]:
    """All clauses of the documents, in their order, then those that plugins brought; `house` is not among them."""
    brought = (id for rows in CLAUSES_OF_PLUGINS.values() for id in rows)
    return tuple(Clause(each) for each in (*_IDS, *brought) if each != HOUSE_ID)
