"""The app under the app: safe words, a quiet end, the palette, the themes and a clock that is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual.theme import Theme

from qiantai.words import Bilingual

from .actions import Action, bound
from .actions.keymap import checked_keys
from .actions.palette import PaletteApp
from .text.words import Language, speak
from .theme import DARK, LIGHT


class BaseApp(PaletteApp):
    """What every screen may count on: `self.app.clock()`, the language, `notify`, the palette."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("palette", Bilingual("全部功能", "All actions"), "ctrl+p", "app.command_palette", priority=True),
        Action("quit", Bilingual("退出", "Quit"), "ctrl+q", "app.quit", priority=True),
        Action("theme", Bilingual("换明暗配色", "Switch light and dark"), "", "app.switch_theme"),
    )
    BINDINGS = bound(ACTIONS)
    CSS = """
    #textual-toastrack { dock: top; align: right top; margin: 1 0 0 0; }
    #textual-toastrack Toast { padding: 0 1; margin: 0 0 1 0; }
    """

    def __init__(
        self, *, clock: Callable[[], datetime], reports: Path, language: Language = "zh", theme: Theme = DARK
    ) -> None:
        """`clock` gives aware times; `reports` is the folder for error reports."""
        speak(language)
        super().__init__()
        self.clock = clock
        self.keys: Mapping[str, str] = {}
        self.reports = reports
        for each in (DARK, LIGHT):
            self.register_theme(each)
        self.theme = theme.name

    def change_keys(self, wanted: Mapping[str, object], actions: Iterable[Action]) -> tuple[Bilingual, ...]:
        """Puts actions on other keys; gives what was wrong with those that stay where they were.

        `actions` are all there are, of every screen.
        """
        checked = checked_keys(wanted, actions)
        self.keys = checked.keys
        self.set_keymap(dict(checked.keys))
        return checked.findings

    def action_switch_theme(self) -> None:
        """Light for dark, dark for light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name
