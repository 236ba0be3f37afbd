"""SQLite: one file for the desks of one machine."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, bindparam, create_engine, func, select, union_all
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from qiantai.store import StoreError
from qiantai_sql.faults import busy, damaged, unwritable
from qiantai_sql.tables import BOOK_LINES, CASES

FILE = "qiantai.sqlite"
PATIENCE = 5.0
"""Seconds for which an action waits for another desk's to end; one takes some milliseconds."""
_SETTLED = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
)
_NEWS = union_all(
    *(
        select(name, table.c.changed).where(table.c.changed > bindparam("heard"), table.c.writer != bindparam("writer"))
        for table, name in ((CASES, CASES.c.number), (BOOK_LINES, BOOK_LINES.c.name))
    )
)
_LAST = [select(func.max(table.c.changed)) for table in (CASES, BOOK_LINES)]


class Sqlite:
    """See `Door`. Raises `Unwritable` where the folder or the file cannot be made."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self.where = str(self._file)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise unwritable(self.where, error.strerror or str(error)) from error
        self.engine = create_engine("sqlite://", creator=self._connect, hide_parameters=True, pool_size=2)
        self.reading = self.engine
        self._listening: Connection | None = None
        self._version = -1
        self._heard = 0

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        for each in _SETTLED:
            connection.execute(each)
        return connection

    def make(self, connection: Connection) -> None:
        """See `Door`: the transaction that writes keeps others out already."""

    def prepare(self, connection: Connection) -> None:
        """See `Door`: nothing."""

    def opened(self, connection: Connection) -> None:
        """See `Door`."""
        self._heard = _last(connection)

    def begin(self, connection: Connection) -> None:
        """See `Door`: whoever is to write waits here, and not half-way."""
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def stamp(self, connection: Connection) -> int:
        """See `Door`: one writes at a time, so the next is one more."""
        return _last(connection) + 1

    def insert_or_replace(self, table: Table, key: str) -> Any:
        """See `Door`."""
        statement = insert(table)
        return statement.on_conflict_do_update(index_elements=[key], set_={"body": statement.excluded.body})

    def tell(self, connection: Connection, numbers: Sequence[str], writer: str) -> None:
        """See `Door`: the file tells."""

    def news(self, writer: str) -> Collection[str] | None:
        """See `Door`: a glance at the file's version; its rows are read where that has moved."""
        if self._listening is None:
            self._listening = self.engine.connect()
        version = self._listening.exec_driver_sql("PRAGMA data_version").scalar_one()
        if version == self._version:
            return ()
        rows = self._listening.execute(_NEWS, {"heard": self._heard, "writer": writer}).all()
        self._version = version
        self._heard = max((changed for _, changed in rows), default=self._heard)
        return list(dict.fromkeys(name for name, _ in rows))

    def clear(self, connection: Connection) -> None:
        """See `Door`: the file is written anew, and the log of changes emptied."""
        connection.exec_driver_sql("VACUUM")
        blocked, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        if blocked:
            raise busy(self.where, "wal_checkpoint")

    def fault(self, error: DBAPIError) -> StoreError:
        """See `Door`."""
        name = getattr(error.orig, "sqlite_errorname", "")
        match name.split("_")[1:2]:
            case ["BUSY" | "LOCKED"]:
                return busy(self.where, str(error.orig))
            case ["CORRUPT" | "NOTADB"]:
                return damaged(self.where, str(error.orig))
            case _:
                return unwritable(self.where, str(error.orig))

    def lost(self, error: DBAPIError) -> bool:  # noqa: ARG002
        """See `Door`: a file is not lost."""
        return False

    def place(self, number: str) -> str:  # noqa: ARG002
        """See `Door`."""
        return FILE

    def close(self) -> None:
        """See `Door`."""
        if self._listening is not None:
            self._listening.close()
            self._listening = None
        self.engine.dispose()


def _last(connection: Connection) -> int:
    """The number of the last change of any."""
    return max(connection.scalar(each) or 0 for each in _LAST)
