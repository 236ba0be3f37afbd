"""What a field asks of the program before any screen of it stands, as it does where Python makes tasks run at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import ScreenStackError

from qiantai_tui.app import DeskApp
from tests.tui.desk_driver import Clock, desk_in_memory, site_of


def test_a_field_may_be_made_before_any_screen_stands(tmp_path: Path) -> None:
    clock = Clock()
    app = DeskApp(site_of(desk_in_memory(clock)), clock=clock, reports=tmp_path)
    with pytest.raises(ScreenStackError):
        _ = app.screen
    app.clear_selection()
