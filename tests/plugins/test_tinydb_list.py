"""The closed cases of the default store as one list: any part of it costs hardly more than its own cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from io import BufferedReader
from pathlib import Path
from typing import Any

import pytest
from tests.plugins.faulty_disk import failing, full

from qiantai.store import Damaged
from qiantai.testing.happenings import NINE, closed, noted, received, taken_back
from qiantai_tinydb.store import TinyStore

A_DAY, MONTHS = 40, ("2026-08", "2026-09", "2026-10", "2026-11")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TinyStore]:
    """Four months of filed cases, one day in each."""
    with closing(TinyStore(tmp_path)) as opened:
        for month in MONTHS:
            at = NINE.replace(month=int(month[-2:]))
            for n in range(A_DAY):
                number = f"BX-{at:%Y%m%d}-{n + 1:03}"
                opened.append([received(number, at.replace(minute=n), summary="漏水" * 100), closed(number, 1, at)])
        opened._cases.file()
        yield opened


def number_of(month: str, sequence: int) -> str:
    return f"BX-{month.replace('-', '')}23-{sequence:03}"


def listed(store: TinyStore, first: int, most: int, month: str = "") -> list[str]:
    return [each.number for each in store.closed_page(first, most, month)]


def a_case(store: TinyStore) -> int:
    """Bytes of a filed case."""
    return max(map(len, (store._cases.archive.folder / "2026-08.json").read_bytes().split(b"\n")))


class Reading:
    """How many bytes of which month were read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bytes = dict[str, int]()
        path_open = Path.open

        def counting(path: Path, *how: Any, **more: Any) -> Any:
            file = path_open(path, *how, **more)
            return Counted(file, path.stem, self.bytes) if path.parent.name == "archive" else file

        monkeypatch.setattr(Path, "open", counting)


