"""What the doctor says of a site's books: as they were sealed, changed, cut off, or left where nobody looks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from qiantai_tui.doctor.finding import Finding, State
from qiantai_tui.doctor.sites import about_site
from tests.tui.command_line import answered
from tests.tui.site_books import NOTES, fill
from tests.tui.sites import a_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = a_site(tmp_path / "site")
    fill(folder)
    return folder


def found(folder: Path) -> dict[str, Finding]:
    return {each.id: each for each in about_site(folder, date(2026, 3, 1))}


def test_books_as_they_were_sealed_want_nothing(site: Path) -> None:
    before = {each.name: each.read_bytes() for each in site.iterdir() if each.is_file()}
    books = found(site)["books"]
    assert books.state is State.FINE
    assert "7 行" in books.said.zh
    assert {each.name: each.read_bytes() for each in site.iterdir() if each.is_file()} == before


def test_a_book_that_was_changed_is_named_by_its_line(site: Path) -> None:
    file = site / "shifts.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace(NOTES, "没有"), encoding="utf-8")
    books = found(site)["books"]
    assert books.state is State.ATTENTION
    assert "交接班记录 第2行" in books.said.zh
    file.write_bytes(b"{}\n")
    assert "第1行" in found(site)["books"].said.zh


def test_a_torn_line_is_told(site: Path) -> None:
    with (site / "scripts.jsonl").open("ab") as book:
        book.write(b'{"case": "scri')
    assert "没写完" in found(site)["books"].said.zh


def test_books_in_a_database_say_so_and_what_was_left_behind_is_named(site: Path) -> None:
    aside = Path(answered("move", "--to", "sqlite", "--site", site)["aside"])
    books = found(site)
    assert (books["books"].state, books["asides"].state) == (State.FINE, State.ATTENTION)
    assert "各前台共用" in books["books"].said.zh
    assert aside.name in books["asides"].said.zh
    (aside / "shifts.jsonl").rename(site / "shifts.jsonl")
    assert "已不用" in found(site)["books"].said.zh
