"""textual-serve's server, made safe: who may come in, how many, how fast, and an end to every process it began."""

from __future__ import annotations

import asyncio
import json
from asyncio import sleep
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import datetime

from aiohttp import WSCloseCode, WSMsgType, web
from textual_serve.server import Server

from qiantai.desk import now
from qiantai.words import Bilingual

from .door import Door, Visit
from .downloads import Cut, Downloads
from .gate import NONCE, Gate, Note, new_nonce
from .listening import bound_to, tls_of
from .names import Names, is_everywhere, written
from .pace import Pace
from .pages import desk_page, static
from .reading import Runner
from .tab import FAILED, Tab, within
from .terms import Terms

MESSAGE = 1 << 16
"""Bytes of the largest message that a browser may send; a long paste among them."""
MESSAGES, AT_ONCE = 200.0, 400.0
BYTES, BYTES_AT_ONCE = 64_000.0, 256_000.0
"""Of messages and their bytes: so many a second, and so many at once."""
PATIENCE = 8.0
"""Seconds that a new tab waits for a place: one that is being reloaded is just leaving it."""
HEARTBEAT, CLOSING = 15.0, 2.0
"""Seconds between two looks whether a browser is still there, and in which it answers that a tab is over."""
UNASKED = 20.0
"""Seconds that a connection may be open without a whole request."""
SMALLEST, LARGEST, USUAL = 8, 48, 16
"""Pixels of the terminal's letters."""
FULL = Bilingual(
    "同时最多开 {n} 个前台,已经满了。\n可行:关掉一个标签页再点“重新打开”;要更多,设小区 settings.toml 里的 serve_desks",
    "At most {n} desks are open at once, and they are.\nWhat would do: close a tab, then “Open again”; for more set "
    "serve_desks in the site's settings.toml",
)
IDLE = Bilingual("太久没人动,这个标签页的前台关了。", "Nobody touched this tab for long, and its desk was closed.")
OVER = Bilingual(
    "这次进来已满十二小时。可行:点“重新打开”,再进一次", "Twelve hours have passed. What would do: “Open again”"
)
STOPPED = Bilingual("服务器停了,写到一半的登记都留着。", "The server was stopped; what was half written is kept.")