class Counted:
    def __init__(self, file: BufferedReader, month: str, counts: dict[str, int]) -> None:
        self._file, self._month, self._counts = file, month, counts

    def _count(self, data: bytes) -> bytes:
        self._counts[self._month] = self._counts.get(self._month, 0) + len(data)
        return data

    def read(self, size: int = -1) -> bytes:
        return self._count(self._file.read(size))

    def readline(self) -> bytes:
        return self._count(self._file.readline())

    def __enter__(self) -> Counted:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def test_a_part_of_the_list_reads_nothing_of_other_months_once_they_have_been_counted(
    store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    line, reading = a_case(store), Reading(monkeypatch)
    assert store.closed_count() == len(MONTHS) * A_DAY
    assert set(reading.bytes) == set(MONTHS)
    assert max(reading.bytes.values()) < 1000
    reading.bytes.clear()
    assert listed(store, 2 * A_DAY + 10, 5) == [number_of("2026-09", n) for n in range(30, 25, -1)]
    assert reading.bytes.pop("2026-09") < 10 * line
    assert reading.bytes == {}


def test_a_month_is_counted_anew_when_it_or_what_happens_beside_it_has_changed(
    store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store.closed_count("2026-10") == A_DAY
    reading = Reading(monkeypatch)
    assert store.closed_count("2026-10") == A_DAY
    assert reading.bytes == {}
    store.append([taken_back(number_of("2026-10", 10), 2, 1)])
    assert store.closed_count("2026-10") == A_DAY - 1
    new = number_of("2026-10", 777)
    store.append([received(new, NINE.replace(month=10)), closed(new, 1)])
    assert store.closed_count("2026-10") == A_DAY
    store._cases.file()
    assert store.closed_count("2026-10") == A_DAY
    assert store._cases.archive.count("2026-10") == A_DAY + 1


def test_a_part_over_the_end_of_a_month_goes_on_in_the_one_before(store: TinyStore) -> None:
    assert listed(store, A_DAY - 1, 3) == [number_of("2026-11", 1), *(number_of("2026-10", n) for n in (40, 39))]
    assert listed(store, A_DAY - 1, 3, "2026-11") == [number_of("2026-11", 1)]
    assert listed(store, len(MONTHS) * A_DAY - 1, 9) == [number_of("2026-08", 1)]
    assert listed(store, len(MONTHS) * A_DAY, 9) == listed(store, 0, 0) == []


def test_what_came_back_and_what_is_not_filed_yet_stand_in_their_places(
    store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, said, new = (number_of("2026-10", n) for n in (10, 20, 777))
    store.append([taken_back(opened, 2, 1), noted(said, 2, "住户来电")])
    store.append([received(new, NINE.replace(month=10, minute=20, second=30)), closed(new, 1)])
    expected = [number_of("2026-10", n) for n in range(A_DAY, 0, -1)]
    expected.insert(expected.index(number_of("2026-10", 21)), new)
    expected.remove(opened)
    assert store.closed_count("2026-10") == A_DAY
    for first in range(A_DAY):
        assert listed(store, first, 3, "2026-10") == expected[first : first + 3]
    line, reading = a_case(store), Reading(monkeypatch)
    assert listed(store, A_DAY + 25, 1) == expected[25:26]
    assert reading.bytes["2026-10"] < 12 * line


def test_a_number_of_another_month_stands_where_it_was_received(store: TinyStore) -> None:
    stray = "BX-20261123-900"
    at = NINE.replace(month=9, minute=1, second=30)
    store.append([received(stray, at), closed(stray, 1, at)])
    store._cases.file()
    assert listed(store, A_DAY - 2, 2, "2026-09") == [stray, number_of("2026-09", 2)]
    assert (store.closed_count("2026-09"), store.closed_count("2026-11")) == (A_DAY + 1, A_DAY)


def test_damage_is_told_by_whoever_meets_it(store: TinyStore) -> None:
    path = store._cases.archive.folder / "2026-10.json"
    whole = path.read_bytes()
    for word, other in (
        (b'"cases": 40', b'"cases": 41'),
        (b'"cases": {"CRC"', b'"cases": {"CRD"'),
        (b'"BX-20261023-005": {"CRC"', b'"BX-20261023-005": {"CRD"'),
    ):
        at = whole.rindex(word)
        path.write_bytes(whole[:at] + other + whole[at + len(word) :])
        with pytest.raises(Damaged, match=r"2026-10\.json, line"):
            listed(store, A_DAY + 35, 1)
        assert listed(store, 0, A_DAY) == [number_of("2026-11", n) for n in range(A_DAY, 0, -1)]
    path.write_bytes(whole.replace(b'"cases": 40', b'"cases": 41'))
    with pytest.raises(Damaged, match=r"2026-10\.json, line"):
        store.closed_count()
    path.write_bytes(whole)
    store._cases.archive.file("2026-10", {(number := number_of("2026-10", 5)): _opened(store, number)})
    with pytest.raises(Damaged, match="not closed"):
        listed(store, A_DAY + 35, 1)


def test_a_day_is_read_a_case_at_a_time_and_keeps_no_file_open(store: TinyStore) -> None:
    path, day = store._cases.archive.folder / "2026-10.json", NINE.replace(month=10).date()
    whole = path.read_bytes()
    bad = whole.rindex(b'"BX-20261023-007": {"CRC"')
    path.write_bytes(whole[:bad] + whole[bad:].replace(b"CRC", b"CRD", 1))
    theirs = store.received(day, day)
    assert next(theirs).number == number_of("2026-10", 1)
    path.unlink()
    assert [next(theirs).number for _ in range(5)] == [number_of("2026-10", n) for n in range(2, 7)]
    path.write_bytes(whole)
    with pytest.raises(Damaged, match=r"2026-10\.json"):
        next(theirs)


def _opened(store: TinyStore, number: str) -> dict[str, Any]:
    kept = store._cases.archive.find("2026-10", number)
    assert kept is not None
    return {**kept, "state": "received", "events": kept["events"][:1]}


def by_hand(store: TinyStore) -> Path:
    """The oldest month, as plain TinyDB would have written it after a change by hand."""
    path = store._cases.archive.folder / f"{MONTHS[0]}.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False), encoding="utf-8")
    return path


def test_a_month_that_was_changed_by_hand_is_taken_in_once(store: TinyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    path = by_hand(store)
    assert store.closed_count() == len(MONTHS) * A_DAY
    assert path.read_bytes().count(b"\n") > A_DAY, "a case a line again"
    reading = Reading(monkeypatch)
    assert store.closed_count() == len(MONTHS) * A_DAY
    assert reading.bytes[MONTHS[0]] < 1000
    assert listed(store, 3 * A_DAY, 1) == [number_of(MONTHS[0], A_DAY)]


def test_where_the_disk_does_not_take_it_in_it_is_read_as_it_is(store: TinyStore) -> None:
    path = by_hand(store)
    before = path.read_bytes()
    with failing("replace", 1, full()):
        assert store.closed_count() == len(MONTHS) * A_DAY
    assert path.read_bytes() == before
    assert listed(store, 3 * A_DAY, 1) == [number_of(MONTHS[0], A_DAY)]
