"""What can be done on a screen: each thing once, with its name, its key and its place in footer and palette."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen
from textual.app import App
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.keys import KEY_NAME_REPLACEMENTS
from textual.screen import Screen

from qiantai.words import Bilingual

_SHOWN = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "delete": "Del",
    "insert": "Ins",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
SIGNS = {
    KEY_NAME_REPLACEMENTS.get(name, name): sign
    for sign in string.punctuation
    for name in [unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_")]
}
"""The signs of a keyboard by Textual's names of their keys."""
_SHOWN |= SIGNS
_FULL_WIDTH = {"question_mark": "？", "slash": "、", "colon": "："}


@frozen
class Action:
    """Something a person can do here.

    `id` is stable and is what a key is changed by. `key` is Textual's name of it, several by commas, or empty for the
    palette alone. `run` is the name of the Textual action, `id` where left out. `footer` orders the bar at the bottom,
    the smallest first; 0 keeps it out.
    """

    id: str
    label: Bilingual
    key: str = ""
    run: str = ""
    footer: int = 0
    priority: bool = False
    help: Bilingual | None = field(default=None)

    @property
    def action(self) -> str:
        """The Textual action it runs."""
        return self.run or self.id


def bound(actions: Iterable[Action]) -> list[BindingType]:
    """The `BINDINGS` of a class with these actions; `？`, `、` and `：` do what the half-width keys do."""
    return [
        Binding(with_full_width(each.key), each.action, each.label.zh, show=False, priority=each.priority, id=each.id)
        for each in actions
        if each.key
    ]


def with_full_width(key: str) -> str:
    """Keys by commas, with the full-width sign of each that has one: an input method sends that in its place."""
    keys = [each.strip() for each in key.split(",")]
    return ",".join(keys + [_FULL_WIDTH[each] for each in keys if each in _FULL_WIDTH])


def shown_key(key: str) -> str:
    """A key as the footer, the palette and the help show it: `F2`, `^S`, `Esc`; the first where there are several."""
    first = key.split(",")[0].strip()
    match first.split("+"):
        case [one]:
            return _SHOWN.get(one, one.upper() if len(one) <= 3 else one.capitalize())
        case ["ctrl", one]:
            return f"^{_SHOWN.get(one, one.upper())}"
        case [*held, one]:
            return "+".join([*(each.capitalize() for each in held), _SHOWN.get(one, one.upper())])
        case _:
            return first


def shown_keys(several: str) -> list[str]:
    """Each of several keys by commas as `shown_key` has it."""
    return [shown_key(each) for each in several.split(",") if each.strip()]


def own(owner: type) -> dict[str, Action]:
    """The `ACTIONS` of a class and of those that it is made of by their ids, the most derived first."""
    found: dict[str, Action] = {}
    for each in owner.__mro__:
        for action in vars(each).get("ACTIONS", ()):
            found.setdefault(action.id, action)
    return found


def owned(node: DOMNode) -> tuple[Action, ...]:
    """The actions of a node: those of its class, then its `more_actions()`, each once."""
    found = own(type(node))
    for action in getattr(node, "more_actions", tuple)():
        found.setdefault(action.id, action)
    return tuple(found.values())


def as_changed(action: Action, app: App[Any]) -> Action:
    """The action with the key that it is on now, where the settings put it on another."""
    changed: Mapping[str, str] = getattr(app, "keys", {})
    return evolve(action, key=changed[action.id]) if action.id in changed else action


def at_hand(screen: Screen[Any]) -> Iterator[tuple[DOMNode, Action]]:
    """What can be done now, with whom to ask for it: from the focused widget out to the screen and the app.

    An action has the key it is on now, where the settings put it on another. Over a dialog only what goes before
    everything can be done of the app's own.
    """
    app: App[Any] = screen.app
    path: list[DOMNode] = [*(screen.focused.ancestors_with_self if screen.focused else (screen,))]
    if app not in path:
        path.append(app)
    seen: set[str] = set()
    for node in path:
        for action in owned(node):
            over = node is not app or action.priority or not screen.is_modal
            if over and action.id not in seen:
                seen.add(action.id)
                yield node, as_changed(action, app)
