"""A power cut on a file system of its own: the image under it cloned at a random instant while a desk works on it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

from tests.soak.day import Ledger
from tests.soak.desk_process import Running, running
from tests.soak.judge import compared
from tests.soak.outcome import Given, Outcome, Skipped

FICLONE = 0x40049409  # one call of the system, which gives a copy as of one instant
TOOLS = ("losetup", "mkfs.btrfs", "mkfs.ext4", "mount", "umount")
CLONES = 25  # of one site, before the next is begun
MODES = ("data=ordered", "data=writeback")  # ext4's own, and the one that promises least


def tried(given: Given) -> Iterator[Outcome]:
    """One outcome for every clone. Raises `Skipped` without root, loop devices or a tool."""
    _ready()
    chance = Random(given.seed)
    with ExitStack() as mounted:
        below = mounted.enter_context(_below(given.folder))
        for turn, begin in enumerate(range(0, given.tries, CLONES)):
            mode = MODES[turn % len(MODES)]
            clones = min(CLONES, given.tries - begin)
            yield from _cut(below, given.folder, given.seed + turn, mode, clones, chance)


def _ready() -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise Skipped("it takes root to mount an image")
    if gone := [each for each in TOOLS if shutil.which(each) is None]:
        raise Skipped(f"not installed: {', '.join(gone)}")
    if not Path("/dev/loop-control").exists():
        raise Skipped("there are no loop devices: /dev/loop-control")


def _run(*command: str | Path) -> None:
    done = subprocess.run([str(each) for each in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Skipped(f"{command[0]} said: {done.stderr.strip()}")


@contextmanager
def _mounted(image: Path, at: Path, *options: str) -> Iterator[Path]:
    at.mkdir(exist_ok=True)
    _run("mount", "-o", ",".join(("loop", *options)), image, at)
    try:
        yield at
    finally:
        for _ in range(50):
            if subprocess.run(["umount", at], capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.1)


@contextmanager
def _below(folder: Path) -> Iterator[Path]:
    """Where a file can be cloned in one call: a btrfs of its own."""
    image = folder / "below.img"
    with image.open("wb") as file:
        file.truncate(512 << 20)
    _run("mkfs.btrfs", "-q", image)
    with _mounted(image, folder / "below") as below:
        yield below


def _cut(below: Path, folder: Path, seed: int, mode: str, clones: int, chance: Random) -> Iterator[Outcome]:
    image, clone = below / "disk.img", below / "clone.img"
    with image.open("wb") as file:
        file.truncate(24 << 20)
    _run("mkfs.ext4", "-q", "-F", "-J", "size=4", image)
    ledger = Ledger(seed)
    with _mounted(image, folder / "disk", mode) as disk, running(disk / "site", seed, 0) as desk:
        while not desk.opened and not desk.ended:
            desk.hear(1.0)
        for _ in range(clones):
            time.sleep(chance.uniform(0, 0.03))
            least, most = _cloned(image, clone, desk)
            with desk.held(), _mounted(clone, folder / "after", mode) as after:
                yield compared(f"ext4, {mode}", after / "site", ledger, least, most)
            clone.unlink()


def _cloned(image: Path, clone: Path, desk: Running) -> tuple[int, int]:
    """How many deeds were acknowledged before the instant, and how many may have been done by then."""
    desk.hear()
    least = desk.acknowledged
    with image.open("rb") as source, clone.open("wb") as target:
        fcntl.ioctl(target.fileno(), FICLONE, source.fileno())
    desk.hear()
    return least, desk.acknowledged + 1
