"""The program's styles: each source is parsed once for a theme, and a screen that comes up is styled alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen

_SOURCES = 512
"""More than there are: Textual keeps the rules of 64, and beyond would parse all at every new screen."""


class OnceParsed(Stylesheet):
    """Keeps the rules of what it has parsed for as long as the variables of the theme are the same."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._known = dict(variables)
        self._parse_cache: LRUCache[tuple[Any, ...], Any] = LRUCache(_SOURCES)
        self._alone: DOMNode | None = None

    def set_variables(self, variables: dict[str, str]) -> None:
        """Forgets all rules where a variable has changed."""
        if variables != self._known:
            self._known = dict(variables)
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parses what it has no rules of. Raises what `parse` raises."""
        self.parse()

    def update(self, root: DOMNode, animate: bool = False) -> None:
        """Styles it with all below it; while a screen's own rules are read, that screen in its stead."""
        super().update(self._alone or root, animate)

    def read_for(self, screen: DOMNode, read: Callable[[], None]) -> None:
        """Reads rules that style this screen and what is on it, and nothing else."""
        self._alone = screen
        try:
            read()
        finally:
            self._alone = None


class StyledAlone(App[int]):
    """An app whose screens each have rules that style nothing but themselves."""

    stylesheet: OnceParsed

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """Textual's private reading of what styles a screen, after which it styles everything on the screen before it,
        and twice more where the new one is a mode. A test watches that it still does."""
        self.stylesheet.read_for(screen, lambda: super(StyledAlone, self)._load_screen_css(screen))
        screen._css_update_count = self._css_update_count
