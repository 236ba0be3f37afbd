"""The store for several desks at once: SQLite on one machine, PostgreSQL beyond it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qiantai.store import Store

__all__ = ["open_postgresql", "open_sqlite"]


def open_sqlite(path: Path) -> Store:
    """The site's data in `qiantai.sqlite` at `path`, made where it is not there; other desks may have it open too.

    Raises `Locked`, `Damaged` or `Unwritable`.
    """
    from qiantai_sql.sqlite import Sqlite
    from qiantai_sql.store import SqlStore

    return SqlStore(Sqlite(path))


def open_postgresql(path: Path, address: str = "postgresql://") -> Store:  # noqa: ARG001
    """The site's data in the database of that address, its tables made where they are not there.

    The address is libpq's own, and what it leaves out comes from where libpq has it: `PGHOST`, `PGPASSWORD`, `.pgpass`,
    a service file. Raises `Unreachable`, `Damaged` or `Unwritable`.
    """
    from qiantai_sql.postgresql import Postgresql
    from qiantai_sql.store import SqlStore

    return SqlStore(Postgresql(address))
