"""One document a line: what a line holds, what damage is found, and how lines are searched."""

from __future__ import annotations

from typing import Any

import pytest

from qiantai_tinydb.lines import BadLine, hits, quoted, render, rows, seal, unseal

AWKWARD = '停水"了\\\n,请来\u2028看 {"CRC": '


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
    sly = {'a": {"CRC": "': {"text": '"A": {"household": "1"'}, "b\n": {"household": "1"}}
    data = render({"cases": {key: seal(key, each) for key, each in sly.items()}})
    assert [key for key, _, _ in hits(data, [quoted("1")])] == ["b\n"]
    assert {key: unseal(key, raw) for key, raw in rows(data)["cases"].items()} == sly
