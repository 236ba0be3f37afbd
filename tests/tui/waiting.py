"""Waiting for what a screen comes to, however slow the machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from textual.pilot import Pilot

LONGEST = 30.0
"""Seconds after which what has not come is missing."""


async def until(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Lets the program go on until this holds; fails where it never does."""
    loop = asyncio.get_running_loop()
    end = loop.time() + LONGEST
    while not holds():
        assert loop.time() < end, "it never came to that"
        await pilot.pause(0.02)
    await pilot.pause()


async def gathered(pilot: Pilot[Any]) -> None:
    """Lets the program go on until all that it looks for in the background is found, the palette's lines among it."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
