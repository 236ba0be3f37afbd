"""The files of the default store: what is acknowledged is there, what is torn is cut, what is damaged is refused."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from tests.plugins.faulty_disk import CALLS, broken, failing, full
from tests.plugins.hot_file import journal_of, killed, mark_of, opened, three_actions
from tinydb import TinyDB
from tinydb.table import Table

from qiantai.store import Damaged, Unwritable
from qiantai_tinydb import disk
from qiantai_tinydb.faults import said_no
from qiantai_tinydb.journal import Journal
from qiantai_tinydb.lines import render, seal

AWKWARD = '停水"了\\\n,请来\u2028看 {"CRC": '


class TextTable(Table):
    document_id_class = str  # type: ignore[assignment]


class PlainTinyDB(TinyDB):
    table_class = TextTable


@pytest.fixture
def hot(tmp_path: Path) -> Path:
    return tmp_path / "open.json"


def test_what_was_put_is_there_after_a_kill_and_after_a_close(hot: Path) -> None:
    site, cases = opened(hot)
    cases.put({"A": {"text": AWKWARD}, "B": {"n": 1}})
    cases.drop(["B"])
    killed(site)
    site, cases = opened(hot)
    assert cases.look() == {"A": {"text": AWKWARD}}
    site.close()
    assert journal_of(hot).read_bytes() == b""
    site, cases = opened(hot)
    assert cases.look() == {"A": {"text": AWKWARD}}
    site.close()


def test_a_removed_key_does_not_survive_and_nothing_is_aliased(hot: Path) -> None:
    site, cases = opened(hot)
    cases.put({"A": {"old": 1, "kept": 1}})
    before = cases.look()["A"]
    cases.put({"A": {"kept": 2}})
    assert before == {"old": 1, "kept": 1}
    assert cases.get(doc_id="A") == {"kept": 2}  # type: ignore[call-overload]
    site.close()


def test_plain_tinydb_reads_the_file_and_what_it_wrote_is_read(hot: Path) -> None:
    site, cases = opened(hot)
    cases.put({"BX-20261123-001": {"text": AWKWARD}, "BX-20261123-002": {"n": 1}})
    site.close()
    with PlainTinyDB(hot, encoding="utf-8") as plain:
        table = plain.table("cases")
        assert table.get(doc_id="BX-20261123-001")["text"] == AWKWARD
        table.update({"n": 2}, doc_ids=["BX-20261123-002"])
    site, cases = opened(hot)
    assert cases.look() == {"BX-20261123-001": {"text": AWKWARD}, "BX-20261123-002": {"n": 2}}
    site.close()


@pytest.mark.skipif(os.name == "nt", reason="no modes there")
def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    disk.make_folder(tmp_path / "site")
    site, cases = opened(tmp_path / "site" / "open.json")
    cases.put({"A": {}})
    killed(site)
    opened(tmp_path / "site" / "open.json")[0].close()
    assert stat.S_IMODE((tmp_path / "site").stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "site").iterdir()} == {0o600}


def test_damage_in_the_middle_is_refused_with_its_place_and_nothing_changes(hot: Path) -> None:
    whole = three_actions(hot)
    second = whole.index(b"\n") + 1
    for at in range(second, whole.index(b"\n", second) + 1):
        damaged = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        journal_of(hot).write_bytes(damaged)
        with pytest.raises(Damaged) as found:
            opened(hot)
        assert f"line 2 (from byte {second})" in str(found.value)
        assert journal_of(hot).read_bytes() == damaged
        assert not journal_of(hot).with_name("open.json.journal.cut").exists()


def test_a_journal_whose_file_was_already_written_changes_nothing(hot: Path) -> None:
    site, cases = opened(hot)
    cases.put({"A": {"n": 1}, "B": {}})
    cases.put({"A": {"n": 2}})
    cases.drop(["B"])
    told = journal_of(hot).read_bytes()
    site.close()
    journal_of(hot).write_bytes(told)
    site, cases = opened(hot)
    assert cases.look() == {"A": {"n": 2}}
    site.close()


def test_a_part_of_a_journal_whose_file_was_already_written_brings_nothing_back(hot: Path) -> None:
    site, cases = opened(hot)
    for n in range(3):
        cases.put({"A": {"n": n}})
    told = journal_of(hot).read_bytes()
    with failing("fsync", 2, full()), suppress(OSError):
        site.storage.flush()  # type: ignore[attr-defined]  # written, and yet not confirmed
    cases.put({"B": {}})
    later = journal_of(hot).read_bytes()[len(told) :]
    killed(site)
    for old in (told[: told.index(b"\n") + 1], told):
        journal_of(hot).write_bytes(old + later)
        mark_of(hot).unlink(missing_ok=True)
        site, cases = opened(hot)
        assert cases.look() == {"A": {"n": 2}, "B": {}}
        killed(site)


def test_a_damaged_line_of_the_file_is_refused_with_its_place(hot: Path) -> None:
    site, cases = opened(hot)
    cases.put({"A": {"text": "一"}, "B": {"text": "二"}})
    site.close()
    whole = hot.read_bytes()
    hot.write_bytes(whole.replace("二".encode(), "三".encode()))
    at = whole.index(b'"B"')
    line = whole.count(b"\n", 0, at) + 1
    with pytest.raises(Damaged, match=rf"line {line} \(from byte {at}\)"):
        opened(hot)


def test_a_later_format_is_not_touched(hot: Path) -> None:
    site, cases = opened(hot)
    cases.put({"A": {}})
    site.close()
    later = render({"cases": {}}).replace(
        seal("format", {"version": 1, "tables": {"cases": 0}}), seal("format", {"version": 2})
    )
    hot.write_bytes(later)
    with pytest.raises(Damaged, match="later version"):
        opened(hot)
    assert hot.read_bytes() == later


@pytest.mark.parametrize("name", ["write", "fsync"])
def test_a_failed_write_leaves_memory_and_disk_as_before_or_says_so(hot: Path, name: str) -> None:
    site, cases = opened(hot)
    cases.put({"A": {"n": 1}})
    before = journal_of(hot).read_bytes()
    with failing(name, 1, full() if name == "write" else broken()), pytest.raises(OSError, match=r"space|error"):
        cases.put({"A": {"n": 2}})
    assert cases.look() == {"A": {"n": 1}}
    assert journal_of(hot).read_bytes() == before
    if name == "write":
        cases.put({"B": {}})
    else:
        with pytest.raises(Unwritable):
            cases.put({"B": {}})
    site.close()
    site, cases = opened(hot)
    assert cases.look() == ({"A": {"n": 1}, "B": {}} if name == "write" else {"A": {"n": 1}})
    site.close()


@pytest.mark.parametrize("name", CALLS)
def test_a_flush_that_fails_anywhere_loses_nothing(hot: Path, name: str) -> None:
    fails = 0
    for at in range(1, 6):
        site, cases = opened(hot)
        cases.put({"A": {"n": at}})
        with failing(name, at, full()) as call, suppress(OSError):
            site.storage.flush()  # type: ignore[attr-defined]
        fails += call.failed
        assert not hot.with_name("open.json.tmp").exists()
        killed(site)
        site, cases = opened(hot)
        assert cases.look() == {"A": {"n": at}}
        killed(site)
    assert fails


def test_a_file_that_a_scanner_holds_is_replaced_a_moment_later(hot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def held(source: Path, target: Path) -> None:
        tries.append(target)
        if len(tries) < 3:
            error = PermissionError(errno.EACCES, "held")
            error.winerror = 32  # type: ignore[attr-defined]
            raise error
        os.rename(source, target)

    monkeypatch.setattr(os, "replace", held)
    disk.replace_whole(hot, b"x")
    assert hot.read_bytes() == b"x"
    assert len(tries) == 3


def test_a_journal_entry_by_hand_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "j").write_bytes(b'{"put": {}}\n' + seal("journal", {}) + b"\n")
    journal = Journal(tmp_path / "j")
    with pytest.raises(Damaged, match="line 1"):
        journal.read()
    journal.close()


def test_a_journal_of_a_later_version_is_not_touched(hot: Path) -> None:
    site, cases = opened(hot)
    cases.put({"A": {}})
    killed(site)
    later = (
        journal_of(hot).read_bytes() + seal("journal", {"version": 2, "turn": 0, "put": {"cases": {"B": {}}}}) + b"\n"
    )
    journal_of(hot).write_bytes(later)
    with pytest.raises(Damaged, match="later version"):
        opened(hot)
    assert journal_of(hot).read_bytes() == later


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_what_the_system_says_no_with_is_said_in_both_languages(number: int) -> None:
    told = said_no(OSError(number, os.strerror(number)))
    assert told.en == os.strerror(number)
    assert not told.zh.isascii()


def test_what_is_seldom_is_said_as_the_system_has_it() -> None:
    assert said_no(OSError(errno.ENOTDIR, "Not a directory")).zh == "Not a directory"
    assert said_no(OSError("odd")).en == "odd"
