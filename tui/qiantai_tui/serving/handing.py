"""A file that the desk has written, handed to the browser where the desk is in one."""

from __future__ import annotations

from pathlib import Path

from textual.app import App


def hand_over(app: App[int], file: Path) -> None:
    """Has the browser keep a copy of the file; on a terminal it lies where it was written, and nothing is done."""
    if app.is_web:
        app.deliver_binary(file)
