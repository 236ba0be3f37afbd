"""Changed keys."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from textual.app import ComposeResult

from qiantai.words import Bilingual
from qiantai_tui.actions import Action, bound
from qiantai_tui.actions.keymap import checked_keys, read_key
from qiantai_tui.base import BaseApp
from qiantai_tui.widgets.key_bar import KeyBar
from qiantai_tui.widgets.notes import Notes
from tests.tui.screens_text import screen_text

ACTIONS = (
    Action("take_in", Bilingual("登记", "Take in"), "f2", footer=1),
    Action("call_back", Bilingual("回访", "Call back"), "f6", footer=2),
    Action("next", Bilingual("下一步", "Next step"), "f4"),
    Action("next_page", Bilingual("下一页", "Next page"), "f4"),
)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("F7", "f7"),
        ("^G", "ctrl+g"),
        ("Ctrl+G", "ctrl+g"),
        ("shift+alt+f3", "alt+shift+f3"),
        ("?", "question_mark"),
        ("/", "slash"),
        ("PgUp", "pageup"),
        ("x", "x"),
        ("F99", None),
        ("回车键", None),
        ("hyper+x", None),
        ("", None),
        ("ctrl+", None),
    ],
)
def test_read_key(written: str, key: str | None) -> None:
    assert read_key(written) == key


def test_what_is_wrong_is_named_and_the_rest_is_taken() -> None:
    wanted = {"take_in": "F7", "call_back": "^W", "next": "F77", "gone": "F1", "next_page": 3}
    checked = checked_keys(wanted, ACTIONS)
    assert checked.keys == {"take_in": "f7"}
    told = "\n".join(each.zh for each in checked.findings)
    for part in ("call_back", "^W", "F77", "gone", "take_in", "next_page"):
        assert part in told


def test_clashes_are_refused_and_keys_can_be_exchanged() -> None:
    assert checked_keys({"take_in": "F6"}, ACTIONS).keys == {}
    assert "回访" in checked_keys({"take_in": "F6"}, ACTIONS).findings[0].zh
    assert checked_keys({"take_in": "F6", "call_back": "F2"}, ACTIONS).keys == {"take_in": "f6", "call_back": "f2"}
    assert checked_keys({"next": "F7", "next_page": "F7"}, ACTIONS).findings == ()
    one_only = checked_keys({"take_in": "F7", "call_back": "F7"}, ACTIONS)
    assert (one_only.keys, len(one_only.findings)) == ({"take_in": "f7"}, 1)


class Desk(BaseApp):
    ACTIONS = ACTIONS[:2]
    BINDINGS = bound(ACTIONS)

    def compose(self) -> ComposeResult:
        yield Notes(draft="x")
        yield KeyBar()

    def action_take_in(self) -> None:
        self.exit(5)

    def action_call_back(self) -> None:
        self.exit(6)


async def test_a_changed_key_works_and_is_shown(noon: datetime, tmp_path: Path) -> None:
    app = Desk(clock=lambda: noon, reports=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.change_keys({"take_in": "^G"}, ACTIONS) == ()
        await pilot.pause()
        assert "^G 登记" in screen_text(app)
        await pilot.press("f2")
        assert app.is_running
        await pilot.press("ctrl+g")
        await pilot.pause()
    assert app.return_value == 5


async def test_a_field_of_several_lines_leaves_f6_to_the_screen(noon: datetime, tmp_path: Path) -> None:
    app = Desk(clock=lambda: noon, reports=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(Notes).focus()
        await pilot.press("漏", "f6")
        await pilot.pause()
        assert app.query_one(Notes).text == "漏"
    assert app.return_value == 6
