"""The real desk, served: it draws, it ends with its tab, and it is no orphan when its server is killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar

from qiantai_tui.serving.running import command_of
from qiantai_tui.sites.demo import make_demo
from tests.tui.drawn import Drawn
from tests.tui.serving.served import Sat, alive, served, until
from tests.tui.waiting import LONGEST


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return make_demo(tmp_path / "demo")


def holder(site: Path) -> int:
    """The process that has the site open."""
    return int(json.loads(next(site.rglob("lock.json")).read_text(encoding="utf-8"))["pid"])


async def shown(sat: Sat, words: str) -> str:
    """Waits until the desk's screen has these words; the screen."""
    drawn = Drawn()
    while True:
        drawn.feed(sat.drawn)
        sat.drawn = ""
        if words in drawn.text:
            return drawn.text
        assert await sat.go_on(), drawn.text


async def test_of_a_store_of_one_process_the_second_tab_says_so_and_the_first_goes_on(
    demo: Path, tmp_path: Path
) -> None:
    async with served(command=command_of(demo, "zh", tmp_path / "config.toml"), desks=2) as here:
        browser = here.browser()
        await browser.enter()
        first = await browser.sit(width=120, height=36)
        await shown(first, "谁在前台")
        pid = holder(demo)
        second = await browser.sit(width=120, height=36)
        told = await second.end()
        assert "一次只能开一个" in told
        assert "qiantai move" in told
        await first.type("zz")
        await shown(first, "没有相符的")
        await first.socket.close()
        await until(lambda: not alive(pid))
        third = await browser.sit(width=80, height=24)
        await shown(third, "谁在前台")


@asynccontextmanager
async def serving(site: Path, home: Path, *options: str) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """`qiantai serve` as somebody runs it; gives the process and the link that it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "qiantai_tui", "--config", str(home / "config.toml"), "serve", "--site", str(site),
        "--port", "0", *options, stdout=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "HOME": str(home)},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        link = await asyncio.wait_for(process.stdout.readline(), LONGEST)
        yield process, link.decode().strip()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@asynccontextmanager
async def seated(link: str) -> AsyncIterator[Sat]:
    """A tab of a browser that went in by the link."""
    address = link.partition("/enter")[0]
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        assert (await session.get(link)).status == 200
        yield Sat(await session.ws_connect(f"{address}/ws?width=80&height=24", origin=address))


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
async def test_a_server_that_is_killed_leaves_no_desk(demo: Path, tmp_path: Path) -> None:
    async with serving(demo, tmp_path) as (process, link), seated(link) as sat:
        await shown(sat, "谁在前台")
        pid = holder(demo)
        assert alive(pid)
        process.send_signal(signal.SIGKILL)
        await until(lambda: not alive(pid))
        assert not list(demo.rglob("lock.json")), "it ended in good order, and let go of the site"
        assert not list(tmp_path.rglob("qiantai-error-*"))


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
async def test_a_server_that_is_ended_ends_its_desks_first(demo: Path, tmp_path: Path) -> None:
    async with serving(demo, tmp_path) as (process, link), seated(link) as sat:
        await shown(sat, "谁在前台")
        pid = holder(demo)
        process.send_signal(signal.SIGTERM)
        assert "服务器停了" in await sat.end()
        assert await asyncio.wait_for(process.wait(), LONGEST) == 0
        assert not alive(pid)
        assert not list(demo.rglob("lock.json"))
