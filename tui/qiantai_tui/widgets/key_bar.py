"""The line at the bottom: the keys that matter here, at most eight at 80 columns."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.events import Click, Resize
from textual.screen import Screen
from textual.widget import Widget

from ..actions import Action, at_hand, shown_key
from ..text.safe import clean
from ..text.words import say

MOST = 8
STAYS = frozenset({"back", "leave", "help"})
"""The way out and the help: where there is no room for all, others are left out before these."""


_APART = 2


def _words(action: Action) -> tuple[str, str]:
    return shown_key(action.key), clean(say(action.label))


def _wide(action: Action) -> int:
    return sum(map(cell_len, _words(action))) + 1


class KeyBar(Widget):
    """Keys and names of the actions at hand that have a place in the footer; a click does what the key does."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; width: 1fr; background: $panel; color: $foreground; }
    KeyBar > .key-bar--key { color: $accent; text-style: bold; }
    """
    COMPONENT_CLASSES = {"key-bar--key"}
    can_focus = False

    def on_mount(self) -> None:
        """Follows the focus and whatever else changes the keys."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        del screen
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        """Shows as many as there is room for."""
        del event
        self.refresh()

    def _entries(self) -> list[tuple[int, Action, str, str]]:
        """Of every entry: the cell it begins in, the action, the key, the name."""
        entries: list[tuple[int, Action, str, str]] = []
        at = 1
        for action in self._seen():
            key, name = _words(action)
            entries.append((at, action, key, name))
            at += _wide(action) + _APART
        return entries

    def _seen(self) -> list[Action]:
        """Those that there is room for, in their order: the last ones are left out, but for those that stay."""
        seen = sorted((a for _, a in at_hand(self.screen) if a.footer and a.key), key=lambda action: action.footer)
        most = MOST if self.size.width <= 80 else len(seen)
        while len(seen) > most or sum(_wide(each) + _APART for each in seen) + 1 - _APART > self.size.width:
            left = next((each for each in reversed(seen) if each.id not in STAYS), None)
            if left is None:
                break
            seen.remove(left)
        return seen

    def render(self) -> Content:
        """The bar."""
        style = self.get_visual_style("key-bar--key", partial=True)
        entries = (each for _, _, key, name in self._entries() for each in ((key, style), f" {name}  "))
        return Content.assemble(" ", *entries)

    async def on_click(self, event: Click) -> None:
        """Does what was clicked, once."""
        if event.chain > 1:
            return
        for at, action, key, name in self._entries():
            if at <= event.x < at + cell_len(key) + 1 + cell_len(name):
                owner = next((node for node, each in at_hand(self.screen) if each.id == action.id), self.screen)
                await self.app.run_action(action.action, owner)
                return
