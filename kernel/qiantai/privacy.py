"""Names and telephone numbers with the part hidden that only the open case at hand may show (M-3.4c)."""

from __future__ import annotations

import re

from qiantai.names import COMPOUND_SURNAMES
from qiantai.rooms import half_width
from qiantai.words import ERASED

_MOBILE = r"(?<![0-9])(?:\+?(?:00)?86[\s-]?)?(?P<head>1[3-9][0-9])[\s-]?[0-9]{4}[\s-]?(?P<tail>[0-9]{4})(?![0-9])"
_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE = rf"(?<![0-9])\(?(?P<area>{_AREA})(?:\)|[\s-])*[0-9]{{3,4}}[\s-]?(?P<end>[0-9]{{4}})(?![0-9])"
_CARD = r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])"
_OTHER = r"(?P<other>[0-9](?:[\s-]?[0-9])*)"
_HIDDEN = r"(?P<hidden>(?:[0-9]+-?)?\*{2,}[0-9]*)"
_NUMBER = re.compile(f"{_HIDDEN}|{_MOBILE}|{_LANDLINE}|{_OTHER}")
_DAY = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_LOCAL = rf"(?!{_DAY}(?![0-9]))[2-9][0-9]{{2,3}}(?:-|\s)?[0-9]{{4}}(?!-?[0-9]|\.[0-9]|\s*[元块度吨方号栋年月%¥])"
_CALLS_EN = r"(?<![a-z])(?:tel|phone|call|ring|fax)(?![a-z])"
_CALLS = rf"(?:电话|座机|固话|热线|传真|致电|来电|回电|去电|拨打|拨|打|手机|联系方式|{_CALLS_EN})"
_TO_IT = r"(?:号码|打给|过来|回来|[号是为了给到过我回通,,::.。、()#]|\s|at|on|is|no|number|back|me|him|her|them){0,6}"
_AT_HOME = rf"(?i:{_CALLS}{_TO_IT})(?P<local>{_LOCAL}(?:[\s,,、/;;或和]+{_LOCAL})*)"
"""A number without its area code is one of a telephone by what stands before it: else it may be a meter's reading."""
_IN_WORDS = f"(?P<other>{_CARD})|{_AT_HOME}|{_MOBILE}|{_LANDLINE}"
"""Long, and compiled by the first words that have digits in them: a start has none."""
_LONG = 7
_DIGITS = re.compile(r"\d{4}")
"""What every number has somewhere that is masked within words."""


def mask_phone(phone: str) -> str:
    """A telephone number with its middle hidden; every number where there are several; words without digits stay.

    What is masked already stays as it is.

    >>> mask_phone("13800001234"), mask_phone("0755-83215678"), mask_phone("83215678"), mask_phone("6008")
    ('138****1234', '0755-****5678', '****5678', '**08')
    """
    return _NUMBER.sub(_masked, half_width(phone))


def mask_words(text: str) -> str:
    """A text with the telephone and identity-card numbers in it masked, and nothing else: rooms and times stay.

    A number without an area code is masked where the words before it say that it is one of a telephone.

    >>> mask_words("1栋2单元301王女士13800001234说漏水"), mask_words("请打26681234,水表读数26681234")
    ('1栋2单元301王女士138****1234说漏水', '请打****1234,水表读数26681234')
    """
    if _DIGITS.search(text) is None:
        return text
    plain, parts, end = half_width(text), list[str](), 0
    for hit in re.finditer(_IN_WORDS, plain):
        parts += [text[end : hit.start("local") if hit["local"] else hit.start()], _masked(hit)]
        end = hit.end()
    return "".join((*parts, text[end:]))


def _masked(hit: re.Match[str]) -> str:
    groups = hit.groupdict()
    if groups.get("hidden"):
        return hit[0]
    if groups.get("local"):
        return re.sub(_LOCAL, lambda one: f"****{one[0][-4:]}", hit["local"])
    if groups["head"]:
        return f"{groups['head']}****{groups['tail']}"
    if groups["area"]:
        return f"{groups['area']}-****{groups['end']}"
    digits = re.sub(r"[\s-]", "", groups["other"])
    if len(digits) >= _LONG:
        return f"****{digits[-4:]}"
    return "*" * (len(digits) - len(digits) // 2) + digits[len(digits) - len(digits) // 2 :]


def mask_email(address: str) -> str:
    """An e-mail address with all but its first letter and its domain hidden.

    >>> mask_email("wangmin@example.com")
    'w***@example.com'
    """
    name, at, domain = address.partition("@")
    return f"{name[:1]}***{at}{domain}" if at else mask_words(address)


def mask_name(name: str) -> str:
    """A name with all but the surname hidden, a star a character; a word of Latin letters keeps its first.

    >>> mask_name("李静"), mask_name("欧阳修"), mask_name("王女士"), mask_name("John Smith")
    ('李*', '欧阳*', '王**', 'J*** S****')
    """
    plain = name.strip()
    if plain == ERASED:
        return plain
    if plain.isascii():
        return re.sub(r"(?<=\w)\w", "*", plain)
    kept = 2 if plain[:2] in COMPOUND_SURNAMES and len(plain) > 2 else 1
    return plain[:kept] + ("*" * (len(plain) - kept) or "*")
