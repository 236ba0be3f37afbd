"""Reading and writing through a door: all or none, and once more where the connection was lost before it mattered."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from qiantai.store import StoreError
from qiantai_sql.door import Door
from qiantai_sql.faults import in_doubt

T = TypeVar("T")


class _Lost:
    """That a connection was lost; `confirming`: while the work was confirmed, so that it may be there."""

    def __init__(self, error: DBAPIError, confirming: bool) -> None:
        self.error, self.confirming = error, confirming


class Access:
    """What is asked of one database."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def read(self, asked: Callable[[Connection], T]) -> T:
        """What is found. A connection that was lost since it was last used is made anew once. Raises `StoreError`."""
        try:
            return self._read(asked)
        except DBAPIError as error:
            if not self.door.lost(error):
                raise self.door.fault(error) from error
        try:
            return self._read(asked)
        except DBAPIError as error:
            raise self.door.fault(error) from error

    def _read(self, asked: Callable[[Connection], T]) -> T:
        with self.door.reading.connect() as connection:
            return asked(connection)

    def write(self, work: Callable[[Connection], None], kept: Callable[[Connection], bool]) -> None:
        """All of the work, or nothing, on disk when this returns. Raises `StoreError`; then nothing was kept.

        `kept` tells whether it is there already: it is asked where the connection was lost as the work was confirmed.
        Only where that cannot be asked either is the outcome open, and `Unreachable` says so.
        """
        lost = self._write_unless(work, kept) and self._write_unless(work, kept)
        if lost is not None:
            raise self.door.fault(lost.error) from lost.error

    def _write_unless(self, work: Callable[[Connection], None], kept: Callable[[Connection], bool]) -> _Lost | None:
        lost = self._write(work)
        return None if lost is not None and lost.confirming and self._was_kept(kept, lost) else lost

    def _write(self, work: Callable[[Connection], None]) -> _Lost | None:
        confirming = False
        try:
            with self.door.engine.connect() as connection:
                self.door.begin(connection)
                work(connection)
                confirming = True
                connection.commit()
        except DBAPIError as error:
            if self.door.lost(error):
                return _Lost(error, confirming)
            raise self.door.fault(error) from error
        return None

    def _was_kept(self, kept: Callable[[Connection], bool], lost: _Lost) -> bool:
        try:
            return self.read(kept)
        except StoreError as error:
            raise in_doubt(self.door.where, error) from lost.error

    def heard(self, writer: str) -> Collection[str] | None:
        """See `Door.news`. Raises `StoreError`."""
        try:
            return self.door.news(writer)
        except DBAPIError as error:
            raise self.door.fault(error) from error
