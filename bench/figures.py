"""What the figures cost beside a large archive: the key to the screen, the month, the year, and a key meanwhile.

Run it with `python bench/figures.py [--cases 100000]`; so many filed cases lie in the twelve months before this one.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

from desk_widgets import key_to_screen  # type: ignore[import-not-found]
from store import NOW, history, household_of, number_of  # type: ignore[import-not-found]

from qiantai import Desk, Refusal
from qiantai.case import fold
from qiantai.plugins import load_plugins
from qiantai.projections.months import up_to
from qiantai.seat import Seat
from qiantai.wire import event_out
from qiantai.words import Bilingual
from qiantai_tinydb import open_store
from qiantai_tinydb.archive import Archive
from qiantai_tinydb.store import document_of
from qiantai_tui.app import DeskApp
from qiantai_tui.sites.site import Settings, Site, make_site, open_site
from qiantai_tui.widgets.line_table import LineTable

MONTHS, OPEN = 12, 300


def filled(folder: Path, count: int) -> None:
    """A store with so many filed cases, a twelfth in each month before the last, and some open ones of yesterday."""
    chance = random.Random(1)
    store = open_store(folder)
    yesterday = NOW - timedelta(days=1)
    for sequence in range(1, OPEN + 1):
        store.append(history(number_of(yesterday, sequence), yesterday, household_of(chance), chance, closing=False))
    store.close()
    for month in up_to(f"{NOW:%Y-%m}", MONTHS):
        first = datetime.fromisoformat(f"{month}-01T08:00:00+08:00").astimezone(NOW.tzinfo)
        documents = {}
        for sequence in range(1, count // MONTHS + 1):
            at = first + timedelta(days=sequence % 21, seconds=sequence)
            events = history(number_of(at, sequence), at, household_of(chance), chance, closing=True)
            documents[events[0].case] = document_of(fold(events), [event_out(each) for each in events])
        Archive(folder / "archive").file(month, documents)


def reading(seat: Seat) -> Iterator[tuple[str, float]]:
    """Seconds that each part takes by itself, with nothing on the screen."""
    month = f"{NOW:%Y-%m}"
    began = perf_counter()
    known = seat.month(month)
    assert not isinstance(known, Refusal)
    yield "a month read", perf_counter() - began
    began = perf_counter()
    assert seat.month(month, known) is known
    yield "a month that still holds", perf_counter() - began


async def screen(app: DeskApp, presses: int) -> dict[str, float]:
    """Seconds from the key to the screen, to the month and to the year, and of a key meanwhile."""
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause(2)
        before = app.screen
        began = perf_counter()
        app.simulate_key("f20")
        while app.screen is before or not app.screen.query("#figures"):
            await asyncio.sleep(0.001)
        took = {"key to the screen": perf_counter() - began}
        table = app.screen.query_one("#figures", LineTable)
        while not table.row_count:
            await asyncio.sleep(0.01)
        took["the month is there"] = perf_counter() - began
        meanwhile = await key_to_screen(app, presses) / 1000
        assert any(each.is_running for each in app.workers), "it was filled too soon to tell; more cases would do"
        took["a key meanwhile, p95"] = meanwhile
        await app.workers.wait_for_complete()
        took["the year is there"] = perf_counter() - began
        took["a key afterwards, p95"] = await key_to_screen(app, presses) / 1000
    return took


def main() -> None:
    """Prints the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=100_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        filled(folder / "kept", given.cases)
        with open_site(make_site(folder / "site", "demo"), lambda: NOW) as demo:
            handbook = demo.desk.handbook
        store = open_store(folder / "kept")
        desk = Desk(handbook, store, lambda: NOW)
        site = Site(
            folder / "site", Bilingual("阳光花园", "Sunshine Garden"), desk, {}, load_plugins(), Settings(sign_in=False)
        )
        app = DeskApp(site, clock=lambda: NOW, reports=folder)
        app.person = handbook.people["lin"]
        for name, seconds in (*reading(desk.seat("lin")), *asyncio.run(screen(app, 40)).items()):
            print(f"{name:<28}{seconds * 1000:9.1f} ms")
        store.close()


if __name__ == "__main__":
    main()
