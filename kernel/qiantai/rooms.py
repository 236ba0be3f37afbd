"""Rooms as people write them, read into the roll's own ids and checked against the roll."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import frozen

from qiantai.roomforms import Mention, mentions

_HALF = {
    code: code - 0xFEE0
    for code in range(0xFF01, 0xFF5F)
    if chr(code - 0xFEE0).isalnum() or chr(code) in "＃－＠．／＋＿"
}
_GARAGE = re.compile(r"B[0-9]+")
Key = tuple[str, ...]


def half_width(text: str) -> str:
    """Full-width letters, digits and the signs of rooms and addresses made half-width; ， and other punctuation stay.

    Character for character: places in the result are places in `text`.

    >>> half_width("１栋２单元３０１，漏水")
    '1栋2单元301，漏水'
    """
    return text.translate(_HALF)


def natural_key(room: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts 2栋 before 10栋, and numbers before letters.

    >>> sorted(["10-1-101", "A-301", "2-1-1201", "2-1-301"], key=natural_key)
    ['2-1-301', '2-1-1201', '10-1-101', 'A-301']
    """
    runs = re.findall(r"[0-9]+|[^0-9-]+", half_width(room))
    return tuple((0, int(run), "") if run.isascii() and run.isdigit() else (1, 0, run) for run in runs)


def key(room: str | Iterable[str]) -> Key:
    """What two ways of writing one room have in common: upper case, no leading noughts, as a tuple of parts."""
    parts = half_width(room).split("-") if isinstance(room, str) else room
    return tuple(re.sub(r"^0+(?=[0-9])", "", part.strip().upper()) for part in parts)


def written(room: str) -> str:
    """A roll's id the way it is said at the counter; an id of no known shape stays as it is.

    >>> [written(each) for each in ("1-2-301", "A-1201", "B1-087", "S-12", "3-1202")]
    ['1栋2单元301', 'A座1201', '地库B1-087', '商铺S-12', '3栋1202']
    """
    match room.split("-"):
        case [building, number] if _GARAGE.fullmatch(building) and number:
            return f"地库{room}"
        case ["S" | "V" as building, number] if len(number) < 4:
            return f"{'商铺' if building == 'S' else '别墅'}{room}"
        case [building, number] if building and number:
            return f"{_building(building)}{number}"
        case [building, unit, number] if building and unit and number:
            return f"{_building(building)}{unit}单元{number}"
        case [phase, building, unit, number] if phase and building and unit and number:
            return f"{phase}期{_building(building)}{unit}单元{number}"
        case _:
            return room


def _building(name: str) -> str:
    return f"{name}座" if name.isascii() and name.isalpha() else f"{name}栋" if name[-1].isdigit() else name


class Rooms:
    """The rooms of a roll, by every form in which one may be written."""

    def __init__(self, ids: Iterable[str]) -> None:
        exact: dict[Key, list[str]] = {}
        loose: dict[Key, list[str]] = {}
        for each in sorted(set(ids), key=natural_key):
            parts = key(each)
            exact.setdefault(parts, []).append(each)
            for shorter in _shorter(parts):
                loose.setdefault(shorter, []).append(each)
        self._exact: Mapping[Key, list[str]] = exact
        self._loose: Mapping[Key, list[str]] = loose

    def find(self, parts: Iterable[str]) -> tuple[str, ...]:
        """The ids these parts may mean, in natural order: one where the roll settles it, all where it does not.

        A phase or unit left out, or said where the roll counts none, is looked past only when nothing fits exactly.
        """
        wanted = key(parts)
        if wanted and wanted not in self._exact and wanted not in self._loose:
            wanted = wanted[1:] if len(wanted) == 4 else (_unnamed(wanted[0]), *wanted[1:])
        unitless = self._exact.get((wanted[0], wanted[2]), []) if len(wanted) == 3 else []
        return tuple(self._exact.get(wanted) or self._loose.get(wanted) or unitless)

    def beginning(self, parts: Iterable[str]) -> tuple[str, ...]:
        """The ids that begin with these parts (a building, a unit), in natural order."""
        wanted = key(parts)
        return tuple(each for known, ids in self._exact.items() if known[: len(wanted)] == wanted for each in ids)


def _unnamed(building: str) -> str:
    return re.sub(r"^(?:.*期|[^0-9A-Z]+)(?=[0-9A-Z])", "", building)


def _shorter(parts: Key) -> Iterable[Key]:
    """The parts people leave out: the unit, the phase of the estate, the level of a garage."""
    bare = _unnamed(parts[0])  # 牡丹苑1 is 1 to those who live there
    if bare != parts[0]:
        yield (bare, *parts[1:])
        yield from _shorter((bare, *parts[1:]))
    match parts:
        case (level, number) if _GARAGE.fullmatch(level):
            yield ("B", number)
        case (building, _, number):
            yield (building, number)
        case (_, building, unit, number):
            yield (building, unit, number)
            yield (building, number)
        case _:
            return


@frozen
class Match:
    """A place in a text: the households it may be, none where it is no household of the roll.

    `start` and `end` count characters of the text. `place` is the place as it is said at the counter.
    `room` tells whether a room number was given: with no households such a room is not on the roll.
    """

    start: int
    end: int
    parts: tuple[str, ...]
    households: tuple[str, ...]
    place: str
    room: bool


def find_rooms(text: str, rooms: Rooms) -> tuple[Match, ...]:
    """Every room and place that a text names, in its order, each checked against the roll."""
    found = (_matched(each, rooms) for each in mentions(half_width(text)))
    return tuple(each for each in found if each is not None)


def _matched(said: Mention, rooms: Rooms) -> Match | None:
    ids = rooms.find(said.parts) if said.room else ()
    if said.room and not ids and not said.sure:
        return None
    place = written(ids[0]) if len(ids) == 1 else written("-".join(said.parts)) if said.room else said.place
    return Match(said.start, said.end, said.parts, ids, place, said.room)


def read_room(text: str) -> str | None:
    """The id that a text means when it is a room and nothing else, in any form; None when it is not.

    >>> read_room("１幢２门３０１室"), read_room("1#2-301"), read_room("大堂")
    ('1-2-301', '1-2-301', None)
    """
    plain = half_width(text).strip()
    match mentions(plain):
        case (said,) if said.room and (said.start, said.end) == (0, len(plain)):
            return "-".join((*key(said.parts[:-1]), said.parts[-1].upper()))
        case _:
            return None
