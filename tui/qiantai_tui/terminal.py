"""What the terminal must be told before Textual is imported, and what a person is told about a small window."""

from __future__ import annotations

import os
import sys

from qiantai.words import Bilingual

ENVIRONMENT = {"TEXTUAL_DISABLE_KITTY_KEY": "1"}
"""Handed to served children too: with Kitty's key reports on, some terminals lose Chinese from an input method."""
SERVED = {"TEXTUAL_DRIVER": "qiantai_tui.serving.tab_driver:TabDriver", "TEXTUAL_COLOR_SYSTEM": "truecolor"}
"""Handed to those besides: a browser's tab is their terminal."""
SMALLEST = (80, 20)


def prepare() -> None:
    """Sets the environment; it must run before anything imports Textual, which reads it once.

    Raises RuntimeError where Textual has been imported already without it.
    """
    if "textual.constants" in sys.modules and any(os.environ.get(name) != value for name, value in ENVIRONMENT.items()):
        raise RuntimeError("terminal.prepare() must run before the first import of textual")
    os.environ.update(ENVIRONMENT)


def served() -> bool:
    """Whether this desk is in a browser's tab."""
    return all(os.environ.get(name) == value for name, value in SERVED.items())


def too_small(width: int, height: int) -> Bilingual | None:
    """The one line for a window below 80x20, or None: everything keeps working, only less is seen."""
    if width >= SMALLEST[0] and height >= SMALLEST[1]:
        return None
    words = Bilingual(
        "窗口 {size},小于 {least}:显示不全,操作照常", "Window {size}, below {least}: less is shown, all keys work"
    )
    return words.format(size=f"{width}x{height}", least="x".join(map(str, SMALLEST)))
