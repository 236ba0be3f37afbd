"""The archive: what is filed stays to the byte, what is searched for is found, and nothing else is read."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, cast
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai.case import fold
from qiantai.events import Event
from qiantai.store import Damaged, said, sought
from qiantai.testing.happenings import LEAK, LIFT, NINE, TAP, closed, joined, noted, received
from qiantai.wire import event_out
from qiantai_tinydb.archive import Archive
from qiantai_tinydb.lines import unseal
from qiantai_tinydb.store import document_of

KEYS = ("crc", "said", "of", "from", "to", "words", "lines", "about", "version", "cases", "events", "owner", "name")
KEPT_WORDS = ("wn", "kept", "began", "changes", "received", "values", "c", "a0", "abc", "true")
KEPT_SIGNS = ("2026-11-23t", "},", "{")


def document(*events: Event) -> Mapping[str, Any]:
    return document_of(fold(events), [event_out(each) for each in events])


def of_month(*numbers: str) -> dict[str, Mapping[str, Any]]:
    return {each: document(received(each, household="1-1-101", summary="漏水"), closed(each, 1)) for each in numbers}


def found(archive: Archive, household: str = "", words: str = "", month: str = "2026-11") -> list[str]:
    return [number for number, _ in archive.search(month, household, sought(words))]


def test_what_is_filed_is_found_and_the_other_cases_stay_to_the_byte(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    assert archive.months() == []
    assert found(archive) == []
    assert archive.find("2026-11", LIFT) is None
    archive.file("2026-11", of_month(LIFT, TAP))
    archive.file("2026-10", of_month(LEAK))
    path = tmp_path / "archive" / "2026-11.json"
    before = path.read_bytes().split(b"\n")
    kept = [line.removesuffix(b",") for line in before if line.startswith(b'"' + TAP.encode())]
    assert len(kept) == 2, "what it says, and the case"
    later = document(received(LIFT, household="1-1-102", summary="Wi-Fi 停电"), closed(LIFT, 1))
    archive.file("2026-11", {LIFT: later, "OLD-17": document(received("OLD-17"), closed("OLD-17", 1))})
    after = [line.removesuffix(b",") for line in path.read_bytes().split(b"\n")]
    assert set(kept) <= set(after)
    assert archive.months() == ["2026-11", "2026-10"]
    assert dict(archive.search("2026-11", "1-1-102")) == {LIFT: later}
    assert archive.find("2026-11", LIFT) == later
    assert archive.find("2026-11", TAP) == of_month(TAP)[TAP]
    assert archive.find("2026-11", LEAK) is None
    assert found(archive, words="WI-FI 停电") == [LIFT]
    assert found(archive, words="漏水") == [TAP]
    assert found(archive, words="漏水 停电") == []
    assert sorted(archive.numbers("")) == [LEAK, LIFT, TAP, "OLD-17"]
    assert list(archive.numbers("BX-20261123")) == [TAP, LIFT]
    assert {number for number, _ in archive.received("2026-11", ("2026-11-23", "2026-11-23"))} == {LIFT, TAP, "OLD-17"}
    assert list(archive.received("2026-11", ("2026-11-24", "2026-11-24"))) == []


def test_the_latest_receipt_comes_first_whatever_was_filed_first(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for day in (3, 1, 2):
        number = f"BX-2026110{day}-001"
        at = NINE.replace(day=day)
        archive.file("2026-11", {number: document(received(number, at), closed(number, 1, at))})
    assert found(archive) == [f"BX-2026110{day}-001" for day in (3, 2, 1)]


def of_days(*days: int, each: int = 3) -> dict[str, Mapping[str, Any]]:
    numbers = {f"BX-202611{day:02}-{n:03}": NINE.replace(day=day, minute=n) for day in days for n in range(1, each + 1)}
    return {number: document(received(number, at), closed(number, 1, at)) for number, at in numbers.items()}


@given(st.sets(st.integers(1, 30), max_size=6), st.integers(1, 31), st.integers(0, 30))
def test_of_some_days_all_cases_are_read(days: set[int], first: int, more: int) -> None:
    with TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        archive.file("2026-11", of_days(*days))
        asked = f"2026-11-{first:02}", f"2026-11-{min(first + more, 31):02}"
        theirs = of_days(*(day for day in days if first <= day <= first + more))
        assert dict(archive.received("2026-11", asked)) == theirs
        assert dict(archive.received("2026-11")) == of_days(*days)


def test_of_a_day_hardly_any_other_case_is_read_and_none_of_its_own_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(tmp_path)
    archive.file("2026-11", of_days(*range(1, 31), each=20))
    read = set[str]()

    def counted(key: str, raw: bytes) -> dict[str, Any]:
        read.add(key)
        return unseal(key, raw)

    monkeypatch.setattr("qiantai_tinydb.filed.unseal", counted)
    assert dict(archive.received("2026-11", ("2026-11-07", "2026-11-07"))) == of_days(7, each=20)
    assert len(read) < 20 + 2 * len(f"{30 * 20:b}") + 2
    path = tmp_path / "2026-11.json"
    path.write_bytes(path.read_bytes().replace(b'"received": "2026-11-07', b'"received": "2026-11-08'))
    with pytest.raises(Damaged, match=r"2026-11\.json, line"):
        list(archive.received("2026-11", ("2026-11-07", "2026-11-07")))


def test_the_numbers_of_a_day_are_looked_for_where_they_can_be(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.file("2026-11", of_days(7))
    archive.file("2026-10", of_month(LEAK))
    path = tmp_path / "2026-10.json"
    path.write_bytes(path.read_bytes()[:500])
    assert list(archive.numbers("BX-20261107-")) == [f"BX-20261107-{n:03}" for n in (3, 2, 1)]
    path.unlink()
    late = "BX-20261107-004"
    archive.file("2026-10", {late: document(received(late, NINE.replace(month=10)), closed(late, 1))})
    assert set(archive.numbers("BX-20261107-")) == {*of_days(7), late}


def test_of_many_that_are_found_none_is_read_before_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(tmp_path)
    archive.file("2026-11", of_days(*range(1, 31)))
    read: list[str] = []

    def counted(key: str, raw: bytes) -> dict[str, Any]:
        read.append(key)
        return unseal(key, raw)

    monkeypatch.setattr("qiantai_tinydb.filed.unseal", counted)
    found = archive.search("2026-11")
    assert [next(found)[0], next(found)[0]] == ["BX-20261130-003", "BX-20261130-002"]
    assert set(read) == {"BX-20261130-003", "BX-20261130-002"}


@given(st.lists(st.text(max_size=4) | st.text('"\\{: ,[1', max_size=6), min_size=1, max_size=6))
def test_a_household_is_found_whatever_it_is_called(households: list[str]) -> None:
    numbers = {f"BX-20261123-{place:03}": each for place, each in enumerate(households, 1)}
    with TemporaryDirectory() as folder:
        archive = Archive(Path(folder))
        archive.file(
            "2026-11",
            {
                number: document(received(number), joined(number, 1, "3-2-501", each), closed(number, 2))
                for number, each in numbers.items()
            },
        )
        assert found(archive, "3-2-501") == sorted(numbers, reverse=True)
        for asked in filter(None, {*households, "1-1-101"} - {"3-2-501"}):
            assert found(archive, asked) == sorted((each for each in numbers if numbers[each] == asked), reverse=True)


@pytest.mark.parametrize("word", [*KEYS, *KEPT_WORDS, *KEPT_SIGNS])
def test_a_word_of_the_format_is_no_word_of_a_case(tmp_path: Path, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive(tmp_path)
    archive.file("2026-11", of_month(*(f"BX-20261123-{n:03}" for n in range(1, 60))))
    archive.file("2026-11", {"BX-20261123-777": document(received("BX-20261123-777", summary=word, done=True))})
    unsealed: list[str] = []

    def counted(key: str, raw: bytes) -> dict[str, Any]:
        unsealed.append(key)
        return unseal(key, raw)

    monkeypatch.setattr("qiantai_tinydb.filed.unseal", counted)
    assert found(archive, words=word) == ["BX-20261123-777"]
    assert set(unsealed) == {"BX-20261123-777"}


def test_what_is_found_by_is_what_is_said_in_the_case(tmp_path: Path) -> None:
    events = [
        received(LIFT, summary="“Straße”\n\u2028Ⅷ", to=("security", "3-2-5")),
        joined(LIFT, 1, "3-2-501", "3-2-502"),
        noted(LIFT, 2, '"quoted" \\n\x00'),
        closed(LIFT, 3),
    ]
    Archive(tmp_path).file("2026-11", {LIFT: document(*events)})
    entry = json.loads((tmp_path / "2026-11.json").read_text("utf-8"))["words"][LIFT]
    case = fold(events)
    assert entry["SAID"] == said(LIFT, (case.household, *case.households), [each.fields for each in events])
    assert entry["OF"] == ["3-2-501", "3-2-502"]
    for word in entry["SAID"].split():
        assert found(Archive(tmp_path), words=word) == [LIFT]


def test_a_month_that_was_changed_by_hand_is_searched_as_it_is(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.file("2026-11", of_month(LIFT, TAP))
    by_hand = json.loads((tmp_path / "2026-11.json").read_text("utf-8"))
    by_hand["cases"][LIFT]["events"][0]["fields"]["summary"] = "停电"
    for stale in (by_hand, {"cases": by_hand["cases"]}):
        (tmp_path / "2026-11.json").write_text(json.dumps(stale), "utf-8")
        assert found(archive, words="停电") == [LIFT]
        assert found(archive, "1-1-101", "漏水") == [TAP]
    archive.file("2026-11", of_month("BX-20261123-003"))
    assert found(archive, words="停电") == [LIFT]
    assert found(archive, words="漏水") == ["BX-20261123-003", TAP]
    by_hand["cases"][LIFT]["events"] = [1]
    (tmp_path / "2026-11.json").write_text(json.dumps(by_hand), "utf-8")
    with pytest.raises(Damaged, match=LIFT):
        found(archive)


def test_a_flipped_byte_is_refused_with_its_line_or_hides_nothing(tmp_path: Path) -> None:
    Archive(tmp_path).file("2026-11", of_month(LIFT, TAP))
    path = tmp_path / "2026-11.json"
    whole, good = path.read_bytes(), of_month(LIFT, TAP)
    refused: dict[int, str] = {}
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        for asked in ({}, {"household": "1-1-101"}, {"words": ["漏水"]}):
            try:
                assert dict(Archive(tmp_path).search("2026-11", **asked)) == good
            except Damaged as error:
                refused[at] = str(error)
    assert len(refused) > len(whole) * 0.95
    assert all("2026-11.json, line " in each for each in refused.values())


def test_what_was_held_to_its_checksum_is_held_again_when_the_file_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, held = Archive(tmp_path), list[int]()

    def counted(data: bytes) -> int:
        held.append(len(data))
        return crc32(data)

    archive.file("2026-11", of_month(LIFT, TAP))
    monkeypatch.setattr("qiantai_tinydb.head.crc32", counted)
    for _ in range(3):
        assert found(archive, words="漏水") == [TAP, LIFT]
    assert len(held) == 1
    archive.file("2026-11", of_month("BX-20261123-003"))
    held.clear()
    for _ in range(3):
        assert found(archive, words="漏水") == ["BX-20261123-003", TAP, LIFT]
    assert len(held) == 1
    path = tmp_path / "2026-11.json"
    changed_at = path.stat().st_mtime_ns
    path.write_bytes(path.read_bytes().replace("漏水".encode(), "漏氺".encode(), 1))
    os.utime(path, ns=(changed_at, changed_at + 1_000_000_000))
    with pytest.raises(Damaged, match=r"2026-11\.json, line"):
        found(archive, words="漏水")
    assert found(archive, "1-1-101") == ["BX-20261123-003", TAP, LIFT]


def test_a_search_that_is_left_half_way_leaves_no_file_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, opened = Archive(tmp_path), list[BinaryIO]()
    archive.file("2026-11", of_days(*range(1, 31)))
    path_open = Path.open

    def counted(path: Path, *how: Any) -> Any:
        opened.append(file := path_open(path, *how))
        return file

    monkeypatch.setattr(Path, "open", counted)
    for asked in ({}, {"household": "3-2-501"}, {"words": ["bx"]}):
        with closing(cast(Any, archive.search("2026-11", **asked))) as searching:
            assert next(searching)[0] == "BX-20261130-003"
        assert opened.pop().closed
    assert opened == []


def test_a_damaged_line_is_refused_when_it_is_hit(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.file("2026-11", of_month(LIFT) | {TAP: document(received(TAP, household="2-2-202"), closed(TAP, 1))})
    path = tmp_path / "2026-11.json"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"withdraw", b"withdrew"))
    at = next(
        n for n, line in enumerate(path.read_bytes().split(b"\n"), 1) if b"withdrew" in line and TAP.encode() in line
    )
    with pytest.raises(Damaged, match=rf"2026-11\.json, line {at} "):
        found(archive, "2-2-202")
    for cut in (len(whole) // 2, len(whole) - 400, 500, 100, 0):
        path.write_bytes(whole[:cut])
        with pytest.raises(Damaged, match=r"2026-11\.json, line"):
            found(archive)
