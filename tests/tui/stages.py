"""The programs that screens are looked at in, each on a busy morning, and the way back to its first screen."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Literal, cast

import pytest
from textual import _wait
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import App
from textual.screen import Screen

from qiantai_scenarios.rehearsing import Play
from qiantai_tui.app import DeskApp
from qiantai_tui.room.app import RehearsalApp
from qiantai_tui.room.room import Room
from qiantai_tui.screens import modes
from qiantai_tui.screens.first_run import FirstRunApp
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.sign_in.book import PinBook
from qiantai_tui.sites.site import Settings
from qiantai_tui.text.words import Language
from tests.tui.busy_estate import Say, busy_site
from tests.tui.desk_driver import Clock, Driver
from tests.tui.door import PINS
from tests.tui.room_driver import otherwise
from tests.tui.waiting import until

Stage = Literal["desk", "door", "first", "room"]
"""Which program a screen belongs to: the desk, one where people sign in, the first start, or the training room."""


def _not_drawn(compositor: Compositor, screen_stack: list[Screen[Any]] | None = None, **_: bool) -> None:
    """In the place of `render_update`: what goes to a terminal that nobody sees."""
    visible_screen_stack.set(screen_stack or [])
    compositor._dirty_regions.clear()


@contextmanager
def _briskly() -> Iterator[None]:
    """Draws a screen when it is looked at, waits two milliseconds where Textual waits twenty; toasts stay."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", _not_drawn)
        patch.setattr(App, "NOTIFICATION_TIMEOUT", 3600)
        patch.setattr(_wait, "SLEEP_GRANULARITY", 0.002)
        patch.setattr(_wait, "SLEEP_IDLE", 0.0004)
        yield


@asynccontextmanager
async def stage(
    name: Stage, *, size: tuple[int, int] = (120, 36), language: Language = "zh", say: Say = str
) -> AsyncIterator[Driver]:
    """The program of a stage, running on that morning; toasts stay until they are taken away."""
    clock, folder = Clock(), Path(tempfile.mkdtemp())
    if name == "first":
        app = _first(clock, folder, language)
    elif name == "room":
        app = _room(folder, language, say)
    else:
        app = _desk(name, clock, folder, language, say)
    with _briskly():
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            yield Driver(cast("DeskApp", app), pilot, clock)


def _first(clock: Clock, folder: Path, language: Language) -> App[int]:
    return FirstRunApp(Path("site"), Path("demo"), clock=clock, reports=folder, language=language)


def _room(folder: Path, language: Language, say: Say) -> App[int]:
    wall = iter((0.0, 0.0))
    room = Room(Play(otherwise("first-dripping-tap", say)), lambda: next(wall, 24.0))
    room.run(1)
    return RehearsalApp(room, folder, reports=folder, language=language)


def _desk(name: Stage, clock: Clock, folder: Path, language: Language, say: Say) -> App[int]:
    settings = Settings(sign_in=name == "door")
    site = busy_site(clock, folder, say, settings)
    app = DeskApp(site, clock=clock, reports=folder, language=language)
    if name == "door":
        book = PinBook(folder)
        for id, pin in PINS.items():
            book.choose(app.desk.handbook.people[id], pin)
    else:
        app.person = app.handbook.people["li"]
    return app


async def resized(desk: Driver, size: tuple[int, int]) -> None:
    """The same screen in a terminal of another size."""
    if desk.app.size != size:
        await desk.pilot.resize_terminal(*size)
    await until(desk.pilot, lambda: tuple(desk.app.screen._compositor.size) == size)
    for under in desk.app._background_screens:  # what a scroll bar comes to there is otherwise a matter of time
        for _ in range(2):
            under._refresh_layout(desk.app.size)
    await desk.pilot.pause()


async def home(desk: Driver, on: Stage) -> None:
    """Back to the first screen of the stage as it was at the start."""
    app, first = desk.app, modes()[0].id
    if on == "first":
        while len(app.screen_stack) > 2:
            await app.pop_screen()
        return
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    left = {app.current_mode, *(each.id for each in modes())} - {first}
    await app.switch_mode(first)
    for mode in modes():
        if mode.id in left and mode.id in app._screen_stacks:
            await app.remove_mode(mode.id)
            app.add_mode(mode.id, mode.make)
    app.clear_notifications()
    for each in app.book.names():
        app.book.drop(each)
    app.acts, app.in_stead = [], None
    if on == "room":
        await desk.pilot.pause()
        return
    if on == "door":
        app.lock()
    else:
        await _fresh_queue(desk)
    await desk.pilot.pause()


async def _fresh_queue(desk: Driver) -> None:
    app = desk.app
    app.person = app.desk.handbook.people["li"]
    screen = app.screen
    assert isinstance(screen, QueueScreen)
    screen._kind = ""
    screen.line.clear()
    app.tell_screens()
    screen.query_one("#queue").focus()
    await desk.press("home")
