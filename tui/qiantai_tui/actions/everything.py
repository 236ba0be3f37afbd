"""Every action there is, of every screen and dialog: what keys may be changed by its id."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from .. import dialogs, screens
from . import Action
from .navigation import Navigation


def all_actions() -> tuple[Action, ...]:
    """The actions of the program and of whatever stands in its folders of screens and dialogs, each id once."""
    found = {each.id: each for each in _of(Navigation)}
    for folder in (screens, dialogs):
        for each in iter_modules(folder.__path__):
            for action in _declared(import_module(f"{folder.__name__}.{each.name}")):
                found.setdefault(action.id, action)
    return tuple(found.values())


def _declared(module: ModuleType) -> Iterator[Action]:
    for each in vars(module).values():
        if isinstance(each, type):
            yield from _of(each)


def _of(owner: type) -> Iterator[Action]:
    for each in owner.__mro__:
        yield from vars(each).get("ACTIONS", ())
