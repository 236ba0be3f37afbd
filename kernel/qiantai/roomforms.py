"""The forms in which rooms and places are written, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import frozen

_NUMERALS = "一二三四五六七八九"
_FIGURES = "零一二三四五六七八九"
_CN = r"[一二三四五六七八九十两]{1,3}"
_DASH = r"\s?[-–—‐]\s?"
_COUNTED = (
    r"[层个块年月日米度元]|楼(?![上下道梯顶])|天(?![花然台])|人(?![说家在不])|次(?!卧)|多(?![次年])"
    r"|小时|分钟|点[钟半多]"
)
_NOT_A_ROOM = rf"(?![0-9A-Z]|{_COUNTED})"
_NUMBER = (
    rf"(?:[0-9]{{3,5}}[A-Z]?{_NOT_A_ROOM}|[{_FIGURES}]{{3,4}}|[0-9]{{1,2}}[A-Z]?(?=\s*(?:室|房|号)))"
    r"(?:\s*(?:号房|室|房|号))?"
)
_NOUN = (
    r"(?:电梯(?:厅|间|口|前室|机房)?|大堂|门厅|楼道|走廊|过道|楼梯间?|天台|楼顶|屋面|架空层|单元门|门禁|楼下|门口|消防通道"
    r"|配电房|水泵房|水井|电井|管道井|地下室|信报箱|垃圾[房站]|外墙|连廊|平台)"
)
_GROUND = (
    r"(?:(?:负[一二三]层|B[1-9]层?)?(?:地下(?:车库|停车场)|地库|车库(?!门)|停车场)(?:[A-Z0-9]区|负[一二三]层|B[1-9](?![0-9-])层?)?"
    r"|(?:[东南西北正后]|小区|人行|车行)大?门(?:岗亭?|口)?|中心花园|中庭|儿童(?:游乐场|乐园)|游乐场|泳池|游泳池|会所|篮球场"
    r"|健身区|岗亭|主干道|充电棚|自行车棚|监控室|物业(?:中心|办公室))"
)
_NAMED = rf"""(?<![0-9A-Z])
    (?:(?P<phase>[A-Z]|[0-9]{{1,2}}|{_CN})\s*[期区]\s*)?
    (?P<building>[A-Z]?[0-9]{{1,3}}|[A-Z]|{_CN})\s*(?:栋|幢|棟|座|号楼|[#]楼?)(?:{_DASH}(?![0-9]\s*[层楼]))?\s*
    (?:(?P<unit>[A-Z]|[0-9]{{1,2}}|{_CN})\s*(?:单元|门|梯|{_DASH})(?:{_DASH})?\s*)?
    (?:(?P<room>{_NUMBER})|(?P<floor>(?:负|B|-)?(?:[0-9]{{1,2}}|{_CN})\s*[层楼])?\s*(?P<noun>{_NOUN})?)"""
_DASHED = rf"""(?<![0-9A-Z–—‐-])(?:(?:地下车库|地库|车库|车位|商铺|底商|店铺|铺位|别墅)\s?)?
    (?P<first>(?!0[0-9][0-9])(?:[A-Z]?[0-9]{{1,3}}[A-Z]?|[A-Z]))
    (?P<rest>(?:{_DASH}[A-Z]?[0-9]{{1,5}}[A-Z]?){{1,3}})(?:室|号房)?{_NOT_A_ROOM}(?![–—‐-])"""
_SPECIAL = r"""
    (?:(?P<kind>地下车库|地库|车库|车位|商铺|底商|店铺|铺位|别墅)\s?(?P<number>[0-9]{1,4})\s?[号栋]?(?![0-9A-Z-])
    |(?<![0-9A-Z-])(?P<number_before>[0-9]{1,4})\s?号\s?(?P<kind_after>车位|商铺|底商|店铺|铺位|别墅)
    |(?<![0-9A-Z-])(?P<letter>[A-Z])(?P<joined>[0-9]{1,4})(?![0-9A-Z-]|\s?[层区座栋级]))"""
_PLACE = rf"{_GROUND}|(?:(?:[0-9]{{1,2}}|{_CN})\s?单元\s?)?(?:(?:负|B)?(?:[0-9]{{1,2}}|{_CN})\s?[层楼]的?)?{_NOUN}"
_FORM = re.VERBOSE | re.IGNORECASE
"""They are compiled with the first text that is read: a start that reads none does without."""
_LOOKED_AT = 500  # characters
_LETTERS = {"地下车库": "B", "地库": "B", "车库": "B", "车位": "B", "别墅": "V"}


@frozen
class Mention:
    """A room or place as a text says it; `parts` are building, unit, room as far as they were said.

    `sure` is false for what only the roll can tell from a number: `8-2`, `S12`.
    """

    start: int
    end: int
    parts: tuple[str, ...] = ()
    room: bool = False
    sure: bool = True
    place: str = ""


def mentions(text: str) -> tuple[Mention, ...]:
    """What a half-width text says of rooms and places, in its order and without overlaps; the fuller reading wins.

    Of a long text only the beginning is looked at: each mention is held against all others.
    """
    text = text[:_LOOKED_AT]
    found: list[Mention] = []
    for reader in (_named, _dashed, _special, _places):
        for each in reader(text):
            if all(each.end <= other.start or other.end <= each.start for other in found):
                found.append(each)
    return tuple(sorted(found, key=lambda each: each.start))


def _named(text: str) -> Iterator[Mention]:
    for hit in re.finditer(_NAMED, text, _FORM):
        said = [numeral(hit[group]) for group in ("phase", "building", "unit") if hit[group]]
        if hit["phase"] and not hit["unit"]:  # two parts of a building's name, lest it pass for building and unit
            said = [f"{said[0]}期{said[1]}"]
        end = hit.start() + len(hit[0].rstrip())
        if hit["room"]:
            yield Mention(hit.start(), end, (*said, _bare(hit["room"])), room=True)
        else:
            yield Mention(hit.start(), end, tuple(said), place=_place(hit))


def _place(hit: re.Match[str]) -> str:
    building, unit = numeral(hit["building"]), hit["unit"]
    head = f"{building}{'座' if building.isalpha() else '栋'}" + (f"{numeral(unit)}单元" if unit else "")
    floor, noun = re.sub(r"\s", "", hit["floor"] or ""), hit["noun"] or ""
    return f"{head}{floor} {noun}" if noun and unit else f"{head}{floor}{noun}"


def _dashed(text: str) -> Iterator[Mention]:
    for hit in re.finditer(_DASHED, text, _FORM):
        parts = tuple(each.strip().upper() for each in re.split(r"[-–—‐]", hit["first"] + hit["rest"]))
        digits = re.sub(r"[^0-9]", "", parts[-1])
        sure = len(digits) >= 3 or (parts[0].isalpha() and len(parts) == 2)
        if all(len(each) <= 3 for each in parts[:-1]):
            yield Mention(hit.start(), hit.end(), parts, room=True, sure=sure)


def _special(text: str) -> Iterator[Mention]:
    for hit in re.finditer(_SPECIAL, text, _FORM):
        kind = hit["kind"] or hit["kind_after"]
        letter = _LETTERS.get(kind, "S") if kind else hit["letter"].upper()
        number = hit["number"] or hit["number_before"] or hit["joined"]
        yield Mention(hit.start(), hit.end(), (letter, number), room=True, sure=False)


def _places(text: str) -> Iterator[Mention]:
    for hit in re.finditer(_PLACE, text, re.IGNORECASE):
        yield Mention(hit.start(), hit.end(), place=hit[0])


def numeral(text: str) -> str:
    """A number in figures, upper case; Chinese numerals up to ninety-nine are read.

    >>> numeral("十二"), numeral("二十"), numeral("两"), numeral("a1")
    ('12', '20', '2', 'A1')
    """
    if not re.fullmatch(_CN, text):
        return text.upper()
    tens, ten, ones = text.replace("两", "二").rpartition("十")
    if not ten:
        return "".join(str(_NUMERALS.index(each) + 1) for each in ones)
    first = _NUMERALS.index(tens[-1]) + 1 if tens and tens[-1] in _NUMERALS else 1
    return str(first * 10 + (_NUMERALS.index(ones[0]) + 1 if ones else 0))


def _bare(room: str) -> str:
    figures = str.maketrans(_FIGURES, "0123456789")
    return re.sub(r"\s*(?:号房|室|房|号)$", "", room).translate(figures).upper()