class DeskServer(Server):
    """Serves one site's desk on its terms; `command` begins a desk's process."""

    def __init__(
        self,
        command: Sequence[str],
        terms: Terms,
        door: Door,
        *,
        note: Note,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__(" ".join(command), terms.address, terms.port)
        self.terms, self.door, self.clock, self._note = terms, door, clock, note
        self._argv = tuple(command)
        self.download_manager: Downloads = Downloads()
        self._places = asyncio.Semaphore(terms.desks)
        self._open: dict[asyncio.Task[None], Tab] = {}

    async def _make_app(self) -> web.Application:
        """The pages, behind the gate; none of textual-serve's own templates and folders."""
        names = Names.of(self.terms.scheme, self.port, self.terms.address, self.terms.names)
        self.gate = Gate(self.terms, names, self.door, self.clock, self._note)
        app = web.Application(middlewares=[self.gate.stand], client_max_size=4096)
        app.add_routes(
            [
                web.get("/", self.handle_index, allow_head=False),
                web.get("/enter", self.gate.ask, allow_head=False),
                web.post("/enter", self.gate.take),
                web.get("/ws", self.handle_websocket, allow_head=False),
                web.get("/download/{key}", self.handle_download, allow_head=False),
                web.get("/static/{name}", self._static, allow_head=False),
            ]
        )
        app.on_response_prepare.append(self.gate.guard)
        app.on_shutdown.append(self.on_shutdown)
        return app

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Answers meanwhile; gives the address. Raises `SiteError` where that or the certificate cannot be had."""
        secured, bound = tls_of(self.terms), bound_to(self.terms)
        self.port = bound.getsockname()[1]
        app = await self._make_app()
        runner = Runner(app, self.gate.fault, access_log=None, shutdown_timeout=1.0, keepalive_timeout=UNASKED)
        await runner.setup()
        try:
            await web.SockSite(runner, bound, ssl_context=secured).start()
            host = "localhost" if is_everywhere(self.terms.address) else written(self.terms.address)
            yield f"{self.terms.scheme}://{next(iter(self.terms.names), host)}:{self.port}"
        finally:
            await runner.cleanup()
            bound.close()

    async def on_shutdown(self, app: web.Application) -> None:
        """Ends every tab with its process."""
        del app
        tabs = dict(self._open)
        await asyncio.gather(*(tab.dismiss(STOPPED) for tab in tabs.values()))
        if tabs:
            await asyncio.wait(tabs)

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """The page with the terminal, for who was let in."""
        if self.gate.visit(request) is None:
            return self.gate.way_in()
        request[NONCE] = nonce = new_nonce()
        asked = request.query.get("fontsize", "")
        size = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else USUAL
        page = desk_page(nonce, self.gate.origin(request), self.terms.language, max(SMALLEST, min(size, LARGEST)))
        return web.Response(text=page, content_type="text/html")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        try:
            body, type_ = static(request.match_info["name"])
        except KeyError:
            raise web.HTTPNotFound from None
        return web.Response(body=body, content_type=type_, charset="utf-8")

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """A file that a desk of this visit offers, once."""
        visit = self.gate.visit(request)
        if visit is None:
            return self.gate.way_in()
        offered = self.download_manager.begin(request.match_info["key"], visit.number)
        if offered is None:
            raise web.HTTPNotFound
        response = web.StreamResponse(headers={"Content-Disposition": offered.disposition})
        response.content_type = "application/octet-stream"
        await response.prepare(request)
        try:
            async with aclosing(self.download_manager.download(offered.key)) as pieces:
                async for piece in pieces:
                    await response.write(piece)
        except (Cut, ConnectionError):
            self._note(Bilingual("一个文件没有送完", "a file was not handed over whole"))
            _cut(request)  # so that no browser takes it for whole
        return response

    async def handle_websocket(self, request: web.Request) -> web.StreamResponse:  # type: ignore[override]
        """A tab: a place, a process, and what goes between them until one of them ends."""
        visit = self.gate.visit(request)
        if visit is None:
            return self.gate.way_in()
        browser = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=MESSAGE, compress=False, timeout=CLOSING)
        await browser.prepare(request)
        tab = Tab(
            self._argv,
            browser,
            self.download_manager,
            visit=visit.number,
            language=self.terms.language,
            note=self._note,
            cut=lambda: _cut(request),
        )
        size = within(request.query.get("width"), request.query.get("height"))
        sitting = asyncio.create_task(self._sit(tab, browser, visit, size, lambda: request.transport is not None))
        self._open[sitting] = tab
        sitting.add_done_callback(self._open.pop)
        await asyncio.wait({sitting})  # which goes on to the process's end if this is broken off
        return browser

    async def _sit(
        self,
        tab: Tab,
        browser: web.WebSocketResponse,
        visit: Visit,
        size: tuple[int, int],
        there: Callable[[], bool],
    ) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._places.acquire()
        except TimeoutError:
            await tab.tell(FULL.format(n=self.terms.desks))
            await tab.part(WSCloseCode.TRY_AGAIN_LATER)
            return
        if not there() or browser.closed:  # it left while it waited
            self._places.release()
            return
        self._note(Bilingual(f"打开一个标签页(来客 {visit.number})", f"a tab was opened (visit {visit.number})"))
        code = WSCloseCode.OK
        try:
            await tab.start(*size)
            code, why = await self._until_over(tab, browser, visit)
            if why is not None:
                await tab.tell(why)
        except Exception as error:
            what = type(error).__name__
            self._note(Bilingual(f"一个标签页出错:{what}", f"an error in a tab: {what}"))
            await tab.tell(FAILED)
        finally:
            await tab.stop()
            self._places.release()
        await tab.part(code)
        self._note(Bilingual(f"关了一个标签页(来客 {visit.number})", f"a tab was closed (visit {visit.number})"))

    async def _until_over(
        self, tab: Tab, browser: web.WebSocketResponse, visit: Visit
    ) -> tuple[WSCloseCode, Bilingual | None]:
        """Hands on what a browser sends until it leaves, sends what none would, or is untouched for too long."""
        loop = asyncio.get_running_loop()
        messages, much = Pace(MESSAGES, AT_ONCE, loop.time), Pace(BYTES, BYTES_AT_ONCE, loop.time)
        idle = self.terms.idle.total_seconds()
        touched = loop.time()
        while True:
            left = (visit.until - self.clock()).total_seconds()
            if left <= 0:
                return WSCloseCode.POLICY_VIOLATION, OVER
            try:
                message = await browser.receive(max(0.001, min(touched + idle - loop.time(), left)))
            except TimeoutError:
                if loop.time() >= touched + idle:
                    return WSCloseCode.OK, IDLE
                continue
            if message.type is not WSMsgType.TEXT:
                return WSCloseCode.OK, None
            await sleep(max(messages.wait(), much.wait(len(message.data))))
            done = await _handed_on(message.data, tab, browser)
            if done is None:
                return WSCloseCode.UNSUPPORTED_DATA, None
            if done:
                touched = loop.time()


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


async def _handed_on(text: str, tab: Tab, browser: web.WebSocketResponse) -> bool | None:
    """Hands a message on; whether it tells that somebody is there, or None where no page of ours would send it."""
    try:
        envelope = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match envelope:
        case ["stdin", str(keys)]:
            await tab.send_bytes(keys.encode("utf-8", "replace"))
            return True
        case ["resize", {"width": width, "height": height}]:
            await tab.set_terminal_size(*within(width, height))
        case ["ping", str(data)]:
            await browser.send_json(["pong", data])
        case ["blur"] | ["focus"]:
            pass  # a desk keeps its own: what is typed goes to the same field as before
        case _:
            return None
    return False
