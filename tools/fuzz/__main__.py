"""Fuzzes the readers, coverage-guided: `python -m tools.fuzz [TARGET…] [--seconds N]`, all of them in turn where none.

What is found lies in `.fuzz/TARGET/`, with the corpus that grew; give it to `TARGETS[…]` to see it again.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tools.fuzz.seeds import seeds
from tools.fuzz.targets import TARGETS

FOLDER = Path(__file__).parents[2] / ".fuzz"
SECONDS = 60
MEGABYTES = 2048
LONGEST = 64 * 1024
"""Bytes of one input."""


def _one(name: str, seconds: int) -> int:
    """Fuzz one target in this process; atheris ends it."""
    import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]  # an extra

    folder = FOLDER / name
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for place, data in enumerate(seeds()[name]):
        (corpus / f"seed-{place:03d}").write_bytes(data)
    atheris.instrument_all()
    limits = [f"-max_total_time={seconds}", f"-rss_limit_mb={MEGABYTES}", f"-max_len={LONGEST}", "-timeout=20"]
    atheris.Setup([name, str(corpus), f"-artifact_prefix={folder}/", *limits], TARGETS[name])
    atheris.Fuzz()
    return 0


def main() -> int:
    """The number of targets in which something was found."""
    asked = argparse.ArgumentParser("python -m tools.fuzz")
    asked.add_argument("targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET")
    asked.add_argument("--seconds", type=int, default=SECONDS, help="for each target")
    asked.add_argument("--here", action="store_true", help="one target, in this process")
    given = asked.parse_args()
    if given.here:
        return _one(given.targets[0], given.seconds)
    names = given.targets or list(TARGETS)
    command = [sys.executable, "-m", "tools.fuzz", "--here", "--seconds", str(given.seconds)]
    found = [name for name in names if subprocess.run([*command, name], check=False).returncode]
    print(f"found something in: {', '.join(found)}" if found else f"nothing found in: {', '.join(names)}")
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
