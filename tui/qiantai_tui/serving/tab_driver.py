"""The driver of a desk in a browser's tab: it ends with its tab, and with the server however that ends."""

from __future__ import annotations

import asyncio
import os
from threading import Lock, Timer
from typing import Any

from textual import events, messages
from textual.drivers.web_driver import WebDriver

GRACE = 5.0
"""Seconds in which a desk whose server is gone has kept what it has; then its process ends whatever it is doing."""


class TabDriver(WebDriver):
    """Textual's driver for the web. Without anybody at the other end of its pipes it ends the desk."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._writing = Lock()
        self._left = False
        self._write = self._written  # type: ignore[assignment]  # what the class writes by, one call a packet

    def start_application_mode(self) -> None:
        """As Textual has it, except that a desk keeps the focus: a dialog that came meanwhile would be without."""
        self._loop = asyncio.get_running_loop()
        super().start_application_mode()
        self._app.call_later(self._app.post_message, events.AppFocus())

    def _written(self, packet: bytes) -> int:
        """Writes the whole of a packet before any other: files go from another thread than the screen does."""
        with self._writing:
            rest = memoryview(packet)
            try:
                while rest:
                    rest = rest[os.write(self.fileno, rest) :]
            except (BrokenPipeError, ValueError):
                self._end()
        return len(packet)

    def run_input_thread(self) -> None:
        """As Textual has it; the end of the input is the end of the tab."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._end()

    def _end(self) -> None:
        if self._left:
            return
        self._left = True
        last = Timer(GRACE, os._exit, [1])
        last.daemon = True
        last.start()
        asyncio.run_coroutine_threadsafe(self._app._post_message(messages.ExitApp()), self._loop)
