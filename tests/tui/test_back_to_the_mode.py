"""The keys that go somewhere go there from what was opened there too; what is typed next goes where it looks to."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.program.signed_in import CHANGE_AFTER
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.household import DossierScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.text.words import say
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.door import PINS, door, people_at, sign_in
from tests.tui.waiting import until


def written(desk: Driver) -> str:
    """What stands in the field with the cursor."""
    assert isinstance(desk.app.focused, Input), desk.screen
    return desk.app.focused.value


async def test_find_is_one_key_away_from_a_dossier_that_find_opened() -> None:
    async with at_the_desk() as desk:
        await desk.press("f3")
        await desk.type("1-2-301")
        await desk.press("down", "enter")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, DossierScreen))
        await desk.press("f3")
        assert isinstance(desk.app.screen, FindScreen)
        await desk.press(*"13800138000")
        assert isinstance(desk.app.screen, FindScreen), "a figure of a number is no key of another screen"
        assert written(desk) == "13800138000", "what was looked for before is typed over"


async def test_the_queue_is_one_key_away_from_a_case_that_it_opened() -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="repair", household="1-2-301", summary="门锁坏了")
        await desk.press("enter")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, CaseScreen))
        await desk.press("1")
        assert isinstance(desk.app.screen, QueueScreen)


async def test_a_call_is_typed_over_what_an_earlier_one_left_and_taken_back_to_it() -> None:
    async with at_the_desk() as desk:
        await desk.press("f2")
        await desk.type("1-2-301 灯不亮")
        await desk.press("escape", "f2")
        await desk.press(*"5-1-102")
        assert written(desk) == "5-1-102"
        await desk.press("ctrl+z")
        assert written(desk) == "1-2-301 灯不亮"
        await desk.press("escape", "f2", "right")
        await desk.type("了")
        assert written(desk) == "1-2-301 灯不亮了", "→ goes on with it"


async def test_the_desk_is_locked_over_a_form_that_is_half_filled(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        await sign_in(desk, "李静", PINS["li"])
        await desk.press("f2")
        await desk.type("1-2-301 灯不亮")
        await desk.press("enter", "f12")
        assert people_at(desk) == ""
        assert "灯不亮" not in desk.screen
        await desk.press("f12")
        await desk.type(PINS["li"])
        await desk.press("enter")
        assert isinstance(desk.app.screen, IntakeForm)
        assert "灯不亮" in desk.screen


@pytest.mark.parametrize("key", ["f2", "f9"])
async def test_where_nobody_signs_in_a_form_is_left_before_who_is_here_changes(key: str) -> None:
    async with at_the_desk() as desk:
        await desk.press(key)
        await desk.type("1-2-301 灯不亮")
        if key == "f2":
            await desk.press("enter")
        await desk.press("f12")
        assert say(CHANGE_AFTER) in desk.screen.replace("\n", "")
