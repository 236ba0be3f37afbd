"""Eight desks on one database, one of them killed: every number once, every acknowledged event there once."""

from __future__ import annotations

from pathlib import Path

from tests.plugins.busy_desks import Outcome, played
from tests.plugins.postgres import Server

DESKS, CASES = 8, 96


def holds(found: Outcome) -> None:
    own = CASES // DESKS
    assert found.whole
    assert found.lost == ()
    assert found.unacknowledged <= 1, "what the killed desk had kept when it had not yet said so"
    assert found.events == found.acknowledged + found.unacknowledged
    assert (DESKS - 1) * own < found.cases <= DESKS * own
    assert found.killed_after < own * 5


def test_eight_desks_on_postgresql(tmp_path: Path, postgres: Server) -> None:
    holds(played(postgres.new_site(), tmp_path, DESKS, CASES))


def test_eight_desks_on_sqlite(tmp_path: Path) -> None:
    holds(played("sqlite", tmp_path, DESKS, CASES))
