"""One tab: the process of its desk, which ends with it, and what goes between the two."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from aiohttp import WSCloseCode
from aiohttp.web import WebSocketResponse
from textual_serve.app_service import AppService

from qiantai.words import Bilingual

from ..cli.stopped import LOCKED
from ..terminal import ENVIRONMENT, SERVED
from .downloads import Downloads

GRACE = 6.0
"""Seconds that a desk has to end, when it is asked, without its browser, when it is told, and when it is killed."""
PATIENCE, LAST_WORD = 20.0, 4.0
"""Seconds that a browser has to take what is drawn, and the words with which its tab ends; then it is cut off."""
READY = b"__GANGLION__\n"
"""What Textual's driver begins with."""
_NEEDED = (
    "PATH HOME USER LOGNAME LANG LC_ALL LC_CTYPE LC_MESSAGES TZ TMPDIR XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME "
    "XDG_STATE_HOME PGPASSWORD PGPASSFILE PGSSLMODE PGSSLROOTCERT PGSSLCERT PGSSLKEY "
    "APPDATA COMSPEC LOCALAPPDATA PATHEXT SYSTEMROOT TEMP TMP USERNAME USERPROFILE"
)
HANDED_ON = tuple(_NEEDED.split())
"""What of the server's environment a desk needs; nothing else is handed on."""
WIDEST, HIGHEST = 500, 200
_MOST_SAID = 4000
_TRACEBACK = "Traceback (most recent call last)"
_PLAIN_SCREEN = "\x1b[?1049l\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[0m\x1b[2J\x1b[H"
IN_USE = Bilingual(
    "这个小区的数据正由另一个前台使用,这种存储一次只能开一个。\n"
    "可行:关掉另一个标签页或另一个前台,再点“重新打开”;要几个人同时用,先把资料搬进 SQLite 或 PostgreSQL(qiantai move)",
    "Another desk is using this site's data, and this kind of store takes one at a time.\n"
    "What would do: close the other tab or the other desk, then “Open again”; for several at once move the data into "
    "SQLite or PostgreSQL first (qiantai move)",
)
FAILED = Bilingual(
    "前台没有打开。可行:在服务器上运行 qiantai doctor 看原因",
    "The desk did not open. What would do: qiantai doctor on the server tells why",
)


def environment_of(given: Mapping[str, str], width: int, height: int) -> dict[str, str]:
    """The environment of a desk in a tab of that size, in cells."""
    return {
        **{name: given[name] for name in HANDED_ON if name in given},
        **ENVIRONMENT,
        **SERVED,
        "TERM": "xterm-256color",
        "TERM_PROGRAM": "textual",
        "COLUMNS": str(width),
        "ROWS": str(height),
    }


def within(width: Any, height: Any) -> tuple[int, int]:
    """A size in cells that a desk can be drawn in; 80x24 for what is none."""
    try:
        return max(1, min(int(width), WIDEST)), max(1, min(int(height), HIGHEST))
    except (TypeError, ValueError, OverflowError):
        return 80, 24


