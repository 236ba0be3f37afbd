"""What the person at this machine wants of the program: its language, colours and keys, in one file that they write."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from attrs import evolve, field, frozen

from qiantai.mistakes import Mistake
from qiantai.plainly import LONGEST_PATH, short
from qiantai.tables import Table
from qiantai.tomltext import BadToml, decoded, parsed
from qiantai.words import Bilingual

from .sites.files import path_of, read_bytes

if TYPE_CHECKING:
    from .actions.keymap import CheckedKeys

CONFIG = "config.toml"
VARIABLE = "QIANTAI_CONFIG"
"""The environment's word on where the file lies."""
LANGUAGES = ("zh", "en")
COLOURS = ("dark", "light", "contrast", "terminal")
"""The names of the themes, as they are written."""
LARGEST = 64 * 1024
"""Bytes; a file beyond that is no settings file."""

Colours = Literal["dark", "light", "contrast", "terminal"]


@frozen
class Preferences:
    """What was asked for; what is empty was not. `keys` are Textual's, by the action's id."""

    language: Literal["zh", "en", ""] = ""
    theme: Colours | Literal[""] = ""
    keys: Mapping[str, str] = field(factory=dict[str, str])


class Finding(NamedTuple):
    """A mistake and its line, from 1; 0 where the file could not be read at all."""

    line: int
    mistake: Mistake


@frozen
class Taken:
    """What was taken from a file: where it is bad nothing, and why; None for a file that nobody asked about."""

    preferences: Preferences = Preferences()
    file: Path | None = None
    wrong: BadPreferences | None = None


NOTHING_TAKEN = Taken()


class BadPreferences(Exception):
    """The file cannot be taken, and nothing of it was; `why` has a line for each mistake."""

    def __init__(self, file: Path, findings: tuple[Finding, ...]) -> None:
        self.file, self.findings = file, findings
        where = short(str(file), LONGEST_PATH)
        places = [f"{where}:{line}" if line else where for line, _ in findings]
        told = [each.mistake.sentence for each in findings]
        self.lines = tuple(
            Bilingual(f"{place}: {each.zh}", f"{place}: {each.en}") for place, each in zip(places, told, strict=True)
        )
        self.why = _joined(self.lines)
        super().__init__(self.why.en)

    def first(self, most: int) -> Bilingual:
        """The first so many mistakes, and where to find the others."""
        more = len(self.lines) - most
        return _joined([*self.lines[:most], *([_MORE.format(n=more)] if more > 0 else [])])


def _joined(lines: Iterable[Bilingual]) -> Bilingual:
    found = tuple(lines)
    return Bilingual("\n".join(each.zh for each in found), "\n".join(each.en for each in found))


def preferences_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the file lies, or would: as `QIANTAI_CONFIG` says, else in this person's folder of settings."""
    if said := environment.get(VARIABLE, ""):
        return path_of(said)
    from platformdirs import user_config_path  # not needed to show a version or help

    return user_config_path("qiantai", appauthor=False) / CONFIG


def read_preferences(file: Path) -> Preferences:
    """What the file says; nothing where there is none. Raises `BadPreferences` with all mistakes.

    Keys are held against all actions there are, which loads every screen where one is wrong.
    """
    try:
        text = decoded(read_bytes(file, LARGEST) or b"", LARGEST)
        row = Table("", parsed(text))
    except BadToml as error:
        raise BadPreferences(file, (Finding(error.line, *error.mistakes),)) from error
    preferences = _of(row)
    if row.mistakes:
        raise BadPreferences(file, _located(row.mistakes, text))
    return preferences


def take_preferences(file: Path) -> Taken:
    """What the file says, or the defaults and what is wrong with it: a bad file keeps nobody from the desk."""
    try:
        return Taken(read_preferences(file), file)
    except BadPreferences as bad:
        return Taken(file=file, wrong=bad)


def keep_theme(file: Path, theme: Colours) -> None:
    """Writes the theme into the file, the rest as it was. Raises `BadPreferences` where it has mistakes, or `OSError`.

    What is written is what the parser makes of it; where that would change anything else, nothing is.
    """
    read_preferences(file)
    data = read_bytes(file) or b""
    text = decoded(data)
    from .tomllines import lines_of, with_value

    if parsed(now := with_value(text, "theme", theme)) != {**parsed(text), "theme": theme}:
        at = lines_of(text).get(("theme",), range(1, 1))
        raise BadPreferences(file, (Finding(at.start, Mistake("", 0, "theme", _NOT_FOUND, _BY_HAND)),))
    _replace(file.resolve(), now.replace("\n", "\r\n") if b"\r\n" in data else now)


def _replace(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    beside.write_bytes(text.encode("utf-8"))
    beside.replace(file)


def _located(mistakes: Iterable[Mistake], text: str) -> tuple[Finding, ...]:
    from .tomllines import lines_of

    lines = lines_of(text)
    return tuple(sorted((Finding(_line(each, lines), each) for each in mistakes), key=lambda each: each.line))


def _of(row: Table) -> Preferences:
    row.only("language", "theme", "keys")
    language, theme = row.text("language"), row.text("theme")
    if isinstance(row.given.get("language"), str):
        row.known("language", language, LANGUAGES, Bilingual("语言", "language"))
    if isinstance(row.given.get("theme"), str):
        row.known("theme", theme, COLOURS, Bilingual("配色", "theme"))
    keys = row.table("keys").given
    found = Preferences(_one_of(language, LANGUAGES), _one_of(theme, COLOURS))  # type: ignore[arg-type]
    if not keys:
        return found
    checked = _checked(keys)
    row.mistakes.extend(checked.mistakes)
    return evolve(found, keys=checked.keys)


def _checked(keys: Mapping[str, object]) -> CheckedKeys:
    from .actions.default_keys import written_places
    from .actions.keymap import checked_keys

    checked = checked_keys(keys, written_places())
    if not checked.mistakes:
        return checked
    from .actions.everything import places  # a mistake is told with the names of the actions

    return checked_keys(keys, places())


def _one_of(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else ""


def _line(mistake: Mistake, lines: Mapping[tuple[str, ...], range]) -> int:
    path = tuple(each for each in (mistake.table, mistake.key) if each)
    at = lines.get(path) or lines.get(path[:-1]) or range(1, 2)
    return at.start


_MORE = Bilingual("还有 {n} 处,qiantai config check 列出全部", "{n} more; qiantai config check lists them all")
_NOT_FOUND = Bilingual("改不了这一行", "this line cannot be changed")
_BY_HAND = Bilingual('手写 theme = "…"', 'write theme = "…" by hand')
