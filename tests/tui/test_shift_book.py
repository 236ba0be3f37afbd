"""The book of shifts on the disk: what is on record stays so, over crashes, other desks and hands that should not."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from qiantai import Command, Event, MemoryStore, Refusal, StoreError
from qiantai.books import BadBook, line_in
from qiantai.shift.asked import Asked
from qiantai.shift.book import ShiftBook, Stage
from qiantai.shift.summary import Summary
from qiantai_tui.backups.making import is_own, own_files
from qiantai_tui.shift.shifts import Shifts
from qiantai_tui.sites import books
from qiantai_tui.sites.books import FileBooks
from tests.tui.desk_driver import MONDAY, demo_handbook
from tests.tui.hostile import hostile

FILE = "shifts.jsonl"
HANDBOOK = demo_handbook()[0]


def shifts(folder: Path) -> Shifts:
    return Shifts(FileBooks(folder))


def write(file: Shifts, name: str, by: str, **fields: object) -> ShiftBook | Refusal:
    """Asks it of the book; `li` gives."""
    summary = Summary("li", MONDAY, MONDAY)
    return file.write(lambda book: Asked(book, Command(name, by, "", fields), MONDAY, HANDBOOK, (), summary))


def signed(folder: Path, notes: str = "") -> Shifts:
    """A book in which li has signed over to he."""
    file = shifts(folder)
    write(file, "begin_shift", "li")
    write(file, "draw_up", "li", to="he")
    assert isinstance(write(file, "sign_off", "li", hand_over=1, notes=notes), ShiftBook)
    return file


def test_no_book_is_an_empty_one_and_reading_makes_none(tmp_path: Path) -> None:
    assert shifts(tmp_path).book() == ShiftBook()
    assert shifts(tmp_path).broken() is None
    assert list(tmp_path.iterdir()) == []


def test_what_one_desk_wrote_another_reads_and_goes_on_with(tmp_path: Path) -> None:
    here, there = shifts(tmp_path), signed(tmp_path)
    assert here.book().taken_by("he") == there.book().hand_over(1)
    assert isinstance(write(here, "take_over", "he", hand_over=1), ShiftBook)
    again = write(there, "take_over", "he", hand_over=1)
    assert isinstance(again, Refusal), "of two who sign at once the second is told"
    assert again.rule == "hand_over_ended"
    assert len((tmp_path / FILE).read_text(encoding="utf-8").splitlines()) == 4


def test_a_refusal_writes_nothing(tmp_path: Path) -> None:
    file = signed(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    assert isinstance(write(file, "take_over", "li", hand_over=1), Refusal)
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    signed(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_a_last_line_that_was_torn_was_never_answered_for(tmp_path: Path) -> None:
    signed(tmp_path)
    whole = (tmp_path / FILE).read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    for end in (last + 1, (last + len(whole)) // 2, len(whole) - 2):
        (tmp_path / FILE).write_bytes(whole[:end])
        file = shifts(tmp_path)
        assert file.book().hand_overs[0].stage is Stage.DRAWN_UP
        assert isinstance(write(file, "sign_off", "li", hand_over=1), ShiftBook)
        assert shifts(tmp_path).broken() is None


def test_a_line_that_was_changed_or_taken_out_is_told(tmp_path: Path) -> None:
    signed(tmp_path, "电梯维保明早来")
    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    changed = [*lines[:2], lines[2].replace("明早", "下周")]
    for there, what in ((changed, "altered"), (lines[1:], "missing"), ([lines[0], lines[2]], "missing")):
        (tmp_path / FILE).write_text("\n".join(there) + "\n", encoding="utf-8")
        try:
            broken = shifts(tmp_path).broken()
        except BadBook:
            continue  # without the line that began it there is no such hand-over
        assert broken is not None
        assert broken.what == what


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '"x"', "null", '{"case": "BX-20261123-001"}', "\x00", "{" * 3000, '{"case": "shifts", "seq": 0}'],
)
def test_a_line_that_is_none_is_named_and_nothing_is_written_over_it(tmp_path: Path, line: str) -> None:
    signed(tmp_path)
    with (tmp_path / FILE).open("a", encoding="utf-8") as opened:
        opened.write(line + "\n")
    before = (tmp_path / FILE).read_bytes()
    file = shifts(tmp_path)
    with pytest.raises(BadBook) as error:
        file.book()
    assert "4" in error.value.why.zh
    with pytest.raises(StoreError):
        write(file, "begin_shift", "he")
    assert (tmp_path / FILE).read_bytes() == before


def test_where_the_disk_does_not_take_it_that_is_said(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(StoreError):
        write(shifts(tmp_path), "begin_shift", "li")


def test_a_book_that_the_system_does_not_let_be_read_is_told_so(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(StoreError):
        shifts(tmp_path).book()


def test_a_backup_and_an_export_take_it_along(tmp_path: Path) -> None:
    signed(tmp_path)
    (tmp_path / "site.toml").write_text("", encoding="utf-8")
    assert is_own(FILE)
    assert own_files(tmp_path, MemoryStore())[FILE] == (tmp_path / FILE).read_text(encoding="utf-8")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hostile)
def test_whatever_is_written_to_the_next_is_read_back_as_it_was(tmp_path: Path, notes: str) -> None:
    (tmp_path / FILE).unlink(missing_ok=True)
    file = signed(tmp_path, notes)
    kept = file.book().hand_overs[0].notes
    again = shifts(tmp_path)
    assert again.book().hand_overs[0].notes == kept
    assert again.broken() is None
    for line in (tmp_path / FILE).read_text(encoding="utf-8").split("\n")[:-1]:
        assert json.loads(line)["case"] == "shifts"


def test_a_line_more_has_no_other_taken_apart_again_and_a_changed_one_has_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, read = signed(tmp_path), list[str]()

    def counting(name: str, given: Any) -> Event:
        read.append(given["name"])
        return line_in(name, given)

    monkeypatch.setattr(books, "line_in", counting)
    assert isinstance(write(file, "take_over", "he", hand_over=1), ShiftBook)
    assert set(read) == {"take_over"}
    path = tmp_path / FILE
    path.write_text(path.read_text(encoding="utf-8").replace('"to": "he"', '"to": "bao"'), encoding="utf-8")
    read.clear()
    assert len(file.book().history) == len(read) == 4
    assert file.broken() is not None
    path.write_text(path.read_text(encoding="utf-8") + '{"none": 1}\n', encoding="utf-8")
    with pytest.raises(BadBook) as bad:
        file.book()
    assert bad.value.line == 5
