"""The closed cases as rows of a table, however many there are: of them no more is read than what is seen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import takewhile

from qiantai import Case, Seat, StoreError
from qiantai.projections.months import later, month_of

from ..widgets.rows import Row

AT_A_TIME = 40
"""Rows that are read at a time, at least: a screenful."""
KEPT = 1000
"""Rows from which those read before are let go of."""

OfCase = Callable[[Case], Row]
Unread = Callable[[int, StoreError], Row]
"""The row at a place where one cannot be read."""


class ClosedRows:
    """A window onto them, the latest receipt first, as many as there were when it was opened."""

    def __init__(self, seat: Seat, month: str, count: int, of_case: OfCase, unread: Unread, near: int | None) -> None:
        self._seat, self._month, self._count, self._near = seat, month, count, near
        self._of_case, self._unread = of_case, unread
        self._known: dict[int, Row] = {}

    @classmethod
    def of(cls, seat: Seat, month: str, of_case: OfCase, unread: Unread, near: int | None = None) -> ClosedRows | None:
        """All of them, or those received in a month; None for who may see some cases alone. Raises `StoreError`.

        `near` is about where a row will be looked for by its key.
        """
        count = seat.closed_count(month)
        return None if count is None else cls(seat, month, count, of_case, unread, near)

    def __len__(self) -> int:
        return self._count

    def rows(self, offset: int, n: int) -> Sequence[Row]:
        """The rows from `offset` on; what is not known of them is read, and some that will be seen next."""
        end = min(offset + n, self._count)
        if len(self._known) > KEPT:
            self._known.clear()
        missing = [place for place in range(offset, end) if place not in self._known]
        if missing:
            first, after = missing[0], missing[-1] + 1
            if after == end:
                after = min(max(after, first + AT_A_TIME), self._count)
            else:
                first = max(0, min(first, after - AT_A_TIME))
            self._known |= zip(range(first, after), self._read(first, after - first), strict=False)
        return [self._known[place] for place in range(offset, end) if place in self._known]

    def where(self, key: str) -> int | None:
        """The place of the case of this number: near where it is thought to be, or else by its receipt."""
        if self._near is not None:
            begin = max(0, self._near - AT_A_TIME // 2)
            for place, row in enumerate(self.rows(begin, AT_A_TIME), begin):
                if row.key == key:
                    return place
        try:
            return self._by_receipt(key)
        except StoreError:
            return None

    def _by_receipt(self, key: str) -> int | None:
        case = self._seat.known(key)
        if case is None or case.open or self._month not in ("", month := month_of(case.received)):
            return None
        wanted = case.received, case.number

        def as_late(place: int) -> bool:
            return [(each.received, each.number) for each in self._seat.closed_page(place, 1, month)] <= [wanted]

        place = bisect_left(range(self._seat.closed_count(month) or 0), True, key=as_late)
        return self._later_than(month) + place

    def _later_than(self, month: str) -> int:
        """How many there are of later months, where all are listed."""
        if self._month:
            return 0
        newest = month_of(self._seat.closed_page(0, 1)[0].received)
        months = takewhile(lambda each: each <= newest, (later(month, n) for n in range(1, 12 * 100)))
        return sum(self._seat.closed_count(each) or 0 for each in months)

    def _read(self, first: int, most: int) -> Sequence[Row]:
        """The rows of a part; where it cannot be read, its halves are read each for itself, down to single rows."""
        try:
            return [self._of_case(each) for each in self._page(first, most)]
        except StoreError as error:
            half = most // 2
            if not half or self._fails_alike(error, (first, half), (first + half, most - half)):
                return [self._unread(place, error) for place in range(first, first + most)]
        return [*self._read(first, half), *self._read(first + half, most - half)]

    def _fails_alike(self, error: StoreError, *parts: tuple[int, int]) -> bool:
        """Whether every part fails for this reason, as where what tells the places of a month's cases is damaged."""
        for part in parts:
            try:
                self._page(*part)
            except StoreError as other:
                if other.why == error.why:
                    continue
            return False
        return True

    def _page(self, first: int, most: int) -> Sequence[Case]:
        return self._seat.closed_page(first, most, self._month)
