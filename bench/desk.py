"""What the desk costs: its start beside a trivial app's, a key to the screen, a command, a second's ticking.

Run it with `python bench/desk.py`; it prints one line a figure, with the mark it is held against.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from desk_widgets import key_to_screen  # type: ignore[import-not-found]
from startup import DESK, PYTHON, TRIVIAL, once  # type: ignore[import-not-found]

from qiantai import Desk, Done, MemoryStore, Store
from qiantai.periods import ZONE
from qiantai.plugins import load_plugins, open_store
from qiantai.tables import BadInput
from qiantai.words import Bilingual
from qiantai_tui.alerts.alerting import Alerting
from qiantai_tui.alerts.book import AlertBook
from qiantai_tui.app import DeskApp
from qiantai_tui.sites.site import Settings, Site, make_site, open_site
from qiantai_tui.widgets.line_table import LineTable

START = datetime(2026, 11, 23, 9, 31, tzinfo=ZONE)
ROWS = 300


class Bench:
    """The desk of the demo estate with so many cases on its board."""

    def __init__(self, folder: Path, store: Store, count: int) -> None:
        self.now = START
        with open_site(make_site(folder, "demo"), lambda: self.now) as site:
            handbook = site.desk.handbook
        desk = Desk(handbook, store, lambda: self.now)
        for n in range(count):
            taken = desk.receive(
                "li", kind="repair", channel="phone", name="王女士", summary=f"漏水 {n}", emergency=n < 9
            )
            assert isinstance(taken, Done), taken
            self.now += timedelta(seconds=20)
        site = Site(folder, Bilingual("阳光花园", "Sunshine Garden"), desk, {}, load_plugins(), Settings(sign_in=False))
        self.app = DeskApp(site, clock=lambda: self.now, reports=folder)
        self.app.person = handbook.people["li"]


async def keys(bench: Bench, presses: int) -> float:
    """Milliseconds from a key to the drawn screen, at the 95th percentile."""
    async with bench.app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        p95: float = await key_to_screen(bench.app, presses)
    return p95


async def actions(bench: Bench, count: int) -> float:
    """Milliseconds of a command from the call to every screen told, kept by then: the median."""
    app = bench.app
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        took: list[float] = []
        numbers = [case.number for case in app.desk.store.open_cases()][:count]
        for number in numbers:
            began = perf_counter()
            done = app.carry_out(number, "dispatch", to=["engineering"])
            took.append(perf_counter() - began)
            assert isinstance(done, Done), done
            await pilot.pause()
    return statistics.median(took) * 1000


async def ticking(bench: Bench, ticks: int) -> float:
    """Percent of one core that a tick a second costs: the countdowns of a screenful, and alerts of all that is open."""
    app = bench.app
    app.alerting = alerting = Alerting(app, AlertBook(None), None)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(0.5)
        assert app.screen.query_one("#queue", LineTable).row_count >= ROWS
        tick = app.screen.tick  # type: ignore[attr-defined]
        began = process_time()
        for _ in range(ticks):
            bench.now += timedelta(seconds=1)
            tick()
            alerting.second()
            app.screen._compositor_refresh()
            await asyncio.sleep(0.02)
        return (process_time() - began) / ticks * 100


def starts(rounds: int) -> dict[str, float]:
    """Milliseconds to the first usable screen, of a trivial app and of the desk in turns: the medians."""
    with tempfile.TemporaryDirectory() as place:
        folder = make_site(Path(place, "site"), "demo")
        environment = {**os.environ, "TERM": "xterm-256color", "HOME": place, "XDG_DATA_HOME": place}
        environment |= {"PYTHONPYCACHEPREFIX": f"{place}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        probes = {
            "trivial": ((*PYTHON, "-c", TRIVIAL), "front desk"),
            "desk": ((*DESK, "--site", str(folder)), "谁在前台"),
        }
        took: dict[str, list[float]] = {name: [] for name in probes}
        for each in range(rounds + 1):
            for name, (command, words) in probes.items():
                once_took = once(command, words, environment).clock
                if each:
                    took[name].append(once_took)
    return {name: statistics.median(times) for name, times in took.items()}


def fresh(name: str, count: int) -> Bench:
    """A desk with a store of that name, filled."""
    folder = Path(tempfile.mkdtemp())
    store: Store = MemoryStore() if name == "memory" else open_store(name, folder / "kept")
    return Bench(folder / "site", store, count)


def told(what: str, figure: float, unit: str, mark: str) -> None:
    """One line."""
    print(f"{what:<34}{figure:8.1f} {unit:<3}" + (f" mark {mark}" if mark else ""))


def main() -> None:
    """Prints the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--rows", type=int, default=ROWS)
    given = asked.parse_args()
    try:
        took = starts(given.rounds)
        told("start to usable, a trivial app", took["trivial"], "ms", "")
        told("start to usable, the desk", took["desk"], "ms", "400")
        for name in ("memory", "tinydb"):
            told(f"key to screen, p95, {name}", asyncio.run(keys(fresh(name, given.rows), 60)), "ms", "50")
            told(f"a command, p50, {name}", asyncio.run(actions(fresh(name, given.rows), 40)), "ms", "50")
        told(f"ticks at {given.rows} rows", asyncio.run(ticking(fresh("memory", given.rows), 60)), "%", "2")
    except BadInput as bad:
        sys.exit(str(bad))


if __name__ == "__main__":
    main()
