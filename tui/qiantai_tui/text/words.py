"""The language of the screens: one setting for the whole program, and `say`, which every widget speaks through."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from qiantai.words import Bilingual

Language = Literal["zh", "en"]

_spoken: Language = "zh"
_keys: Mapping[str, str] = {}
_KEY = re.compile(r"(?<![\w^])(?:Shift\+)?(?:F\d{1,2}|\^[A-Z])(?!\w)")


def speak(language: Language) -> None:
    """Makes the program speak this language from now on; what is on screen follows when it is next drawn."""
    global _spoken
    _spoken = language


def language() -> Language:
    """The language spoken now."""
    return _spoken


def say(text: Bilingual | str) -> str:
    """The text in the language spoken now, its keys as they are; a plain string is somebody's own words and stays."""
    return text if isinstance(text, str) else named(text[_spoken])


def named(words: str) -> str:
    """Our own words with each key in them as it is now called."""
    return _KEY.sub(lambda key: _keys.get(key[0], key[0]), words) if _keys else words


def rename_keys(keys: Mapping[str, str]) -> None:
    """From now on our words say the second key where they are written with the first: somebody changed it."""
    global _keys
    _keys = keys
