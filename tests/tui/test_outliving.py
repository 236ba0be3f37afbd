"""A store that cannot be read for a while: every key says so, and the desk goes on where it stood once it is back."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from textual.message_pump import MessagePump
from textual.screen import ResultCallback

from qiantai import MemoryStore, StoreError
from qiantai.words import Bilingual
from qiantai_tui.screens.queue import QueueScreen
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.taken_back import told

GONE = Bilingual("数据库连不上", "out of reach")
ASKED = ("open_cases", "case", "closed_cases", "closed_count", "closed_page", "received", "all_cases", "last_number")
WAYS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("f4",), ("1",)),
    (("f2",), ("a", "b")),
    (("f2", "a"), ("enter",)),
    (("f2", "a", "enter"), ("1", "f10", "f10", "f10")),
    ((), ("f9",)),
    (("ctrl+l",), ("enter",)),
    ((), ("f19",)),
    ((), ("f24",)),
    (("f3",), ("a",)),
    ((), ("ctrl+z",)),
)
"""Keys that are pressed while it is there, and those after it has gone."""


@contextmanager
def away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def asked(*_: Any, **__: Any) -> Any:
        raise StoreError(GONE)

    with monkeypatch.context() as broken:
        for each in ASKED:
            broken.setattr(MemoryStore, each, asked)
        yield


async def back_to_the_queue(desk: Driver) -> None:
    desk.app.switch_mode("queue")
    while len(desk.app.screen_stack) > 1:
        await desk.app.pop_screen()
    assert isinstance(desk.app.screen, QueueScreen)
    desk.app.screen.line.entry.load("")
    desk.app.screen.action_to_board()
    desk.app.clear_notifications()
    await desk.press()


async def test_no_key_ends_the_desk_while_the_store_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_desk() as desk:
        for household in ("1-2-301", "5-1-101"):
            desk.receive(kind="repair", household=household, summary="灯不亮")
        desk.app.carry_out("BX-20261123-001", "note", text="来电催问")
        for before, after in WAYS:
            await back_to_the_queue(desk)
            await desk.press(*before)
            with away(monkeypatch):
                await desk.press(*after)
                await desk.go(seconds=61)
            assert GONE.zh in told(desk) + desk.screen, after
        await back_to_the_queue(desk)
        await desk.press("f2", "a", "enter")
        assert "受理登记" in desk.screen


async def test_it_is_said_once_for_as_long_as_that_stands_there(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_desk() as desk:
        await desk.press("f2")
        with away(monkeypatch):
            await desk.press("a", "b", "c")
        assert told(desk).count(GONE.zh) == 1


def test_textual_still_has_one_way_to_every_handler() -> None:
    assert "await self._dispatch_message(message)" in inspect.getsource(MessagePump._process_messages_loop)
    assert "await self._dispatch_message(events.Mount())" in inspect.getsource(MessagePump._pre_process)
    assert "self.requester.call_next(self.callback, result)" in inspect.getsource(ResultCallback.__call__)
