"""Break the default store, and say what came of it.

    python -m tests.soak [--tries 2000] [--seed 20261127] [--folder /dev/shm] [kill power_cut …]

It ends with 1 where anything that was acknowledged is lost.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from time import perf_counter

from qiantai import ZONE
from tests.soak.breaks import BREAKS
from tests.soak.outcome import Ended, Given, Skipped, Tally


def main() -> int:
    """The exit code."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--tries", type=int, default=2000, help="of every kind, where it is not a matter of a few")
    asked.add_argument("--seed", type=int, default=20261127)
    asked.add_argument("--folder", type=Path, help="where to work; the system's temporary folder otherwise")
    asked.add_argument("breaks", nargs="*", metavar="break", help=" ".join(BREAKS))
    given = asked.parse_args()
    if unknown := set(given.breaks) - set(BREAKS):
        asked.error(f"no break is called {', '.join(sorted(unknown))}")
    print(f"{datetime.now(ZONE):%Y-%m-%d %H:%M}, seed {given.seed}")
    print(f"{'':48s}{'tried':>10s}" + "".join(f"{each:>10s}" for each in Ended))
    return max([_broken(each, given.tries, given.seed, given.folder) for each in given.breaks or BREAKS])


def _broken(name: str, tries: int, seed: int, inside: Path | None) -> int:
    began = perf_counter()
    try:
        with tempfile.TemporaryDirectory(prefix="qiantai-", dir=inside) as folder:
            tally = Tally.of(BREAKS[name](Given(tries, seed, Path(folder))))
    except Skipped as reason:
        print(f"{name}: skipped, {reason}", flush=True)
        return 0
    print(f"{name}, {perf_counter() - began:.0f} s", *tally.lines(), sep="\n", flush=True)
    for each in tally.lost[:20]:
        print(f"    lost, {each.place}: {each.told}", flush=True)
    return 1 if tally.lost else 0


if __name__ == "__main__":
    sys.exit(main())
