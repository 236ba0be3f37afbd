"""Somebody's hands on the keys of a program under a pilot, and what they see."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from textual.app import App
from textual.events import Paste
from textual.pilot import Pilot

from tests.tui.screens_text import screen_text

BESIDE = frozenset({"followed", "hand_over", "signing", "print", "told", "wanted"})
"""What is read beside a screen, and is there before anybody presses the next key."""
Program = TypeVar("Program", bound=App[Any])


class Hands(Generic[Program]):
    """They press keys and type as an input method does."""

    def __init__(self, app: Program, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def screen(self) -> str:
        """What the screen shows."""
        return screen_text(self.app)

    async def press(self, *keys: str) -> None:
        """Presses keys."""
        for each in keys:
            await self.pilot.press(each)
            await self.read()
        await self.pilot.pause()

    async def read(self) -> None:
        """Waits for what is read beside the screen."""
        while any(each.group in BESIDE and not each.is_finished for each in self.app.workers):
            await self.pilot.pause(0.01)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Types a text, Chinese too, as an input method hands it over: in one piece."""
        assert self.app.focused is not None, "no field has the focus"
        self.app.post_message(Paste(text))
        await self.pilot.pause()
        await self.read()
