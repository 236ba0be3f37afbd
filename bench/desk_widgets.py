"""What the table costs: opening 100,000 rows, memory, a key to the screen, and a minute of ticks.

Run it with `python bench/desk_widgets.py`; it prints one line a figure, with the mark it is held against.
"""

from __future__ import annotations

import asyncio
import statistics
import tracemalloc
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import gettempdir
from time import perf_counter, process_time
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import RenderableType
from textual.app import App, ComposeResult
from textual.screen import Screen

from qiantai.words import Bilingual
from qiantai_tui.program.base import BaseApp
from qiantai_tui.text.clocktime import LEFT_WIDTH, left, minutes_left, sign
from qiantai_tui.widgets.line_table import LineTable
from qiantai_tui.widgets.rows import Column, KeyedRows, Row

START = datetime(2026, 11, 22, 9, 31, tzinfo=ZoneInfo("Asia/Shanghai"))
COLUMNS = (
    Column(Bilingual("", ""), 1),
    Column(Bilingual("事项", "Matter"), 12),
    Column(Bilingual("位置", "Place"), 14, flex=1),
    Column(Bilingual("业户", "Resident"), 8),
    Column(Bilingual("剩余", "Left"), LEFT_WIDTH, align="right"),
    Column(Bilingual("状态", "State"), 8),
)


class Bench(BaseApp):
    """A table of so many rows, with a countdown on every one."""

    def __init__(self, count: int) -> None:
        self.now = START
        self.count = count
        super().__init__(clock=lambda: self.now, reports=Path(gettempdir()))

    def compose(self) -> ComposeResult:
        """The table alone."""
        yield LineTable(COLUMNS, KeyedRows([], self.make))

    def make(self, key: str) -> Row:
        """One row, its countdown as of now."""
        due = START + timedelta(seconds=40 * int(key) - 600)
        shown = sign("open", minutes_left(due, self.now))
        place = f"{int(key) % 12}栋{int(key) % 4}单元{int(key) % 3000}"
        return Row(key, (shown.mark, "厨房水管漏水", place, "王**", left(due, self.now), shown.word.zh), shown.tone)

    def fill(self) -> LineTable:
        """Puts the rows in."""
        table = self.query_one(LineTable)
        table.show(KeyedRows([str(n) for n in range(self.count)], self.make))
        return table


async def opening(count: int) -> tuple[float, float]:
    """Seconds until the first screenful is drawn, and megabytes more than before, the keys themselves included."""
    app = Bench(count)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        began = perf_counter()
        app.fill().focus()
        await pilot.pause()
        took = perf_counter() - began
        tracemalloc.start()
        app.fill()
        await pilot.pause()
        grown = tracemalloc.get_traced_memory()[0] / 1e6
        tracemalloc.stop()
    return took, grown


async def key_to_screen(app: App[Any], presses: int) -> float:
    """Milliseconds from a key to the drawn screen of a running app, at the 95th percentile."""
    took: list[float] = []
    drawn = asyncio.Event()
    draw = app._display

    def seen(screen: Screen[Any], renderable: RenderableType | None) -> None:
        draw(screen, renderable)
        drawn.set()

    app._display = seen  # type: ignore[method-assign]
    for place in range(presses):
        drawn.clear()
        began = perf_counter()
        app.simulate_key(("down", "pagedown", "up", "end", "home")[place % 5])
        await asyncio.wait_for(drawn.wait(), 5)
        took.append(perf_counter() - began)
        await asyncio.sleep(0.05)
    return statistics.quantiles(took, n=20)[-1] * 1000


async def keys(count: int, presses: int) -> float:
    """The same over a table of so many rows."""
    app = Bench(count)
    async with app.run_test(size=(120, 36)) as pilot:
        app.fill().focus()
        await pilot.pause()
        return await key_to_screen(app, presses)


async def ticking(count: int, ticks: int) -> float:
    """Percent of one core that a tick a second costs."""
    app = Bench(count)
    async with app.run_test(size=(120, 36)) as pilot:
        table = app.fill()
        await pilot.pause(0.3)
        began = process_time()
        for _ in range(ticks):
            app.now += timedelta(seconds=1)
            table.refresh_rows()
            app.screen._compositor_refresh()
            await asyncio.sleep(0.02)
        return (process_time() - began) / ticks * 100


async def main() -> None:
    """Prints the figures."""
    took, grown = await opening(100_000)
    print(f"open 100,000 rows     {took:6.3f} s    mark 0.2")
    print(f"memory of them        {grown:6.1f} MB   mark 10")
    print(f"key to screen, p95    {await keys(100_000, 60):6.1f} ms   mark 50")
    print(f"ticks at 300 rows     {await ticking(300, 60):6.2f} %    mark 2")


if __name__ == "__main__":
    asyncio.run(main())
