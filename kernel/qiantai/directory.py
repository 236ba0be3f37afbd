"""The households of a site, found by room, telephone, name or initials."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property

from attrs import frozen

from qiantai.names import titled
from qiantai.people import Household
from qiantai.rooms import Rooms, find_rooms, half_width, natural_key

Initials = Callable[[str], Collection[str]]
_SHORTEST_NUMBER = 3
_LAST_DIGITS = 4
_MOBILE = 11


@frozen
class Found:
    """A household and what found it: `room`, `phone`, `name`, `surname` or `initials`; a surname settles nothing."""

    household: Household
    by: str


class Directory:
    """A roll that can be searched; `initials` gives a name's pinyin initials, lower case, in every reading.

    Without `initials` names are found by their characters alone. They are asked for at the first search by letters.
    """

    def __init__(self, households: Iterable[Household], initials: Initials | None = None) -> None:
        listed = sorted(households, key=lambda each: natural_key(each.id))
        self._by_id = {each.id: each for each in listed}
        self._initials = initials
        self._digits = {id: re.sub(r"[^0-9]", "", each.phone) for id, each in self._by_id.items()}
        self._numbers = {id: id.rpartition("-")[2].upper() for id in self._by_id}
        self.rooms: Rooms = Rooms(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Household]:
        return iter(self._by_id.values())

    def get(self, id: str) -> Household | None:
        """The household of an id as it stands in the roll."""
        return self._by_id.get(id)

    def find(self, query: str) -> tuple[Found, ...]:
        """Every household a query may mean, the likeliest first, then in natural order; nothing for an empty query.

        A room in any form, a building or unit, a room number alone, a telephone or its last digits (three or more),
        a name or part of one, a surname with a title (李姐), pinyin initials.
        """
        plain = half_width(query).strip()
        if not plain:
            return ()
        return _unique((*self.by_room(plain), *self.by_number(plain), *self.by_name(plain), *self.by_initials(plain)))

    def by_room(self, text: str) -> tuple[Found, ...]:
        """The households of the first room a text names, or of the building or unit it names."""
        for match in find_rooms(text, self.rooms):
            ids = match.households or (self.rooms.beginning(match.parts) if match.parts and not match.room else ())
            return self._found(ids, "room")
        return self._found((id for id, number in self._numbers.items() if number == text.upper()), "room")

    def by_number(self, text: str) -> tuple[Found, ...]:
        """The households whose telephone ends with these digits, or from five digits on has them anywhere."""
        digits = re.sub(r"[\s+()-]", "", text)
        if not (digits.isascii() and digits.isdigit()) or len(digits) < _SHORTEST_NUMBER:
            return ()
        digits = digits[-_MOBILE:] if digits.startswith("86") and len(digits) > _MOBILE else digits
        anywhere = len(digits) > _LAST_DIGITS
        hits = (id for id, known in self._digits.items() if known.endswith(digits) or (anywhere and digits in known))
        return self._found(hits, "phone")

    def by_name(self, text: str) -> tuple[Found, ...]:
        """The households of a name: exact first, then those it begins, then those it stands in, then by surname."""
        wanted = text.casefold()
        ranked = [(_rank(each.name.casefold(), wanted), each.id) for each in self._by_id.values() if each.name]
        named = [id for _, id in sorted((each for each in ranked if each[0] < _NO_RANK), key=lambda each: each[0])]
        if not named and (surname := titled(text)):
            return self._found((each.id for each in self._by_id.values() if each.name.startswith(surname)), "surname")
        return self._found(named, "name")

    def by_initials(self, text: str) -> tuple[Found, ...]:
        """The households whose name's initials begin with these letters; two letters at least."""
        letters = text.lower()
        if not (letters.isascii() and letters.isalpha()) or len(letters) < len("lj"):
            return ()
        hits = [(min(map(len, hit)), id) for id, known in self._letters.items() if (hit := _beginning(known, letters))]
        return self._found((id for _, id in sorted(hits, key=lambda each: each[0])), "initials")

    def named_in(self, text: str) -> tuple[Found, ...]:
        """The households whose full name, two characters or more, stands somewhere in a text."""
        return self._found(
            (each.id for each in self._by_id.values() if len(each.name) > 1 and each.name in text), "name"
        )

    @cached_property
    def _letters(self) -> dict[str, Collection[str]]:
        known = self._initials
        return {} if known is None else {id: known(each.name) for id, each in self._by_id.items() if each.name}

    def _found(self, ids: Iterable[str], by: str) -> tuple[Found, ...]:
        return tuple(Found(self._by_id[id], by) for id in ids)


_NO_RANK = 3


def _rank(name: str, wanted: str) -> int:
    return 0 if name == wanted else 1 if name.startswith(wanted) else 2 if wanted in name else _NO_RANK


def _beginning(known: Collection[str], letters: str) -> list[str]:
    return [each for each in known if each.startswith(letters)]


def _unique(found: Iterable[Found]) -> tuple[Found, ...]:
    first: dict[str, Found] = {}
    for each in found:
        first.setdefault(each.household.id, each)
    return tuple(first.values())
