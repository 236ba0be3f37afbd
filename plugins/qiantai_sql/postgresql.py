"""PostgreSQL: one database for the desks of many machines, a schema an estate where there are several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import Connection, Engine, Table, create_engine, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from qiantai.store import Conflict, StoreError
from qiantai.words import Bilingual
from qiantai_sql.faults import busy, damaged, unreachable, unwritable
from qiantai_sql.listening import Listener
from qiantai_sql.tables import BOOK_LINES, CASES, EVENTS, ROLL, WORDS

PATIENT = {
    "application_name": "qiantai",
    "connect_timeout": "5",
    "keepalives_idle": "10",
    "keepalives_interval": "3",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
"""How long it waits for a server that says nothing, where the address does not say: seconds, the last milliseconds."""
_DURABLE = "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
_CHANNEL = "SELECT 'qiantai_' || 'cases'::regclass::oid"
_BUSY = Conflict(Bilingual("同一件事项正被别的前台办理,请重看后再办", "another desk is at the same case; look again"))


class Postgresql:
    """See `Door`. Raises `Unwritable` where the address is none."""

    def __init__(self, address: str) -> None:
        self.where = "postgresql"
        try:
            said = conninfo_to_dict(address)
        except psycopg.ProgrammingError as error:
            raise unwritable(self.where, str(error).strip()) from error
        self.where = "/".join(str(said[each]) for each in ("host", "dbname") if each in said) or self.where
        self._conninfo = make_conninfo("", **{**PATIENT, **said})
        self.engine = create_engine("postgresql+psycopg://", creator=self._connect, hide_parameters=True, pool_size=1)
        self.reading: Engine = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._channel = ""
        self._listener: Listener | None = None

    def _connect(self) -> psycopg.Connection[Any]:
        connection = psycopg.connect(self._conninfo)
        connection.execute(_DURABLE)
        connection.commit()
        return connection

    def make(self, connection: Connection) -> None:
        """See `Door`."""
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('qiantai'))"))

    def prepare(self, connection: Connection) -> None:
        """See `Door`: what was said is not sampled for the planner, whose tables would keep it when it is erased."""
        for each in WORDS:
            connection.execute(text(f"ALTER TABLE {each.table.name} ALTER COLUMN {each.name} SET STATISTICS 0"))

    def opened(self, connection: Connection) -> None:
        """See `Door`: nothing, as what was changed before it listens may be anything."""

    def begin(self, connection: Connection) -> None:
        """See `Door`: the first statement does."""

    def stamp(self, connection: Connection) -> int:
        """See `Door`: the transaction's own number; all below `pg_snapshot_xmin` of a snapshot are seen by it."""
        found: int = connection.scalar(text("SELECT pg_current_xact_id()::text::bigint"))
        return found

    def insert_or_replace(self, table: Table, key: str) -> Any:
        """See `Door`."""
        statement = insert(table)
        return statement.on_conflict_do_update(index_elements=[key], set_={"body": statement.excluded.body})

    def tell(self, connection: Connection, numbers: Sequence[str], writer: str) -> None:
        """See `Door`."""
        if not self._channel:
            self._channel = str(connection.scalar(text(_CHANNEL)))
        told = {"channel": self._channel, "told": [f"{writer} {number}" for number in numbers]}
        connection.execute(text("SELECT pg_notify(:channel, each) FROM unnest(CAST(:told AS text[])) AS each"), told)

    def news(self, writer: str) -> Collection[str] | None:
        """See `Door`: a second connection listens, from the first time that this is asked."""
        if self._listener is None:
            self._listener = Listener(self._conninfo, _CHANNEL, writer)
        return self._listener.heard()

    def clear(self, connection: Connection) -> None:
        """See `Door`: the tables are written anew. The log of changes has the words until the server reuses it."""
        connection.exec_driver_sql("SET lock_timeout = '5s'")
        try:
            for table in (CASES, EVENTS, BOOK_LINES, ROLL):
                connection.exec_driver_sql(f"VACUUM (FULL) {table.name}")
        finally:
            connection.exec_driver_sql("RESET lock_timeout")

    def fault(self, error: DBAPIError) -> StoreError:
        """See `Door`."""
        state = getattr(error.orig, "sqlstate", None) or ""
        why = str(error.orig).strip().partition("\n")[0]
        if self.lost(error) or not state:
            return unreachable(self.where, why)
        match state[:2], state:
            case "40", _:
                return _BUSY
            case _, "55P03" | "57014":
                return busy(self.where, why)
            case "XX", _:
                return damaged(self.where, why)
            case _:
                return unwritable(self.where, why)

    def lost(self, error: DBAPIError) -> bool:
        """See `Door`: the server went away, is being shut down, or is starting."""
        state = getattr(error.orig, "sqlstate", None) or ""
        return error.connection_invalidated or state[:2] == "08" or state in ("57P01", "57P02", "57P03")

    def place(self, number: str) -> str:  # noqa: ARG002
        """See `Door`."""
        return self.where

    def close(self) -> None:
        """See `Door`."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        self.engine.dispose()
