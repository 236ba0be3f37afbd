"""F1: what has the focus, what the screen is for, and every key at hand, in both languages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from qiantai_tui.actions import at_hand, shown_key
from qiantai_tui.dialogs.help import HelpDialog, about, focused_about
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.register import RegisterScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.line_table import LineTable
from qiantai_tui.widgets.page import Page
from tests.tui.estate import morning, untranslated_here
from tests.tui.screens_text import screen_text


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_help_of_the_case_screen(language: Language, noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path, language=language)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_case("BX-20261122-001")
        await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, HelpDialog)
        assert not untranslated_here(screen_text(app), language)
        await pilot.press("pagedown", "pagedown", "pagedown")
        await pilot.pause()
        assert not untranslated_here(screen_text(app), language)


async def test_every_key_at_hand_is_listed(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(100, 60)) as pilot:
        app.open_case("BX-20261122-001")
        await pilot.pause()
        actions = [each for _, each in at_hand(app.screen) if each.key]
        await pilot.press("f1")
        await pilot.pause()
        await pilot.pause()
        shown = screen_text(app)
        assert len(actions) > 10
        for action in actions:
            assert f"{shown_key(action.key)} " in shown, action.id
            assert action.label.zh in shown, action.id


async def test_over_a_dialog_it_lists_only_what_works_there(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("ctrl+o", "ctrl+o", "f1")
        await pilot.pause()
        await pilot.pause()
        shown = screen_text(app)
        assert "^Q         退出" in shown
        assert "换人" not in shown
        assert "Shift+F12  交接班" in shown, "a hand-over is begun over a form too"
        assert "F7 " not in shown.partition("这里可用的键")[2].partition("^P 列出")[0]


async def test_it_speaks_of_what_has_the_focus(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        field = focused_about(app.screen)
        app.screen.query_one("#cases", LineTable).focus()
        await pilot.pause()
        table = focused_about(app.screen)
        assert field is not None
        assert table is not None
        assert field != table
        await pilot.press("f1")
        await pilot.pause()
        assert table.zh[:8] in screen_text(app)
        for key in ("f1", "f1", "escape"):
            await pilot.press(key)
            await pilot.pause()
        assert isinstance(app.screen, FindScreen)


def test_each_screen_says_what_it_is_for() -> None:
    for screen in (CaseScreen("BX-20261122-001"), FindScreen(), RegisterScreen(), Page()):
        words = about(screen)
        assert words is not None
        assert words.zh
        assert words.en
