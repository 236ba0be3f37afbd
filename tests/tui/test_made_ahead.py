"""The screens of the modes, made while nobody does anything: they stand when gone to, and have read nothing before."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.screen import Screen

from qiantai.access import may_have
from qiantai_tui.bar_screen import BarScreen
from qiantai_tui.program import made_ahead
from qiantai_tui.screens import modes
from qiantai_tui.theme import THEMES
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.screens_text import screen_text
from tests.tui.waiting import until

KEYS = {"find": "f3", "scripts": "f15", "figures": "f20", "rehearsal": "f17", "register": "f7", "call_backs": "f18"}
ROOT = Path(__file__).parents[2]
LEFT = """
import asyncio, sys
from tests.tui.desk_driver import at_the_desk

async def shown():
    async with at_the_desk() as desk:
        while not desk.app.all_made:
            await desk.pilot.pause(0.1)
        await desk.app.workers.wait_for_complete()
        print("ready")
        for mode in [*desk.app._modes][1:]:
            before = {*sys.modules}
            await desk.app.switch_mode(mode)
            await desk.pilot.pause()
            print(*[each for each in {*sys.modules} - before if each.partition(".")[0].startswith("qiantai")])

asyncio.run(shown())
"""
"""Shows every mode and tells which modules that imported."""


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is quiet at once."""
    monkeypatch.setattr(made_ahead, "_EACH", 0.01)
    monkeypatch.setattr(made_ahead, "_QUIET", 1)


def made(desk: Driver) -> dict[str, Screen[Any]]:
    """The screens of the modes that are there, but for the queue."""
    return {name: stack[0] for name, stack in desk.app._screen_stacks.items() if name != "queue"}


async def all_made(desk: Driver) -> dict[str, Screen[Any]]:
    await until(desk.pilot, lambda: desk.app.all_made)
    return made(desk)


@pytest.mark.usefixtures("soon")
async def test_each_mode_stands_before_it_is_gone_to_and_is_the_one_that_is_seen() -> None:
    async with at_the_desk() as desk:
        there = await all_made(desk)
        assert there.keys() == KEYS.keys() == {each.id for each in modes()} - {"queue"}
        for name, key in KEYS.items():
            await desk.press(key)
            assert desk.app.screen is there[name]
            assert all(word in screen_text(desk.app) for word in ("F1 帮助", "李静"))
            await desk.app.switch_mode("queue")


@pytest.mark.usefixtures("soon")
async def test_nothing_is_read_and_nothing_recorded_before_somebody_goes_there(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    refresh = BarScreen.refresh_data

    def noted(screen: BarScreen) -> None:
        read.append(type(screen).__name__)
        refresh(screen)

    monkeypatch.setattr(BarScreen, "refresh_data", noted)
    async with at_the_desk() as desk:
        await all_made(desk)
        assert read == []
        await desk.press("f7")
        assert read == ["RegisterScreen"]
        assert list(desk.app.desk.store.looks()) == []


@pytest.mark.usefixtures("soon")
async def test_they_are_made_under_the_question_who_is_there_and_are_then_theirs() -> None:
    async with at_the_desk(None) as desk:
        await all_made(desk)
        barred = next(each for each in desk.app.handbook.people.values() if not may_have("figures", each))
        desk.app.be(barred.id)
        await desk.app.switch_mode("figures")
        await desk.pilot.pause()
        assert barred.name in screen_text(desk.app)
        assert "看不到统计" in screen_text(desk.app)


@pytest.mark.usefixtures("soon")
async def test_colours_that_were_changed_since_are_those_that_it_comes_in() -> None:
    async with at_the_desk() as desk:
        there = await all_made(desk)
        desk.app.theme = THEMES["light"].name
        await desk.pilot.pause()
        await desk.press("f7")
        assert there["register"].styles.background == desk.app.screen_stack[0].styles.background
        assert there["register"].styles.background.hex == desk.app.theme_variables["background"]


async def test_whoever_does_something_goes_before() -> None:
    async with at_the_desk() as desk:
        desk.app._quiet = made_ahead._QUIET - 1
        await desk.press("down")
        desk.app._make_one()
        assert made(desk) == {}
        unread = len(desk.app._unread)
        desk.app._quiet = made_ahead._QUIET
        desk.app._make_one()
        assert len(desk.app._unread) == unread - 1
        for _ in range(unread):
            desk.app._make_one()
        assert len(made(desk)) == 1


def test_no_mode_has_anything_left_to_import_when_it_is_gone_to() -> None:
    """In a process of its own, which has imported nothing before."""
    told = subprocess.run([sys.executable, "-c", LEFT], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert told.split() == ["ready"]


def test_textual_keeps_its_modes_and_makes_them_as_this_does() -> None:
    """A mode whose stack is there is not made again by `switch_mode`."""
    said = inspect.getsource(App._init_mode), inspect.getsource(App.switch_mode)
    assert all(each in said[0] for each in ("self._get_screen(new_screen)", "self._load_screen_css(screen)"))
    assert "self._screen_stacks[mode] = stack" in said[0]
    assert "if mode not in self._screen_stacks:" in said[1]


READY = """
import asyncio, sys
from tests.tui.desk_driver import at_the_desk

async def got_ready():
    async with at_the_desk() as desk:
        desk.app._making.stop()
        desk.app._get_ready()
        before = {*sys.modules}
        await desk.app.workers.wait_for_complete()
        print(*[each for each in {*sys.modules} - before if each.startswith("qiantai") or each == "pypinyin"])

asyncio.run(got_ready())
"""
"""Tells which of our modules are read beside the screen."""


def test_what_is_got_ready_beside_the_screen_reads_no_module_of_ours() -> None:
    """Where two threads read modules that need one another, Python breaks one of them off, and the desk with it."""
    told = subprocess.run([sys.executable, "-c", READY], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert told.split() == ["pypinyin"]
