"""The room of a row, from the columns of building, unit and room as firms fill them."""

from __future__ import annotations

import re
from itertools import pairwise

from attrs import evolve, frozen

from qiantai.roomforms import mentions, numeral
from qiantai.rooms import half_width, key, read_room
from qiantai.words import Bilingual

_MARKED = re.compile(
    r"([A-Z]?[0-9]{1,3}|[A-Z]|[一二三四五六七八九十]{1,3})\s*(?:栋|幢|棟|座|号楼|[#]楼?|楼|号)?$", re.IGNORECASE
)
_UNIT = re.compile(r"第?([A-Z]|[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*(?:单元|门|梯)?", re.IGNORECASE)
_ROOM = re.compile(r"([A-Z]{0,2}[0-9]{1,5}[A-Z]?)\s*(?:号房|室|房|号)?", re.IGNORECASE)
_PHASE = re.compile(r"(?P<estate>.*?)(?P<phase>[0-9]{1,2}|[一二三四五六七八九十]{1,3})期")
_NAMED_BUILDINGS = {"别墅": "V", "商铺": "S", "底商": "S", "店铺": "S", "铺位": "S", "地库": "B1", "车位": "B1"}
_NONE = frozenset({"", "无", "-", "/", "0", "—"})


@frozen
class Address:
    """What the three columns of a row hold, empty where there is no such column; `name` goes before the building."""

    building: str = ""
    unit: str = ""
    room: str = ""
    name: str = ""


def named_apart(rows: list[Address]) -> tuple[list[Address], str]:
    """The rows with what stands before the building (阳光花园1栋) taken off, and the estate's name.

    One name for all is the estate's and goes. Several tell buildings of one number apart: they stay, a phase
    (阳光花园一期, 二期) as its number.
    """
    split = [_split(row) for row in rows]
    names = {row.name for row in split if row.name}
    if len(names) < 2:
        return [evolve(row, name="") for row in split], "".join(names)
    phases = {name: hit for name in names if (hit := _PHASE.fullmatch(name))}
    if len(phases) < len(names) or len(estates := {hit["estate"] for hit in phases.values()}) > 1:
        return split, ""
    numbered = [evolve(row, name=f"{numeral(phases[row.name]['phase'])}期") if row.name else row for row in split]
    return numbered, estates.pop()


def _split(row: Address) -> Address:
    building, room, name = _compact(row.building), half_width(row.room).strip(), ""
    marked = _MARKED.search(building)
    if marked and not _fixed(building):
        name, building = building[: marked.start()], building[marked.start() :]
    said = mentions(room)
    if said and said[-1].room and said[-1].end == len(room):
        name, room = name or room[: said[-1].start].strip(" -,，"), room[said[-1].start :]
    return Address(building, row.unit, room, name)


def filled_down(rows: list[Address]) -> list[Address]:
    """The rows with blanks of building and unit filled from above, as merged cells leave them.

    A unit is carried within its building only. A row whose room is written in full needs nothing.
    """
    filled: list[Address] = []
    building = unit = name = ""
    for row in rows:
        if row.building and (row.name, row.building) != (name, building):
            name, building, unit = row.name, row.building, ""
        unit = row.unit or unit
        whole = not row.room or (not row.building and read_room(row.room) is not None)
        filled.append(row if whole else evolve(row, building=building, unit=unit, name=row.name or name))
    return filled


def looks_merged(rows: list[Address]) -> bool:
    """Whether blanks come from merged cells: then a building stands once for all its rows, not on most of them."""
    given = [row for row in rows if row.room]
    if all(row.building for row in given):  # then it is the units that may be merged
        heads = [(row.building, row.unit) if row.unit else None for row in given]
    else:
        heads = [(row.building, "") if row.building else None for row in given]
    repeated = sum(head is not None and head == above for above, head in pairwise(heads))
    return heads.count(None) > repeated


def repeats_building(rows: list[Address]) -> bool:
    """Whether rooms such as `3-1202` beside a building column say the building again, rather than a unit."""
    pairs = [
        (parts[0], building_of(row.building)) for row in rows if row.building and len(parts := _parts(row.room)) == 2
    ]
    return bool(pairs) and all(first == building for first, building in pairs)


def id_of(row: Address, *, again: bool = False) -> str | Bilingual:
    """The household's id, or what is wrong with the address; `again` as `repeats_building` found."""
    building = building_of(row.building)
    unit = "" if row.unit in _NONE else numeral(hit[1]) if (hit := _UNIT.fullmatch(half_width(row.unit))) else row.unit
    parts = _parts(row.room)
    if not parts:
        return _UNREADABLE
    match parts:
        case [number] if not building:
            full = read_room(number) or ""  # S12, A1201
            return _with_name(row.name, full) if "-" in full else _NO_BUILDING
        case [number]:
            return _with_name(row.name, _joined(building, unit, number))
        case _ if not building:
            return _with_name(row.name, "-".join(parts))
        case [first, number] if first == building and (again or unit or first.isalpha()):
            return _with_name(row.name, _joined(building, unit, number))
        case [first, number] if not again and unit in ("", first):
            return _with_name(row.name, _joined(building, first, number))
        case [first, second, _] if first == building and unit in ("", second):
            return _with_name(row.name, "-".join(parts))
        case _:
            return _CONTRADICTS


def building_of(text: str) -> str:
    """A building as the roll keeps it: `1栋`, `01`, `1号楼` → `1`; `a座` → `A`; 别墅 → `V`; another name as it is."""
    plain = _compact(text)
    if fixed := _fixed(plain):
        return fixed
    marked = _MARKED.fullmatch(plain)
    return key([numeral(marked[1])])[0] if marked else plain.upper()


def _compact(text: str) -> str:
    return re.sub(r"[\s-]", "", half_width(text))


def _fixed(building: str) -> str:
    if garage := re.fullmatch(r"(?:地下车库|地库|车库|车位)?(B[0-9])层?", building, re.IGNORECASE):
        return garage[1].upper()
    return _NAMED_BUILDINGS.get(re.sub(r"(?:区|楼|栋)$", "", building), "")


def _parts(room: str) -> list[str]:
    plain = half_width(room).strip()
    if alone := _ROOM.fullmatch(plain):
        return [alone[1].upper()]
    full = read_room(plain)
    return full.split("-") if full else []


def _with_name(name: str, id: str) -> str:
    """A phase is a part of its own where building, unit and room follow it; else it is part of the building's name."""
    phased = name.endswith("期") and id.count("-") == 2
    return f"{name[:-1]}-{id}" if phased else name + id


def _joined(building: str, unit: str, number: str) -> str:
    return "-".join(part for part in (building, key([unit])[0], number) if part)


_NO_BUILDING = Bilingual("没有楼栋,只有房间号", "A room number without a building")
_CONTRADICTS = Bilingual(
    "房号里的楼栋或单元与该行的楼栋、单元不一致", "The room contradicts the row's building or unit"
)
_UNREADABLE = Bilingual("认不出这个房号", "This room cannot be read")
