"""An app that asks first who is at the desk, and makes the queue while that is read: it stands under the question."""

from __future__ import annotations

from typing import Any

from textual.events import Event, InputEvent, ScreenResume
from textual.screen import Screen

from ..desk_screen import DeskScreen
from ..screens import modes
from .signed_in import SignedInApp


class AskingFirstApp(SignedInApp):
    """Where nobody is asked, the queue is the first screen."""

    _empty: Screen[Any] | None = None
    """What the question stands over until the queue has come."""

    @property
    def asks_first(self) -> bool:
        """Whether somebody has to say who they are before they can do anything."""
        return self.signs_in or self.person is None

    def first_screen(self) -> Screen[Any]:
        """What the program begins with: the queue, or nothing where the question comes first."""
        if not self.asks_first:
            return modes()[0].make()
        self._empty = DeskScreen[None]()
        self.call_later(self.call_after_refresh, self.call_later, self.complete)
        return self._empty

    async def on_event(self, event: Event) -> None:
        """As Textual has it; what is behind the question is there before the first key, which may be for it already."""
        if isinstance(event, InputEvent):
            await self.complete()
        await super().on_event(event)

    async def complete(self) -> None:
        """Puts the queue under the question, which stays as it is; a second time does nothing.

        Textual pushes screens on top alone; a test watches that what this takes of its own still is as it was.
        """
        if self._empty is None:
            return
        empty, self._empty = self._empty, None
        with self.batch_update():
            queue, mounted = self._get_screen(modes()[0].make())
            self._load_screen_css(queue)
            self._screen_stack[0] = queue
            queue.post_message(ScreenResume())
            await mounted
            await self._replace_screen(empty)
        self.screen.refresh()
