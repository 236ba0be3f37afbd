"""The clock is set back between two runs, by minutes, days or months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from qiantai import MemoryStore
from qiantai.store import Store
from qiantai_tinydb.store import TinyStore
from tests.plugins.sites import kill
from tests.soak.day import Day, content
from tests.soak.outcome import Ended, Given, Outcome

DEEDS = 40
BACK = {
    "10 minutes": timedelta(minutes=10),
    "1 day": timedelta(days=1),
    "40 days": timedelta(days=40),
    "400 days": timedelta(days=400),
}


def tried(given: Given) -> Iterator[Outcome]:
    """One outcome for every second run: all of the first is there, no number is given twice, and the desk goes on."""
    chance = Random(given.seed)
    for turn in range(max(given.tries // 20, len(BACK))):
        name = list(BACK)[turn % len(BACK)]
        seed, second = given.seed + turn, chance.randint(DEEDS // 2, DEEDS)
        memory, site = MemoryStore(), given.folder / str(turn)
        for store in (memory, tiny := TinyStore(site)):
            _do(store, seed, range(second), timedelta())
        tiny.close()
        tiny = TinyStore(site)
        for store in (memory, tiny):
            _do(store, seed, range(second, second + DEEDS), BACK[name])
        if turn % 2:
            kill(tiny)
        else:
            tiny.close()
        tiny = TinyStore(site)
        same = content(tiny) == content(memory)
        kill(tiny)
        yield Outcome(name, Ended.KEPT) if same else Outcome(name, Ended.LOST, f"seed {seed}: not as in memory")


def _do(store: Store, seed: int, deeds: range, back: timedelta) -> None:
    for n in deeds:
        Day(seed, store, back).do(n)
