"""What the kernel costs: a command, a case in memory, a fold, the queue, a case read from its stored form, the import.

Run it with `python bench/kernel.py`; it prints one line a figure, with the mark it is held against. `--steps` prints
the first figure alone.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from time import perf_counter

from workload import SECOND, WAYS, Counter  # type: ignore[import-not-found]

from qiantai import fold
from qiantai.events import Event
from qiantai.projections.queue import queue, tally
from qiantai.wire import event_in, event_out


def steps(kinds: tuple[str, ...], rounds: int = 15, cases: int = 60) -> float:
    """Microseconds a command, the fastest of some rounds of whole cases, each round on a day of its own."""
    count = sum(1 + len(WAYS[kind]) for kind in kinds) * cases
    took: list[float] = []
    for _ in range(rounds):
        counter = Counter()
        began = perf_counter()
        for _ in range(cases):
            for kind in kinds:
                counter.whole(kind)
        took.append((perf_counter() - began) / count)
    return min(took) * 1e6


def late(receipts: int) -> float:
    """Microseconds of a receipt after so many on the same day."""
    counter = Counter()
    for _ in range(receipts):
        counter.receive("repair")
    return fastest(lambda: counter.receive("repair"), 50) * 1e6


def fastest(action: Callable[[], object], rounds: int) -> float:
    """Seconds of the fastest round."""
    took: list[float] = []
    for _ in range(rounds):
        began = perf_counter()
        action()
        took.append(perf_counter() - began)
    return min(took)


def bytes_a_case(cases: int = 600) -> float:
    """Bytes of a case from receipt to filing with its history, in memory."""
    kinds = tuple(WAYS)
    Counter().whole("repair")
    tracemalloc.start()
    counter = Counter()
    for place in range(cases):
        counter.whole(kinds[place % len(kinds)])
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return grown / cases


def histories(events: int) -> list[tuple[Event, ...]]:
    """Whole cases of all kinds with about so many events together."""
    counter = Counter()
    found: list[tuple[Event, ...]] = []
    kinds = tuple(WAYS)
    kept = 0
    while kept < events:
        found.append(counter.whole(kinds[len(found) % len(kinds)]).history)
        kept += len(found[-1])
    return found


def folding(events: int) -> float:
    """Seconds to fold so many events into their cases, all held together."""
    given = histories(events)
    return fastest(lambda: [fold(each) for each in given], 3)


def streaming(events: int, held: int = 20_000) -> tuple[float, float]:
    """Seconds to fold so many events, and by how many MB the process grew: case by case, no case kept.

    The events are `held` of them over and over, as a store that reads one case after the other would give them.
    """
    given = histories(held)
    turns = round(events / sum(map(len, given)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = perf_counter()
    for _ in range(turns):
        for each in given:
            fold(each)
    took = perf_counter() - began
    return took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def reading(cases: int) -> float:
    """Milliseconds to make so many cases from their stored form."""
    stored = [[event_out(event) for event in history] for history in histories(cases * 5)[:cases]]
    assert event_in(stored[0][0]).seq == 0
    return fastest(lambda: [fold(map(event_in, each)) for each in stored], 5) * 1000


def queueing(cases: int) -> float:
    """Milliseconds to order so many open cases anew and count them, at a new second."""
    counter = Counter()
    kinds = tuple(WAYS)
    for place in range(cases):
        counter.receive(kinds[place % len(kinds)])
    open_cases = counter.desk.store.open_cases()
    assert len(open_cases) == cases

    def at_a_new_second() -> None:
        counter.at += SECOND
        tally(queue(open_cases), counter.at)

    return fastest(at_a_new_second, 20) * 1000


def importing(rounds: int = 11) -> dict[str, float]:
    """Milliseconds of a process that only imports, in turns: the medians. Bytecode is kept, as of an installed one."""
    took: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as kept:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": kept}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for turn in range(rounds + 1):
            for code in ("pass", "import attrs, cattrs", "import qiantai", "from qiantai import Desk"):
                began = perf_counter()
                subprocess.run([sys.executable, "-c", code], check=True, env=environment)
                if turn:
                    took.setdefault(code, []).append((perf_counter() - began) * 1000)
    return {code: statistics.median(times) for code, times in took.items()}


def told(what: str, figure: float, unit: str, mark: str = "") -> None:
    """One line."""
    print(f"{what:<44}{figure:10.2f} {unit:<6}" + (f" mark {mark}" if mark else ""), flush=True)


def main() -> None:
    """Prints the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--steps", action="store_true", help="only the cost of a command")
    only = asked.parse_args().steps
    told("a command of an emergency repair", steps(("repair",)), "us")
    told("a command, over all six kinds", steps(tuple(WAYS)), "us")
    if only:
        return
    told("a receipt after 5,000 that day", late(5000), "us")
    told("a case from receipt to filing, in memory", bytes_a_case(), "bytes")
    told("folding 100,000 events", folding(100_000), "s")
    took, grown = streaming(1_000_000)
    told("folding 1,000,000 events, case by case", took, "s")
    told("  memory that this took", grown, "MB")
    told("500 cases from their stored form", reading(500), "ms")
    told("the queue of 500 at a new second", queueing(500), "ms", "1")
    for code, took in importing().items():
        told(f"python -c '{code}'", took, "ms", "60" if code == "import qiantai" else "")


if __name__ == "__main__":
    main()
