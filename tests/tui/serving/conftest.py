"""What every test of the served desk shares."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from qiantai_tui.serving import gate, tab
from qiantai_tui.serving.running import command_of
from qiantai_tui.sites.demo import make_demo
from tests.tui.serving.chromium import Chromium, Page, browsing, program
from tests.tui.serving.served import Browser, Served, served

NEED = "QIANTAI_TESTS_NEED"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person waits for, tests do not."""
    monkeypatch.setattr(gate, "PAUSE", 0)
    monkeypatch.setattr(tab, "GRACE", 0.5)


@pytest.fixture
async def here() -> AsyncIterator[Served]:
    """A server that anybody on this machine reaches."""
    async with served() as found:
        yield found


@pytest.fixture
async def in_(here: Served) -> Browser:
    """A browser that was let in."""
    browser = here.browser()
    await browser.enter()
    return browser


@pytest.fixture
async def chromium(tmp_path: Path) -> AsyncIterator[Chromium]:
    """The browser."""
    if program() is None:
        needed = "chromium" in os.environ.get(NEED, "").split(",")
        (pytest.fail if needed else pytest.skip)("no Chromium: apt-get install chromium")
    async with browsing(tmp_path) as found:
        yield found


@pytest.fixture
async def desk(tmp_path: Path, chromium: Chromium) -> AsyncIterator[Page]:
    """The demo estate's desk in a page, with 林晓 at it."""
    async with served(command=command_of(make_demo(tmp_path / "demo"), "zh", tmp_path / "config.toml")) as here:
        page = await chromium.tab()
        await page.go(here.browser().link())
        await at_the_desk(page)
        yield page


async def at_the_desk(page: Page) -> None:
    await page.see("谁在前台")
    await page.in_a_field()
    await page.type("林晓")
    await page.until(lambda: "李静" not in page.drawn.text)
    await page.press("Enter")
    await page.see("阳光花园 · 林晓(")
    await page.until(lambda: "谁在前台" not in page.drawn.text)
