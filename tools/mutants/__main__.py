"""Breaks the rules one place at a time, and tells which breaks nothing noticed.

`python -m tools.mutants [NAME …]` from the project's folder, as `make mutants` does; a name is a kind, whose tables
are broken, or a module of the kernel, whose functions are. The scenarios are asked first, then what comes of every
command, then the kernel's tests that run what is broken.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial

import pytest
from attrs import frozen

from tools.mutants import code, tables, tests
from tools.mutants.mutant import Mutant

OPTIONS = ("-s", "-p", "no:cacheprovider", "--assert=plain", "--tb=no", "-qq", "-o", "addopts=--import-mode=importlib")


@frozen
class Counted:
    """How many mutants of one kind's tables or one module were made, and those that nothing noticed."""

    of: str
    made: int
    survived: tuple[Mutant, ...]

    @property
    def rate(self) -> float:
        """Per cent that were noticed."""
        return 100 * (self.made - len(self.survived)) / self.made if self.made else 100.0

    def __str__(self) -> str:
        left = len(self.survived)
        return f"{self.of:32} {self.made:6} {self.made - left:6} {left:6} {self.rate:7.1f} %"


class Hunt:
    """In the place of pytest's own loop over its tests: one process for each mutant, until something notices it."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.asked = asked
        self.counted: list[Counted] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Hunt all that was asked for."""
        names = self.asked.names or (*tables.KINDS, *code.MODULES)
        codes = {name: code.read(name) for name in names if name in code.MODULES}
        went = tests.tried(tests.collected(session), codes.values(), self.asked.jobs)
        runs = tests.who_runs(went)
        tables.every_scenario()  # read once, ahead of all mutants
        print(f"{len(went)} tests are asked, besides the scenarios", flush=True)
        for name in names:
            if name in tables.KINDS:
                tables.remember(name)
                self._hunt(list(tables.mutants(name)), went)
            else:
                self._hunt(list(code.mutants(codes[name], runs)), went)
        return True

    def _hunt(self, mutants: Sequence[Mutant], went: Sequence[tests.Test]) -> None:
        chosen = mutants[:: self.asked.every]
        gc.collect()
        gc.freeze()
        by = list(tests.forked(_tasks(chosen, went), self.asked.jobs))
        survived = tuple(each for each, name in zip(chosen, by, strict=True) if not name)
        found = Counted(chosen[0].of, len(chosen), survived)
        self.counted.append(found)
        print(found, flush=True)
        for each in survived:
            print(f"    {each.what}", flush=True)
        if self.asked.tell:
            for each, name in zip(chosen, by, strict=True):
                print(f"  {name or '-':80} {each.what}", file=sys.stderr)


def _tasks(mutants: Sequence[Mutant], went: Sequence[tests.Test]) -> Iterator[partial[str]]:
    quickest = sorted(went, key=lambda each: each.seconds)
    for mutant in mutants:
        yield partial(_asked, mutant, quickest)


def _asked(mutant: Mutant, quickest: Sequence[tests.Test]) -> str:
    return tests.noticed(mutant, [each for each in quickest if mutant.concerns(each.item.nodeid)])


def main() -> int:
    """Print every mutant that nothing noticed, and a summary; 0 where enough of each were noticed, else 1."""
    reader = argparse.ArgumentParser("python -m tools.mutants", description=__doc__)
    reader.add_argument("names", nargs="*", metavar="NAME", help="; ".join((*tables.KINDS, *code.MODULES)))
    reader.add_argument("--least", type=float, default=90.0, help="per cent of each that have to be noticed")
    reader.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth, for a quick look")
    reader.add_argument("--tell", action="store_true", help="tell on the standard error what noticed each")
    reader.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    hunt = Hunt(reader.parse_args())
    os.environ["CI"] = "1"
    pytest.main([*OPTIONS, "tests/kernel"], plugins=[hunt])
    print(f"\n{'':32} {'made':>6} {'killed':>6} {'left':>6} {'rate':>9}")
    for each in hunt.counted:
        print(each)
    made, survived = sum(each.made for each in hunt.counted), [m for each in hunt.counted for m in each.survived]
    print(Counted("all", made, tuple(survived)))
    return 0 if hunt.counted and all(each.rate >= hunt.asked.least for each in hunt.counted) else 1


if __name__ == "__main__":
    sys.exit(main())
