"""The rows of all closed cases: any window of them, where each stands, and what cannot be read among them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache

import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

from qiantai import Case, Desk, MemoryStore, Seat
from qiantai.store import Damaged, StoreError
from qiantai.testing.happenings import NINE, closed, received, taken_back
from qiantai.words import Bilingual
from qiantai_tui.finding.closed_rows import AT_A_TIME, KEPT, ClosedRows
from qiantai_tui.widgets.found_rows import unread_row
from qiantai_tui.widgets.rows import Row
from tests.tui.desk_driver import Clock, desk_in_memory

COUNT = 150
EVERYBODYS, SOME = "li", "sun"


@frozen
class Kept(MemoryStore):
    """A store that counts what is read of its list, some of which it may be unable to read."""

    read: list[tuple[int, int]] = field(factory=list)
    unread: dict[str, str] = field(factory=dict)

    def closed_page(self, first: int, most: int, month: str = "") -> Sequence[Case]:
        """As it has them, or why not."""
        self.read.append((first, most))
        found = super().closed_page(first, most, month)
        for each in found:
            if why := self.unread.get(each.number):
                raise Damaged(Bilingual(why, why))
        return found


def number_of(n: int) -> str:
    return f"BX-{NINE - timedelta(hours=12 * n):%Y%m%d}-{n + 1:03}"


def filled(count: int = COUNT) -> tuple[Desk, Kept]:
    """A desk with so many closed cases of the last months, two a day; the number `n` tells how many came later."""
    store = Kept()
    for n in range(count):
        at = NINE - timedelta(hours=12 * n)
        store.append([received(number_of(n), at), closed(number_of(n), 1, at)])
    return desk_in_memory(Clock(NINE + timedelta(days=1)), store), store


@cache
def shared() -> Seat:
    """A seat at a desk that no test changes."""
    return filled()[0].seat(EVERYBODYS)


def of_case(case: Case) -> Row:
    return Row(case.number, (case.number,))


def unread(place: int, error: StoreError) -> Row:
    del error
    return unread_row(place)


def rows_of(seat: Seat, month: str = "", near: int | None = None) -> ClosedRows:
    rows = ClosedRows.of(
        seat, month, lambda case: Row(case.number, (case.number,)), lambda place, _: unread_row(place), near
    )
    assert rows is not None
    return rows


windows = st.lists(st.tuples(st.integers(0, COUNT + 5), st.integers(0, 60)), max_size=12)


@given(windows, st.sampled_from(["", "2026-11", "2026-10", "2026-01"]))
def test_every_window_is_what_the_list_has_there(asked: list[tuple[int, int]], month: str) -> None:
    rows, all_ = rows_of(shared(), month), [each.number for each in shared().closed_page(0, COUNT, month)]
    assert len(rows) == len(all_)
    for offset, n in asked:
        assert [row.key for row in rows.rows(offset, n)] == all_[offset : offset + n]


@given(st.integers(0, COUNT - 1), st.none() | st.integers(0, COUNT + 50))
def test_every_case_is_found_wherever_it_is_looked_for_first(n: int, near: int | None) -> None:
    assert rows_of(shared(), near=near).where(number_of(n)) == n


def test_in_a_month_a_case_has_its_place_there_and_one_of_another_month_has_none() -> None:
    rows = rows_of(shared(), "2026-10")
    first = rows.rows(0, 1)[0].key
    assert rows.where(first) == 0
    assert rows_of(shared()).where(first) == len(rows_of(shared(), "2026-11"))
    assert rows.where(number_of(0)) is None
    assert rows.where("BX-20200101-001") is None


def test_what_was_closed_or_came_back_meanwhile_moves_the_others() -> None:
    desk, store = filled()
    seat = desk.seat(EVERYBODYS)
    store.append([received("BX-20261123-900", NINE), closed("BX-20261123-900", 1)])
    assert rows_of(seat, near=7).where(number_of(7)) == 8
    store.append([taken_back(number_of(7), 2, 1)])
    assert rows_of(seat, near=8).where(number_of(7)) is None
    assert rows_of(seat, near=9).where(number_of(8)) == 8


def test_no_more_is_read_than_is_seen_and_what_is_seen_next() -> None:
    desk, store = filled()
    rows = rows_of(desk.seat(EVERYBODYS))
    for place in range(20):
        rows.rows(place, 20)
    assert store.read == [(0, AT_A_TIME)]
    rows.rows(100, 20)
    rows.rows(99, 20)
    assert store.read[1:] == [(100, AT_A_TIME), (60, AT_A_TIME)]


def test_rows_seen_long_ago_are_let_go_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qiantai_tui.finding.closed_rows.KEPT", 50)
    rows = rows_of(shared())
    for place in (0, 50, 100, 20):
        assert [row.key for row in rows.rows(place, 10)] == [number_of(place + n) for n in range(10)]
        assert len(rows._known) <= 50 + AT_A_TIME
    assert KEPT * 2 < 100_000


def test_a_row_that_cannot_be_read_says_so_and_the_others_are_read() -> None:
    desk, store = filled()
    store.unread.update({number_of(5): "line 7", number_of(30): "line 32"})
    told: dict[int, str] = {}

    def noted(place: int, error: StoreError) -> Row:
        told[place] = error.why.en
        return unread(place, error)

    all_ = ClosedRows.of(desk.seat(EVERYBODYS), "", of_case, noted)
    assert all_ is not None
    rows = all_.rows(0, AT_A_TIME)
    assert told == {5: "line 7", 30: "line 32"}
    assert [place for place, row in enumerate(rows) if row.tone == "late"] == [5, 30]
    assert [row.key for place, row in enumerate(rows) if place not in (5, 30)] == [
        number_of(n) for n in range(AT_A_TIME) if n not in (5, 30)
    ]
    assert rows[5].key != rows[30].key


def test_where_none_can_be_read_for_one_reason_it_is_not_asked_for_each() -> None:
    desk, store = filled()
    store.unread.update({number_of(n): "the head" for n in range(COUNT)})
    rows = rows_of(desk.seat(EVERYBODYS))
    assert {row.tone for row in rows.rows(0, AT_A_TIME)} == {"late"}
    assert len(store.read) == 3


def test_who_may_see_some_cases_has_no_such_list() -> None:
    assert (
        ClosedRows.of(
            filled(3)[0].seat(SOME), "", lambda case: Row(case.number, ()), lambda place, _: unread_row(place)
        )
        is None
    )