class Tab(AppService):
    """textual-serve's go-between, with a process that is ours: no shell, and an end in any case."""

    def __init__(
        self,
        command: Sequence[str],
        socket: WebSocketResponse,
        downloads: Downloads,
        *,
        visit: int,
        language: str,
        note: Callable[[Bilingual], None],
        cut: Callable[[], None],
    ) -> None:
        """`visit` is the number of whose tab it is; `note` is told of what is worth a line in the server's log.

        `cut` ends the connection to the browser at once.
        """
        super().__init__(
            shlex.join(command),
            write_bytes=self._drawn,
            write_str=socket.send_str,
            close=self.part,
            download_manager=downloads,
        )
        self.visit = visit
        self._argv, self._socket, self._language, self._note = tuple(command), socket, language, note
        self._cut, self._turn = cut, asyncio.Lock()
        self._silent = self._stopping = False

    async def _drawn(self, data: bytes) -> None:
        await self._taken(lambda: self._socket.send_bytes(data), PATIENCE)

    async def _taken(self, what: Callable[[], Awaitable[object]], within: float) -> None:
        try:  # one after the other: two that wait for the same browser would be broken off together
            async with asyncio.timeout(within), self._turn:
                await what()
        except TimeoutError:
            self._cut()

    async def part(self, code: int = WSCloseCode.OK) -> None:
        """Closes the connection to the browser, which is told by the code why."""
        with suppress(ConnectionError, RuntimeError):
            await self._taken(lambda: self._socket.close(code=code), LAST_WORD)

    async def _open_app_process(self, width: int = 80, height: int = 24) -> asyncio.subprocess.Process:
        apart: dict[str, Any] = {} if sys.platform == "win32" else {"start_new_session": True}
        self._process = await asyncio.create_subprocess_exec(
            *self._argv,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment_of(os.environ, width, height),
            **apart,
        )
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Hands on what the desk sends until it ends; one that failed is told of on the terminal."""
        assert self._process is not None
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        said = asyncio.create_task(_tail(self._process.stderr))
        try:
            await self._packets(self._process.stdout)
        finally:
            code = await self._process.wait()
            words = await said
        if self._stopping:
            return
        if code:
            self._note(Bilingual(f"一个标签页的前台以 {code} 结束", f"a tab's desk ended with {code}"))
            await self.tell(_told(code, words))
        await self.part()

    async def _packets(self, stdout: asyncio.StreamReader) -> None:
        with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while (await stdout.readuntil(b"\n")) != READY:
                pass
            while True:
                kind = await stdout.readexactly(1)
                payload = await stdout.readexactly(int.from_bytes(await stdout.readexactly(4), "big"))
                with suppress(ConnectionError, RuntimeError):  # nobody is there any more, and the desk is yet to end
                    await self._take(kind, payload)
        while await stdout.read(1 << 16):
            pass

    async def _take(self, kind: bytes, payload: bytes) -> None:
        match kind:
            case b"D":
                await self.on_data(payload)
            case b"M":
                await self.on_meta(payload)
            case b"P":
                await self.on_packed(payload)

    async def on_data(self, payload: bytes) -> None:
        """What is to be drawn; nothing after the last words."""
        if not self._silent:
            await super().on_data(payload)

    async def on_meta(self, data: bytes) -> None:
        """Of what a desk asks of the browser, it is given files; its end is seen by itself, and no page is opened."""
        if json.loads(data)["type"] == "deliver_file_start":
            await super().on_meta(data)

    async def tell(self, words: Bilingual) -> None:
        """Says this on the cleared terminal, and nothing after it."""
        self._silent = True
        lines = words[self._language].splitlines()
        with suppress(ConnectionError, RuntimeError):
            told = (_PLAIN_SCREEN + "\r\n".join(("", *lines, ""))).encode()
            await self._taken(lambda: self._socket.send_bytes(told), LAST_WORD)

    async def dismiss(self, words: Bilingual) -> None:
        """Says this to a browser whose server goes, and parts from it."""
        await self.tell(words)
        await self.part(WSCloseCode.GOING_AWAY)

    async def stop(self) -> None:
        """Ends the process: asks it, waits for no browser, tells it, then kills it. It is gone when this returns."""
        process, task = self._process, self._task
        if process is None or task is None:
            return
        self._silent = self._stopping = True
        await self._download_manager.cancel_app_downloads(self.app_service_id)
        for step in (self._quit, self._cut, process.terminate, process.kill):
            with suppress(ProcessLookupError, ConnectionError, RuntimeError):
                step()
            done, _ = await asyncio.wait({task}, timeout=GRACE)
            if done:
                break
        else:
            task.cancel()
        self._task = None

    def _quit(self) -> None:
        self.stdin.write(self.encode_packet(b"M", b'{"type": "quit"}'))
        self.stdin.close()


async def _tail(stderr: asyncio.StreamReader) -> str:
    """The last of what was said on standard error."""
    kept = b""
    while heard := await stderr.read(1 << 12):
        kept = (kept + heard)[-_MOST_SAID:]
    return kept.decode("utf-8", "replace").strip()


def _told(code: int, said: str) -> Bilingual:
    """The words for a desk that ended so: its own, unless they are a program's rather than a person's."""
    if code == LOCKED:
        return IN_USE
    if not said or _TRACEBACK in said:
        return FAILED
    plain = "".join(each if each.isprintable() or each == "\n" else " " for each in said)
    return Bilingual(plain, plain)
