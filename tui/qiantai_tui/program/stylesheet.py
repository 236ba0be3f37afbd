"""The program's styles: parsed once a theme, looked for once a place; a screen that comes up is styled alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from textual.app import App
from textual.cache import LRUCache
from textual.css.styles import RulesMap
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.screen import Screen

_SOURCES, _PLACES = 512, 4096
"""More than there are: Textual keeps the rules of 64 sources, and beyond would parse all at every new screen."""

_NOTED = ("_has_hover_style", "_has_focus_within", "_has_order_style", "_has_odd_or_even")
"""What Textual notes of a node while it looks for its rules."""

_Rules = tuple[RulesMap, Mapping[str, bool]]
"""Those that hold, and what is noted then."""


class OnceParsed(Stylesheet):
    """Keeps the rules of what it has parsed for as long as the variables of the theme are the same."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._known = dict(variables)
        self._parse_cache: LRUCache[tuple[Any, ...], Any] = LRUCache(_SOURCES)
        self._alone: DOMNode | None = None
        self._found: LRUCache[tuple[Any, ...], _Rules] = LRUCache(_PLACES)
        self._found_among = self._rules

    def set_variables(self, variables: dict[str, str]) -> None:
        """Forgets all rules where a variable has changed."""
        if variables != self._known:
            self._known = dict(variables)
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parses what it has no rules of. Raises what `parse` raises."""
        self.parse()

    def apply(
        self, node: DOMNode, *, animate: bool = False, cache: dict[tuple[Any, ...], RulesMap] | None = None
    ) -> None:
        """Styles it as what stood in such a place before; which rules hold there is looked for once.

        What depends on the nodes beside it Textual keeps out of its `cache`, and it is looked for each time.
        """
        del cache
        if self.rules is not self._found_among:
            self._found.clear()
            self._found_among = self.rules
        place = _place(node)
        if (found := self._found.get(place)) is None:
            kept: dict[tuple[Any, ...], RulesMap] = {}
            super().apply(node, animate=animate, cache=kept)
            for rules in kept.values():
                self._found[place] = rules, {each: getattr(node, each) for each in _NOTED}
            return
        rules, noted = found
        for name, holds in noted.items():
            setattr(node, name, holds)
        self.replace_rules(node, rules, animate=animate)
        self._process_component_classes(node)

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


def _place(node: DOMNode) -> tuple[Any, ...]:
    """All that a rule can ask of a node and of those it stands in, but for what stands beside them."""
    path = node.css_path_nodes
    return (
        getattr(path[0], "app_focus", False),
        *(
            (type(each), each._id, each.classes, each._pseudo_classes_cache_key, getattr(each, "can_focus", False))
            for each in path
        ),
    )


class StyledAlone(App[int]):
    """An app whose screens each have rules that style nothing but themselves."""

    stylesheet: OnceParsed

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """Textual's private reading of what styles a screen, after which it styles everything on the screen before it,
        and twice more where the new one is a mode. A test watches that it still does."""
        self.stylesheet.read_for(screen, lambda: super(StyledAlone, self)._load_screen_css(screen))
        screen._css_update_count = self._css_update_count
