"""Find as a test goes through it: opened, something typed, and what was asked for found."""

from __future__ import annotations

from textual.pilot import Pilot

from qiantai_tui.app import DeskApp
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.widgets.entry import Entry
from tests.tui.waiting import until


async def rested(pilot: Pilot[int]) -> None:
    await pilot.pause()
    await until(pilot, lambda: isinstance(pilot.app.screen, FindScreen) and not pilot.app.screen.searching)


async def typed(pilot: Pilot[int], text: str) -> None:
    pilot.app.screen.query_one("#query", Entry).load(text)
    await rested(pilot)


async def opened(app: DeskApp, pilot: Pilot[int]) -> None:
    await pilot.press("f3")
    await pilot.pause()
    assert isinstance(app.screen, FindScreen)
