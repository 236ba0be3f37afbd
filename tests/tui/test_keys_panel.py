"""All keys: those of the screen at hand and of the program, as they are now, and what has none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from qiantai_tui.actions import at_hand, shown_keys
from qiantai_tui.dialogs.help import HelpDialog
from qiantai_tui.dialogs.keys import KeysDialog
from qiantai_tui.preferences import Preferences, Taken
from qiantai_tui.screens.first_run import FirstRunApp
from qiantai_tui.text.words import Language
from tests.tui.estate import morning, untranslated_here
from tests.tui.screens_text import screen_text

COMMANDS = {"config", "path", "keys", "check"}
"""What is typed as it stands in either language."""
CHANGED = Taken(Preferences(keys={"take_in": "f11,slash", "step_withdraw": "shift+f3"}))


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_keys_of_the_queue(language: Language, noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path, language=language)
    app.settle(CHANGED)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("shift+f1")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, KeysDialog)
        for _ in range(4):
            assert set(untranslated_here(screen_text(app), language)) <= COMMANDS
            await pilot.press("pagedown")
            await pilot.pause()


async def test_every_action_is_there_with_all_its_keys(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    app.settle(CHANGED)
    async with app.run_test(size=(100, 80)) as pilot:
        await pilot.pause()
        actions = [each for _, each in at_hand(app.screen)]
        await pilot.press("f13")
        await pilot.pause()
        await pilot.pause()
        shown = screen_text(app)
        assert len(actions) > 20
        for action in actions:
            assert action.label.zh in shown, action.id
            assert " ".join(shown_keys(action.key)) in shown, action.id
        assert "F11 /" in shown
        assert "登记(改过,原为 F2)" in shown
        assert "业户撤回(改过,原为 –)" in shown


async def test_over_a_dialog_it_shows_the_dialogs_keys_and_the_same_key_puts_it_away(
    noon: datetime, tmp_path: Path
) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("f9", "shift+f1")
        await pilot.pause()
        await pilot.pause()
        shown = screen_text(app)
        assert "Enter F10 ^S" in shown
        assert "换人" not in shown
        assert "帮助" in shown
        await pilot.press("shift+f1")
        await pilot.pause()
        await pilot.pause()
        assert not isinstance(app.screen, KeysDialog)
        await pilot.press("f1", "shift+f1", "shift+f1")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, HelpDialog)


async def test_the_first_run_has_it_too(noon: datetime, tmp_path: Path) -> None:
    app = FirstRunApp(tmp_path / "own", tmp_path / "demo", clock=lambda: noon, reports=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("shift+f1")
        await pilot.pause()
        await pilot.pause()
        assert "退出" in screen_text(app)
        assert "开始" in screen_text(app)
