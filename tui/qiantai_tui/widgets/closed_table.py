"""The table of closed cases: all of them, or those that were found, and the row that one was on among all."""

from __future__ import annotations

from attrs import frozen

from qiantai import Seat, StoreError
from qiantai.words import CLOSED, Bilingual

from ..finding.closed_rows import ClosedRows
from ..finding.search import EVERYTHING, Only
from .found_rows import CASE_COLUMNS, case_row, unread_row
from .line_table import LineTable
from .rows import Row, Rows, fixed


@frozen
class Asked:
    """What the closed cases in sight answer to: the text of a search, and what it was narrowed to."""

    text: str = ""
    only: Only = EVERYTHING

    @property
    def for_all(self) -> bool:
        """Whether it asks for all of them, or for all of a month."""
        return not self.text and not self.only.kind and self.only.state in ("", CLOSED)


class ClosedTable(LineTable):
    """Where one comes back to all of them it stands on the row that one was on."""

    def __init__(self, *, empty: Bilingual, id: str) -> None:
        super().__init__(CASE_COLUMNS, fixed(()), empty=empty, id=id)
        self._asked: Asked | None = None
        self._all: ClosedRows | None = None
        self._left: tuple[Only, str, int] = EVERYTHING, "", 0
        self._unread: dict[str, StoreError] = {}

    def all_of(self, seat: Seat, only: Only) -> ClosedRows | None:
        """The rows of all, or of a month; None for who may see some cases alone. Raises `StoreError`."""
        self._leave()
        of, _, place = self._left
        return ClosedRows.of(
            seat,
            only.month,
            lambda case: case_row(case, seat.handbook),
            self._unread_row,
            place if of == only else None,
        )

    def show_for(self, asked: Asked, rows: Rows, empty: Bilingual) -> None:
        """Shows what answers to this; from the first row on, or from where one was, if something else was asked."""
        self._leave()
        self._all = rows if isinstance(rows, ClosedRows) else None
        other = self._left[1] if self._all is not None else ""
        at = None if asked == self._asked else other
        self._asked = asked
        self._unread.clear()
        self.show(rows, empty=empty, at=at)

    def why(self, key: str | None) -> StoreError | None:
        """Why the row of this key could not be read; None where it was."""
        return self._unread.get(key or "")

    def _leave(self) -> None:
        if self._all is not None and self._asked is not None:
            self._left = self._asked.only, self.key or "", self.cursor

    def _unread_row(self, place: int, error: StoreError) -> Row:
        row = unread_row(place)
        self._unread[row.key] = error
        return row
