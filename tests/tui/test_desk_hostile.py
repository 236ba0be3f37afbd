"""Residents' words on the board, in the pane, in forms and refusals: whatever they are, they stand still."""

from __future__ import annotations

import asyncio

from hypothesis import given

from qiantai import Done
from qiantai_tui.dialogs.intake_form import IntakeForm
from tests.tui.desk_driver import at_the_desk
from tests.tui.hostile import SEEN, a_few, hostile
from tests.tui.screens_text import screen_lines


async def _through(*texts: str) -> None:
    async with at_the_desk() as desk:
        for text in texts:
            done = desk.app.desk.receive(
                "li", kind="complaint", channel="phone", summary=text, place=text, name=text, phone=text, demand=text
            )
            assert isinstance(done, Done)
        desk.app.tell_screens()
        await desk.pilot.pause()
        screen_lines(desk.app)
        for keys in (["down"], ["f4"], ["escape"], ["f5"], ["escape"], ["escape"], ["ctrl+r"], ["f2"]):
            await desk.press(*keys)
            screen_lines(desk.app)
        desk.app.screen.query_one("#quick").load(texts[0])  # type: ignore[attr-defined]
        await desk.pilot.pause()
        screen_lines(desk.app)
        await desk.press("enter")
        if isinstance(desk.app.screen, IntakeForm):
            screen_lines(desk.app)
            await desk.press("escape")
        assert desk.app.is_running


async def test_everything_that_ever_broke_a_screen() -> None:
    await _through(*(text for text in SEEN if "\ud800" not in text))


@a_few
@given(hostile, hostile)
def test_whatever_is_said(one: str, other: str) -> None:
    asyncio.run(_through(one, other))
