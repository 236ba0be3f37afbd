"""The modes: each module that has a mode's screen has its row, and starting the program imports none of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import qiantai_tui.screens
from qiantai_tui.screens import modes

FOLDER = Path(qiantai_tui.screens.__file__).parent


def test_every_module_with_a_modes_screen_has_its_row_and_no_row_is_without() -> None:
    there = {each.stem for each in FOLDER.glob("*.py") if "\nSCREEN = " in each.read_text(encoding="utf-8")}
    assert {each.id for each in modes()} == there


def test_each_has_a_digit_of_its_own_in_their_order() -> None:
    assert [each.order for each in modes()] == list(range(1, len(modes()) + 1))


def test_no_screen_of_a_mode_is_imported_before_it_is_shown() -> None:
    told = (
        "import sys, qiantai_tui.app; print(*[name for name in sys.modules if name.startswith('qiantai_tui.screens.')])"
    )
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    assert not {f"qiantai_tui.screens.{each.id}" for each in modes()} & {*found}


def test_what_is_read_ahead_is_what_the_modes_show() -> None:
    told = (
        "import sys, qiantai_tui.app; from importlib import import_module; "
        "from qiantai_tui.screens import modules_ahead; [import_module(each) for each in modules_ahead()]; "
        "before = {*sys.modules}; from qiantai_tui.screens import modes; [each.make() for each in modes()]; "
        "print(*[name for name in {*sys.modules} - before if name.startswith('qiantai_tui.screens.')])"
    )
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.split()
    assert found == []
