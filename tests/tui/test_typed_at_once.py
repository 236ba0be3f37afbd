"""What is typed in the same moment as the key before it: a quick hand does, and a busy machine makes it so."""

from __future__ import annotations

import pytest

from qiantai_tui.dialogs.intake_form import IntakeForm
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


async def test_the_next_call_goes_in_place_of_one_whose_form_was_left() -> None:
    """F2 is for the next call then: in the old form again its digits would choose another kind."""
    async with at_the_desk() as desk:
        await desk.press("f2", *"1-2-301 漏水", "enter")
        assert isinstance(desk.app.screen, IntakeForm)
        await desk.press("escape", "f2")
        screen = desk.app.screen
        assert isinstance(screen, QueueScreen), "no form of the old call"
        await desk.press(*"2-1-202 灯不亮")
        assert screen.line.entry.value == "2-1-202 灯不亮"
        await desk.press("f2")
        form = desk.app.screen
        assert isinstance(form, IntakeForm)
        assert "灯不亮" in desk.screen


async def test_a_call_whose_form_was_left_is_gone_on_with_by_enter_or_with_more_words_by_f2() -> None:
    async with at_the_desk() as desk:
        await desk.press("f2", *"1-2-301 漏水", "enter", "escape", "enter")
        assert isinstance(desk.app.screen, IntakeForm)
        await desk.press("escape", "right", *",很急", "f2")
        assert isinstance(desk.app.screen, IntakeForm)
        assert "漏水,很急" in desk.screen
