"""A power cut at a random call of the system; of what was not synced some is there, and some sectors of a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from random import Random

from qiantai_tinydb.store import TinyStore
from tests.plugins.faulty_disk import Platter, PowerCut, failing
from tests.plugins.sites import kill
from tests.soak.day import Day, Ledger
from tests.soak.desk_process import SHIFT, soon_full
from tests.soak.judge import compared
from tests.soak.outcome import Ended, Given, Outcome, Skipped

CALLS = {"write": 30, "fsync": 30, "replace": 6, "ftruncate": 6, "unlink": 4, "mkdir": 2}
DEEDS = 200  # of one site, before the next is begun


def tried(given: Given) -> Iterator[Outcome]:
    """One outcome for every cut, each place a call."""
    if not Path("/proc/self/fd").exists():
        raise Skipped("there is no /proc/self/fd to see what is synced")
    chance = Random(given.seed)
    seed, ledger = given.seed, Ledger(given.seed)
    with soon_full(in_turn=True):
        for _ in range(given.tries):
            outcome = _cut(given.folder / str(seed), seed, ledger, chance)
            yield outcome
            if ledger.done > DEEDS or outcome.ended is Ended.LOST:
                seed += 1
                ledger = Ledger(seed)


def _cut(site: Path, seed: int, ledger: Ledger, chance: Random) -> Outcome:
    name = chance.choice(list(CALLS))
    site.mkdir(exist_ok=True)
    platter = Platter(site)
    least, store = ledger.done, None
    with platter.spinning(), failing(name, chance.randint(1, CALLS[name]), PowerCut()) as call, suppress(PowerCut):
        store = TinyStore(site)
        for least in count(ledger.done):
            if least % SHIFT == SHIFT - 1:
                store.close()
                store = TinyStore(site)
            Day(seed, store).do(least)
            if call.calls == 0 and least > ledger.done + 3 * SHIFT:
                break  # a call that this work has no need of
    if store is not None:
        kill(store)
    platter.lose(chance=chance)
    return compared(name, site, ledger, least, least + 1)
