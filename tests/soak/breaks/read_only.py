"""The folder is made read-only, before the desk opens it or while it works."""

from __future__ import annotations

import multiprocessing
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path

from qiantai.store import StoreError
from qiantai_tinydb import cases
from qiantai_tinydb.store import TinyStore
from tests.soak.day import Day, Ledger, content
from tests.soak.judge import compared
from tests.soak.outcome import Ended, Given, Outcome, Skipped, said

NOBODY = 65534
DEEDS = 40
FORBIDDEN: Mapping[str, tuple[int, int]] = {"the folder": (0o555, 0o644), "folder and files": (0o555, 0o444)}
REFUSED, BROKEN = -2, -1  # in the place of how many deeds were acknowledged
Modes = tuple[int, int]  # of the folders, and of the files
Told = tuple[int, str, str]
Child = Callable[[Path, int, Modes], Told]


def tried(given: Given) -> Iterator[Outcome]:
    """One outcome for each: what is there can still be told, and whatever cannot be kept is refused."""
    if os.name == "nt":
        raise Skipped("no modes there")
    with tempfile.TemporaryDirectory() as folder:  # not in one that is its owner's alone: the child is nobody
        os.chmod(folder, 0o755)
        for name, child in (("at opening", _opens), ("while it works", _works)):
            for what, modes in FORBIDDEN.items():
                place = f"{name}, {what}"
                yield _tried(Path(folder) / place, place, given.seed, child, modes)


def _tried(site: Path, place: str, seed: int, child: Child, modes: Modes) -> Outcome:
    ledger = Ledger(seed)
    store = TinyStore(site)
    for n in range(DEEDS):
        Day(seed, store).do(n)
    store.close()
    _owned(site)
    done, told, held = _as_nobody(child, site, seed, modes)
    _set(site, 0o755, 0o644)
    if done == REFUSED:
        outcome = compared(place, site, ledger, DEEDS, DEEDS)
        return Outcome(place, Ended.REFUSED, told) if outcome.ended is Ended.KEPT else outcome
    if done == BROKEN:
        return Outcome(place, Ended.LOST, told)
    if ledger.reached(held, DEEDS + done, DEEDS + done + bool(told)) is None:
        return Outcome(place, Ended.LOST, f"in memory it is not as acknowledged: {told}")
    outcome = compared(place, site, ledger, DEEDS + done, DEEDS + done + bool(told))
    return Outcome(place, Ended.REFUSED, told) if told and outcome.ended is Ended.KEPT else outcome


def _owned(site: Path) -> None:
    if os.geteuid() == 0:
        for each in (site, *site.rglob("*")):
            os.chown(each, NOBODY, NOBODY)


def _set(site: Path, folder: int, file: int) -> None:
    for each in (*site.rglob("*"), site):
        each.chmod(folder if stat.S_ISDIR(each.stat().st_mode) else file)


def _as_nobody(child: Child, site: Path, seed: int, modes: Modes) -> Told:
    """What the child found, in a process that is not root's: root may write whatever the modes are."""
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe()
    process = fork.Process(target=_child, args=(there, child, site, seed, modes))
    process.start()
    there.close()
    try:
        found: Told = here.recv() if here.poll(120) else (BROKEN, "it never answered", "")
    except EOFError:
        found = BROKEN, "it ended without an answer", ""
    process.kill()
    process.join()
    return found


def _child(
    there: Connection,
    child: Child,
    site: Path,
    seed: int,
    modes: Modes,
) -> None:
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        there.send(child(site, seed, modes))
    except Exception as error:
        there.send((BROKEN, said(error), ""))


def _opens(site: Path, seed: int, modes: Modes) -> Told:
    _set(site, *modes)
    try:
        store = TinyStore(site)
    except StoreError as error:
        return REFUSED, said(error), ""
    return _goes_on(store, seed)


def _works(site: Path, seed: int, modes: Modes) -> Told:
    cases.CLOSED_LIMIT = 1
    store = TinyStore(site)
    _set(site, *modes)
    return _goes_on(store, seed)


def _goes_on(store: TinyStore, seed: int) -> Told:
    """How many deeds were acknowledged until one was refused, what was said then, and what the store has now."""
    for done in range(DEEDS):
        try:
            Day(seed, store).do(DEEDS + done)
        except StoreError as error:
            return done, said(error), content(store)
    return DEEDS, "", content(store)
