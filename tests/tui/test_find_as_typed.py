"""Find as somebody types: the archive is read a moment at a time, and what was found is shown once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from textual._time import get_time

from qiantai import Case
from qiantai_tui.finding import as_typed
from qiantai_tui.finding.search import Results, Search
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.widgets.entry import Entry
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.estate import estate, morning
from tests.tui.finder import opened, rested, typed
from tests.tui.screens_text import screen_text
from tests.tui.waiting import until


async def test_the_archive_is_read_once_typing_rests(
    noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    read = Search.archive

    def counted(search: Search) -> Iterator[Case]:
        asked.append(search.asked)
        yield from read(search)

    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        monkeypatch.setattr(Search, "archive", counted)
        for letter in "1-2-301":
            app.screen.query_one("#query", Entry).insert_text_at_cursor(letter)
        await rested(pilot)
        assert asked == ["1-2-301"]
        assert "业户 1" in screen_text(app)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each time that something was shown, whether it was the whole."""
    found: list[bool] = []
    real = FindScreen.show_results

    def noted(screen: FindScreen, results: Results) -> None:
        found.append(results.whole)
        real(screen, results)

    monkeypatch.setattr(FindScreen, "show_results", noted)
    return found


async def test_what_is_found_within_a_moment_is_shown_once(
    noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: list[bool]
) -> None:
    for each in ("SLICE", "HELD_UP"):
        monkeypatch.setattr(as_typed, each, 60)
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        shown.clear()
        await typed(pilot, "装修")
        assert shown == [True]


async def test_an_archive_that_holds_up_keys_is_read_when_typing_rests(
    noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: list[bool]
) -> None:
    monkeypatch.setattr(as_typed, "SLICE", 60)
    monkeypatch.setattr(as_typed, "HELD_UP", -1)
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await typed(pilot, "装")
        shown.clear()
        await typed(pilot, "装修")
        assert shown == [False, True]


async def test_a_table_that_shows_what_was_found_already_is_not_told_again(
    noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str | None] = []
    real = LineTable.show

    def noted(table: LineTable, *given: Any, **named: Any) -> None:
        told.append(table.id)
        real(table, *given, **named)

    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await typed(pilot, "水")
        monkeypatch.setattr(LineTable, "show", noted)
        await typed(pilot, "水管")
        assert "households" not in told
        assert "open" not in told
        assert "cases" in told


async def test_a_key_is_heard_in_the_middle_of_a_long_archive(
    noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_typed, "SLICE", 0)
    made = estate(noon)
    for _ in range(30):
        number = made.receive(kind="repair", household="1-2-301", summary="漏水")
        made.do(number, "withdraw", "li", reason="好了")
    app = made.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        app.screen.query_one("#query", Entry).load("漏水")
        screen = app.screen
        assert isinstance(screen, FindScreen)
        await until(pilot, lambda: len(screen._results.closed) > 0)
        if screen.searching:
            assert len(screen._results.closed) < 30
        await pilot.press("x")
        assert screen.query_one("#query", Entry).value == "漏水x"
        await rested(pilot)
        assert "没有“漏水x”" in screen_text(app)
        await typed(pilot, "漏水")
        assert "已办结 30" in screen_text(app)


async def test_a_search_comes_to_its_end_also_where_the_machine_is_always_late(
    noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Textual's timers leave out what they are too late for: here each is held up before its first time."""

    def late() -> float:
        timing = sys._getframe(1).f_locals
        return get_time() + 0.005 * ("next_timer" in timing and timing.get("count") == 0)

    monkeypatch.setattr(as_typed, "SLICE", 0)
    made = estate(noon)
    for _ in range(5):
        number = made.receive(kind="repair", household="1-2-301", summary="漏水")
        made.do(number, "withdraw", "li", reason="好了")
    app = made.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        monkeypatch.setattr("textual._time.get_time", late)
        app.screen.query_one("#query", Entry).load("漏水")
        await rested(pilot)
        assert "已办结 5" in screen_text(app)
