"""The line that says the window is small."""

from __future__ import annotations

from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from ..terminal import too_small
from ..text.safe import safe
from ..text.words import say


class SmallNotice(Static):
    """One line at the top while the window is below 80x20, nothing otherwise."""

    DEFAULT_CSS = """
    SmallNotice { dock: top; height: 1; width: 1fr; display: none; background: $warning 30%; }
    """

    def on_mount(self) -> None:
        """Watches the size of the screen."""
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _: self._look())
        self._look()

    def on_resize(self, event: Resize) -> None:
        """Looks again."""
        del event
        self._look()

    def _look(self) -> None:
        words = too_small(*self.app.size)
        self.display = words is not None
        shown = safe(say(words)) if words else Content("")
        if str(self.content) != str(shown):
            self.update(shown)
