"""Two desks on one database, asked by turns over any sequence of actions: both are as one store in memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis.stateful import rule
from tests.plugins.postgres import Server
from tests.plugins.same_as_memory import SameAsMemory, run

from qiantai.store import Store
from qiantai.testing.happenings import NINE, closed, received
from qiantai_sql import open_postgresql, open_sqlite

Opening = Callable[[], Store]


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read some cases at a time is read in more than one piece here too."""
    monkeypatch.setattr("qiantai_sql.store.AT_ONCE", 2)


class TwoDesksSameAsMemory(SameAsMemory):
    """What the one desk did, the other is asked about."""

    new_site: Callable[[], Opening]

    def begin(self) -> None:
        self.opening = type(self).new_site()
        self.desks = [self.opening(), self.opening()]
        self.turns = count()

    @property
    def store(self) -> Store:
        return self.desks[next(self.turns) % 2]

    @rule()
    def one_desk_restarts(self) -> None:
        self.desks[0].close()
        self.desks[0] = self.opening()

    def teardown(self) -> None:
        for each in self.desks:
            each.close()


def test_two_desks_on_sqlite_keep_all_as_in_memory(tmp_path: Path) -> None:
    sites = count(1)

    def site() -> Opening:
        folder = tmp_path / str(next(sites))
        return lambda: open_sqlite(folder)

    class Here(TwoDesksSameAsMemory):
        new_site = staticmethod(site)

    run(Here, examples=20)


def test_a_long_list_comes_whole_and_in_its_order(tmp_path: Path) -> None:
    store, numbers = open_sqlite(tmp_path), [f"BX-20261123-{n:03}" for n in range(1, 8)]
    store.append([received(each, NINE + timedelta(minutes=n // 3)) for n, each in enumerate(numbers)])
    store.append([closed(each, 1) for each in numbers])
    assert [each.number for each in store.closed_cases()] == numbers[::-1]
    assert [each.number for each in store.closed_cases("3-2-501", "bx")] == numbers[::-1]
    store.close()


def test_two_desks_on_postgresql_keep_all_as_in_memory(tmp_path: Path, postgres: Server) -> None:
    def site() -> Opening:
        address = postgres.new_site()
        return lambda: open_postgresql(tmp_path, address)

    class Here(TwoDesksSameAsMemory):
        new_site = staticmethod(site)

    run(Here, examples=12)


def test_a_number_that_no_database_could_hold_is_no_case(tmp_path: Path, postgres: Server) -> None:
    for store in (open_sqlite(tmp_path), open_postgresql(tmp_path, postgres.new_site())):
        assert [store.case(odd) for odd in ("\ud800", "\0", "BX-20261123-001\0")] == [None, None, None]
        store.close()
