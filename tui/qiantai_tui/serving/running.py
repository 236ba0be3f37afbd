"""A served desk from its first line to its last: the address told, new links on Enter, and an orderly end."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from qiantai.words import Bilingual

from .door import Door
from .gate import Note
from .server import DeskServer
from .terms import Terms

LINK = Bilingual("前台的链接,只能用一次,十分钟内有效:", "The desk's link; it serves once, within ten minutes:")
KEYS = Bilingual("按回车要一个新链接,按 Ctrl-C 停", "Enter for a new link, Ctrl-C to stop")
BY_PASSWORD = Bilingual("凭口令从 {address} 进", "with the password, by {address}")


def command_of(site: Path, language: str, config: Path) -> tuple[str, ...]:
    """What begins a tab's desk: this same program, on that site."""
    where = ("--site", str(site), "--config", str(config.absolute()))
    return (sys.executable, "-P", "-m", "qiantai_tui", "--lang", language, *where)


def serve(
    site: Path, terms: Terms, config: Path, note: Note, show: Callable[[str], None], *, open_it: bool = False
) -> None:
    """Serves the site's desk until a signal ends it; every desk has ended then. `show` is given each new link.

    Raises `SiteError` where the port or the certificate cannot be had.
    """
    for name in ("aiohttp", "asyncio", "textual-serve"):  # their lines may have what was asked for in them
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    server = DeskServer(command_of(site, terms.language, config), terms, Door(), note=note)
    asyncio.run(_served(server, note, show, open_it))


async def _served(server: DeskServer, note: Note, show: Callable[[str], None], open_it: bool) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    async with server.listening() as address:

        def tell() -> str:
            link = f"{address}/enter?token={server.door.link(server.clock())}"
            note(LINK)
            show(link)
            return link

        taken = _on_signals(loop, stop.set)
        link = tell()
        if server.terms.password:
            note(BY_PASSWORD.format(address=address))
        if sys.stdin is not None and sys.stdin.isatty():
            note(KEYS)
            Thread(target=_on_enter, args=(loop, tell), daemon=True).start()
        if open_it:
            await asyncio.to_thread(webbrowser.open, link)
        await stop.wait()
        for each in taken:
            loop.remove_signal_handler(each)


def _on_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> list[int]:
    """Stops on what asks a program to end; a second time it ends at once, and every desk by itself."""
    taken: list[int] = []
    for each in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, each, None)
        if number is None:
            continue
        with suppress(NotImplementedError):  # Windows, where Ctrl-C goes through every `finally` by itself
            loop.add_signal_handler(number, stop)
            taken.append(number)
    return taken


def _on_enter(loop: asyncio.AbstractEventLoop, tell: Callable[[], str]) -> None:
    with suppress(OSError, ValueError, RuntimeError):  # the terminal, or the loop, is no more
        for _ in sys.stdin:
            loop.call_soon_threadsafe(tell)
