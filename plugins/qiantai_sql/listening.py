"""What other desks tell through PostgreSQL, heard beside the desk on a connection of its own."""

from __future__ import annotations

from collections.abc import Collection
from threading import Event, Lock, Thread

import psycopg

AGAIN = 1.0
"""Seconds until a lost server is asked for again."""
_GLANCE = 0.25
"""Seconds after which it looks whether it is to end."""


class Listener:
    """Listens until `close`, whatever becomes of the server meanwhile; nobody who asks it waits for the server."""

    def __init__(self, conninfo: str, channel: str, writer: str) -> None:
        """`channel` is a query for the channel's name; what begins with `writer` is one's own."""
        self._conninfo, self._channel, self._writer = conninfo, channel, writer
        self._turn = Lock()
        self._numbers: set[str] = set()
        self._missed = False
        self._ended = Event()
        self._thread = Thread(target=self._listen, name="qiantai-news", daemon=True)
        self._thread.start()

    def heard(self) -> Collection[str] | None:
        """What others have changed since it was last asked; None where it had not been listening all the while."""
        with self._turn:
            found, missed = self._numbers, self._missed
            self._numbers, self._missed = set(), False
        return None if missed else found

    def _listen(self) -> None:
        while not self._ended.is_set():
            try:
                with psycopg.connect(self._conninfo, autocommit=True) as connection:
                    self._listen_on(connection)
            except psycopg.Error:
                self._ended.wait(AGAIN)

    def _listen_on(self, connection: psycopg.Connection[tuple[str]]) -> None:
        for (channel,) in connection.execute(self._channel):
            connection.execute(f'LISTEN "{channel}"'.encode())
        with self._turn:
            self._missed = True
        while not self._ended.is_set():
            for each in connection.notifies(timeout=_GLANCE):
                writer, _, number = each.payload.partition(" ")
                if writer != self._writer:
                    with self._turn:
                        self._numbers.add(number)

    def close(self) -> None:
        """Ends it."""
        self._ended.set()
        self._thread.join(AGAIN * 2)
