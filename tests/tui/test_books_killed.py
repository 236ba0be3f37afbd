"""A process is killed while it writes into a book: what it was told is done is there, and the book is whole."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

import pytest

from qiantai.books import SHIFTS, TRAINING, Books, line_after, written
from qiantai.chain import verify
from qiantai.events import Event
from qiantai.periods import ZONE
from qiantai.projections.alerts import Alert, Stage
from qiantai_sql import open_sqlite
from qiantai_tui.alerts.book import AlertBook
from qiantai_tui.sites.books import FileBooks, file_of, torn

AT = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
MANY, KILLS = 10_000, 6
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")


def put(books: Books, name: str, said: str) -> None:
    def line(history: Any) -> Event:
        return line_after(history, name, AT, "li", "leave_open", {"notes": said}, "0123456789abcdef")

    written(books, name, line)


def write_files(folder: str, first: int, told: Connection) -> None:
    books = FileBooks(Path(folder))
    for n in range(first, MANY):
        put(books, SHIFTS, f"第{n}行" * 50)
        told.send(n)


def write_rows(folder: str, first: int, told: Connection) -> None:
    store = open_sqlite(Path(folder))
    for n in range(first, MANY):
        put(store.books, SHIFTS, f"第{n}行" * 50)  # type: ignore[attr-defined]
        told.send(n)


def write_alerts(folder: str, first: int, told: Connection) -> None:
    book = AlertBook(Path(folder))
    for n in range(first, MANY):
        alert = Alert(f"BX-20261123-{n:03d}", "finish", AT, Stage.DUE)
        book.tell("li", AT, lambda _, alert=alert: (alert,))  # type: ignore[misc]
        told.send(n)


@contextmanager
def killed(write: Callable[[str, int, Connection], None], folder: Path, first: int, after: int) -> Iterator[int]:
    """How many were told as done when the writer was killed, at whichever instant that was."""
    context = multiprocessing.get_context("spawn")
    heard, told = context.Pipe(duplex=False)
    process = context.Process(target=write, args=(str(folder), first, told))
    process.start()
    told.close()
    last = first - 1
    while last < first + after:
        last = heard.recv()
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    while True:
        try:
            last = heard.recv()
        except (EOFError, OSError):
            break
    yield last + 1


def lines(books: Books) -> list[str]:
    history = books.book(SHIFTS)
    assert verify(history) is None
    return [str(each.fields["notes"]) for each in history]


@pytest.mark.parametrize("write", [write_files, write_rows], ids=lambda each: each.__name__)
def test_what_was_told_as_done_is_there_and_the_book_goes_on(
    write: Callable[[str, int, Connection], None], tmp_path: Path
) -> None:
    chance, there = Random(20261127), 0
    for _ in range(KILLS):
        with killed(write, tmp_path, there, chance.randint(0, 30)) as least:
            store = open_sqlite(tmp_path) if write is write_rows else None
            found = lines(store.books if store else FileBooks(tmp_path))  # type: ignore[attr-defined]
            if store:
                store.close()
        assert least <= len(found) <= least + 1
        assert found == [f"第{n}行" * 50 for n in range(len(found))]
        there = len(found)
    assert there > KILLS


def test_who_was_told_of_what_outlives_a_kill(tmp_path: Path) -> None:
    with killed(write_alerts, tmp_path, 0, 20) as least:
        found = AlertBook(tmp_path).of("li")
    assert least <= len(found) <= least + 1


def test_a_line_that_was_torn_at_any_byte_is_passed_over_and_makes_room(tmp_path: Path) -> None:
    books, file = FileBooks(tmp_path), tmp_path / file_of(TRAINING)
    for said in ("甲", "乙"):
        put(books, TRAINING, said)
    whole = file.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    for end in range(last, len(whole) + 1):
        file.write_bytes(whole[:end])
        history = FileBooks(tmp_path).book(TRAINING)
        kept = 2 if end >= len(whole) - 1 else 1
        assert len(history) == kept, end
        assert torn(TRAINING, whole[:end]) == (last < end < len(whole) - 1)
        put(FileBooks(tmp_path), TRAINING, "丙")
        again = FileBooks(tmp_path).book(TRAINING)
        assert [each.fields["notes"] for each in again] == [*["甲", "乙"][:kept], "丙"]
        assert verify(again) is None
        assert file.read_bytes().startswith(whole[:last])


def test_an_erasure_that_was_killed_before_it_was_done_leaves_the_book_whole(tmp_path: Path) -> None:
    put(FileBooks(tmp_path), SHIFTS, "王敏要回电")
    beside = tmp_path / f".{file_of(SHIFTS)}.new"
    beside.write_bytes(b'{"case": "shifts"')
    assert lines(FileBooks(tmp_path)) == ["王敏要回电"]
    put(FileBooks(tmp_path), SHIFTS, "好")
    assert lines(FileBooks(tmp_path)) == ["王敏要回电", "好"]
