"""The desk asks first who is at it, and has the queue stand under the question by the time that this is read."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any, NoReturn

import pytest
from textual.app import App
from textual.events import Key

from qiantai import MemoryStore
from qiantai.store import Unreachable
from qiantai.words import Bilingual
from qiantai_tui.app import DeskApp
from qiantai_tui.screens.queue import QueueScreen
from tests.tui.desk_driver import Clock, Driver, at_the_desk, desk_in_memory
from tests.tui.door import door
from tests.tui.screens_text import screen_text
from tests.tui.waiting import until

QUESTION, QUEUE, KEYS_OF_QUEUE = "谁在前台?", "按时限", "F2 登记"


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every picture that the program draws, in its order."""
    found: list[str] = []
    real = App._display

    def noted(app: App[Any], screen: Any, drawn: Any) -> None:
        if screen is app.screen and drawn is not None and not app._batch_count:
            found.append(screen_text(app))
        real(app, screen, drawn)

    monkeypatch.setattr(App, "_display", noted)
    return found


def one_case() -> MemoryStore:
    """A store with a case on the board."""
    store = MemoryStore()
    desk_in_memory(Clock(), store).receive("li", channel="phone", kind="repair", summary="漏水", name="王女士")
    return store


def names(desk: Driver) -> list[str]:
    """What lies on what, the lowest first."""
    return [type(each).__name__ for each in desk.app.screen_stack]


def press_early(monkeypatch: pytest.MonkeyPatch, *keys: str) -> None:
    """Has these keys pressed before the program draws anything."""
    ready = DeskApp._ready

    async def pressed(app: DeskApp) -> None:
        await ready(app)
        for each in keys:
            app.post_message(Key(each, each if len(each) == 1 else None))

    monkeypatch.setattr(DeskApp, "_ready", pressed)


async def test_the_question_is_seen_first_and_then_with_the_whole_queue_under_it(pictures: list[str]) -> None:
    async with at_the_desk(None, store=one_case()) as desk:
        await until(desk.pilot, lambda: QUEUE in pictures[-1])
    assert QUESTION in pictures[0]
    assert KEYS_OF_QUEUE not in pictures[0]
    assert all(QUESTION in each for each in pictures)
    assert all(QUEUE in each for each in pictures if KEYS_OF_QUEUE in each)


async def test_the_question_stays_the_one_that_was_asked() -> None:
    async with at_the_desk(None) as desk:
        await until(desk.pilot, lambda: isinstance(desk.app.screen_stack[0], QueueScreen))
        assert names(desk) == ["QueueScreen", "StaffScreen"]
        assert desk.app.focused is desk.app.screen.query_one("#filter")
        await desk.press("enter")
        assert desk.app.person is not None
        assert names(desk) == ["QueueScreen"]
        assert desk.app.focused is desk.app.screen.query_one("#queue")


async def test_keys_pressed_before_anything_is_seen_are_answered_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    press_early(monkeypatch, "b", "j", "enter")
    async with at_the_desk(None, store=one_case()) as desk:
        await until(desk.pilot, lambda: desk.app.person is not None)
        assert desk.app.person is not None
        assert desk.app.person.name == "包洁"
        await until(desk.pilot, lambda: "待办 1 · 按时限" in desk.screen)


async def test_a_key_that_leaves_the_question_unanswered_finds_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    press_early(monkeypatch, "escape")
    async with at_the_desk(None, store=one_case()) as desk:
        await until(desk.pilot, lambda: len(desk.app.screen_stack) == 1)
        assert isinstance(desk.app.screen, QueueScreen)
        await until(desk.pilot, lambda: QUEUE in desk.screen)


async def test_where_people_sign_in_it_is_asked_first_too(pictures: list[str], tmp_path: Path) -> None:
    async with door(tmp_path, store=one_case()) as desk:
        await until(desk.pilot, lambda: isinstance(desk.app.screen_stack[0], QueueScreen))
        assert all("登录 · 阳光花园" in each for each in pictures)
        await desk.type("李静")
        await desk.press("enter")
        await desk.type("7391")
        await desk.press("enter")
        await until(desk.pilot, lambda: QUEUE in desk.screen)


async def test_where_nobody_has_to_be_asked_the_queue_is_seen_first(pictures: list[str]) -> None:
    async with at_the_desk("li", store=one_case()) as desk:
        assert names(desk) == ["QueueScreen"]
    assert KEYS_OF_QUEUE in pictures[0]


async def test_a_store_that_cannot_be_read_is_told_over_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = DeskApp._ready

    def lost(_: MemoryStore) -> NoReturn:
        raise Unreachable(Bilingual("库连不上", "the store is out of reach"))

    async def goes_away(app: DeskApp) -> None:
        monkeypatch.setattr(MemoryStore, "open_cases", lost)
        await ready(app)

    monkeypatch.setattr(DeskApp, "_ready", goes_away)
    async with at_the_desk(None) as desk:
        await until(desk.pilot, lambda: isinstance(desk.app.screen_stack[0], QueueScreen))
        await until(desk.pilot, lambda: "库连不上" in desk.screen)
        assert QUESTION in desk.screen


def test_textual_still_begins_a_mode_as_the_queue_is_put_under_the_question() -> None:
    """Or what is put there would not be what a mode begins with."""
    begins = inspect.getsource(App._init_mode)
    for each in (
        "screen, await_mount = self._get_screen(new_screen)",
        "stack.append(screen)",
        "self._load_screen_css(screen)",
        "screen.post_message(events.ScreenResume())",
    ):
        assert each in begins
    assert "await screen.remove()" in inspect.getsource(App._replace_screen)
