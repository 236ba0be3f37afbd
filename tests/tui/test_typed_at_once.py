"""What is typed in the same moment as the key before it: a quick hand does, and a busy machine makes it so."""

from __future__ import annotations

import pytest

from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.desk_driver import at_the_desk


@pytest.mark.parametrize("mode", ["f3", "f7", "escape"])
async def test_what_is_typed_together_with_f2_is_in_the_line(mode: str) -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="repair", summary="漏水", name="王女士")
        await desk.press(mode)
        desk.app.screen.query(LineTable).last().focus()
        await desk.press("up")
        for key in ("f2", *"1-2-301"):
            desk.app.simulate_key(key)
        await desk.pilot.pause()
        screen = desk.app.screen
        assert isinstance(screen, QueueScreen)
        assert screen.line.entry.value == "1-2-301"
