"""What a site's folder holds, for tests of the store in it, and how to leave it without a word."""

from __future__ import annotations

import json
from pathlib import Path

from qiantai.case import Case
from qiantai.store import Store
from qiantai_tinydb.store import TinyStore


def kill(store: TinyStore) -> None:
    """End it as a kill would: descriptors and lock go with the process, nothing is written."""
    store._cases.let_go()
    store._looks.close()
    store._hold.release()


def everything(store: Store) -> dict[str, Case]:
    found = [*store.open_cases(), *store.closed_cases()]
    assert len({each.number for each in found}) == len(found), "a case is given once"
    return {each.number: each for each in found}


def lines(path: Path) -> list[str]:
    return sorted(json.loads(path.read_text("utf-8"))["cases"])
