"""Every screen and dialog of the desk opened for the first time and again, beside 100,000 archived cases.

    python bench/openings.py --site FOLDER [--rounds 3] [NAME…]

The site is one that `bench/many.py` has made and left. Each round is a process of its own, and what is told is the
median of them: the work of the screen's thread in milliseconds, from the key until what it opens is drawn for the first
time, and until nothing of it is left to be drawn.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import thread_time

from attrs import frozen
from many_site import TROUBLED, make_site  # type: ignore[import-not-found]
from sitting import Sitting  # type: ignore[import-not-found]
from textual.events import Paste

from qiantai_tui.collecting import held_back
from qiantai_tui.sites.site import open_site

KEY, FIND = 50, 100
"""Milliseconds: the marks of a key, and of what looks through the cases."""
_SETTLED = 0.4
"""Seconds after which everything that a key began at the screen has been done."""


@frozen
class Opening:
    """A screen, the keys that lead up to where it is opened from, and the key that opens it.

    What begins with `!` is an action of the program, with `=` a text that is written.
    """

    name: str
    key: str
    before: tuple[str, ...] = ()
    mark: int = KEY


OPENINGS = (
    Opening("the register", "f7"),
    Opening("the register of the day before", "left", ("f7",)),
    Opening("the register of the day before that", "left", ("f7", "left")),
    Opening("the call-backs", "f18"),
    Opening("the sample", "f8", ("f18",), FIND),
    Opening("the figures", "f20"),
    Opening("a figure", "enter", ("f20",)),
    Opening("find", "f3"),
    Opening("the scripts", "f15"),
    Opening("whom a script was told", "f6", ("f15",), FIND),
    Opening("the rehearsals", "f17"),
    Opening("a case", "enter"),
    Opening("a dossier", f"!open_household('{TROUBLED}')", mark=FIND),
    Opening("the terms", "!retention", mark=FIND),
    Opening("the alerts", "f16"),
    Opening("the hand-over", "f24"),
    Opening("a line read", "=1-2-301 厨房水管漏水", ("f2",)),
    Opening("the form of receipt", "enter", ("f2", "=1-2-301 厨房水管漏水"), FIND),
    Opening("the form of receipt, another kind", "enter", ("f2", "=21-1-1001 投诉保洁"), FIND),
    Opening("the emergency form", "f9"),
    Opening("the next step", "f4"),
    Opening("why", "f8"),
    Opening("an incident", "ctrl+l"),
    Opening("the keys", "f13"),
    Opening("the help", "f1"),
    Opening("the jump", "ctrl+o"),
    Opening("the palette", "ctrl+p"),
    Opening("who is at the desk", "f12"),
    Opening("the colours", "f14"),
    Opening("to go elsewhere", "!elsewhere"),
    Opening("back to the queue", "1", ("f7",)),
)


async def _give(desk: Sitting, key: str) -> None:
    match key[0], key[1:]:
        case "!", action:
            if action.startswith("open_household"):
                desk.app.call_later(desk.app.open_household, TROUBLED)
            else:
                desk.app.call_later(desk.app.run_action, action)
        case "=", text:
            desk.app.post_message(Paste(text))
        case _:
            desk.app.simulate_key(key)


async def _opened(desk: Sitting, opening: Opening) -> tuple[float, float]:
    """Opens it and goes back to the queue; gives what it took until it was drawn, and until all was done."""
    for key in opening.before:
        await _give(desk, key)
        await asyncio.sleep(_SETTLED)
    before, began, drawn = desk.screen, thread_time(), list[float]()
    same = opening.key == "left" or opening.key.startswith("=")

    def seen() -> bool:
        if same or desk.screen is not before:
            drawn.append(thread_time())
        return bool(drawn)

    waiting = asyncio.create_task(desk.drawn.after(lambda: None, seen))
    await _give(desk, opening.key)
    await waiting
    await asyncio.sleep(_SETTLED)
    done = thread_time()
    while len(desk.app.screen_stack) > 1:
        await desk.app.pop_screen()
    await desk.app.switch_mode("queue")
    await asyncio.sleep(_SETTLED)
    desk.screen.line.clear()
    desk.screen.action_to_board()
    await asyncio.sleep(_SETTLED)
    return (drawn[0] - began) * 1000, (done - began) * 1000


async def _round(folder: Path, openings: Sequence[Opening]) -> list[tuple[float, ...]]:
    with held_back(), open_site(folder) as site:
        async with Sitting(site).begun() as desk:
            return [(*await _opened(desk, each), *await _opened(desk, each)) for each in openings]


def measured(folder: Path, openings: Sequence[Opening]) -> list[tuple[float, ...]]:
    """Of each opening the first and the second: until it was drawn, and until all was done."""
    return asyncio.run(_round(folder, openings))


def main() -> None:
    """Prints the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--site", type=Path, required=True)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("names", nargs="*")
    given = asked.parse_args()
    if not given.site.exists():
        make_site(given.site, 100_000)
    openings = [each for each in OPENINGS if not given.names or any(name in each.name for name in given.names)]
    rounds = []
    for _ in range(given.rounds):
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            rounds.append(alone.submit(measured, given.site, openings).result())
    print(f"{'milliseconds':<40}{'first':>9}{'settled':>9}{'again':>9}{'settled':>9}{'mark':>6}")
    for opening, several in zip(openings, zip(*rounds, strict=True), strict=True):
        took = "".join(f"{statistics.median(each):9.1f}" for each in zip(*several, strict=True))
        print(f"{opening.name:<40}{took}{opening.mark:6}", flush=True)


if __name__ == "__main__":
    main()
