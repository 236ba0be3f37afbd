"""The book of training: private, whole before and after, apart from everything else of the site."""

from __future__ import annotations

import multiprocessing
import os
import stat
from datetime import datetime
from pathlib import Path

import pytest
from attrs import evolve

from qiantai import Person, StoreError
from qiantai.books import BadBook
from qiantai.periods import ZONE
from qiantai.projections.reckoning import Verdict
from qiantai_scenarios.rehearsing.records import Attempt
from qiantai_tui.sites.books import FileBooks
from qiantai_tui.sites.training_book import read_training, training_counted, write_attempt

FILE = "training.jsonl"


def attempt(person: str = "li", points: int = 90) -> Attempt:
    return Attempt(person, "small", datetime(2026, 11, 2, 10, tzinfo=ZONE), ("knowledge",), points, 80)


def test_there_is_none_until_something_is_written(tmp_path: Path) -> None:
    assert read_training(FileBooks(tmp_path)) == ()
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_is_read_again_in_order(tmp_path: Path) -> None:
    for points in (10, 90):
        write_attempt(FileBooks(tmp_path), attempt(points=points))
    assert [each.points for each in read_training(FileBooks(tmp_path))] == [10, 90]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    write_attempt(FileBooks(tmp_path), attempt())
    write_attempt(FileBooks(tmp_path), attempt())
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_line_that_is_none_is_named_and_nothing_is_written_over_it(tmp_path: Path) -> None:
    write_attempt(FileBooks(tmp_path), attempt())
    with (tmp_path / FILE).open("a", encoding="utf-8") as book:
        book.write('{"person": "li"}\n')
    before = (tmp_path / FILE).read_bytes()
    for ask in (read_training, lambda books: write_attempt(books, attempt("sun"))):
        with pytest.raises(BadBook) as caught:
            ask(FileBooks(tmp_path))
        assert (caught.value.book, caught.value.line) == ("training", 2)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_failure_leaves_the_book_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_attempt(FileBooks(tmp_path), attempt())
    before = (tmp_path / FILE).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        write_attempt(FileBooks(tmp_path), attempt("sun"))
    assert (tmp_path / FILE).read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if "new" in each.name] == []


def write_some(folder: Path, person: str) -> None:
    for _ in range(5):
        write_attempt(FileBooks(folder), attempt(person))


def test_two_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_some, args=(tmp_path, person)) for person in ("li", "sun")]
    for each in writers:
        each.start()
    for each in writers:
        each.join(60)
        assert each.exitcode == 0
    people = [each.person for each in read_training(FileBooks(tmp_path))]
    assert sorted(people) == ["li"] * 5 + ["sun"] * 5


def test_the_training_of_a_quarter_is_counted(tmp_path: Path) -> None:
    people = {each: Person(each, each, {"desk"}) for each in ("li", "sun")} | {"gu": Person("gu", "gu", {"trainer"})}
    now, months = datetime(2026, 11, 20, 9, tzinfo=ZONE), ("2026-09", "2026-10", "2026-11")
    assert training_counted(FileBooks(tmp_path), people, months, (), now) == {}, "with no record nothing is known"
    write_attempt(FileBooks(tmp_path), attempt(points=90))
    write_attempt(FileBooks(tmp_path), attempt("sun", points=10))
    found = training_counted(FileBooks(tmp_path), people, months, ("2026-09", "2026-10"), now)
    assert found["2026-11"] == {
        "trained": {Verdict.MEETS: 2, Verdict.DUE: 4},
        "training_passed": {Verdict.MEETS: 1, Verdict.MISSES: 1},
    }
    assert found["2026-10"] == found["2026-11"], "a month has the training of its quarter"
    assert found["2026-09"]["trained"] == {Verdict.MEETS: 0, Verdict.MISSES: 6}, "a quarter that is over"
    alone = training_counted(FileBooks(tmp_path), people, months, (), now)
    assert alone == dict.fromkeys(months[1:], found["2026-11"]), "before its first record a site owes none"


def test_a_site_that_never_trains_misses_every_quarter_from_that_of_its_first_case(tmp_path: Path) -> None:
    people = {each: Person(each, each, {"desk"}) for each in ("li", "sun")}
    now = datetime(2026, 11, 20, 9, tzinfo=ZONE)
    months = ("2026-06", "2026-07", "2026-08", "2026-09", "2026-11")
    found = training_counted(FileBooks(tmp_path), people, months, ("2026-11", "2026-08"), now)
    assert {month: of["trained"] for month, of in found.items()} == {
        "2026-07": {Verdict.MEETS: 0, Verdict.MISSES: 6},
        "2026-08": {Verdict.MEETS: 0, Verdict.MISSES: 6},
        "2026-09": {Verdict.MEETS: 0, Verdict.MISSES: 6},
        "2026-11": {Verdict.MEETS: 0, Verdict.DUE: 6},
    }
    write_attempt(FileBooks(tmp_path), evolve(attempt(), at=datetime(2025, 1, 8, tzinfo=ZONE)))
    again = training_counted(FileBooks(tmp_path), people, months, ("2026-11", "2026-08"), now)
    assert again["2026-08"] == found["2026-08"], "one line of another year makes no difference to it"
    assert again["2026-06"] == found["2026-08"]
