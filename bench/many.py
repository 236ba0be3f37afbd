"""The desk beside 100,000 archived cases: its start, every way to find something, every list, an intake, a closing.

    python bench/many.py [--cases 100000] [--rounds 5] [--site FOLDER]

Each figure stands beside the mark that it is held against. `--site` keeps the site, or takes the one that is there.
What is seen is timed from the key until what was asked for has been drawn; `work` is the process's own part of it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from attrs import frozen
from many_site import RARE, TROUBLED, make_site  # type: ignore[import-not-found]
from sitting import Sitting, Took, middle  # type: ignore[import-not-found]
from startup import DESK, once  # type: ignore[import-not-found]

from qiantai import Done
from qiantai.projections.months import days_of, later, month_of
from qiantai_tui.collecting import held_back
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.finding.search import Results
from qiantai_tui.screens.call_backs import CallBacksScreen
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.figures import FiguresScreen
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.household import DossierScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.screens.register import RegisterScreen
from qiantai_tui.sites.site import Site, open_site
from qiantai_tui.text.pinyin import initials
from qiantai_tui.widgets.line_table import LineTable
from qiantai_tui.widgets.page import Page

HOME = "21-1-1001"
"""A household like any other."""
KEY, FIND, LISTED, START, LISTED_MEMORY = 50, 100, 200, 400, 10
"""Milliseconds: the marks of a key, a search, a list of all that is closed, a start; megabytes of the list."""
PAGES, TIMES = 100, 3
"""How often a held key repeats, and the same is done where the median is told."""
CLOSED = 220
"""Cases of a day; after 200 they are filed."""


@frozen
class Figure:
    """What was measured, in which unit, and the most that it should be; no mark where none was set."""

    what: str
    took: Took
    mark: float | None = None
    unit: str = "ms"

    def beside(self, empty: Figure) -> str:
        """The line of the table: what it is where nothing is archived, what it is here, and what of that is work."""
        met = "" if self.mark is None else f"{self.mark:8g}   {'met' if self.took.clock <= self.mark else 'MISSED'}"
        work = f"{self.took.work:9.1f}" if self.took.work else " " * 9
        return f"{self.what:<50}{empty.took.clock:9.1f}{self.took.clock:9.1f}{work} {self.unit:<3}{met}"


def starts(full: Path, empty: Path, rounds: int) -> tuple[Figure, Figure]:
    """The queue of both sites, whole under the question who is there, in turns, the empty one's first."""
    environment = {**os.environ, "TERM": "xterm-256color", "HOME": str(empty.parent)}
    environment |= {"XDG_DATA_HOME": str(empty.parent), "PYTHONPYCACHEPREFIX": f"{empty.parent}/bytecode"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    took: dict[Path, list[Took]] = {empty: [], full: []}
    for turn in range(rounds + 1):
        for folder, times in took.items():
            once_took = once((*DESK, "--site", str(folder)), "按时限", environment)
            if turn:
                times.append(Took(*once_took))
    both = (Figure("start to the whole queue", middle(times), START) for times in took.values())
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
        kept = await desk.press("f10", lambda before=before: _rows(desk.screen, "#queue") > before)
        await desk.rest()
        yield Figure("  taken in, kept and on the queue", kept, FIND)


def _looked_back(desk: Sitting, theirs: bool) -> bool:
    """Whether the form stands, and with it what the household had before, where it had anything."""
    return isinstance(desk.screen, IntakeForm) and bool(desk.screen._earlier or not theirs)


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
        at_once, whole = [], []
        for _ in range(TIMES):
            at_once.append(await desk.say(text, partial(_found, screen, screen._results, whole=False)))
            await _emptied(desk)
            whole.append(await desk.say(text, partial(_found, screen, screen._results, whole=True)))
            if name != "a number":
                await _emptied(desk)
                continue
            opened = await desk.to("enter", CaseScreen)
            await desk.press("escape", lambda: desk.screen is screen)
            await _emptied(desk)
        yield Figure(f"find by {name}: at once", middle(at_once), KEY)
        yield Figure("  all that is found", middle(whole), FIND)
        if name == "a number":
            yield Figure("  opened", opened, KEY)


async def _emptied(desk: Sitting) -> None:
    await desk.rest()
    await desk.press("escape", lambda: not desk.screen.query_text)
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
    for what, whole in (("the register of a day before", False), ("  all of it", True)):
        took = []
        for _ in range(TIMES):
            day = desk.screen.shown_day - timedelta(days=1)
            took.append(await desk.press("left", partial(_shown_day, desk, day, whole)))
            await desk.rest()
        yield Figure(what, middle(took), FIND if whole else KEY)
    much = "the dossier of the household with the most cases"
    of_one, of_much = ("the dossier of a household", HOME, False), (much, TROUBLED, False)
    for what, home, whole in (of_one, of_much, ("  all of it", TROUBLED, True)):
        took = []
        for _ in range(TIMES):
            opening = partial(desk.app.open_household, home)
            took.append(await desk.drawn.after(opening, partial(_dossier, desk, whole)))
            await desk.rest()
            await desk.press("escape", lambda: not isinstance(desk.screen, DossierScreen))
            await desk.rest()
        yield Figure(what, middle(took), FIND if whole else KEY)


async def going_through(desk: Sitting) -> AsyncIterator[Figure]:
    """All that is closed as one list: opened, its end, its middle, and PageDown held down; what it takes of memory."""
    await desk.press("escape", lambda: isinstance(desk.screen, QueueScreen))
    before = resident()
    yield Figure("the whole archive as a list, opened", await desk.to("f3", FindScreen), LISTED)
    table = desk.screen.query_one("#cases", LineTable)
    table.focus()
    await desk.rest()
    long, last = table.row_count > PAGES * 40, table.row_count - 1
    took = [await desk.press("end", lambda: table.cursor == last)] if long else [Took()]
    yield Figure("  to its end", took[0], KEY)
    jump = partial(table.scroll_to, y=last // 2, animate=False)
    middle_of_it = await desk.drawn.after(jump, lambda: table.scroll_offset.y == last // 2) if long else Took()
    yield Figure("  a page in its middle", middle_of_it, KEY)
    if long:
        await desk.press("home", lambda: table.cursor == 0)
        took = [await desk.press("pagedown", lambda at=table.cursor: bool(table.cursor > at)) for _ in range(PAGES)]
    yield Figure("  PageDown held down, 95 of 100 are quicker", sorted(took)[len(took) * 95 // 100], KEY)
    yield Figure("  more memory of the process", Took(resident() - before), LISTED_MEMORY, "MB")


def _rows(screen: Any, table: str) -> int:
    return sum(each.row_count for each in screen.query(table).results(LineTable))


def _shown_day(desk: Sitting, day: date, whole: bool) -> bool:
    return bool(desk.screen.shown_day == day and not (whole and desk.screen._reading))


def _dossier(desk: Sitting, whole: bool) -> bool:
    screen = desk.screen
    shown = isinstance(screen, DossierScreen) and screen.query("#dossier") and screen.query_one("#dossier", Page).key
    return bool(shown and not (whole and screen._reading))


async def closing(desk: Sitting) -> AsyncIterator[Figure]:
    """Cases of a day closed one after the other, until they are filed."""
    await desk.to("1", QueueScreen)
    app, took = desk.app, list[Took]()
    for n in range(CLOSED):
        taken = app.desk.receive("lin", kind="enquiry", channel="phone", summary=f"泳池几点开 {n}", name="王女士")
        assert isinstance(taken, Done), taken
        began = Took.now()
        done = app.carry_out(taken.case.number, "answer", text="六点", satisfied=True)
        took.append(Took.now() - began)
        assert isinstance(done, Done), done
    took.sort()
    yield Figure("a case closed, the median", middle(took), KEY)
    yield Figure("a case closed, of a hundred the slowest but one", took[-CLOSED // 100], KEY)
    yield Figure("a case closed, the slowest: 200 are filed", took[-1])


async def screens(site: Site) -> list[Figure]:
    """Everything that is done at a screen."""
    figures: list[Figure] = []
    async with Sitting(site).begun() as desk:
        figures.append(Figure("memory of the desk, just opened", Took(resident()), None, "MB"))
        for each in (taking_in, finding, going_through, listing, closing):
            figures += [figure async for figure in each(desk)]
            figures.append(Figure(f"memory after {each.__name__.replace('_', ' ')}", Took(resident()), None, "MB"))
    return figures


def measured(folder: Path) -> list[Figure]:
    """All that is done with a site by one process that does nothing else."""
    with held_back(), open_site(folder) as site:
        figures = asyncio.run(screens(site))
        began = Took.now()
        list(site.desk.store.received(*days_of(later(month_of(site.desk.clock()), -1))))
        return [*figures, Figure("a month read whole", Took.now() - began)]


def resident() -> float:
    """Megabytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


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
        print(f"{'archived; the load of the machine ' + _load():<50}{0:>9}{given.cases:>9}{'work':>9}{'mark':>12}")
        begun = starts(full, empty, given.rounds)
        print(begun[1].beside(begun[0]), flush=True)
        both = []
        for folder in (empty, full):
            with ProcessPoolExecutor(1, get_context("spawn")) as alone:
                both.append(alone.submit(measured, folder).result())
        for without, with_all in zip(*both, strict=True):
            print(with_all.beside(without))
        print(f"{'the load of the machine now':<50}{_load():>9}")


if __name__ == "__main__":
    main()
