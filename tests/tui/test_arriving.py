"""Every function key with Shift arrives, in the signs that terminals send for it."""

from __future__ import annotations

import pytest
from textual._xterm_parser import XTermParser

from qiantai_tui.actions.everything import all_actions
from qiantai_tui.doctor.keys import KeysApp
from qiantai_tui.preferences import Preferences
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.screens.scripts import ScriptsScreen
from tests.tui.desk_driver import at_the_desk

AS_SENT = {
    1: "1;2P",
    2: "1;2Q",
    3: "1;2R",
    4: "1;2S",
    5: "15;2~",
    6: "17;2~",
    7: "18;2~",
    8: "19;2~",
    12: "24;2~",
}
"""What xterm and its like send for a function key with Shift, after `ESC [`."""


@pytest.mark.parametrize("number", AS_SENT)
async def test_what_is_sent_for_a_key_with_shift_is_heard_as_that_key(number: int) -> None:
    app = KeysApp(Preferences())
    async with app.run_test() as pilot:
        for event in XTermParser().feed(f"\x1b[{AS_SENT[number]}"):
            app.post_message(event)
        await pilot.pause()
        await pilot.pause()
        [heard] = app.heard
        assert heard in (f"f{number + 12}", f"shift+f{number}")


def test_every_key_with_shift_that_does_something_is_among_them() -> None:
    given = {key for action in all_actions() for key in action.key.split(",") if key.startswith("shift+f")}
    assert given <= {f"shift+f{number}" for number in AS_SENT}


async def test_shift_f3_as_it_is_sent_opens_the_agreed_answers() -> None:
    async with at_the_desk() as desk:
        for sent in ("\x1b[1;2R", "\x1b[24;80R"):
            for event in XTermParser().feed(sent):
                desk.app.post_message(event)
            await desk.pilot.pause()
            await desk.pilot.pause()
            assert isinstance(desk.app.screen, ScriptsScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, QueueScreen)
