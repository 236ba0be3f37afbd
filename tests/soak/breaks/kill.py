"""`kill -9` at a random instant of a desk's work, its opening and closing among it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.soak.day import Ledger
from tests.soak.desk_process import Running
from tests.soak.judge import compared
from tests.soak.outcome import Ended, Given, Outcome

DEEDS = 240  # of one site, before the next is begun


def tried(given: Given) -> Iterator[Outcome]:
    """One outcome for every kill."""
    chance = Random(given.seed)
    seed, ledger = given.seed, Ledger(given.seed)
    for _ in range(given.tries):
        outcome = _killed(given.folder / str(seed), seed, ledger, chance)
        yield outcome
        if ledger.done > DEEDS or outcome.ended is Ended.LOST:
            seed += 1
            ledger = Ledger(seed)


def _killed(site: Path, seed: int, ledger: Ledger, chance: Random) -> Outcome:
    desk = Running(site, seed, ledger.done)
    deeds = chance.choice((0, 0, 1, 3, 9))
    while desk.acknowledged < deeds and not desk.ended:
        desk.hear(0.5)
    time.sleep(chance.uniform(0, 0.03 if deeds == 0 else 0.008))
    place = "at work"
    if not desk.kill():
        return Outcome(place, Ended.LOST, "the desk ended by itself")
    place = "at work" if desk.opened else "while it was opened"
    least = ledger.done + desk.acknowledged
    return compared(place, site, ledger, least, least + 1)
