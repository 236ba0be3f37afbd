"""What a table shows: its columns, its rows, and the window through which rows are asked for a screenful at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from attrs import frozen

from qiantai.words import Bilingual

from ..text.safe import Align


@frozen
class Column:
    """A column: fixed at `width` cells, or with `flex` that share of what the fixed ones leave, `width` at least.

    It is shown from a table of `since` cells on.
    """

    label: Bilingual
    width: int
    flex: int = 0
    align: Align = "left"
    since: int = 0


@frozen
class Row:
    """A row: the key by which it is found again, a text for every column, and the tone of `clocktime.Sign`."""

    key: str
    cells: tuple[str, ...]
    tone: str = ""


class Rows(Protocol):
    """A window onto rows, however many: only what is seen is asked for."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def rows(self, offset: int, n: int) -> Sequence[Row]:
        """The rows from `offset` on, `n` of them or up to the last."""
        ...

    def where(self, key: str) -> int | None:
        """The place of the row with this key, None where it is gone."""
        ...


class KeyedRows:
    """Rows made when they are seen, from their keys in order: good for countdowns, and for a hundred thousand."""

    def __init__(self, keys: Sequence[str], make: Callable[[str], Row]) -> None:
        self._keys = keys
        self._make = make

    def __len__(self) -> int:
        return len(self._keys)

    def rows(self, offset: int, n: int) -> Sequence[Row]:
        """The rows from `offset` on, made now."""
        return [self._make(key) for key in self._keys[offset : offset + n]]

    def where(self, key: str) -> int | None:
        """The place of the key, looked for from the first on: a millisecond in a hundred thousand."""
        try:
            return self._keys.index(key)
        except ValueError:
            return None


def fixed(rows: Sequence[Row]) -> KeyedRows:
    """Rows that are at hand already."""
    by_key = {row.key: row for row in rows}
    return KeyedRows([row.key for row in rows], by_key.__getitem__)


def widths(columns: Sequence[Column], width: int) -> list[int]:
    """The cells of every column in a table so wide, 0 for one that is not shown; one cell lies between neighbours."""
    shown = [width >= column.since for column in columns]
    spare = width - (sum(shown) - 1) - sum(column.width for column, on in zip(columns, shown, strict=True) if on)
    shares = sum(column.flex for column, on in zip(columns, shown, strict=True) if on)
    given: list[int] = []
    for column, on in zip(columns, shown, strict=True):
        part = max(spare, 0) * column.flex // shares if on and column.flex else 0
        spare, shares = spare - part, shares - (column.flex if on else 0)
        given.append(column.width + part if on else 0)
    return given
