"""The pinyin initials of Chinese names and words, with surnames in every reading they have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# Surnames with a reading of their own: the dictionary's alone would hide 单 under d, 仇 under c, 区 under q.
_SURNAMES: dict[str, str] = dict(
    re.findall(
        "(.)(..)",
        "单sd仇qc解xj查zc区oq曾zc覃qt乐yl召sz折sz种cz繁pf秘bm隗wk盛sc贾jg车cj"
        "祭zj万wm沈sc翟zd尉wy谌cs莘sx冯fp褚cz费fb宓mf藏zc呙gw郇xh郗xc郄qx洗xs",
    )
)
_COMPOUND = {"尉迟": "yc", "万俟": "mq", "单于": "cy", "长孙": "zs", "澹台": "tt"}


@lru_cache(maxsize=16384)
def initials(name: str) -> frozenset[str]:
    """The initials a name may be looked up by, lower case; letters and figures stand for themselves.

    >>> sorted(initials("单小龙"))
    ['dxl', 'sxl']
    """
    plain = "".join(name.split())
    if not plain:
        return frozenset()
    read = "".join(_letters(plain)).lower()
    given = {read}
    if plain[:2] in _COMPOUND:
        given.add(_COMPOUND[plain[:2]] + read[2:])
    given.update(first + read[1:] for first in _SURNAMES.get(plain[0], ""))
    return frozenset(given)


def _letters(text: str) -> Iterable[str]:
    from pypinyin import Style, lazy_pinyin  # 0.13 s to import, and only a search by letters needs it

    return lazy_pinyin(text, style=Style.FIRST_LETTER)
