"""The title of the terminal's window, in our own words alone: nothing of a resident or a case stands in a task bar."""

from __future__ import annotations

from typing import Any

from textual.app import App

from qiantai.words import Bilingual

from ..text.safe import clean
from ..text.words import say

DESK = Bilingual("物业前台", "Front desk")
UNSEEN = Bilingual("({n}) 物业前台", "({n}) Front desk")
_KEEP, _BACK = "\x1b[22;2t", "\x1b[23;2t"


def keep_title(app: App[Any]) -> None:
    """Has the terminal remember its title, where it can."""
    _write(app, _KEEP)


def show_count(app: App[Any], unseen: int) -> None:
    """Puts the number of unseen alerts into the title."""
    words = say(UNSEEN.format(n=unseen) if unseen else DESK)
    _write(app, f"\x1b]2;{clean(words)}\x07")


def bring_title_back(app: App[Any]) -> None:
    """Has the terminal show the title that it remembered."""
    _write(app, _BACK)


def _write(app: App[Any], sequence: str) -> None:
    driver = app._driver  # a test watches that it still is there
    if driver is not None and not app.is_headless:
        driver.write(sequence)
