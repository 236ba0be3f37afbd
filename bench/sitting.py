"""Somebody at the desk whose keys are timed: from the key until what it asks for has been drawn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from time import perf_counter, process_time
from typing import Any

from attrs import frozen
from rich.console import RenderableType
from textual.events import Paste
from textual.screen import Screen

from qiantai_tui.app import DeskApp
from qiantai_tui.sites.site import Site

PATIENCE = 60
"""Seconds after which something that has not appeared never will."""


@frozen(order=True)
class Took:
    """Milliseconds by the clock, and of this process's own work: what it would be with nothing else on the machine,
    but for the waiting."""

    clock: float = 0.0
    work: float = 0.0

    @classmethod
    def now(cls) -> Took:
        """Both as they stand."""
        return cls(perf_counter() * 1000, process_time() * 1000)

    def __sub__(self, other: Took) -> Took:
        return Took(self.clock - other.clock, self.work - other.work)


def middle(several: Sequence[Took]) -> Took:
    """The median by the clock."""
    return sorted(several)[len(several) // 2]


class Drawn:
    """The drawings of a running app, and the time until one of them shows what is waited for."""

    def __init__(self, app: DeskApp) -> None:
        self._draw, self._seen = app._display, asyncio.Event()
        self._until: Callable[[], bool] = bool
        self._at = Took()
        app._display = self._drawn  # type: ignore[method-assign]

    def _drawn(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        self._draw(screen, renderable)
        if not self._seen.is_set() and self._until():
            self._at = Took.now()
            self._seen.set()

    async def after(self, act: Callable[[], object], until: Callable[[], bool]) -> Took:
        """From an act until it has shown what was waited for."""
        self._seen.clear()
        self._until = until
        began = Took.now()
        act()
        await asyncio.wait_for(self._seen.wait(), PATIENCE)
        return self._at - began


class Sitting:
    """Somebody at the desk of a site."""

    def __init__(self, site: Site) -> None:
        self.app = DeskApp(site, reports=site.folder)
        self.app.person = site.desk.handbook.people["lin"]

    @asynccontextmanager
    async def begun(self) -> AsyncIterator[Sitting]:
        """At the queue, what is made ready beside it being ready."""
        async with self.app.run_test(size=(120, 36)) as pilot:
            await pilot.pause(2)
            await self.app.workers.wait_for_complete()
            while not self.app.all_made:
                await pilot.pause(0.1)
            self.drawn = Drawn(self.app)
            yield self

    @property
    def screen(self) -> Any:
        """The screen that is seen."""
        return self.app.screen

    async def press(self, key: str, until: Callable[[], bool]) -> Took:
        """From a key to what it shows."""
        return await self.drawn.after(lambda: self.app.simulate_key(key), until)

    async def to(self, key: str, screen: type[Screen[Any]], filled: Callable[[Any], bool] = lambda _: True) -> Took:
        """From a key to a screen with something on it; then nothing is under way any more."""
        took = await self.press(key, lambda: isinstance(self.screen, screen) and filled(self.screen))
        await self.rest()
        return took

    async def say(self, text: str, until: Callable[[], bool]) -> Took:
        """From a text, written at once as an input method writes it, to what it shows."""
        return await self.drawn.after(lambda: self.app.post_message(Paste(text)), until)

    async def rest(self) -> None:
        """Until all that was begun is done."""
        await self.app.workers.wait_for_complete()
        await asyncio.sleep(0.15)
