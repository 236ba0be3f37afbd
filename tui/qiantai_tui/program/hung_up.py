"""An app that ends with its terminal, also where the system does not tell it: in a container, for one."""

from __future__ import annotations

import os
import signal
import sys

from textual.app import App


class HungUpApp(App[int]):
    """A program nobody can see any more would keep the site locked, and read an end of file again and again."""

    def on_mount(self) -> None:
        """Looks each second, where there is a terminal and a signal for its end: there is none on Windows."""
        keyboard = sys.__stdin__
        if hasattr(signal, "SIGHUP") and not self.is_headless and keyboard is not None and keyboard.isatty():
            self.set_interval(1, lambda: self._still_there(keyboard.fileno()))

    def _still_there(self, terminal: int) -> None:
        """As the system ends it, there and then: Textual would wait for ever for somebody to take what it writes."""
        if not os.isatty(terminal):
            signal.raise_signal(signal.SIGHUP)
            os._exit(128 + signal.SIGHUP)  # whoever started it had that ignored
