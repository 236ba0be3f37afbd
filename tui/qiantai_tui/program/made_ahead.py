"""An app that makes the screens of its modes while nobody does anything: the first key to each finds it standing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from textual.events import Event, InputEvent
from textual.timer import Timer

from ..screens import modes, modules_ahead
from .let_go import LetGoApp

_EACH = 0.1
"""Seconds from one module or screen to the next; to read or to make one takes a third of that at most."""
_QUIET = 10
"""How many times that long nobody may have done anything."""


class MadeAheadApp(LetGoApp):
    """What is made is as it would be on its first opening: it reads nothing before it is seen."""

    def __init__(self, **given: Any) -> None:
        """Nothing is made yet."""
        super().__init__(**given)
        self._quiet = 0
        self._unread = [*modules_ahead()]
        self._making: Timer | None = None

    @property
    def all_made(self) -> bool:
        """Whether every mode has its screen."""
        return all(each.id in self._screen_stacks for each in modes())

    def make_ahead(self) -> None:
        """Begins once it has been quiet for long enough, by reading the modules of the screens, so that no key waits.

        They are read here: of two threads that read modules Python breaks one off where each waits for the other's.
        """
        self._making = self.set_interval(_EACH, self._make_one)

    async def on_event(self, event: Event) -> None:
        """As Textual has it; whoever does something goes before."""
        if isinstance(event, InputEvent):
            self._quiet = 0
        await super().on_event(event)

    def _make_one(self) -> None:
        """Makes a mode as Textual does where one goes there; a test watches that what it takes of Textual's own is as
        it was."""
        self._quiet += 1
        if self._quiet < _QUIET:
            return
        if self._unread:
            import_module(self._unread.pop(0))
            return
        missing = next((each for each in modes() if each.id not in self._screen_stacks), None)
        if missing is not None:
            screen, _ = self._get_screen(missing.make())
            self._load_screen_css(screen)
            self._screen_stacks[missing.id] = [screen]
        elif self._making is not None:
            self._making.stop()
