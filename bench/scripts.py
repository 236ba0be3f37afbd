"""What the mode of agreed answers costs: who was told in a long archive, topics that call for one, a book re-read.

    python bench/scripts.py [--archive 10000 100000] [--folder DIR]

Milliseconds, the median of a few rounds; in every archive 300 challenges were answered by one agreed answer.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from runpy import run_path
from statistics import median
from time import perf_counter

from qiantai import Desk, Done, Handbook, Person, Script
from qiantai.books import SCRIPTS, line_after
from qiantai.comparing import compared
from qiantai.deeds import Deed, agreed, fields_of
from qiantai.events import Event
from qiantai.seat import Seat
from qiantai_tinydb import open_store
from qiantai_tui.agreed.book import read_deeds
from qiantai_tui.sites.books import FileBooks

STORE = run_path(str(Path(__file__).with_name("store.py")))
NOW = STORE["NOW"]
TOLD, DEEDS = 300, 2000
TEXT = "您好,地下固定车位每月 380 元,地面月卡每月 200 元,一户限办一张;临时停车头半小时不收,之后每小时 5 元。"


def milliseconds(action: Callable[[], object], rounds: int = 5) -> float:
    """The median of so many rounds."""
    took: list[float] = []
    for _ in range(rounds):
        began = perf_counter()
        action()
        took.append(perf_counter() - began)
    return median(took) * 1000


def tell(what: str, figure: float) -> None:
    """One line."""
    print(f"{what:<64}{figure:10.3f} ms")


def measure(folder: Path, archived: int) -> None:
    """The figures of one archive."""
    STORE["a_site"](folder, archived, random.Random(1))
    script = Script("parking-fee", "parking-fee", TEXT, date(2026, 1, 1), "zhao")
    people = {"li": Person("li", "李静", ("desk",))}
    with_store = open_store(folder)
    desk = Desk(Handbook(people=people, scripts=(script,)), with_store, lambda: NOW)
    for place in range(TOLD):
        asked = desk.receive("li", kind="challenge", channel="phone", summary=f"停车费 {place}", topic="parking-fee")
        assert isinstance(asked, Done)
        desk.do(asked.case.number, "answer", "li", text=TEXT, script="parking-fee", satisfied=place % 2 == 0)
    seat = Seat(desk, people["li"])
    told = seat.told("parking-fee")
    assert isinstance(told, tuple)
    assert len(told) == TOLD
    print(f"\n{archived} archived cases")
    tell(f"who was told: {TOLD} words by one answer", milliseconds(lambda: seat.told("parking-fee")))
    tell("topics that call for an answer, of 30 days", milliseconds(seat.wanted_answers))
    with_store.close()


def book(folder: Path) -> None:
    """The figures of a book of many deeds."""
    said = {"topic": "t", "text": TEXT, "from": "2026-11-23", "until": "", "sensitive": False, "spokesperson": ""}
    deeds = [
        Deed(NOW + timedelta(minutes=place), "li", "draft_script", f"a{place % 100}", 1 + place // 100, said)
        for place in range(DEEDS)
    ]
    lines: list[Event] = []
    for each in deeds:
        lines.append(line_after(lines, SCRIPTS, each.at, each.by, each.name, fields_of(each), "0123456789abcdef"))
    books = FileBooks(folder)
    books.add_lines(lines)
    print()
    tell("whether the book has changed, asked each second", milliseconds(lambda: books.stamp(SCRIPTS), 200))
    tell(f"a book of {DEEDS} deeds read and done", milliseconds(lambda: agreed((), read_deeds(FileBooks(folder)))))
    tell("two wordings compared, 60 characters", milliseconds(lambda: compared(TEXT, TEXT.replace("380", "400"))))
    tell("two wordings compared, 2,000 characters", milliseconds(lambda: compared(TEXT * 36, TEXT[::-1] * 36)))


def main() -> None:
    """Prints the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--archive", type=int, nargs="+", default=[10_000, 100_000])
    asked.add_argument("--folder", type=Path, help="where to write; a folder of the disk that is to be measured")
    given = asked.parse_args()
    for archived in given.archive:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            measure(Path(folder), archived)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        book(Path(folder))


if __name__ == "__main__":
    main()
