"""Finds words of the other language on a rendered screen."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Literal

from qiantai import clauses

ALLOWED = frozenset(
    "PIN APP Qiantai Enter Tab Esc Space Del Ins PgUp PgDn Home End Ctrl Shift Alt TOML CSV JSON Excel Word PDF "
    "UTF-8 A4 VIP IP GB/T ISO".lower().split()
)
_KEY = re.compile(r"\bF\d{1,2}\b|\^[A-Z]\b|\bCtrl\+\S+|\bShift\+\S+")
_IDS = sorted((each.id for each in clauses() if each.kind != "house"), key=len, reverse=True)
_CLAUSES = "|".join(map(re.escape, _IDS))
_NUMBER = re.compile(
    rf"\b(?:TS|JY|ZX|ZY|QZ|BX|SJ)-?\d[\d-]*\b|\b(?:{_CLAUSES})\b|\bv\d+(?:\.\d+)*\b|\b[A-Z]-?\d[\w-]*\b"
)
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z/'-]+")
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff，。：；！？、（）《》「」]+")


def untranslated(screen_text: str, lang: Literal["zh", "en"], *, data: Collection[str] = ()) -> list[str]:
    """The English words on a Chinese screen, or the Chinese ones on an English screen.

    Left out are keys, case numbers, clause ids, versions, the words of `ALLOWED`, and `data`: what residents and the
    site themselves said, which no one translates.
    """
    for words in sorted(data, key=len, reverse=True):
        screen_text = screen_text.replace(words, " ")
    if lang == "en":
        return _CHINESE.findall(screen_text)
    text = _NUMBER.sub(" ", _KEY.sub(" ", screen_text))
    return [word for word in _ENGLISH.findall(text) if word.strip("-/'").lower() not in ALLOWED]
