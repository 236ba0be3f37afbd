"""Actions: their keys, the bar at the bottom, and the palette in both languages."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

from qiantai.words import Bilingual
from qiantai_tui.actions import Action, at_hand, bound, palette, shown_key
from qiantai_tui.actions.palette import score
from qiantai_tui.program.base import BaseApp
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.entry import Entry
from qiantai_tui.widgets.key_bar import KeyBar
from tests.tui.desk_driver import at_the_desk
from tests.tui.screens_text import screen_lines, screen_text
from tests.tui.untranslated import untranslated
from tests.tui.waiting import gathered, until

NAMES = (("登记", "Take in"), ("查找", "Find"), ("下一步", "Next step"), ("派单", "Assign"), ("回访", "Call back"))


class Queue(Screen[None]):
    ACTIONS = (
        *(Action(f"a{n}", Bilingual(*name), f"f{n}", "done", footer=n) for n, name in enumerate(NAMES, 2)),
        *(Action(f"b{n}", Bilingual(f"功能{n}", f"Action {n}"), f"shift+f{n}", "done", footer=n) for n in range(7, 12)),
        Action("ask", Bilingual("问[/]", "Ask"), "question_mark", "asked"),
        Action("hidden", Bilingual("导出报表", "Export figures"), "", "done"),
    )
    BINDINGS = bound(ACTIONS)

    def compose(self) -> ComposeResult:
        yield Entry()
        yield KeyBar()

    def action_done(self) -> None:
        self.app.exit(7)

    def action_asked(self) -> None:
        self.app.exit(8)


class Desk(BaseApp):
    def on_mount(self) -> None:
        self.push_screen(Queue())


@pytest.fixture
def desk(noon: datetime, tmp_path: Path) -> Callable[[Language], Desk]:
    return lambda language: Desk(clock=lambda: noon, reports=tmp_path, language=language)


@pytest.fixture
def pinyin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    module = ModuleType("qiantai_tui.text.pinyin")
    known = {"登记": "dj", "查找": "cz", "派单": "pd"}
    module.initials = lambda name: frozenset({known[name]} if name in known else ())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "qiantai_tui.text.pinyin", module)
    palette._initials.cache_clear()
    yield
    palette._initials.cache_clear()


async def open_palette(pilot: Pilot[int], *keys: str) -> str:
    await pilot.press("ctrl+p")
    await gathered(pilot)
    await pilot.press(*keys)
    await gathered(pilot)
    return screen_text(pilot.app)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_palette_speaks_one_language(desk: Callable[[Language], Desk], language: Language) -> None:
    async with desk(language).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        empty = await open_palette(pilot)
        assert ("登记" if language == "zh" else "Take in") in empty
        assert ("退出" if language == "zh" else "Quit") in empty
        assert untranslated(empty, language) == []
        nothing = await open_palette(pilot, "x", "x", "x")
        assert ("没有相符" if language == "zh" else "Nothing by that name") in nothing
        left_over = untranslated(nothing, language)
        assert left_over == (["xxx"] if language == "zh" else [])


async def test_every_line_has_its_key_and_enter_runs_it(desk: Callable[[Language], Desk]) -> None:
    app = desk("zh")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        shown = await open_palette(pilot, "派")
        [line] = [line for line in shown.splitlines() if "派单" in line and "登记" not in line]
        assert line.split()[-1] == "F5"
        await pilot.press("enter")
        await pilot.press("enter")
        await until(pilot, lambda: app.return_value is not None)
    assert app.return_value == 7


async def test_a_screen_and_what_is_done_there_are_told_apart_by_more_than_their_keys() -> None:
    async with at_the_desk() as at:
        shown = await open_palette(at.pilot, "回", "访")
        lines = [line.split() for line in shown.splitlines() if line.strip().startswith("回访")]
        assert sorted(lines) == [["回访", "F6"], ["回访", "Shift+F6", "画面"]]


async def test_over_a_box_that_has_nothing_by_that_name_it_says_so() -> None:
    async with at_the_desk() as at:
        await at.press("f9")
        assert "先办完或离开它" in await open_palette(at.pilot, "登", "记")


@pytest.mark.usefixtures("pinyin")
def test_found_by_words_initials_other_language_and_key() -> None:
    action = Action("take_in", Bilingual("登记", "Take in"), "f2")
    asked = ["登记", "登", "dj", "take", "F2", "ti", "zz", ""]
    points = [score(action, each) for each in asked]
    assert points[:5] == [1.0, 0.9, 0.8, 0.9, 1.0]
    assert 0 < points[5] < points[4]
    assert points[6:] == [0.0, 0.0]


async def test_no_letters_are_known_without_pinyin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "qiantai_tui.text.pinyin", None)
    palette._initials.cache_clear()
    assert score(Action("a", Bilingual("登记", "Take in")), "dj") == 0
    palette._initials.cache_clear()


async def test_the_bar_shows_eight_at_80_and_a_click_runs_one(desk: Callable[[Language], Desk]) -> None:
    app = desk("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        bar = screen_lines(app)[-1]
        assert bar.startswith(" F2 登记  F3 查找  F4 下一步  F5 派单  F6 回访  ")
        assert 5 <= len([part for part in bar.split("  ") if part.strip()]) <= 8
        await pilot.click(KeyBar, offset=(11, 0))
        await pilot.pause()
    assert app.return_value == 7


@pytest.mark.parametrize("key", ["question_mark", "？"])
async def test_a_full_width_key_does_the_same(desk: Callable[[Language], Desk], key: str) -> None:
    app = desk("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen.set_focus(None)
        await pilot.press(key)
        await pilot.pause()
    assert app.return_value == 8


async def test_ctrl_c_tells_how_to_quit(desk: Callable[[Language], Desk]) -> None:
    app = desk("zh")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        app.screen.set_focus(None)
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert "按 ^Q 退出" in screen_text(app)
        assert untranslated(screen_text(app), "zh") == []


async def test_an_id_is_offered_once_and_the_nearest_wins(desk: Callable[[Language], Desk]) -> None:
    app: App[Any] = desk("zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        ids = [action.id for _, action in at_hand(app.screen)]
        assert len(ids) == len(set(ids))
        assert {"a2", "hidden", "quit", "palette"} <= set(ids)


def test_keys_as_people_read_them() -> None:
    keys = ["f2", "ctrl+s", "escape", "shift+f3", "question_mark,f1", "ctrl+shift+p", "x", "enter"]
    assert [shown_key(key) for key in keys] == ["F2", "^S", "Esc", "Shift+F3", "?", "Ctrl+Shift+P", "X", "Enter"]
