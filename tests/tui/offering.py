"""A plugin that offers screens, as tests install it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pluggy import PluginManager

from qiantai import hookspecs
from qiantai.brought import bring
from qiantai.hookspecs import hookimpl
from qiantai.offered import OfferedScreen
from qiantai.plugins import Plugins
from qiantai.words import LABELS_OF_PLUGINS

WORDS = {
    "lifts": {"zh": "电梯", "en": "Lifts"},
    "pools": {"zh": "泳池", "en": "Pools"},
    "gates": {"zh": "门岗", "en": "Gates"},
}


class _Offering:
    def __init__(self, screens: list[OfferedScreen]) -> None:
        self._screens = screens

    @hookimpl
    def qiantai_screens(self) -> list[OfferedScreen]:
        return self._screens


@contextmanager
def offering(**makers: Callable[[], object]) -> Iterator[Plugins]:
    """A plugin `house` with a screen for each of `WORDS` that is given; its words are gone afterwards."""
    manager = PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    manager.register(_Offering([OfferedScreen(*each) for each in makers.items()]), name="house")
    assert bring("house", {"screens": WORDS}, ()) is None
    try:
        yield Plugins(manager, ("house",))
    finally:
        del LABELS_OF_PLUGINS["house"]
