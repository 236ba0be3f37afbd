"""One document a line: what a line holds, what damage is found, and how lines are searched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qiantai.store import Damaged
from qiantai_tinydb.archive import Archive
from qiantai_tinydb.lines import BadLine, hits, keys, quoted, render, rows, seal, unseal

AWKWARD = '停水"了\\\n,请来\u2028看 {"crc": '


def test_a_document_keeps_to_its_line_and_its_key() -> None:
    raw = seal("A", {"text": AWKWARD})
    assert b"\n" not in raw
    assert unseal("A", raw) == {"text": AWKWARD}
    with pytest.raises(BadLine):
        unseal("B", raw)


def read_through(data: bytes) -> dict[str, dict[str, Any]]:
    return {name: {key: unseal(key, raw) for key, raw in table.items()} for name, table in rows(data).items()}


def test_every_flipped_byte_of_a_file_is_found() -> None:
    whole = render({"cases": {"A": seal("A", {"text": "一"}), "B": seal("B", {"n": 1})}, "others": {}})
    good = read_through(whole)
    for at in range(len(whole)):
        flipped = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        try:
            read = {
                name: {key: unseal(key, raw) for key, raw in table.items()} for name, table in rows(flipped).items()
            }
        except BadLine:
            continue
        assert read == good, f"byte {at} flipped and not found"


def test_a_file_cut_anywhere_is_refused() -> None:
    whole = render({"cases": {"A": seal("A", {"text": "一"}), "B": seal("B", {"n": 1})}})
    for at in range(len(whole) - 1):
        with pytest.raises(BadLine):
            rows(whole[:at])


def test_a_key_or_a_text_that_looks_like_a_line_misleads_nobody() -> None:
    sly = {'a": {"crc": "': {"text": '"A": {"household": "1"'}, "b\n": {"household": "1"}}
    data = render({"cases": {key: seal(key, each) for key, each in sly.items()}})
    assert [key for key, _, _ in hits(data, [quoted("1")])] == ["b\n"]
    assert list(keys(data, "a")) == ['a": {"crc": "']
    assert {key: unseal(key, raw) for key, raw in rows(data)["cases"].items()} == sly


def test_the_archive_is_searched_by_line_and_filed_to_the_byte(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    assert archive.months() == []
    archive.file("2026-10", {"A": {"household": "1-1-101", "text": "漏水"}, "B": {"household": "1-1-102"}})
    archive.file("2026-11", {"C": {"household": "1-1-101"}})
    line = next(each for each in (tmp_path / "archive/2026-10.json").read_bytes().split(b"\n") if each[:3] == b'"B"')
    archive.file("2026-10", {"A": {"household": "1-1-101", "text": "Wi-Fi 停电"}, "D": {}})
    assert line in (tmp_path / "archive/2026-10.json").read_bytes()
    assert archive.months() == ["2026-11", "2026-10"]
    assert dict(archive.search("2026-10", quoted("1-1-101"))) == {"A": {"household": "1-1-101", "text": "Wi-Fi 停电"}}
    assert dict(archive.search("2026-10", b"WI-FI")) == {}
    assert list(dict(archive.search("2026-10", b"WI-FI", fold=True))) == ["A"]
    assert list(dict(archive.search("2026-10"))) == ["A", "B", "D"]
    assert archive.find("2026-10", "D") == {}
    assert archive.find("2026-11", "D") is None
    assert sorted(archive.numbers("")) == ["A", "B", "C", "D"]


def test_a_damaged_line_of_the_archive_is_refused_when_it_is_hit(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.file("2026-10", {"A": {"household": "1", "n": 1}, "B": {"household": "2", "n": 1}})
    path = tmp_path / "2026-10.json"
    path.write_bytes(path.read_bytes().replace(b'"2", "n": 1', b'"2", "n": 3'))
    assert [number for number, _ in archive.search("2026-10", quoted("1"))] == ["A"]
    with pytest.raises(Damaged, match=r"2026-10\.json, line 7"):
        list(archive.search("2026-10", quoted("2")))
