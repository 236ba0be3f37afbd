"""The default store over any sequence of actions, restarts, kills and filings: it is as the one in memory."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.plugins.same_as_memory import SameAsMemory, run
from tests.plugins.sites import kill

from qiantai_tinydb.store import TinyStore


class TinySameAsMemory(SameAsMemory):
    folder: Path
    sites = count(1)

    def begin(self) -> None:
        self.path = self.folder / str(next(self.sites))
        self._store = TinyStore(self.path)

    @property
    def store(self) -> TinyStore:
        return self._store

    @rule(killed=st.booleans())
    def the_desk_restarts(self, killed: bool) -> None:
        if killed:
            kill(self._store)
        else:
            self._store.close()
        self._store = TinyStore(self.path)

    @rule()
    def the_closed_are_filed(self) -> None:
        self._store._cases.file()

    def teardown(self) -> None:
        self._store.close()


def test_any_sequence_of_actions_is_kept_as_in_memory(tmp_path: Path) -> None:
    class Here(TinySameAsMemory):
        folder = tmp_path

    run(Here)
