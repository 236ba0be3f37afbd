"""What every test of the screens shares."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual.app import App
from textual.pilot import Pilot

from qiantai_tui.text.words import speak
from tests.tui.screens_text import compare_snapshot, screen_lines


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switch that keeps the screens as they are now."""
    parser.addoption("--update-screens", action="store_true", help="write the text pictures of screens anew")


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or writes the settings of whoever runs it."""
    monkeypatch.setenv("QIANTAI_CONFIG", str(tmp_path_factory.getbasetemp() / "nobody" / "config.toml"))


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    speak("zh")
    yield
    speak("zh")


@pytest.fixture(autouse=True)
def _tasks_begin_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """As they do in a program that is run, from Python 3.12 on; under a pilot by itself they begin a moment later."""
    eager = getattr(asyncio, "eager_task_factory", None)
    if eager is None:
        return
    run_test = App.run_test

    @asynccontextmanager
    async def begun(app: App[Any], *given: Any, **named: Any) -> AsyncIterator[Pilot[Any]]:
        asyncio.get_running_loop().set_task_factory(eager)
        async with run_test(app, *given, **named) as pilot:
            yield pilot

    monkeypatch.setattr(App, "run_test", begun)


@pytest.fixture
def noon() -> datetime:
    """A Sunday morning at the desk."""
    return datetime(2026, 11, 22, 9, 31, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that a desk in a browser's tab hands to its browser."""
    files: list[Path] = []
    monkeypatch.setattr(App, "is_web", True)
    monkeypatch.setattr(App, "deliver_binary", lambda _, file, **__: files.append(file))
    return files


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[[str, App[Any]], None]:
    """Compares what an app shows with the picture kept under this name."""
    folder = Path(request.path).parent / "snapshots"

    def compare(name: str, app: App[Any]) -> None:
        update = bool(request.config.getoption("update_screens", default=False))
        compare_snapshot(name, screen_lines(app), update=update, folder=folder)

    return compare
