"""The screens; those that are modes of the program stand side by side, each with its digit and its key."""

from __future__ import annotations

from functools import cache, partial
from importlib import import_module
from typing import Any

from textual.screen import Screen

from qiantai import label

from ..mode import Mode

_KEYS = {
    1: ("queue", ""),
    2: ("find", "f3"),
    3: ("scripts", "shift+f3,f15"),
    4: ("figures", "shift+f8,f20"),
    5: ("rehearsal", "shift+f5,f17"),
    6: ("register", "f7"),
    7: ("call_backs", "shift+f6,f18"),
}
"""Of each mode its digit, its module, which has its `SCREEN`, and its keys. No module is imported before it is shown:
the first screen has no need of the others."""
_IN_THE_FOOTER = {"find": 20}


@cache
def modes() -> tuple[Mode, ...]:
    """The modes, in their order."""
    return tuple(
        Mode(name, label("screens", name), key, digit, partial(_made, name), _IN_THE_FOOTER.get(name, 0))
        for digit, (name, key) in _KEYS.items()
    )


def modules_ahead() -> tuple[str, ...]:
    """The modules of the screens that are not shown yet, to be read while nobody does anything."""
    screens = (*(name for name, _ in _KEYS.values()), "case", "household")
    others = ("figures_read", "room.offered", "writing.opening", "dialogs.intake_form", "dialogs.step_form")
    program = __name__.rpartition(".")[0]
    return (*(f"{__name__}.{each}" for each in screens), *(f"{program}.{each}" for each in others))


def _made(name: str) -> Screen[Any]:
    screen: Screen[Any] = import_module(f"{__name__}.{name}").SCREEN()
    return screen
