"""The language of the screens: one setting for the whole program, and `say`, which every widget speaks through."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from qiantai.words import Bilingual

Language = Literal["zh", "en"]
VARIABLE = "QIANTAI_LANG"

_spoken: Language = "zh"


def chosen_language(environment: Mapping[str, str], setting: str = "") -> Language:
    """The language asked for by `QIANTAI_LANG`, else by the setting, else Chinese; `en_US.UTF-8` counts as English."""
    asked = environment.get(VARIABLE, "") or setting
    return "en" if asked.lower().startswith("en") else "zh"


def speak(language: Language) -> None:
    """Makes the program speak this language from now on; what is on screen follows when it is next drawn."""
    global _spoken
    _spoken = language


def language() -> Language:
    """The language spoken now."""
    return _spoken


def say(text: Bilingual | str) -> str:
    """The text in the language spoken now; a plain string is already somebody's own words and stays as it is."""
    return text if isinstance(text, str) else text[_spoken]
