"""Alerts at the desk: told once to each, over restarts and desks, in quiet hours; the list, the bar, bell and title."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from qiantai import Done, MemoryStore
from qiantai.projections.alerts import AlertRules, Quiet
from qiantai_tui.alerts import title
from qiantai_tui.alerts.alerting import Alerting
from qiantai_tui.alerts.book import AlertBook
from qiantai_tui.alerts.settings import AlertSettings
from qiantai_tui.app import DeskApp
from qiantai_tui.program import alerted as beginning
from tests.tui.desk_driver import Clock, Driver, at_the_desk, desk_in_memory, site_of
from tests.tui.door import PINS, door, sign_in
from tests.tui.screens_text import screen_lines
from tests.tui.waiting import until

NIGHT = AlertSettings(AlertRules(quiet=Quiet(time(22), time(7))))


@asynccontextmanager
async def alerted(
    folder: Path, person: str | None = "li", *, alerts: AlertSettings | None = None, **given: Any
) -> AsyncIterator[Driver]:
    """A desk whose people are told, by the book in that folder; it looks when the test does."""
    async with at_the_desk(person, **given) as desk:
        desk.app.alerting = Alerting(desk.app, AlertBook(folder), alerts)
        yield desk


async def look(desk: Driver) -> list[str]:
    """What the desk tells now, as the toasts that come up."""
    before = {each.identity for each in desk.app._notifications}
    assert desk.app.alerting is not None
    desk.app.alerting.look()
    await desk.pilot.pause()
    return [f"{each.title}|{each.message}" for each in desk.app._notifications if each.identity not in before]


def bar(desk: Driver) -> str:
    return screen_lines(desk.app)[0]


async def test_it_is_told_before_and_as_it_comes_and_no_more(tmp_path: Path) -> None:
    async with alerted(tmp_path) as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水", emergency=True)
        assert await look(desk) == []
        await desk.go(minutes=3)
        (told,) = await look(desk)
        assert told.startswith("快到时|派人")
        assert number in told
        assert await look(desk) == []
        await desk.go(minutes=2)
        assert len(await look(desk)) == 1
        desk.give(number, "dispatch", "li", to=["engineering"])
        await desk.go(minutes=1)
        assert await look(desk) == []
        assert "13800001234" not in desk.screen


async def test_it_looks_again_only_when_there_is_something(tmp_path: Path) -> None:
    async with alerted(tmp_path) as desk:
        here = desk.app.alerting
        assert here is not None
        desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        here.second()
        looked: list[int] = []
        real = here.look

        def seen() -> None:
            looked.append(1)
            real()

        here.look = seen  # type: ignore[method-assign]
        for _ in range(100):
            desk.clock.go(minutes=13)
            here.second()
        assert len(looked) == 0, "the hour before is 23 hours on"
        desk.clock.go(minutes=80)
        here.second()
        assert len(looked) == 1


async def test_what_came_due_while_it_was_closed_is_told_at_opening_as_one(tmp_path: Path) -> None:
    store, clock = MemoryStore(), Clock()
    async with alerted(tmp_path, store=store, clock=clock) as desk:
        for _ in range(3):
            desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        await desk.go(minutes=3)
        assert len(await look(desk)) == 1
    clock.go(hours=1)
    async with alerted(tmp_path, store=store, clock=clock) as desk:
        assert await look(desk) == ["时限提醒 6 条|到时 6 条。Shift+F4 逐条看"]
        assert await look(desk) == []
    async with alerted(tmp_path, store=store, clock=clock) as desk:
        assert await look(desk) == []
        await desk.go(seconds=1)
        assert "提醒 6" in bar(desk)


async def test_each_is_told_by_whichever_desk_they_sit_at_and_once(tmp_path: Path) -> None:
    store, clock = MemoryStore(), Clock()
    async with (
        alerted(tmp_path, store=store, clock=clock) as one,
        alerted(tmp_path, "bao", store=store, clock=clock) as two,
    ):
        one.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        two.app.tell_screens()
        clock.go(minutes=3)
        assert len(await look(one)) == 1
        assert len(await look(two)) == 1
        two.app.be("li")
        assert await look(two) == []
        one.app.be("bao")
        assert await look(one) == []
        assert two.app.alerting is not None
        assert two.app.alerting.unseen == 1


async def test_a_handler_is_told_of_what_is_the_handlers(tmp_path: Path) -> None:
    async with alerted(tmp_path, "sun") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        await desk.go(minutes=5)
        assert await look(desk) == []
        desk.give(number, "dispatch", "li", to=["engineering"])
        await desk.go(minutes=3)
        assert len(await look(desk)) == 1


async def test_quiet_hours_hold_back_all_but_emergencies_until_they_end(tmp_path: Path) -> None:
    clock = Clock()
    clock.go(hours=13)
    async with alerted(tmp_path, alerts=NIGHT, clock=clock) as desk:
        desk.receive(kind="complaint", household="1-2-301", summary="吵", place="大堂", occurred_at=clock())
        await desk.go(minutes=6)
        assert await look(desk) == []
        desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        await desk.go(minutes=6)
        assert len(await look(desk)) == 1
        clock.go(hours=9)
        assert len(await look(desk)) == 1
        assert await look(desk) == []


async def test_a_moved_due_time_is_told_anew_and_what_is_done_never(tmp_path: Path) -> None:
    async with alerted(tmp_path, "sun") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        desk.give(number, "dispatch", "li", to=["engineering"])
        clock = desk.clock
        clock.go(hours=23)
        assert len(await look(desk)) == 1
        desk.give(number, "wait", "sun", reason="parts", eta=clock.at.replace(day=26), informed=True)
        assert await look(desk) == []
        clock.at = clock.at.replace(day=26, hour=8)
        assert len(await look(desk)) == 1
        desk.give(number, "resume", "sun")
        desk.give(number, "complete", "sun", result="好了")
        clock.go(hours=9)
        assert await look(desk) == []


async def test_bell_and_title_say_nothing_of_a_resident(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with alerted(tmp_path) as desk:
        written: list[str] = []

        class Terminal:
            def write(self, text: str) -> None:
                written.append(text)

        desk.receive(kind="repair", household="1-2-301", summary="\x1b]2;漏水\x07", emergency=True)
        await desk.go(minutes=3)
        assert desk.app._driver is not None, "where the title and the bell go"
        with monkeypatch.context() as instead:
            instead.setattr(type(desk.app), "is_headless", False)
            instead.setattr(desk.app, "_driver", Terminal())
            assert desk.app.alerting is not None
            desk.app.alerting.look()
        assert written == ["\x1b]2;(1) 物业前台\x07", "\x07"]


@pytest.mark.parametrize("bell", [True, False])
async def test_the_bell_can_be_left_out(bell: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with alerted(tmp_path, alerts=AlertSettings(bell=bell)) as desk:
        rung: list[bool] = []
        monkeypatch.setattr(type(desk.app), "bell", lambda _: rung.append(True))
        desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        await desk.go(minutes=3)
        await look(desk)
        assert rung == [True] * bell


async def test_nobody_is_told_while_nobody_is_there(tmp_path: Path) -> None:
    async with alerted(tmp_path, None) as desk:
        await desk.press("escape")
        desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        await desk.go(minutes=30)
        assert await look(desk) == []
        desk.app.be("li")
        assert len(await look(desk)) == 1


async def test_a_store_that_cannot_be_read_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qiantai import StoreError
    from qiantai.words import Bilingual

    async with alerted(tmp_path) as desk:
        desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        await desk.go(minutes=3)

        def gone(*_: object) -> None:
            raise StoreError(Bilingual("断了", "gone"))

        with monkeypatch.context() as instead:
            instead.setattr(MemoryStore, "open_cases", gone)
            assert desk.app.alerting is not None
            desk.app.alerting.look()
        assert len(await look(desk)) == 1


async def test_a_desk_begins_by_itself_and_leaves_the_terminal_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `run_desk` opens it: with the folder in which the book lies."""
    clock = Clock()
    written: list[str] = []
    desk = desk_in_memory(clock)
    assert isinstance(desk.receive("li", kind="repair", channel="phone", summary="漏水", emergency=True), Done)
    clock.go(minutes=3)
    monkeypatch.setattr(beginning, "FIRST", 0.05)
    monkeypatch.setattr(title, "_write", lambda _, sequence: written.append(sequence))
    app = DeskApp(site_of(desk), clock=clock, reports=tmp_path, alerts=tmp_path)
    app.person = app.handbook.people["li"]
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, lambda: app.unseen_alerts == 1)
        clock.go(minutes=2)
        await until(pilot, lambda: len(AlertBook(tmp_path).of("li")) == 2)
        assert app.unseen_alerts == 1, "of one due time the last alert alone"
    assert written == ["\x1b[22;2t", "\x1b]2;物业前台\x07", "\x1b]2;(1) 物业前台\x07", "\x1b[23;2t"]


async def test_over_a_locked_desk_an_emergency_rings_once_and_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with door(tmp_path) as desk:
        await sign_in(desk, "li", PINS["li"])
        here = desk.app.alerting = Alerting(desk.app, AlertBook(tmp_path), None)
        rung: list[bool] = []
        monkeypatch.setattr(type(desk.app), "bell", lambda _: rung.append(True))
        assert await look(desk) == []
        for emergency in (True, False):
            desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=emergency)
        await desk.press("f12")
        assert desk.app.person is None
        here.look()
        assert rung == []
        desk.clock.go(minutes=3)
        for _ in range(3):
            assert await look(desk) == []
        assert rung == [True]
        assert "漏水" not in desk.screen
        desk.clock.go(days=1)
        assert await look(desk) == []
        assert rung == [True, True]
        await sign_in(desk, "li", PINS["li"])
        assert len(await look(desk)) == 1, "it is told to who signs in"
