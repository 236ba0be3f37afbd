"""The people of a site: its staff and the households they serve."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from qiantai.words import Role


def _roles(given: Iterable[str]) -> frozenset[Role]:
    return frozenset(Role(each) for each in given)


def _areas(given: Iterable[str]) -> frozenset[str]:
    return frozenset(given)


@frozen
class Person:
    """A member of staff: an id, a name to show, and one role or more; `areas` are an area manager's [H-3.2].

    Roles are given by name (`["desk"]`); no areas means all of them. Raises `ValueError` for a role that is none.
    """

    id: str
    name: str
    roles: frozenset[Role] = field(converter=_roles)
    areas: frozenset[str] = field(factory=frozenset[str], converter=_areas)

    def has(self, *roles: str) -> bool:
        """Whether the person holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)


@frozen
class Household:
    """A household of the roll, by its room: `1-2-301` is building 1, unit 2, room 301 [M-3.4a].

    Empty is what is not known. `important` residents' suggestions go to the head of the centre [H-4.1.2.1]; `area` is
    the one whose manager may act for it [H-3.2].
    """

    id: str
    name: str = ""
    phone: str = ""
    email: str = ""
    important: bool = False
    area: str = ""
