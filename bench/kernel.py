"""What the kernel costs: a command, a case in memory, a fold, the queue, a case read from its stored form, the import.

Run it with `python bench/kernel.py`; it prints one line a figure, with the mark it is held against. `--steps` prints
the first figure alone.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from qiantai import ZONE, Case, Desk, Done, Handbook, Household, MemoryStore, Person, fold
from qiantai.events import Event
from qiantai.projections.queue import queue, tally
from qiantai.wire import event_in, event_out

START = datetime(2026, 11, 23, 9, tzinfo=ZONE)
SECOND = timedelta(seconds=1)
ROLES = ("desk", "engineering", "security", "area_manager", "cs_head")
HANDBOOK = Handbook(
    {role: Person(role, role, {role}) for role in ROLES},
    {"1-2-301": Household("1-2-301", "王女士", "13800001234")},
)

Commands = tuple[tuple[str, str, dict[str, Any]], ...]

# From receipt to filing, a way for each kind.
WAYS: Mapping[str, Commands] = {
    "complaint": (
        ("explain", "desk", {}),
        ("assign", "desk", {"to": "engineering"}),
        ("complete", "engineering", {"result": "已整改", "valid": False}),
        ("reply", "desk", {"channel": "phone", "text": "已整改"}),
        ("call_back", "desk", {"satisfied": True}),
    ),
    "suggestion": (
        ("thank", "desk", {"channel": "phone"}),
        ("assign", "desk", {"to": "cs_head"}),
        ("decide", "cs_head", {"outcome": "adopted", "reason": "可行"}),
        ("reply", "cs_head", {"channel": "phone", "text": "采纳"}),
        ("complete", "cs_head", {"result": "已装"}),
        ("call_back", "desk", {"satisfied": True}),
    ),
    "enquiry": (
        ("take_contact", "desk", {}),
        ("assign", "desk", {"to": "area_manager"}),
        ("reply", "area_manager", {"channel": "phone", "text": "周三开放"}),
        ("call_back", "desk", {"satisfied": True}),
    ),
    "challenge": (
        ("take_contact", "desk", {}),
        ("assign", "desk", {"to": "area_manager"}),
        ("reply", "area_manager", {"channel": "phone", "text": "周三开放"}),
        ("call_back", "desk", {"satisfied": True}),
    ),
    "help": (
        ("dispatch", "desk", {"to": "security"}),
        ("arrive", "security", {}),
        ("complete", "security", {"log": "已扶起,无碍"}),
        ("call_back", "desk", {"satisfied": True}),
    ),
    "repair": (
        ("dispatch", "desk", {"to": "engineering"}),
        ("arrive", "engineering", {}),
        ("complete", "engineering", {"result": "已修好"}),
        ("call_back", "desk", {"satisfied": True, "quality_ok": True, "channel": "phone"}),
    ),
}
MORE: Mapping[str, dict[str, Any]] = {
    "complaint": {"occurred_at": START - timedelta(days=1), "place": "大堂", "demand": "整改"},
    "repair": {"emergency": True},
}


class Counter:
    """A desk in memory whose clock goes on a second with each command."""

    def __init__(self) -> None:
        self.at = START
        self.desk = Desk(HANDBOOK, MemoryStore(), lambda: self.at)

    def receive(self, kind: str) -> Case:
        """A case taken in."""
        self.at += SECOND
        said = {"channel": "phone", "household": "1-2-301", "summary": "厨房水管漏水", **MORE.get(kind, {})}
        return self._done(self.desk.receive("desk", kind=kind, **said))

    def whole(self, kind: str) -> Case:
        """A case from its receipt to its filing."""
        case = self.receive(kind)
        for name, by, said in WAYS[kind]:
            self.at += SECOND
            case = self._done(self.desk.do(case.number, name, by, **said))
        assert case.filed, case
        return case

    def _done(self, found: object) -> Case:
        assert isinstance(found, Done), found
        return found.case


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
    """Seconds to fold so many events into their cases."""
    given = histories(events)
    return fastest(lambda: [fold(each) for each in given], 3)


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
            for code in ("pass", "import attrs, cattrs", "import qiantai"):
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
    told("500 cases from their stored form", reading(500), "ms")
    told("the queue of 500 at a new second", queueing(500), "ms", "1")
    for code, took in importing().items():
        told(f"python -c '{code}'", took, "ms", "60" if "qiantai" in code else "")


if __name__ == "__main__":
    main()
