"""Every write, sync, rename, truncation, removal and new folder failing in turn: the disk is full, or broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from qiantai.store import Unwritable
from qiantai_tinydb.store import TinyStore
from tests.plugins.faulty_disk import broken, failing, full
from tests.plugins.sites import kill
from tests.soak.day import Day, Ledger, content
from tests.soak.desk_process import soon_full
from tests.soak.judge import compared
from tests.soak.outcome import Ended, Given, Outcome

CALLS = ("write", "fsync", "replace", "ftruncate", "unlink", "mkdir")
DEEDS = 36


def tried(given: Given) -> Iterator[Outcome]:
    """One outcome for every call that fails, until a day is over without it."""
    each_kind = max(given.tries // (2 * len(CALLS)), 1)
    with soon_full(in_turn=True):
        for error in (full, broken):
            for name in CALLS:
                for at in range(1, each_kind + 1):
                    outcome, came = _refused(
                        given.folder / f"{name} {error.__name__} {at}", given.seed, name, at, error
                    )
                    yield outcome
                    if not came:
                        break


def _refused(site: Path, seed: int, name: str, at: int, error: Callable[[], OSError]) -> tuple[Outcome, bool]:
    """A day on which one call fails: in memory all is as acknowledged, on the disk too, or what was refused as well."""
    ledger, done, refused = Ledger(seed), 0, False
    store = None
    place = f"{name}, {'full' if error is full else 'broken'}"
    with failing(name, at, error()) as call:
        try:
            store = TinyStore(site)
            for done in range(DEEDS):
                Day(seed, store).do(done)
            done = DEEDS
        except Unwritable:
            refused = True
        except Exception as other:
            return Outcome(place, Ended.LOST, f"call {at}: {other!r}"), True
    if store is not None:
        if ledger.reached(content(store), done, done + refused) is None:
            return Outcome(place, Ended.LOST, f"call {at}: in memory it is not as acknowledged"), True
        kill(store)
    return compared(place, site, ledger, done, done + refused), call.failed
