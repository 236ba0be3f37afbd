"""What is asked of an archive, of the default store and of SQLite with the same cases: milliseconds, the median.

    python bench/many_stores.py [--cases 20000]

To copy 100,000 cases into SQLite takes some minutes.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

from many_site import RARE, TROUBLED, make_site  # type: ignore[import-not-found]

from qiantai.events import Event
from qiantai.periods import ZONE
from qiantai.plugins import open_store
from qiantai.projections.months import days_of, later, month_of
from qiantai.store import Store

TIMES, FIRST, AT_ONCE = 5, 101, 200
HOME = "21-1-1001"


def questions(store: Store) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a desk asks of the archive."""
    first, last = days_of(later(month_of(datetime.now(ZONE)), -6))
    number, count = next(iter(store.received(first, first))).number, store.closed_count()

    def found(household: str = "", words: str = "", most: int = FIRST) -> Callable[[], object]:
        return lambda: list(islice(store.closed_cases(household, words), most))

    yield "the two latest of a household", found(HOME, most=2)
    yield "of a household that has none", found("99-9-909", most=2)
    yield "all of a household", found(HOME, most=500)
    yield "of the household with the most: 500", found(TROUBLED, most=500)
    yield "words, in many", found(words="漏水")
    yield "one character, in many", found(words="灯")
    yield "words, in one of 5,000", found(words=RARE)
    yield "words that are nowhere", found(words="长颈鹿")
    yield "how many are closed", store.closed_count
    yield "of the list of them the first 40", lambda: store.closed_page(0, 40)
    yield "40 in its middle", lambda: store.closed_page(count // 2, 40)
    yield "its last 40", lambda: store.closed_page(count - 40, 40)
    yield "40 in the middle of a month", lambda: store.closed_page(count // 26, 40, f"{first:%Y-%m}")
    yield "a case by its number", lambda: store.case(number)
    yield "the last number of a day", lambda: store.last_number("BX", last)
    yield "a day", lambda: list(store.received(first, first))
    yield "a month", lambda: list(store.received(first, last))


def took(act: Callable[[], object]) -> float:
    """Milliseconds, the median."""
    times: list[float] = []
    for _ in range(TIMES):
        began = perf_counter()
        act()
        times.append((perf_counter() - began) * 1000)
    return median(times)


def copied(source: Store, target: Store) -> None:
    """All of the one is in the other, some cases in an action."""
    several: list[Event] = []
    for number, case in enumerate(source.all_cases(), 1):
        several += case.history
        if number % AT_ONCE == 0:
            target.append(several)
            several = []
    target.append(several)


def main() -> None:
    """Prints the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--cases", type=int, default=20_000)
    asked.add_argument("--site", type=Path, help="a site that is there")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = given.site or make_site(Path(place, "site"), given.cases)
        ours, theirs = open_store("tinydb", folder), open_store("sqlite", Path(place, "sqlite"))
        copied(ours, theirs)
        print(f"{'milliseconds':<44}{'tinydb':>10}{'sqlite':>10}")
        for (name, act), (_, other) in zip(questions(ours), questions(theirs), strict=True):
            print(f"{name:<44}{took(act):10.1f}{took(other):10.1f}")
        ours.close()
        theirs.close()


if __name__ == "__main__":
    main()
