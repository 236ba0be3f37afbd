"""Changed keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, TextArea

from qiantai.words import Bilingual
from qiantai_tui.actions import Action, bound, shown_key, shown_keys
from qiantai_tui.actions.everything import all_actions, places
from qiantai_tui.actions.keymap import CheckedKeys, Place, checked_keys, read_key, reserved, sendable
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.program.base import BaseApp
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.entry import Entry
from qiantai_tui.widgets.key_bar import KeyBar
from qiantai_tui.widgets.notes import Notes
from tests.tui.desk_driver import at_the_desk
from tests.tui.screens_text import screen_text

ACTIONS = (
    Action("take_in", Bilingual("登记", "Take in"), "f2", footer=1),
    Action("call_back", Bilingual("回访", "Call back"), "f6", footer=2),
    Action("next", Bilingual("下一步", "Next step"), "f4"),
    Action("next_page", Bilingual("下一页", "Next page"), "f4"),
    Action("palette", Bilingual("全部功能", "All actions"), "ctrl+p", priority=True),
    Action("merge", Bilingual("并案", "Merge")),
)


PLACE = {each.id: each for each in ACTIONS}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("F7", "f7"),
        ("Ｆ７", "f7"),
        ("^G", "ctrl+g"),
        ("Ctrl+G", "ctrl+g"),
        ("shift+alt+f3", "alt+shift+f3"),
        ("?", "question_mark"),
        ("？", "question_mark"),
        ("/", "slash"),
        ("、", "slash"),
        ("+", "plus"),
        ("Alt++", "alt+plus"),
        ("-", "minus"),
        ("_", "underscore"),
        ("PgUp", "pageup"),
        ("x", "x"),
        ("F99", None),
        ("回", None),
        ("回车键", None),
        ("hyper+x", None),
        ("", None),
        ("ctrl+", None),
        ("f7,f8", None),
    ],
)
def test_read_key(written: str, key: str | None) -> None:
    assert read_key(written) == key


@given(st.text(max_size=12))
def test_whatever_is_read_as_a_key_is_one_that_the_screens_can_hear_of(written: str) -> None:
    key = read_key(written)
    if key is not None and sendable(key):
        assert read_key(shown_key(key)) == key
        assert "," not in key


def only_mistake(keys: Mapping[str, object], *places: Place) -> str:
    """What is wrong and what would do, of the one mistake there is."""
    [mistake] = checked_keys(keys, places or [PLACE]).mistakes
    assert mistake.table == "keys"
    assert mistake.key in keys
    return mistake.sentence.zh


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"tak_in": "F7"}, "take_in"),
        ({"take_in": 7}, "引号"),
        ({"take_in": ""}, "引号"),
        ({"take_in": []}, "引号"),
        ({"take_in": ["F7", 8]}, "引号"),
        ({"take_in": "F77"}, "可行:F7"),
        ({"take_in": "Cltr+G"}, "可行:^G"),
        ({"take_in": "^1"}, "送不出"),
        ({"take_in": "Shift+X"}, "送不出"),
        ({"take_in": "Alt+X"}, "送不出"),
        ({"palette": "x"}, "打不出"),
        ({"palette": "/"}, "打不出"),
        ({"take_in": "F6"}, "回访(call_back)"),
        ({"take_in": "F6"}, "没用的 F3、F5、F7、F8"),
        ({"take_in": "F7", "call_back": "F7"}, "登记(take_in)"),
        ({"take_in": ["F7", "F6"]}, "call_back"),
    ],
)
def test_a_mistake_is_named_with_what_would_do(keys: Mapping[str, object], said: str) -> None:
    assert said in only_mistake(keys)


@pytest.mark.parametrize(
    "key", ["^C", "^N", "^T", "^W", "^B", "^A", "^K", "^U", "^Z", "Del", "Ctrl+←".replace("←", "left"), "7", "?", "？"]
)
def test_keys_that_typing_browsers_and_terminals_need_are_not_given_away(key: str) -> None:
    assert "留给" in only_mistake({"take_in": key})


def test_every_key_that_edits_a_field_is_kept() -> None:
    bindings = [*Input.BINDINGS, *Entry.BINDINGS, *TextArea.BINDINGS]
    editing = {key for each in bindings if isinstance(each, Binding) for key in each.key.split(",")}
    assert len(editing) > 30
    not_kept = {key for key in editing if not reserved(key) and not key.startswith("super+") and sendable(key)}
    assert not_kept == {"f6", "f7"}  # they select in Textual's field of several lines, and not in ours


def test_who_has_a_reserved_key_by_default_may_keep_it() -> None:
    assert checked_keys(
        {"leave": ["Esc", "F7"]}, [{"leave": Action("leave", Bilingual("返回", "Back"), "escape")}]
    ) == (CheckedKeys({"leave": "escape,f7"}, ()))


def test_keys_can_be_exchanged_and_used_again_where_their_action_is_not_at_hand() -> None:
    assert checked_keys({"take_in": "F6", "call_back": "F2"}, [PLACE]) == CheckedKeys(
        {"take_in": "f6", "call_back": "f2"}, ()
    )
    assert (
        checked_keys({"next": "F7", "next_page": "F7"}, [{"next": ACTIONS[2]}, {"next_page": ACTIONS[3]}]).mistakes
        == ()
    )
    assert checked_keys({"take_in": "F6"}, [{"take_in": ACTIONS[0]}, {"call_back": ACTIONS[1]}]).mistakes == ()


def test_all_mistakes_of_the_real_screens_are_told() -> None:
    assert only_mistake({"call_back": "F9"}, *places()).count("emergency") == 2
    assert checked_keys({"more": "F4", "day_after": "F8"}, places()).mistakes == ()
    assert checked_keys({each.id: shown_keys(each.key) for each in all_actions() if each.key}, places()).mistakes == ()


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
        app.change_keys({"take_in": "ctrl+g"})
        await pilot.pause()
        assert "^G 登记" in screen_text(app)
        await pilot.press("f2")
        assert app.is_running
        await pilot.press("ctrl+g")
        await pilot.pause()
    assert app.return_value == 5


@pytest.mark.parametrize("pressed", ["slash", "、", "f11"])
async def test_full_width_forms_and_second_keys_work_on_changed_keys_too(
    noon: datetime, tmp_path: Path, pressed: str
) -> None:
    app = Desk(clock=lambda: noon, reports=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.change_keys({"take_in": "slash,f11"})
        app.screen.set_focus(None)
        await pilot.press(pressed)
        await pilot.pause()
    assert app.return_value == 5


async def test_what_has_no_key_can_be_put_on_one() -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="repair", summary="灯不亮", household="1-2-301")
        desk.app.change_keys({"step_withdraw": "f11"})
        await desk.press("f11")
        assert "撤回" in desk.screen
        assert isinstance(desk.app.screen, StepForm)


async def test_a_field_of_several_lines_leaves_f6_to_the_screen(noon: datetime, tmp_path: Path) -> None:
    app = Desk(clock=lambda: noon, reports=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(Notes).focus()
        await pilot.press("漏", "f6")
        await pilot.pause()
        assert app.query_one(Notes).text == "漏"
    assert app.return_value == 6


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_changed_keys_are_named_wherever_keys_are(language: Language) -> None:
    keys = {"take_in": "f11", "next_step": "f2", "mode_find": "slash", "leave": "shift+f3,escape", "jump": "f10"}
    async with at_the_desk(language=language) as desk:
        desk.app.change_keys(keys)
        desk.app.tell_screens()
        await desk.press("f7", "f11")
        bar = desk.screen.splitlines()[-1]
        assert bar.startswith(" F11 ")
        assert " / " in bar
        assert " F2 " in bar
        empty = next(line for line in desk.screen.splitlines() if "没有待办" in line or "Nothing to do" in line)
        assert "F11" in empty
        assert "F2" not in empty
        await desk.press("f10", "f10")
        dialog = desk.screen
        assert re.search(r"(查找|Find) +/", dialog)
        assert re.search(r"Shift\+F3 (返回|Back)", dialog)
        await desk.press("shift+f3", "f1")
        assert re.search(r"F11 +(登记|Take in)", desk.screen)
