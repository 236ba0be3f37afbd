"""Writes down the key that each action has by default, for a start that puts some of them on others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from textual.screen import ModalScreen

from qiantai_tui.actions import own
from qiantai_tui.actions.default_keys import FILE
from qiantai_tui.actions.everything import every_screen
from qiantai_tui.actions.navigation import Navigation
from qiantai_tui.room.app import RehearsalApp

PATH = Path(__file__).parents[1] / "tui" / "qiantai_tui" / "actions" / FILE


def text() -> str:
    """The file's text: a line for each place, for several that are alike but one; `first` goes before any field."""
    everywhere = tuple(every_screen())
    dialogs = [each for each in everywhere if issubclass(each, ModalScreen)]
    screens = [each for each in everywhere if each not in dialogs]
    parts = [
        f'"program": {_line(Navigation)}',
        f'"rehearsal": {_line(RehearsalApp)}',
        f'"screens": [\n{_lines(screens)}\n]',
        f'"dialogs": [\n{_lines(dialogs)}\n]',
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(owners: Iterable[type]) -> str:
    return ",\n".join(dict.fromkeys(_line(each) for each in owners))


def _line(owner: type) -> str:
    return json.dumps({id: [each.key, *["first"] * each.priority] for id, each in sorted(own(owner).items())})


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8", newline="\n")
