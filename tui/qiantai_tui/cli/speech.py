"""The language that a run speaks, chosen before anything else is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

LANGUAGES = ("zh", "en")
_VALUED = ("--lang", "--site", "--config")
VARIABLE = "QIANTAI_LANG"
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


class Speech(NamedTuple):
    """The language of a run; called with both wordings it gives the one. `asked`: it was asked for by name."""

    language: Literal["zh", "en"]
    asked: bool = False

    def __call__(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh


def chosen_speech(arguments: Sequence[str], environment: Mapping[str, str]) -> Speech:
    """As `--lang` before the command says, else `QIANTAI_LANG`, else the locale where it is English, else Chinese."""
    rest, asked = iter(arguments), ""
    for argument in rest:
        if not argument.startswith("-"):
            break
        if argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
        elif argument in _VALUED:
            value = next(rest, "")
            asked = value if argument == "--lang" else asked
    asked = asked or environment.get(VARIABLE, "")
    said = asked or next((environment[each] for each in LOCALE if environment.get(each)), "")
    return Speech("en" if said.lower().startswith("en") else "zh", bool(asked))
