"""What the two databases do differently; the store asks for it by these names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.exc import DBAPIError

from qiantai.store import StoreError


class Door(Protocol):
    """The way into a database; it opens nothing before it is asked."""

    engine: Engine
    """For what is written."""
    reading: Engine
    """The same for what is read, each statement by itself."""
    where: str
    """What a person calls it."""

    def make(self, connection: Connection) -> None:
        """Lets nobody else make the tables at the same time; they are made next, where they are not there."""
        ...

    def prepare(self, connection: Connection) -> None:
        """Settles what the new tables need besides."""
        ...

    def opened(self, connection: Connection) -> None:
        """Takes what is there now for known, so that only what comes after is news."""
        ...

    def begin(self, connection: Connection) -> None:
        """Begins a transaction that will write."""
        ...

    def stamp(self, connection: Connection) -> int:
        """A number for this transaction's changes, for whoever asks what has changed since."""
        ...

    def insert_or_replace(self, table: Table, key: str) -> Any:
        """The statement that adds a row, or gives the row of the same key its other values."""
        ...

    def tell(self, connection: Connection, numbers: Sequence[str], writer: str) -> None:
        """Tells other desks of these cases, as the transaction commits."""
        ...

    def news(self, writer: str) -> Collection[str] | None:
        """The cases that others have changed since it was last asked; None where it may be any."""
        ...

    def clear(self, connection: Connection) -> None:
        """Leaves nothing in the files of what was replaced; the connection is in no transaction."""
        ...

    def fault(self, error: DBAPIError) -> StoreError:
        """What an error of the database means."""
        ...

    def lost(self, error: DBAPIError) -> bool:
        """Whether it means that the connection is gone, and with it the transaction."""
        ...

    def place(self, number: str) -> str:
        """Where a case is kept."""
        ...

    def close(self) -> None:
        """Lets go of everything."""
        ...
