"""An app that looks for what is no longer needed while nobody does anything: no key waits for that."""

from __future__ import annotations

from typing import Any

from textual.events import Event, InputEvent

from .. import collecting
from .signed_in import SignedInApp

_EACH = 2.0
"""Seconds: for as long at least nobody has done anything."""


class LetGoApp(SignedInApp):
    """Once after something was done, and not again until something is."""

    def __init__(self, **given: Any) -> None:
        """Nothing was done yet."""
        super().__init__(**given)
        self._done = self._to_look = False

    def on_mount(self) -> None:
        """Begins."""
        self.set_interval(_EACH, self._rest)

    async def on_event(self, event: Event) -> None:
        """As Textual has it; whoever does something goes before."""
        if isinstance(event, InputEvent):
            self._done = True
        await super().on_event(event)

    def _rest(self) -> None:
        done, self._done = self._done, False
        if self._to_look and not done:
            collecting.look_through()
        self._to_look = done
