"""A headless Chromium, driven over its own protocol: pages, keys, files, and the terminal as it is drawn."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType
from rich.cells import cell_len

from qiantai_tui.serving.pages import FONTS
from tests.tui.drawn import Drawn
from tests.tui.waiting import LONGEST

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    "--remote-debugging-port=0", "--window-size=1200,800", "--force-device-scale-factor=1", "--host-resolver-rules="
    "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)  # fmt: skip
KEYS = {"Enter": (13, "\r"), "Tab": (9, ""), "Escape": (27, ""), "Backspace": (8, "")} | {
    f"F{n}": (111 + n, "") for n in range(1, 13)
}
PROBE, TRIES, MOMENT = "〇", 20, 1.5
_LISTENING = re.compile(rb"DevTools listening on (ws://\S+)")


def program() -> str | None:
    """Where Chromium lies; None where it is not to be had."""
    return next(
        (found for each in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(each))), None
    )


class Page:
    """One tab of the browser."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket, self._asked, self._number = socket, dict[int, asyncio.Future[Any]](), 0
        self.drawn, self.told, self.requested = Drawn(), list[str](), list[str]()
        self.cells = 0, 0

    async def listen(self) -> None:
        """Takes in what the browser tells, until it is gone."""
        async for message in self._socket:
            if message.type is WSMsgType.TEXT:
                self._take(json.loads(message.data))

    def _take(self, said: dict[str, Any]) -> None:
        match said:
            case {"id": number}:
                self._asked.pop(number).set_result(said)
            case {
                "method": "Network.webSocketFrameReceived",
                "params": {"response": {"opcode": 2, "payloadData": data}},
            }:
                self.drawn.feed(base64.b64decode(data).decode("utf-8", "replace"))
            case {"method": "Network.webSocketFrameSent", "params": {"response": {"payloadData": sent}}}:
                self._sent(sent)
            case {"method": "Network.webSocketCreated"}:
                self.drawn = Drawn()
            case {"method": "Log.entryAdded", "params": {"entry": entry}}:
                self.told.append(entry["text"])
            case {"method": "Runtime.exceptionThrown", "params": {"exceptionDetails": details}}:
                self.told.append(str(details.get("exception", details).get("description", details)))
            case {"method": "Network.requestWillBeSent", "params": {"request": {"url": url}}}:
                self.requested.append(url)

    def _sent(self, sent: str) -> None:
        match json.loads(sent):
            case ["resize", {"width": width, "height": height}]:
                self.cells = width, height

    async def ask(self, method: str, **params: Any) -> Any:
        """What comes of a command of the protocol."""
        self._number += 1
        number, answer = self._number, asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        await self._socket.send_json({"id": number, "method": method, "params": params})
        said = await asyncio.wait_for(answer, LONGEST)
        assert "error" not in said, said
        return said["result"]

    async def value(self, script: str) -> Any:
        """What a script comes to in the page."""
        said = await self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return said["result"].get("value")

    async def go(self, address: str) -> None:
        """Opens an address."""
        await self.ask("Page.navigate", url=address)
        await self.until(lambda: self.value("document.readyState === 'complete'"))

    async def press(self, *keys: str) -> None:
        """Presses keys by their names."""
        for key in keys:
            code, text = KEYS[key]
            of_key = {"key": key, "code": key, "windowsVirtualKeyCode": code}
            await self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **of_key)
            await self.ask("Input.dispatchKeyEvent", type="keyUp", **of_key)

    async def type(self, text: str) -> None:
        """Types a text as an input method hands it over; what was composed is given up for it."""
        await self.ask("Input.insertText", text=text)

    async def compose(self, *steps: str) -> None:
        """Composes with an input method: what stands in its own line after each key."""
        for each in steps:
            await self.press_composing("a")
            await self.ask("Input.imeSetComposition", text=each, selectionStart=len(each), selectionEnd=len(each))

    async def press_composing(self, key: str, commits: str = "") -> None:
        """Presses a key that the input method takes for itself, and may commit a text by; browsers have 229 for it."""
        of_key = {"key": key, "code": key, "windowsVirtualKeyCode": 229}
        await self.ask("Input.dispatchKeyEvent", type="rawKeyDown", **of_key)
        if commits:
            await self.type(commits)
        await self.ask("Input.dispatchKeyEvent", type="keyUp", **of_key)

    async def give_up_composing(self) -> None:
        """As the input method does: what stood in its line is gone, and the terminal has heard of that."""
        await self.press_composing("Escape")
        await self.ask("Input.imeSetComposition", text="", selectionStart=0, selectionEnd=0)
        await self.until(lambda: self.value("document.querySelector('.composition-view.active') === null"))
        await self.value("new Promise((done) => setTimeout(() => setTimeout(done)))")

    async def terminal(self) -> tuple[float, float, float, float]:
        """Where the terminal's cells lie on the page, and how wide and high, in its pixels."""
        box = "(({ x, y, width, height }) => [x, y, width, height])"
        found = await self.value(f"{box}(document.querySelector('.xterm-screen').getBoundingClientRect())")
        return tuple(found)

    async def where(self, words: str) -> tuple[float, float]:
        """The middle of these words on the page, in its pixels."""
        row, line = next((n, each) for n, each in enumerate(self.drawn.text.splitlines()) if words in each)
        column = cell_len(line.partition(words)[0]) + cell_len(words) / 2
        x, y, width, height = await self.terminal()
        return x + column * width / self.cells[0], y + (row + 0.5) * height / self.cells[1]

    async def tap(self, words: str, seconds: float = 0.0) -> None:
        """Touches these words with a finger, for so long."""
        x, y = await self.where(words)
        await self.ask("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        await asyncio.sleep(seconds)
        await self.ask("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    async def drag(self, first: str, last: str, *, held: int = 0) -> None:
        """Draws the mouse from one word's middle to another's, with modifiers held."""
        mouse = {"button": "left", "clickCount": 1, "modifiers": held}
        for kind, words in (("mousePressed", first), ("mouseMoved", last), ("mouseReleased", last)):
            x, y = await self.where(words)
            await self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, buttons=1, **mouse)

    async def paste(self, text: str) -> None:
        """Has the browser paste a text by ^V."""
        await self.ask("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        await self.ask("Page.bringToFront")
        kept = f"navigator.clipboard.writeText({json.dumps(text)}).then(() => true, () => false)"
        await self.until(lambda: self.value(kept))
        await self.control("v", "paste")

    async def control(self, letter: str, does: str) -> None:
        """Presses a letter with Ctrl, by which browsers do something themselves."""
        of_key = {"key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
        await self.ask("Input.dispatchKeyEvent", type="rawKeyDown", commands=[does], modifiers=2, **of_key)
        await self.ask("Input.dispatchKeyEvent", type="keyUp", modifiers=2, **of_key)

    async def widths(self, signs: str) -> list[tuple[str, float]]:
        """How wide the terminal's font draws these signs, in cells."""
        script = (
            "(() => { const at = document.createElement('canvas').getContext('2d');"
            f"at.font = {json.dumps(f'16px {FONTS}')}; const width = (each) => at.measureText(each).width;"
            f"return [...{json.dumps(signs)}].map((each) => width(each) / width('W')); }})()"
        )
        return list(zip(signs, await self.value(script), strict=True))

    async def see(self, words: str) -> None:
        """Waits until the terminal shows these words."""
        await self.until(lambda: words in self.drawn.text, lambda: self.drawn.text)

    async def soon(self, holds: Callable[[], bool]) -> bool:
        """Whether this holds within a moment."""
        loop = asyncio.get_running_loop()
        end = loop.time() + MOMENT
        while not holds() and loop.time() < end:
            await asyncio.sleep(0.03)
        return holds()

    async def in_a_field(self, shown: str = PROBE, *keys: str) -> None:
        """Waits until a field takes what is typed: it is drawn a moment before it has the focus.

        A sign that is nowhere else is typed until it is `shown`, and taken out; the keys lead to the field.
        """
        for _ in range(TRIES):
            await self.press(*keys)
            await self.type(PROBE)
            seen = await self.soon(lambda: shown in self.drawn.text)
            await self.press("Backspace")
            if seen:
                return await self.until(lambda: shown not in self.drawn.text, lambda: self.drawn.text)
        raise AssertionError(f"no field takes what is typed\n{self.drawn.text}")

    async def until(self, holds: Callable[[], Any], told: Callable[[], Any] = lambda: "") -> None:
        """Waits until this holds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + LONGEST
        while True:
            found = holds()
            if await found if asyncio.iscoroutine(found) else found:
                return
            assert loop.time() < end, f"it never came to that\n{told()}\n{self.told}"
            await asyncio.sleep(0.03)

    async def picture(self, file: Path) -> None:
        """Keeps what the page looks like, for whoever wants to see it."""
        said = await self.ask("Page.captureScreenshot")
        file.write_bytes(base64.b64decode(said["data"]))


class Chromium:
    """The browser, and where its files come to lie."""

    def __init__(self, session: ClientSession, base: str, files: Path, pid: int) -> None:
        self._session, self._base, self.files, self._pid = session, base, files, pid
        self._listening: list[asyncio.Task[None]] = []

    async def tab(self) -> Page:
        """A new tab with nothing in it."""
        async with self._session.put(f"http://{self._base}/json/new?about:blank") as answer:
            address = (await answer.json(content_type=None))["webSocketDebuggerUrl"]
        page = Page(await self._session.ws_connect(address, max_msg_size=0))
        self._listening.append(asyncio.create_task(page.listen()))
        for domain in ("Page", "Runtime", "Network", "Log"):
            await page.ask(f"{domain}.enable")
        await page.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.files))
        return page

    def signal(self, number: int) -> None:
        """Sends a signal to all of its processes."""
        os.killpg(self._pid, number)

    def close(self) -> None:
        """Listens no more."""
        for each in self._listening:
            each.cancel()


@asynccontextmanager
async def browsing(folder: Path, *flags: str) -> AsyncIterator[Chromium]:
    """The browser with nothing in it, in a folder of its own."""
    found, home = program(), folder / "browser"
    assert found is not None
    (home / "files").mkdir(parents=True)
    process = await asyncio.create_subprocess_exec(
        found, *FLAGS, *flags, f"--user-data-dir={home / 'profile'}",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, env={**os.environ, "HOME": str(home)},
        start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        while not (told := _LISTENING.search(line := await asyncio.wait_for(process.stderr.readline(), LONGEST))):
            assert line, "Chromium ended"
        draining = asyncio.create_task(process.stderr.read())
        async with ClientSession() as session:
            chromium = Chromium(session, told[1].decode().split("/")[2], home / "files", process.pid)
            try:
                yield chromium
            finally:
                chromium.close()
        process.terminate()
        await draining
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
        await process.wait()
