"""What goes on though the store cannot be read just now: whatever was asked of it ends with the reason."""

from __future__ import annotations

from textual.message import Message

from qiantai import StoreError


class Outliving:
    """Goes before a part of Textual's whose handlers ask the store: an error in one would end the program."""

    async def _dispatch_message(self, message: Message) -> None:
        """Textual's private way to every handler and timer; a test watches that it still is that."""
        try:
            await super()._dispatch_message(message)  # type: ignore[misc]
        except StoreError as error:
            self.app.tell_unread(error)  # type: ignore[attr-defined]
