"""Every action there is, of every screen and dialog, and which of them are at hand together."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from textual.screen import ModalScreen, Screen

from .. import dialogs, room, screens, writing
from . import Action, own
from .keymap import Place
from .navigation import Navigation


def all_actions() -> tuple[Action, ...]:
    """The actions of the program and of whatever stands in its folders, each id once."""
    return tuple({id: action for place in reversed(places()) for id, action in place.items()}.values())


def places() -> tuple[Place, ...]:
    """Of the program, of the one in the training room, and of each screen and dialog with those at hand over it too."""
    from ..room.app import RehearsalApp

    program, rehearsal = own(Navigation), own(RehearsalApp)
    return (program, rehearsal, *(_with(screen, program) for screen in every_screen()))


def _with(screen: type[Screen[object]], program: Place) -> Place:
    """Over a dialog only what goes before everything can be done of the program's own."""
    modal = issubclass(screen, ModalScreen)
    return {**{id: each for id, each in program.items() if each.priority or not modal}, **own(screen)}


def every_screen() -> Iterator[type[Screen[object]]]:
    """The classes of all screens and dialogs."""
    found: dict[type[Screen[object]], None] = {}
    for folder in (screens, dialogs, room, writing):
        for module in iter_modules(folder.__path__):
            for each in vars(import_module(f"{folder.__name__}.{module.name}")).values():
                if isinstance(each, type) and issubclass(each, Screen):
                    found[each] = None
    yield from found
