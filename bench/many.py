"""The desk beside 100,000 archived cases: its start, every way to find something, every list, an intake, a closing.

    python bench/many.py [--cases 100000] [--rounds 5] [--site FOLDER]

Each figure stands beside the mark that it is held against. `--site` keeps the site, or takes the one that is there.
What is seen is timed from the key until what was asked for has been drawn.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any

from attrs import frozen
from many_site import RARE, TROUBLED, make_site  # type: ignore[import-not-found]
from rich.console import RenderableType
from startup import DESK, once  # type: ignore[import-not-found]
from textual.events import Paste
from textual.screen import Screen

from qiantai import Done
from qiantai.projections.months import days_of, later, month_of
from qiantai.store import local_day
from qiantai_tui.app import DeskApp
from qiantai_tui.collecting import held_back
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.screens.call_backs import CallBacksScreen
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.figures import FiguresScreen
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.household import DossierScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.screens.register import RegisterScreen
from qiantai_tui.search import Results
from qiantai_tui.sites.site import Site, open_site
from qiantai_tui.text.pinyin import initials
from qiantai_tui.widgets.line_table import LineTable

HOME = "21-1-1001"
"""A household like any other."""
KEY, FIND, START = 50, 100, 400
"""Milliseconds: the marks of a key, of a search and of a start."""
CLOSED = 220
"""Cases of a day; after 200 they are filed."""
PATIENCE = 60
"""Seconds after which something that has not appeared never will."""


@frozen
class Figure:
    """What was measured, in which unit, and the most that it should be; no mark where none was set."""

    what: str
    value: float
    mark: float | None = None
    unit: str = "ms"

    def beside(self, empty: Figure) -> str:
        """The line of the table: what it is where nothing is archived, and what it is here."""
        met = "" if self.mark is None else f"{self.mark:8g}   {'met' if self.value <= self.mark else 'MISSED'}"
        return f"{self.what:<54}{empty.value:9.1f}{self.value:9.1f} {self.unit:<3}{met}"


class Drawn:
    """The drawings of a running app."""

    def __init__(self, app: DeskApp) -> None:
        self._draw, self._seen = app._display, asyncio.Event()
        self._until: Callable[[], bool] = bool
        self._at = 0.0
        app._display = self._drawn  # type: ignore[method-assign]

    def _drawn(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        self._draw(screen, renderable)
        if not self._seen.is_set() and self._until():
            self._at = perf_counter()
            self._seen.set()

    async def after(self, act: Callable[[], object], until: Callable[[], bool]) -> float:
        """Milliseconds from an act until it has shown what was waited for."""
        self._seen.clear()
        self._until = until
        began = perf_counter()
        act()
        await asyncio.wait_for(self._seen.wait(), PATIENCE)
        return (self._at - began) * 1000


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
            self.drawn = Drawn(self.app)
            yield self

    @property
    def screen(self) -> Any:
        """The screen that is seen."""
        return self.app.screen

    async def press(self, key: str, until: Callable[[], bool]) -> float:
        """Milliseconds from a key to what it shows."""
        return await self.drawn.after(lambda: self.app.simulate_key(key), until)

    async def to(self, key: str, screen: type[Screen[Any]], filled: Callable[[Any], bool] = lambda _: True) -> float:
        """Milliseconds from a key to a screen with something on it; then nothing is under way any more."""
        took = await self.press(key, lambda: isinstance(self.screen, screen) and filled(self.screen))
        await self.rest()
        return took

    async def say(self, text: str, until: Callable[[], bool]) -> float:
        """Milliseconds from a text, written at once as an input method writes it, to what it shows."""
        return await self.drawn.after(lambda: self.app.post_message(Paste(text)), until)

    async def rest(self) -> None:
        """Until all that was begun is done."""
        await self.app.workers.wait_for_complete()
        await asyncio.sleep(0.3)


def starts(full: Path, empty: Path, rounds: int) -> tuple[Figure, Figure]:
    """The first screen of both sites in turns, the empty one's first."""
    environment = {**os.environ, "TERM": "xterm-256color", "HOME": str(empty.parent)}
    environment |= {"XDG_DATA_HOME": str(empty.parent), "PYTHONPYCACHEPREFIX": f"{empty.parent}/bytecode"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    took: dict[Path, list[float]] = {empty: [], full: []}
    for turn in range(rounds + 1):
        for folder, times in took.items():
            once_took = once((*DESK, "--site", str(folder)), "谁在前台", environment)
            if turn:
                times.append(once_took)
    both = (Figure("start to the first screen", statistics.median(times), START) for times in took.values())
    return next(both), next(both)


async def taking_in(desk: Sitting) -> AsyncIterator[Figure]:
    """Three calls of the day, and what is on record being shown with each."""
    for turn, home in (("the first of the day", TROUBLED), ("the second", TROUBLED), ("of another household", HOME)):
        await desk.press("f2", lambda: True)
        typed = await desk.say(f"{home} 厨房水管漏水", lambda: desk.screen.line.entry.value != "")
        await desk.rest()
        yield Figure(f"a call, {turn}: the line read", typed, KEY)
        asked = partial(desk.press, "enter", lambda: isinstance(desk.screen, IntakeForm))
        yield Figure("  the form", await asked(), KEY)
        await desk.rest()
        await desk.press("escape", lambda: not isinstance(desk.screen, IntakeForm))
        await desk.rest()
        theirs = any(True for _ in desk.app.seat.closed_cases(household=home))
        told = await desk.press("enter", partial(_looked_back, desk, theirs))
        await desk.rest()
        yield Figure("  the form with the household's earlier cases", told, FIND)
        before = _rows(desk.app.screen_stack[0], "#queue")
        kept = await desk.press("f10", partial(_longer, desk, before))
        await desk.rest()
        yield Figure("  taken in, kept and on the queue", kept, FIND)


def _looked_back(desk: Sitting, theirs: bool) -> bool:
    """Whether the form stands, and with it what the household had before, where it had anything."""
    return isinstance(desk.screen, IntakeForm) and bool(desk.screen._earlier or not theirs)


def _longer(desk: Sitting, before: int) -> bool:
    return _rows(desk.screen, "#queue") > before


async def finding(desk: Sitting) -> AsyncIterator[Figure]:
    """Every way to find a household or a case, to the end of what is found."""
    yield Figure("find, the key to the screen", await desk.to("f3", FindScreen), KEY)
    screen, home = desk.screen, desk.app.directory.get(HOME)
    assert home is not None, "it is on the roll"
    day = days_of(later(month_of(desk.app.clock()), -11))[0]
    old = [each.number for each in desk.app.desk.store.received(day, day)]
    asked = {
        "a room": home.id,
        "the last four digits": home.phone[-4:],
        "pinyin initials": min(initials(home.name)),
        "a name": home.name,
        "a number": old[0] if old else desk.app.desk.store.open_cases()[0].number,
        "words, in many": "漏水",
        "one character, in many": "灯",
        "words, in one of 5,000": RARE,
        "one character, in one of 5,000": RARE[0],
        "two words": f"{home.name} 漏水",
        "words that are nowhere": "长颈鹿",
        "a letter": "a",
    }
    for name, text in asked.items():
        at_once = await desk.say(text, partial(_found, screen, screen._results, whole=False))
        await desk.rest()
        await desk.press("escape", lambda: not screen._query)
        await desk.rest()
        whole = await desk.say(text, partial(_found, screen, screen._results, whole=True))
        await desk.rest()
        yield Figure(f"find by {name}: at once", at_once, KEY)
        yield Figure("  all that is found", whole, FIND)
        if name == "a number":
            yield Figure("  opened", await desk.to("enter", CaseScreen), KEY)
            await desk.press("escape", lambda: desk.screen is screen)
            await desk.rest()
        await desk.press("escape", lambda: not screen._query)
        await desk.rest()


def _found(screen: FindScreen, before: Results, *, whole: bool) -> bool:
    """Whether something else than before is shown: all of it, or what there was at once."""
    return screen._results is not before and (screen._results.whole or not whole)


async def listing(desk: Sitting) -> AsyncIterator[Figure]:
    """The lists, for the first time and again, and what is kept of a household."""
    for name, key, screen in (
        ("the register of today", "f7", RegisterScreen),
        ("the call-backs", "f18", CallBacksScreen),
        ("the figures", "f20", FiguresScreen),
    ):
        yield Figure(f"{name}, opened for the first time", await desk.to(key, screen), KEY)
        await desk.to("1", QueueScreen)
        yield Figure(f"{name}, opened again", await desk.to(key, screen), KEY)
    await desk.to("f7", RegisterScreen)
    yield Figure("the register of yesterday", await desk.press("left", partial(_before_today, desk)), KEY)
    await desk.rest()
    for home in (HOME, HOME, TROUBLED):
        took = await desk.drawn.after(partial(desk.app.open_household, home), partial(_dossier, desk))
        await desk.rest()
        yield Figure(f"the dossier of {home}", took, KEY)
        await desk.press("escape", lambda: not isinstance(desk.screen, DossierScreen))
        await desk.rest()


def _before_today(desk: Sitting) -> bool:
    return bool(desk.screen.shown_day < local_day(desk.app.clock()))


def _rows(screen: Any, table: str) -> int:
    return sum(each.row_count for each in screen.query(table).results(LineTable))


def _dossier(desk: Sitting) -> bool:
    return isinstance(desk.screen, DossierScreen) and desk.screen._dossier is not None


async def closing(desk: Sitting) -> AsyncIterator[Figure]:
    """Cases of a day closed one after the other, until they are filed."""
    await desk.to("1", QueueScreen)
    app, took = desk.app, list[float]()
    for n in range(CLOSED):
        taken = app.desk.receive("lin", kind="enquiry", channel="phone", summary=f"泳池几点开 {n}", name="王女士")
        assert isinstance(taken, Done), taken
        began = perf_counter()
        done = app.carry_out(taken.case.number, "answer", text="六点", satisfied=True)
        took.append((perf_counter() - began) * 1000)
        assert isinstance(done, Done), done
    yield Figure("a case closed, p50", statistics.median(took), KEY)
    yield Figure("a case closed, p99", statistics.quantiles(took, n=100)[98], KEY)
    yield Figure("a case closed, the worst: 200 are filed", max(took), None)


def resident() -> float:
    """Megabytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def screens(site: Site) -> list[Figure]:
    """Everything that is done at a screen."""
    figures: list[Figure] = []
    async with Sitting(site).begun() as desk:
        figures.append(Figure("memory of the desk, just opened", resident(), None, "MB"))
        for each in (taking_in, finding, listing, closing):
            figures += [figure async for figure in each(desk)]
            figures.append(Figure(f"memory after {each.__name__.replace('_', ' ')}", resident(), None, "MB"))
    return figures


def measured(folder: Path) -> list[Figure]:
    """All that is done with a site by one process that does nothing else."""
    with held_back(), open_site(folder) as site:
        figures = asyncio.run(screens(site))
        began = perf_counter()
        site.desk.store.received(*days_of(later(month_of(site.desk.clock()), -1)))
        return [*figures, Figure("a month read whole", (perf_counter() - began) * 1000)]


def main() -> None:
    """Prints the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--site", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        full, empty = given.site or Path(place, "full"), Path(place, "empty")
        if not full.exists():
            make_site(full, given.cases)
        make_site(empty, 0)
        print(f"{'archived':<54}{0:>9}{given.cases:>9}{'mark':>12}")
        begun = starts(full, empty, given.rounds)
        print(begun[1].beside(begun[0]), flush=True)
        both = []
        for folder in (empty, full):
            with ProcessPoolExecutor(1, get_context("spawn")) as alone:
                both.append(alone.submit(measured, folder).result())
        for without, with_all in zip(*both, strict=True):
            print(with_all.beside(without))


if __name__ == "__main__":
    main()
