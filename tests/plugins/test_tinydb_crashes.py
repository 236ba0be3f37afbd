"""The default store when the process, the power or the disk fails it: what was acknowledged is there."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.plugins.faulty_disk import CALLS, PowerCut, broken, failing, full
from tests.plugins.happenings import LEAK, LIFT, NINE, TAP, closed, noted, received, taken_back
from tests.plugins.sites import everything, kill, lines

from qiantai.case import Case
from qiantai.store import MemoryStore, Store, Unwritable
from qiantai_tinydb import cases, open_store
from qiantai_tinydb.store import TinyStore


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def a_day(store: Store) -> Iterator[None]:
    """A few actions of a day, among them one on an archived case and one on two cases."""
    for action in (
        [received(LIFT), received(TAP)],
        [noted(LEAK, 2, "住户来电")],
        [noted(LIFT, 1, "到场"), closed(TAP, 1)],
        [closed(LIFT, 2)],
        [taken_back(TAP, 2, 1)],
    ):
        store.append(action)
        yield


def prepared(site: Path) -> None:
    if site.exists():
        shutil.rmtree(site)
    store = open_store(site)
    store.append([received(LEAK, NINE.replace(month=10, day=1)), closed(LEAK, 1)])
    store.close()


@pytest.mark.parametrize("name", CALLS)
def test_a_power_cut_at_any_call_keeps_what_was_acknowledged(site: Path, name: str) -> None:
    cuts = 0
    for at in range(1, 60):
        prepared(site)
        expected = MemoryStore()
        expected.append([received(LEAK, NINE.replace(month=10, day=1)), closed(LEAK, 1)])
        store = TinyStore(site)
        store._cases._limits = 1, 1  # file at every action
        before = after = everything(expected)
        with failing(name, at, PowerCut()) as call:
            try:
                for _, _ in zip(a_day(store), a_day(expected), strict=True):
                    before = everything(expected)
                after = before
                store.close()
            except PowerCut:
                after = one_more(before)
        kill(store)
        store = TinyStore(site)
        found = everything(store)
        assert found in (before, after), f"{name} number {at}"
        store.close()
        if not call.failed:
            break
        cuts += 1
    else:
        pytest.fail("the day never ended")
    assert cuts


def one_more(before: dict[str, Case]) -> dict[str, Case]:
    """The cases after the action that follows, which was not acknowledged and may be there all the same."""
    again = MemoryStore()
    again.append([received(LEAK, NINE.replace(month=10, day=1)), closed(LEAK, 1)])
    for _ in a_day(again):
        if len(_histories(everything(again))) > len(_histories(before)):
            break
    return everything(again)


def _histories(found: dict[str, Case]) -> list[Any]:
    return [event for case in found.values() for event in case.history]


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("error", [full, broken])
def test_a_disk_that_says_no_at_any_call_keeps_the_action_or_says_so(site: Path, name: str, error: Any) -> None:
    for at in range(1, 60):
        prepared(site)
        store = TinyStore(site)
        store._cases._limits = 1, 1
        expected = everything(store)
        refused = 0
        with failing(name, at, error()) as call:
            day = a_day(store)
            while True:
                try:
                    next(day)
                except StopIteration:
                    break
                except Unwritable:
                    refused += 1
                    assert everything(store) == expected, "in memory all is as before"
                    break
                expected = everything(store)
            if not refused:
                try:
                    store.close()
                except Unwritable:
                    refused += 1
        kill(store)
        store = TinyStore(site)
        assert everything(store) == expected, f"{name} number {at}"
        store.close()
        if not call.failed:
            break
    else:
        pytest.fail("the day never ended")


def test_filing_that_fails_is_tried_again_and_stops_no_action(
    site: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cases, "CLOSED_LIMIT", 2)
    store = open_store(site)
    numbers = [f"BX-20261123-{n:03}" for n in range(1, 5)]
    with failing("replace", 1, full()):
        for number in numbers[:2]:
            store.append([received(number), closed(number, 1)])
    assert "not filed for now" in caplog.text
    assert not (site / "archive" / "2026-11.json").exists()
    for number in numbers[2:]:
        store.append([received(number), closed(number, 1)])
    assert lines(site / "archive" / "2026-11.json") == numbers
    store.close()


def work(site: Path, acknowledged: Any) -> None:
    """A desk that never stops: takes in, notes, closes, and says what was acknowledged."""
    cases.JOURNAL_LIMIT, cases.CLOSED_LIMIT = 60_000, 7
    store = open_store(site)
    used = store.last_number("BX", NINE.date())
    while True:
        used += 1
        number = f"BX-20261123-{used:03}"
        for action in ([received(number)], [noted(number, 1, f"第{used}件")], [closed(number, 2)][: used % 2]):
            if action:
                store.append(action)
                os.write(acknowledged, f"{number} {action[0].seq}\n".encode())


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
def test_a_kill_at_any_instant_keeps_every_acknowledged_action(site: Path) -> None:
    chance = random.Random(20261123)
    fork = multiprocessing.get_context("fork")
    acknowledged: set[tuple[str, int]] = set()
    for _ in range(25):
        reading, writing = os.pipe()
        desk = fork.Process(target=work, args=(site, writing))
        desk.start()
        os.close(writing)
        time.sleep(chance.uniform(0.005, 0.12))
        desk.kill()
        desk.join()
        with open(reading, encoding="utf-8") as told:
            acknowledged |= {(line.split()[0], int(line.split()[1])) for line in told if line.endswith("\n")}
        store = TinyStore(site)
        kept = {(event.case, event.seq) for case in everything(store).values() for event in case.history}
        assert acknowledged <= kept
        kill(store)
    assert len(acknowledged) > 25
