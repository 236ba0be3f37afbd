"""The list of alerts, the sign in the bar and the toasts: how they look, what is seen, what a click opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from rich.cells import cell_len
from textual.app import App
from textual.widgets._toast import Toast

from qiantai.projections.alerts import Stage
from qiantai_tui.alerts.alerting import Alerting
from qiantai_tui.alerts.book import AlertBook
from qiantai_tui.screens.alerts import AlertsScreen
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.line_table import LineTable
from qiantai_tui.widgets.top_bar import TopBar
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.hostile import hostile
from tests.tui.pictured import LANGUAGES, SIZES, data
from tests.tui.screens_text import screen_lines
from tests.tui.test_alerts import alerted, bar, look
from tests.tui.untranslated import untranslated


async def test_a_click_on_the_toast_opens_the_case_and_counts_as_seen(tmp_path: Path) -> None:
    async with alerted(tmp_path) as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        await desk.go(minutes=3)
        await look(desk)
        await desk.go(seconds=1)
        assert "提醒 1" in bar(desk)
        await desk.pilot.click(Toast)
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, CaseScreen)
        assert desk.app.screen.number == number
        await desk.go(seconds=1)
        assert "提醒" not in bar(desk)


async def test_a_due_time_that_was_moved_since_says_so_and_counts_no_seconds(tmp_path: Path) -> None:
    async with alerted(tmp_path) as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        desk.give(number, "dispatch", "li", to=["engineering"])
        await desk.go(hours=23, minutes=30)
        await look(desk)
        await desk.press("f16")
        assert "00:30:00" in desk.screen
        eta = desk.clock() + timedelta(days=2)
        desk.give(number, "wait", "li", reason="parts", eta=eta, informed=True)
        await desk.press()
        assert "已改期" in desk.screen
        assert "00:30:00" not in desk.screen


async def test_a_click_on_the_sign_opens_the_list(tmp_path: Path) -> None:
    async with alerted(tmp_path) as desk:
        desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        await desk.go(minutes=3)
        await look(desk)
        await desk.go(seconds=1)
        place = cell_len(bar(desk).split("提醒 1")[0])
        await desk.pilot.click(TopBar, offset=(place + 30, 0))
        assert isinstance(desk.app.screen, QueueScreen)
        await desk.pilot.click(TopBar, offset=(place + 1, 0))
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, AlertsScreen)


async def busy(desk: Driver) -> str:
    """Something due, something soon, something done and something moved since it was told of."""
    number = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水", emergency=True, place="厨房")
    desk.receive(kind="repair", household="5-1-101", summary="灯不亮", emergency=True)
    await desk.go(minutes=3)
    await look(desk)
    desk.give(number, "dispatch", "li", to=["engineering"])
    desk.receive(kind="complaint", household="2-1-101", summary="装修噪音", place="大堂", occurred_at=desk.clock())
    await desk.go(minutes=5)
    await look(desk)
    desk.app.clear_notifications()
    await desk.go(seconds=20)
    return number


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_list(
    size: tuple[int, int], language: Language, tmp_path: Path, picture: Callable[[str, App[Any]], None]
) -> None:
    async with alerted(tmp_path, size=size, language=language) as desk:
        await busy(desk)
        await desk.press("f16")
        assert isinstance(desk.app.screen, AlertsScreen)
        assert untranslated(desk.screen, language, data=(*data(), "厨房", "大堂")) == []
        picture(f"alerts_{size[0]}x{size[1]}_{language}", desk.app)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_empty_list_names_the_next_key(
    size: tuple[int, int], language: Language, picture: Callable[[str, App[Any]], None]
) -> None:
    async with at_the_desk(size=size, language=language) as desk:
        await desk.press("shift+f4")
        assert "Esc" in desk.screen
        picture(f"alerts_empty_{size[0]}x{size[1]}_{language}", desk.app)


async def test_a_toast_as_it_looks(tmp_path: Path, picture: Callable[[str, App[Any]], None]) -> None:
    async with alerted(tmp_path, size=(80, 24)) as desk:
        desk.receive(kind="repair", household="1-2-301", summary="厨房漏水", emergency=True, place="厨房")
        await desk.go(minutes=3)
        await look(desk)
        await desk.go(seconds=1)
        picture("alerts_toast_80x24_zh", desk.app)


async def test_seen_and_unseen(tmp_path: Path) -> None:
    async with alerted(tmp_path) as desk:
        number = await busy(desk)
        assert desk.app.alerting is not None
        before = desk.app.alerting.unseen
        await desk.press("f16")
        table = desk.app.screen.query_one("#alerts", LineTable)
        every = table.row_count
        await desk.press("space")
        assert desk.app.alerting.unseen == before - 1
        await desk.press("right")
        assert table.row_count == before - 1
        await desk.press("enter")
        assert isinstance(desk.app.screen, CaseScreen)
        await desk.press("escape", "a")
        assert table.row_count == 0
        assert "都看过了" in desk.screen
        assert desk.app.alerting.unseen == 0
        await desk.press("right")
        screen = desk.app.screen
        assert isinstance(screen, AlertsScreen)
        stages = [each.alert.stage for each in screen._told.values()]
        assert 0 < len(stages) < every
        assert set(stages) == {Stage.DUE}
        await desk.press("right")
        assert table.row_count == every
        assert number in desk.screen


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile)
@example(text="[@click=app.quit]x[/]" + "漏" * 200)
async def test_no_words_break_it(text: str) -> None:
    async with at_the_desk(size=(80, 24)) as desk:
        desk.app.alerting = Alerting(desk.app, AlertBook(None), None)
        desk.receive(kind="repair", household="1-2-301", summary=text or "x", place=text, emergency=True)
        await desk.go(minutes=3)
        await look(desk)
        assert {cell_len(each) for each in screen_lines(desk.app)} == {80}
        await desk.press("f16")
        assert {cell_len(each) for each in screen_lines(desk.app)} == {80}
