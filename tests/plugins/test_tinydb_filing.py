"""Closed cases are filed beside whoever goes on: nobody waits for it, and nothing is lost or comes back by it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.plugins.sites import everything, lines
from tests.plugins.slow_disk import LONGEST, Disk

from qiantai.memory import MemoryStore
from qiantai.store import Store
from qiantai.testing.happenings import LIFT, TAP, closed, noted, received
from qiantai_tinydb import archive, cases
from qiantai_tinydb.disk import replace_whole
from qiantai_tinydb.store import TinyStore

MONTH = "2026-11.json"


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """So it is, and two closed cases are filed; nothing waits longer than the test."""
    slow = Disk(replace_whole)
    monkeypatch.setattr(archive, "replace_whole", slow.replace_whole)
    monkeypatch.setattr(cases, "CLOSED_LIMIT", 2)
    yield slow
    slow.may.set()


def filing(store: TinyStore, disk: Disk, *others: Store) -> None:
    """Two cases are closed, and their month's file is being written."""
    for each in (store, *others):
        each.append([received(LIFT), closed(LIFT, 1)])
        each.append([received(TAP), closed(TAP, 1)])
    assert disk.asked.wait(LONGEST)


@contextmanager
def at_a_store(site: Path) -> Iterator[TinyStore]:
    store = TinyStore(site)
    try:
        yield store
    finally:
        store.close()


def test_whoever_goes_on_waits_for_nothing_and_all_is_there_at_every_moment(tmp_path: Path, disk: Disk) -> None:
    memory = MemoryStore()
    with at_a_store(tmp_path) as store:
        filing(store, disk, memory)
        later = "BX-20261123-009"
        for each in (store, memory):
            each.append([noted(LIFT, 2, "住户又来电"), received(later)])
        assert everything(store) == everything(memory)
        assert not (tmp_path / "archive" / MONTH).exists()
        disk.may.set()
    assert lines(tmp_path / "archive" / MONTH) == [LIFT, TAP]
    with at_a_store(tmp_path) as store:
        assert everything(store) == everything(memory), "what was said meanwhile is not lost"


def test_what_went_on_meanwhile_stays_in_the_hot_file_until_it_is_filed_too(tmp_path: Path, disk: Disk) -> None:
    with at_a_store(tmp_path) as store:
        filing(store, disk)
        store.append([noted(LIFT, 2, "住户又来电")])
        disk.may.set()
        with store._filing:
            assert [store.where(each) for each in (LIFT, TAP)] == ["open.json", f"archive/{MONTH}"]
            found = store.case(LIFT)
            assert found is not None
            assert len(found.history) == 3


def test_it_is_filed_once_however_many_actions_come_meanwhile(tmp_path: Path, disk: Disk) -> None:
    with at_a_store(tmp_path) as store:
        filing(store, disk)
        before = threading.active_count()
        for seq in range(2, 9):
            store.append([noted(TAP, seq, "还滴水")])
        assert threading.active_count() == before
        disk.may.set()


def test_who_closes_the_store_waits_for_it(tmp_path: Path, disk: Disk) -> None:
    store = TinyStore(tmp_path)
    filing(store, disk)
    closing = threading.Thread(target=store.close)
    closing.start()
    disk.may.set()
    closing.join(LONGEST)
    assert not closing.is_alive()
    assert lines(tmp_path / "archive" / MONTH) == [LIFT, TAP]
    with at_a_store(tmp_path) as again:
        assert set(everything(again)) == {LIFT, TAP}
