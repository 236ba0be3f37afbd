"""The mark beside a journal: what was acknowledged is told from what was being written when the power went."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from tests.plugins.faulty_disk import failing, full
from tests.plugins.hot_file import journal_of, killed, mark_of, opened, three_actions

from qiantai.store import Damaged
from qiantai_tinydb.journal import Journal
from qiantai_tinydb.lines import seal
from qiantai_tinydb.mark import Mark


@pytest.fixture
def hot(tmp_path: Path) -> Path:
    return tmp_path / "open.json"


def test_a_torn_last_line_is_cut_at_whatever_byte_and_kept_aside(hot: Path) -> None:
    whole = three_actions(hot, acknowledged=2)
    last, mark = whole.rindex(b"\n", 0, -1) + 1, mark_of(hot).read_bytes()
    for at in range(last, len(whole)):
        journal_of(hot).write_bytes(whole[:at])
        mark_of(hot).write_bytes(mark)
        site, cases = opened(hot)
        assert set(cases.look()) == {"A", "B"}
        cases.put({"D": {}})
        killed(site)
        site, cases = opened(hot)
        assert set(cases.look()) == {"A", "B", "D"}
        killed(site)
    assert whole[last : len(whole) - 1] in journal_of(hot).with_name("open.json.journal.cut").read_bytes()


def test_a_last_line_whose_blocks_never_came_is_cut(hot: Path) -> None:
    whole = three_actions(hot, acknowledged=2)
    journal_of(hot).write_bytes(whole[:-40] + bytes(40))
    site, cases = opened(hot)
    assert set(cases.look()) == {"A", "B"}
    killed(site)


def test_a_journal_that_lost_what_was_acknowledged_is_refused_and_nothing_changes(hot: Path) -> None:
    whole = three_actions(hot)
    last = whole.rindex(b"\n", 0, -1) + 1
    cut = [whole[:at] for at in range(len(whole))]
    flipped = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(last, len(whole))]
    for damaged in cut + flipped:
        journal_of(hot).write_bytes(damaged)
        with pytest.raises(Damaged, match=r"open\.json\.journal, line \d"):
            opened(hot)
        assert journal_of(hot).read_bytes() == damaged
    journal_of(hot).unlink()
    with pytest.raises(Damaged, match="missing"):
        opened(hot)
    assert not journal_of(hot).exists()
    journal_of(hot).write_bytes(whole)
    site, cases = opened(hot)
    assert set(cases.look()) == set("ABC")
    killed(site)


def test_a_mark_is_no_record(hot: Path) -> None:
    three_actions(hot)
    mark = mark_of(hot).read_bytes()
    for damaged in (b"", mark[:20], bytes(len(mark)), mark.replace(b"1", b"2", 1)):
        mark_of(hot).write_bytes(damaged)
        site, cases = opened(hot)
        assert set(cases.look()) == set("ABC")
        cases.put({"A": {"text": "第A件"}})
        assert mark_of(hot).read_bytes() == seal("mark", {"bytes": site.storage.journal.size}).ljust(63) + b"\n"  # type: ignore[attr-defined]
        killed(site)


@pytest.mark.parametrize("name", ["write", "fsync"])
def test_a_mark_that_the_disk_does_not_take_is_never_ahead(hot: Path, name: str) -> None:
    site, cases = opened(hot)
    cases.put({"A": {"n": 1}})
    with failing(name, 2, full()):
        with suppress(OSError):
            cases.put({"A": {"n": 2}})
        with suppress(OSError):
            site.storage.flush()  # type: ignore[attr-defined]
    killed(site)
    site, cases = opened(hot)
    assert cases.look() == {"A": {"n": 2}}
    site.close()


def test_what_is_written_while_it_is_read_is_neither_missed_nor_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path / "looks.jsonl")
    journal.append({"n": 1})
    read_mark, read_file = Mark.read, Path.read_bytes

    def acknowledged(mark: Mark) -> int:
        monkeypatch.setattr(Mark, "read", read_mark)
        journal.append({"n": 2})
        return read_mark(mark)

    monkeypatch.setattr(Mark, "read", acknowledged)
    assert journal.read() == [{"n": 1}, {"n": 2}]

    def half_a_line_more(path: Path) -> bytes:
        return read_file(path) + (b'{"CRC": "' if path == journal.path else b"")

    with monkeypatch.context() as writing:
        writing.setattr(Path, "read_bytes", half_a_line_more)
        assert journal.read() == [{"n": 1}, {"n": 2}]
    journal.append({"n": 3})
    assert journal.read() == [{"n": 1}, {"n": 2}, {"n": 3}]
    assert not (tmp_path / "looks.jsonl.cut").exists()
    journal.close()
