"""Every kind of break a few times; `make soak` tries each of them some thousands of times."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from qiantai import MemoryStore
from qiantai_tinydb import journal
from qiantai_tinydb.mark import Mark
from tests.soak.breaks import BREAKS
from tests.soak.day import Day
from tests.soak.outcome import Ended, Given, Outcome, Skipped, Tally

A_FEW = {"kill": 12, "power_cut": 20, "disk_error": 60, "bit_flip": 48, "cut_short": 24, "image_clone": 6}
SEED = 20261123


def tally(name: str, folder: Path, tries: int) -> Tally:
    return Tally.of(BREAKS[name](Given(tries, SEED, folder)))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize("name", BREAKS)
def test_nothing_that_was_acknowledged_is_lost(name: str, tmp_path: Path) -> None:
    try:
        found = tally(name, tmp_path, A_FEW.get(name, 1))
    except Skipped as reason:
        pytest.skip(str(reason))
    assert found.lost == []
    assert found.tried >= 4


def test_the_work_has_everything_in_it() -> None:
    memory = MemoryStore()
    for n in range(200):
        Day(SEED, memory).do(n)
    cases = list(memory.all_cases())
    names = {event.name for case in cases for event in case.history}
    assert {"receive", "note", "dispatch", "complete", "call_back", "erase"} <= names
    assert len({case.received.month for case in cases}) > 1
    assert len({case.kind for case in cases}) > 3
    assert sum(not case.open for case in cases) > 10
    assert len(memory.households()) > 3
    assert len(memory.looks()) > 3


def test_a_store_that_does_not_sync_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("no way to see what is synced")
    monkeypatch.setattr(journal, "sync", lambda _: None)
    assert tally("power_cut", tmp_path, 8).ended[Ended.LOST]


def test_a_store_that_cuts_off_what_was_acknowledged_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Mark, "read", lambda _: 0)
    assert tally("cut_short", tmp_path, 1).ended[Ended.LOST]


def test_a_tally_tells_the_outcomes_by_place() -> None:
    def outcomes() -> Iterator[Outcome]:
        yield Outcome("open.json", Ended.REFUSED, "line 3")
        yield Outcome("open.json", Ended.LOST, "nobody noticed")
        yield Outcome("lock", Ended.KEPT)

    found = Tally.of(outcomes())
    assert found.tried == 3
    assert [each.split() for each in found.lines()] == [["open.json", "2", "0", "1", "1"], ["lock", "1", "1", "0", "0"]]
    assert [each.told for each in found.lost] == ["nobody noticed"]
