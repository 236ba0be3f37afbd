"""A second program wants the site while the first works in it: it is told who has it, and changes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from qiantai.store import Locked
from qiantai_tinydb.store import TinyStore
from tests.soak.day import Ledger
from tests.soak.desk_process import Running, running
from tests.soak.judge import compared
from tests.soak.outcome import Ended, Given, Outcome, said


def tried(given: Given) -> Iterator[Outcome]:
    """One outcome for every time that somebody knocks, and one for what the first has kept."""
    site, ledger = given.folder / "site", Ledger(given.seed)
    with running(site, given.seed, 0, shift=10**9) as desk:
        while not desk.opened and not desk.ended:
            desk.hear(1.0)
        for _ in range(max(given.tries // 10, 5)):
            yield _knocked(site, desk)
            desk.hear(0.05)
        alive = desk.kill()
    if not alive:
        yield Outcome("the first program", Ended.LOST, "it ended by itself")
    yield compared("the first program", site, ledger, desk.acknowledged, desk.acknowledged + 1)


def _knocked(site: Path, desk: Running) -> Outcome:
    place = "the second program"
    try:
        TinyStore(site).close()
    except Locked as error:
        named = str(desk.pid) in said(error) and os.uname().nodename in said(error)
        return Outcome(place, Ended.REFUSED if named else Ended.LOST, said(error))
    return Outcome(place, Ended.LOST, "it was let in")
