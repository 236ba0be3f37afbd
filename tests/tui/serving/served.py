"""A served desk to knock at in tests: the server in this process, browsers that are a cookie jar, desks that obey."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse, ClientSession, ClientWebSocketResponse, CookieJar, TCPConnector, WSMsgType

from qiantai.words import Bilingual
from qiantai_tui.serving.door import Door
from qiantai_tui.serving.server import DeskServer
from qiantai_tui.serving.terms import Terms
from tests.tui.desk_driver import Clock
from tests.tui.waiting import LONGEST

A_DESK = (sys.executable, "-I", "-S", str(Path(__file__).with_name("a_desk.py")))


class Browser:
    """What one browser remembers."""

    def __init__(self, session: ClientSession, address: str, server: DeskServer) -> None:
        self.session, self.address, self.server = session, address, server

    def link(self) -> str:
        """A new one-time link."""
        return f"{self.address}/enter?token={self.server.door.link(self.server.clock())}"

    async def enter(self) -> str:
        """Goes in by a new link; the page there."""
        status, page = await self.get(self.link())
        assert status == 200, page
        return page

    async def get(self, address: str, **headers: str) -> tuple[int, str]:
        """The status and the page of an address, or of a path of the desk's."""
        answer = await self.answer(address, **headers)
        return answer.status, await answer.text()

    async def answer(self, address: str, **headers: str) -> ClientResponse:
        """All of an answer."""
        whole = address if "://" in address else self.address + address
        return await self.session.get(whole, headers={key.replace("_", "-"): value for key, value in headers.items()})

    async def sit(self, **query: object) -> Sat:
        """Opens a tab."""
        asked = "&".join(f"{key}={value}" for key, value in query.items())
        return Sat(await self.session.ws_connect(f"{self.address}/ws?{asked}", origin=self.address))


class Sat:
    """A tab, with what was drawn in it."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket, self.drawn, self.told = socket, "", list[Any]()

    async def send(self, *message: object) -> None:
        """A message as the page sends it."""
        await self.socket.send_str(json.dumps(message))

    async def type(self, words: str) -> None:
        """Types something."""
        await self.send("stdin", words)

    async def see(self, words: str) -> str:
        """Waits until it was drawn."""
        while words not in self.drawn:
            assert await self.go_on(), f"{words!r} was never drawn: {self.drawn!r}"
        return self.drawn

    async def end(self) -> str:
        """Waits until it is over; all that was drawn."""
        while await self.go_on():
            pass
        return self.drawn

    async def go_on(self) -> bool:
        """Waits for whatever comes next; False where it is over."""
        message = await self.socket.receive(LONGEST)
        if message.type is WSMsgType.BINARY:
            self.drawn += message.data.decode("utf-8", "replace")
        elif message.type is WSMsgType.TEXT:
            self.told.append(json.loads(message.data))
        return message.type in (WSMsgType.BINARY, WSMsgType.TEXT)

    async def hear(self) -> Any:
        """Waits for a message that is not drawn."""
        while not self.told:
            assert await self.go_on(), "nothing was told"
        return self.told.pop(0)

    async def begun(self) -> dict[str, Any]:
        """What the desk says of itself at first."""
        return dict(json.loads((await self.see("}}\n")).splitlines()[0]))


class Served:
    """A server that answers, its notes, and the browsers that come to it."""

    def __init__(self, server: DeskServer, address: str, clock: Clock, notes: list[Bilingual]) -> None:
        self.server, self.address, self.clock, self.notes = server, address, clock, notes
        self._sessions: list[ClientSession] = []

    def browser(self) -> Browser:
        """Another one, with nothing remembered."""
        session = ClientSession(cookie_jar=CookieJar(unsafe=True), connector=TCPConnector(ssl=False))
        self._sessions.append(session)
        return Browser(session, self.address, self.server)

    async def close(self) -> None:
        """Closes all browsers."""
        for each in self._sessions:
            await each.close()


@asynccontextmanager
async def served(*given: str, command: tuple[str, ...] = A_DESK, **terms: Any) -> AsyncIterator[Served]:
    """A server on a port of its own; `given` goes to the desk's stand-in, `terms` are the server's."""
    notes: list[Bilingual] = []
    clock = Clock()
    server = DeskServer((*command, *given), Terms(**{"port": 0, **terms}), Door(), note=notes.append, clock=clock)
    async with server.listening() as address:
        here = Served(server, address, clock, notes)
        try:
            yield here
        finally:
            await here.close()


def alive(pid: int) -> bool:
    """Whether a process is there and no mere entry of one that has ended."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


async def until(holds: Callable[[], object], told: Callable[[], object] = lambda: "") -> None:
    """Waits until this holds."""
    loop = asyncio.get_running_loop()
    end = loop.time() + LONGEST
    while not holds():
        assert loop.time() < end, f"it never came to that: {told()}"
        await asyncio.sleep(0.02)


def both(page: str, words: str, other: str) -> bool:
    """Whether a page says something in both languages."""
    return words in page and other in page
