"""Screens that plugins bring: gone to like the program's own, and one that cannot be made stops nothing."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

import pytest
from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen

from qiantai import label
from qiantai_tui.actions import Action, bound
from qiantai_tui.bar_screen import BarScreen
from qiantai_tui.dialogs.elsewhere import ElsewhereDialog
from qiantai_tui.dialogs.jump import JumpScreen
from qiantai_tui.room.app import RehearsalApp
from qiantai_tui.screens.not_made import NotMadeScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.text.words import Language, say
from qiantai_tui.widgets.key_bar import KeyBar
from qiantai_tui.widgets.line_table import LineTable
from qiantai_tui.widgets.rows import Column, Row, fixed
from qiantai_tui.widgets.small_notice import SmallNotice
from qiantai_tui.widgets.top_bar import TopBar
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.offering import WORDS, offering
from tests.tui.screens_text import screen_text
from tests.tui.stages import stage
from tests.tui.untranslated import untranslated
from tests.tui.waiting import gathered, until

SAID = {"house", "OSError", "no", "such", "lift", "click", "app", "quit", "x", "and", "more"}
WRITTEN = {"settings", "toml", "plugins", "off"}
"""What the fault says in its own words, and what is written into the settings."""


class LiftsScreen(BarScreen):
    ACTIONS: ClassVar[tuple[Action, ...]] = ()
    BINDINGS = bound(ACTIONS)

    def compose(self) -> ComposeResult:
        yield TopBar()
        yield SmallNotice()
        yield LineTable((Column(label("fields", "number"), 20),), fixed(()))
        yield KeyBar()

    def refresh_data(self) -> None:
        super().refresh_data()
        rows = [Row(each.number, (each.number,)) for each in self.program.seat.open_cases()]
        self.query_one(LineTable).show(fixed(rows))


def broken() -> NoReturn:
    raise OSError("no such lift [/] [@click=app.quit]x[/]\nand more")


async def press(desk: Driver, *keys: str) -> Screen[Any]:
    await desk.press(*keys)
    await gathered(desk.pilot)
    return desk.app.screen


async def test_the_first_two_are_on_the_digits_that_are_left_and_made_when_gone_to() -> None:
    made: list[str] = []

    def lifts() -> LiftsScreen:
        made.append("lifts")
        return LiftsScreen()

    with offering(lifts=lifts, pools=LiftsScreen, gates=LiftsScreen) as plugins:
        async with at_the_desk(plugins=plugins) as desk:
            assert [(each.id, each.action.key) for each in desk.app.brought] == [
                ("lifts", "8"),
                ("pools", "9"),
                ("gates", ""),
            ]
            number = desk.receive(kind="repair", summary="漏水")
            assert made == []
            screen = await press(desk, "8")
            assert made == ["lifts"]
            assert isinstance(screen, LiftsScreen)
            assert number in desk.screen
            assert await press(desk, "9") is not screen
            assert await press(desk, "1", "8") is screen
            assert made == ["lifts"]


async def test_what_is_taken_in_is_on_it_at_once_and_a_field_keeps_its_figures() -> None:
    with offering(lifts=LiftsScreen) as plugins:
        async with at_the_desk(plugins=plugins) as desk:
            await press(desk, "8")
            number = desk.receive(kind="repair", summary="漏水")
            await until(desk.pilot, lambda: number in desk.screen)
            screen = await press(desk, "1", "f2", "8")
            assert isinstance(screen, QueueScreen)
            assert screen.line.entry.value == "8"


@pytest.mark.parametrize("asked", ["泳池", "yc", "pools"])
async def test_the_palette_finds_one_by_its_words_and_initials(asked: str) -> None:
    with offering(lifts=LiftsScreen, pools=LiftsScreen) as plugins:
        async with at_the_desk(plugins=plugins) as desk:
            await press(desk, "ctrl+p")
            await desk.type(asked)
            await gathered(desk.pilot)
            await press(desk, "enter")
            await until(desk.pilot, lambda: desk.app.current_mode == "pools")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_it_is_marked_by_jump_mode_listed_elsewhere_and_among_the_keys(language: Language) -> None:
    with offering(lifts=LiftsScreen, pools=LiftsScreen, gates=LiftsScreen) as plugins:
        async with at_the_desk(plugins=plugins, language=language) as desk:
            name = {id: words[language] for id, words in WORDS.items()}
            marks = await press(desk, "ctrl+o")
            assert isinstance(marks, JumpScreen)
            assert {"8", "9"} <= marks.there.keys()
            assert name["lifts"] in desk.screen
            listed = await press(desk, "ctrl+o")
            assert isinstance(listed, ElsewhereDialog)
            assert all(each in desk.screen for each in name.values())
            assert await press(desk, "end", "enter") is not listed
            assert desk.app.current_mode == "gates"
            await press(desk, "shift+f1")
            shown = screen_text(desk.app)
            for _ in range(3):
                await press(desk, "pagedown")
                shown += screen_text(desk.app)
            assert all(each in shown for each in name.values())


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (broken, "OSError: no such lift [/] [@click=app.quit]x[/]"),
        (lambda: 8, "8"),
        (ModalScreen, "ModalScreen()"),
        (LiftsScreen.compose, "TypeError"),
    ],
    ids=["raises", "no screen", "a dialog", "wants more"],
)
async def test_one_that_cannot_be_made_says_whose_fault_it_is_and_the_desk_goes_on(make: Any, why: str) -> None:
    with offering(lifts=make, pools=LiftsScreen) as plugins:
        async with at_the_desk(plugins=plugins) as desk:
            assert isinstance(await press(desk, "8"), NotMadeScreen)
            assert all(each in desk.screen for each in ("插件 house 的画面打不开", "电梯", "Esc 回到待办", why))
            assert isinstance(await press(desk, "9"), LiftsScreen)
            assert isinstance(await press(desk, "8", "escape"), QueueScreen)
            await press(desk, "8", "f2")
            assert desk.app.current_mode == "queue"


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_what_it_says_is_in_one_language_and_help_explains_it(language: Language) -> None:
    with offering(lifts=broken) as plugins:
        async with at_the_desk(plugins=plugins, language=language) as desk:
            await press(desk, "8")
            assert {*untranslated(desk.screen, language)} <= {*SAID, *WRITTEN, "李静"}
            await press(desk, "f1")
            assert say(NotMadeScreen.ABOUT)[:8] in desk.screen


async def test_a_screen_of_textuals_own_will_do() -> None:
    class Bare(Screen[None]):
        BINDINGS: ClassVar[Any] = [("x", "app.mode('queue')", "")]

    with offering(lifts=Bare) as plugins:
        async with at_the_desk(plugins=plugins) as desk:
            assert isinstance(await press(desk, "8"), Bare)
            desk.receive(kind="repair", summary="漏水")
            assert isinstance(await press(desk, "ctrl+o"), JumpScreen)
            await press(desk, "escape", "x")
            assert isinstance(desk.app.screen, QueueScreen)


async def test_one_whose_name_is_there_or_has_no_label_is_a_failure_that_is_told() -> None:
    for name in ("queue", "unheard"):
        with offering(**{name: LiftsScreen}) as plugins:
            async with at_the_desk(plugins=plugins) as desk:
                assert desk.app.brought == ()
                assert [each.name for each in desk.app.site.failures] == ["house"]
                assert "插件 house:qiantai_screens" in desk.screen


async def test_a_rehearsal_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    with offering(lifts=LiftsScreen) as plugins:
        monkeypatch.setattr("qiantai_tui.room.app.load_plugins", lambda: plugins)
        async with stage("room") as room:
            assert isinstance(room.app, RehearsalApp)
            assert room.app.site.plugins is plugins
            assert room.app.brought == ()
            assert "lifts" not in room.app._modes
