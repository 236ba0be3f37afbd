"""The lint of screens finds what is wrong with one, and nothing on one that is well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from qiantai.words import Bilingual
from qiantai_tui.actions import Action, bound
from qiantai_tui.program.base import BaseApp
from qiantai_tui.widgets.entry import Entry
from qiantai_tui.widgets.items import Item, line
from qiantai_tui.widgets.key_bar import KeyBar
from qiantai_tui.widgets.page import Page
from qiantai_tui.widgets.reading import Reading
from tests.tui.screen_lint import faults
from tests.tui.screens_text import screen_text

WELL = (
    Action("help", Bilingual("帮助", "Help"), "f1", "bell", footer=1),
    Action("leave", Bilingual("返回", "Back"), "escape", "bell", footer=2),
)


class Shown(Screen[None]):
    ABOUT = Bilingual("一个画面", "A screen")
    ACTIONS: tuple[Action, ...] = WELL
    BINDINGS = bound(WELL)

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self.widgets = widgets

    def compose(self) -> ComposeResult:
        yield from self.widgets
        yield KeyBar()


class Deaf(Shown):
    ACTIONS = (*WELL, Action("unbound", Bilingual("没有键", "Without a key"), "f5", footer=3))


class Silent(Shown):
    ABOUT = None  # type: ignore[assignment]


async def found(screen: Screen[None], noon: datetime, folder: Path) -> list[str]:
    app = BaseApp(clock=lambda: noon, reports=folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(screen)
        await pilot.pause()
        return faults(app, "zh", ())


def low(widget: Widget, **styles: Any) -> Widget:
    for name, value in styles.items():
        setattr(widget.styles, name, value)
    return widget


def a_line_too_long(width: int) -> Iterator[Item]:
    yield Item((line("长" * width),), "k")


@pytest.mark.parametrize(
    ("screen", "fault"),
    [
        (Shown(Entry()), ""),
        (Shown(Static("Untranslated")), "untranslated: Untranslated"),
        (Shown(low(Static("一\n二\n三"), height=1)), "needs 3 lines, has 1"),
        (Shown(low(Static("外面"), offset=(70, 0), width=20)), "is cut off"),
        (Shown(Static("[@click=app.quit]退出[/]")), "alive: 退出"),
        (Shown(Page(lambda width: list(a_line_too_long(width)))), "has a line of"),
        (Shown(low(Static("帮助 " * 40, id="keys"), height=1)), "the keys need"),
        (Deaf(Entry()), "no key does unbound"),
        (Silent(Static("字")), "F1 has nothing to say"),
    ],
)
async def test_each_fault_is_found(screen: Screen[None], fault: str, noon: datetime, tmp_path: Path) -> None:
    told = await found(screen, noon, tmp_path)
    assert any(fault in each for each in told) if fault else told == [], told


async def test_nothing_focused_is_a_fault(noon: datetime, tmp_path: Path) -> None:
    app = BaseApp(clock=lambda: noon, reports=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Shown(Entry()))
        app.screen.set_focus(None)
        await pilot.pause()
        assert faults(app, "zh", ()) == ["nothing has the focus"]


async def test_reading_that_is_cut_says_so(noon: datetime, tmp_path: Path) -> None:
    app = BaseApp(clock=lambda: noon, reports=tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Shown(low(Reading("一\n二\n三"), max_height=2)))
        await pilot.pause()
        shown = screen_text(app)
        assert "二…" in shown
        assert "三" not in shown
