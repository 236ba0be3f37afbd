"""The default store when the process, the power or the disk fails it: what was acknowledged is there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.plugins.faulty_disk import CALLS, Platter, PowerCut, broken, failing, full
from tests.plugins.sites import everything, kill, lines

import qiantai_tinydb.store
from qiantai.case import Case
from qiantai.events import Event
from qiantai.memory import MemoryStore
from qiantai.store import Unwritable
from qiantai.testing.happenings import LEAK, LIFT, NINE, TAP, closed, noted, received, taken_back
from qiantai_tinydb import cases, open_store
from qiantai_tinydb.store import TinyStore


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The closed cases are filed at every action, and before it ends."""
    monkeypatch.setattr(cases, "JOURNAL_LIMIT", 1)
    in_place(monkeypatch)


def in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is otherwise filed beside whoever goes on is filed before they do, always at the same step."""
    monkeypatch.setattr(qiantai_tinydb.store, "start", lambda work: work())


EARLIER = [[received(LEAK, NINE.replace(month=10, day=1)), closed(LEAK, 1)]]
FIRST_DAY = [
    [received(LIFT), received(TAP)],
    [noted(LIFT, 1, "到场"), closed(TAP, 1)],
    [closed(LIFT, 2)],
    [taken_back(TAP, 2, 1)],
]
LATER_DAY = [FIRST_DAY[0], [noted(LEAK, 2, "住户来电")], *FIRST_DAY[1:]]


def began(site: Path, earlier: list[list[Event]]) -> None:
    """A site's folder with nothing in it, or with what happened earlier."""
    if site.exists():
        shutil.rmtree(site)
    site.mkdir()
    if earlier:
        store = open_store(site)
        for action in earlier:
            store.append(action)
        store.close()


def states(earlier: list[list[Event]], day: list[list[Event]]) -> list[dict[str, Case]]:
    """The cases as the day begins, and after each of its actions."""
    memory = MemoryStore()
    for action in earlier:
        memory.append(action)
    found = [everything(memory)]
    for action in day:
        memory.append(action)
        found.append(everything(memory))
    return found


def work_through(store: TinyStore, day: list[list[Event]]) -> Iterator[None]:
    """One turn for every action that was acknowledged."""
    for action in day:
        store.append(action)
        yield


@pytest.mark.usefixtures("busy")
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no way to see what is synced")
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize(("earlier", "day"), [([], FIRST_DAY), (EARLIER, LATER_DAY)], ids=["first", "later"])
def test_a_power_cut_at_any_call_keeps_what_was_acknowledged(
    site: Path, name: str, earlier: list[list[Event]], day: list[list[Event]]
) -> None:
    expected = states(earlier, day)
    for at in range(1, 90):
        began(site, earlier)
        store, done = None, 0
        platter = Platter(site)
        with platter.spinning(), failing(name, at, PowerCut()) as call, suppress(PowerCut):
            store = TinyStore(site)
            for _ in work_through(store, day):
                done += 1
            store.close()
        if store is not None:
            kill(store)
        platter.lose()
        store = TinyStore(site)
        assert everything(store) in expected[done : done + 2], f"{name} number {at}, after {done}"
        store.close()
        if not call.failed:
            assert at > len(day)
            return
    pytest.fail("the day never ended")


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("error", [full, broken])
def test_a_disk_that_says_no_at_any_call_keeps_the_action_or_says_so(site: Path, name: str, error: Any) -> None:
    expected = states(EARLIER, LATER_DAY)
    for at in range(1, 90):
        began(site, EARLIER)
        store, done = TinyStore(site), 0
        with failing(name, at, error()) as call, suppress(Unwritable):
            for _ in work_through(store, LATER_DAY):
                done += 1
            store.close()
        assert everything(store) == expected[done], "in memory all is as acknowledged"
        kill(store)
        store = TinyStore(site)
        assert everything(store) == expected[done], f"{name} number {at}"
        store.close()
        if not call.failed:
            assert done == len(LATER_DAY)
            return
    pytest.fail("the day never ended")


def test_filing_that_fails_is_tried_again_and_stops_no_action(
    site: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(cases, "CLOSED_LIMIT", 2)
    in_place(monkeypatch)
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
