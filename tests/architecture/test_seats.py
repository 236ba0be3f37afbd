"""The screens and the command line read cases and give commands from a seat, and nothing goes past it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TUI = Path(__file__).parents[2] / "tui" / "qiantai_tui"
PAST_THE_SEAT = {
    "app.py": "makes the seats, and lets a superior's command be tried before its reason goes on record",
    "program/shared.py": "asks the store whether other desks have news, and sees none of it",
    "sites/site.py": "opens the store",
    "sites/demo.py": "fills the demo",
    "cli/erase.py": "plans an erasure of words, which have to be read for that; its own roles may",
    "cli/commanding.py": "asks of which kind the case is that a command is given on",
    "cli/importing.py": "writes the roll, for those whom the seat lets see it",
    "cli/export.py": "carries everything away, for those whom the seat lets, once that is on record",
    "cli/rehearsal_from.py": "takes cases that the seat lets be seen, in full, once that is on record",
    "backups/beside.py": "checks the seals of the open cases, and shows none of them",
    "room/desk.py": "reads a rehearsal's own store in memory, which is no site's",
    "room/room.py": "gives the trainee's deeds to the play, and looks at the case they are of",
    "cli/verify.py": "checks the seals of every history, and shows none of it",
}
"""The files that may ask the desk or its store themselves, each with the reason."""
ASKED = {"store", "case", "do", "receive", "open_incident", "offers", "erase", "erase_all"}


def past_the_seat(source: str) -> Iterator[int]:
    """The lines in which something is asked of a desk that its seats are there for."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(value=ast.Attribute(attr="desk") | ast.Name(id="desk"), attr=of) if of in ASKED:
                yield node.lineno


@pytest.mark.parametrize("path", sorted(str(each.relative_to(TUI)) for each in TUI.rglob("*.py")))
def test_nothing_reads_cases_past_the_seat(path: str) -> None:
    found = list(past_the_seat((TUI / path).read_text(encoding="utf-8")))
    assert bool(found) is (path in PAST_THE_SEAT), f"{path}: lines {found}"


def test_what_goes_past_is_found() -> None:
    assert list(past_the_seat("x = self.program.desk.store.open_cases()")) == [1]
    assert list(past_the_seat("site.desk.offers('BX')\ndesk.clock()\n")) == [1]
