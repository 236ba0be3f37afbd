"""TinyDB's two doors, storage and middleware, so that what is acknowledged is on the disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.middlewares import Middleware
from tinydb.storages import Storage
from tinydb.table import Table

from qiantai_tinydb.disk import replace_whole
from qiantai_tinydb.faults import damaged, too_new, unreadable
from qiantai_tinydb.journal import Journal
from qiantai_tinydb.lines import (
    FORMAT,
    NO_CHANGE,
    NO_TURN,
    BadLine,
    LaterFormat,
    check_version,
    first_bad,
    render,
    rows,
    seal,
    unseal,
)

Tables = dict[str, dict[str, Any]]
TURN = "journal"


def read_rows(path: Path) -> dict[str, dict[str, bytes]]:
    """The file's tables, documents still lines. Raises `Damaged`, also where a later version wrote it."""
    try:
        return rows(path.read_bytes())
    except BadLine as error:
        raise damaged(path, error) from None
    except LaterFormat as error:
        raise too_new(path, error) from None


class LineStorage(Storage):
    """One document a line; the whole file is replaced at once or not at all. Plain TinyDB reads it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def read(self) -> Tables | None:
        """All tables, None where there is no file yet. Raises `Damaged` with the place."""
        if not self.path.exists():
            return None
        tables = read_rows(self.path)
        try:
            return {name: {key: unseal(key, raw) for key, raw in table.items()} for name, table in tables.items()}
        except BadLine as error:
            raise damaged(self.path, first_bad(self.path.read_bytes(), error)) from None

    def write(self, data: Tables) -> None:
        """All tables, durably. Raises `OSError` with the file as it was."""
        lines = {name: {key: seal(key, each) for key, each in table.items()} for name, table in data.items()}
        replace_whole(self.path, render(lines))


class Journalled(Middleware):
    """What is written goes to `….journal` first; the file itself follows at `flush` and `close`.

    It takes documents that differ by identity from those before as changed: replace them, never change them in place.
    The file tells in which turn of the journal it was written: it has all that the earlier ones tell, so that an old
    journal, or a part of one, that comes back in a power cut does not bring back what was before.
    `erasing`: words that were erased may still stand in some file, which the journal tells until all is rewritten.
    """

    storage: LineStorage
    erasing = False

    def __call__(self, path: Path) -> Journalled:
        """Open both files and bring the one up to the other. Raises `Damaged`."""
        self.storage = LineStorage(path)
        self._tables = self.storage.read() or {}
        self.journal = Journal(path.with_name(path.name + ".journal"))
        try:
            for number, entry in enumerate(self.journal.read(), 1):
                self._tables = self._after(entry, number)
                self.erasing = self.erasing or entry.get("erasing") is True
        except BaseException:
            self.journal.close()
            raise
        return self

    @property
    def _turn(self) -> int:
        match self._tables.get(TURN, {}).get("turn", {"number": 0}):
            case {"number": int(number)}:
                return number
            case _:
                raise unreadable(TURN, BadLine(NO_TURN))

    def _after(self, entry: Mapping[str, Any], line: int) -> Tables:
        try:
            check_version(entry)
            match entry:
                case {"turn": int(turn)}:
                    return _changed(self._tables, entry) if turn >= self._turn else self._tables
                case _:
                    raise BadLine(NO_TURN)
        except LaterFormat as error:
            raise too_new(self.journal.path, error) from None
        except BadLine as error:
            raise self.journal.damaged_at(line, error) from None

    def read(self) -> Tables:
        """All tables as acknowledged; not to be changed in place."""
        return self._tables

    def write(self, data: Tables) -> None:
        """Durable when it returns. Raises `OSError` or `Unwritable` with everything as it was."""
        change = _change(self._tables, data)
        if change:
            erasing = {"erasing": True} if self.erasing else {}
            self.journal.append({"version": FORMAT, "turn": self._turn, **erasing, **change})
        self._tables = data

    def flush(self) -> None:
        """The file itself holds everything, and the journal is empty."""
        if self.journal.size:
            # The turn before the file: one that was written, and yet not confirmed, must not be ahead of what comes.
            self._tables = {**self._tables, TURN: {"turn": {"number": self._turn + 1}}}
            self.storage.write(self._tables)
            if self.erasing:
                self.journal.forget_cut()
            self.journal.clear()
            self.erasing = False

    def close(self) -> None:
        """Flush, unless what the disk holds is in doubt, and give the files back."""
        try:
            if not self.journal.stopped:
                self.flush()
        finally:
            self.journal.close()


def _change(before: Tables, after: Tables) -> Mapping[str, Mapping[str, Any]]:
    put = {name: _put(before.get(name, {}), table) for name, table in after.items()}
    gone = {name: [key for key in table if key not in after.get(name, {})] for name, table in before.items()}
    change: dict[str, dict[str, Any]] = {
        "put": {name: table for name, table in put.items() if table},
        "drop": {name: ids for name, ids in gone.items() if ids},
    }
    return {name: each for name, each in change.items() if each}


def _put(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {key: document for key, document in after.items() if before.get(key) is not document}


def _changed(tables: Tables, entry: Mapping[str, Any]) -> Tables:
    """The tables after an entry of the journal. Raises `BadLine` for one that no `_change` made."""
    after = {name: dict(table) for name, table in tables.items()}
    for name, documents in _by_name(entry.get("put", {})).items():
        after.setdefault(name, {}).update(_documents(documents))
    for name, ids in _by_name(entry.get("drop", {})).items():
        for id in _ids(ids):
            after.get(name, {}).pop(id, None)
    return after


def _by_name(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise BadLine(NO_CHANGE)
    return given


def _documents(given: Any) -> Mapping[str, Any]:
    if not all(isinstance(each, dict) for each in _by_name(given).values()):
        raise BadLine(NO_CHANGE)
    return _by_name(given)


def _ids(given: Any) -> list[str]:
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise BadLine(NO_CHANGE)
    return given


class Documents(Table):
    """A table whose ids are texts and whose documents are replaced whole, several in one action."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB's own door for it, typed too narrowly

    def look(self) -> Mapping[str, Any]:
        """All documents by id, not to be changed in place."""
        table: Mapping[str, Any] = (self.storage.read() or {}).get(self.name, {})
        return table

    def put(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        """These documents under these ids, all of them or, with an `OSError`, none."""
        self._become({**self.look(), **documents})

    def drop(self, ids: Iterable[str]) -> None:
        """No documents under these ids any more, all of them or, with an `OSError`, none."""
        gone = frozenset(ids)
        self._become({key: each for key, each in self.look().items() if key not in gone})

    def _become(self, table: dict[str, Any]) -> None:
        self.storage.write({**(self.storage.read() or {}), self.name: table})
        self.clear_cache()


class Site(TinyDB):
    """TinyDB with such tables."""

    table_class = Documents

    def documents(self, name: str) -> Documents:
        """The table of this name."""
        table = self.table(name)
        assert isinstance(table, Documents), "table_class says so"
        return table
