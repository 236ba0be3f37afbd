"""What was left unfinished, by the name of its form: on disk, so that it outlives the program."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qiantai import Store

from ..jsonfile import read_json

if TYPE_CHECKING:
    from filelock import FileLock

PRIVATE = 0o600
MOST_DESKS = 64
"""In one folder; one beyond keeps its drafts in memory."""


class DraftBook:
    """Drafts of one site. What cannot be read is begun anew; what cannot be written stays in memory."""

    def __init__(self, file: Path | None) -> None:
        """`file` is where they are kept, None for memory alone."""
        self._file = file
        self._lock: FileLock | None = None
        self._kept: dict[str, dict[str, str]] = _read(file)
        self._whose = ""

    def of(self, person: str) -> DraftBook:
        """The drafts of one person alone, in the same file; everybody's where nobody is named."""
        theirs = DraftBook(None)
        theirs._file, theirs._kept, theirs._whose = self._file, self._kept, f"@{person}" if person else ""
        return theirs

    @classmethod
    def of_one_of_several(cls, folder: Path) -> DraftBook:
        """The book of one desk where others may have the folder open too: each has a file of its own until `let_go`."""
        from filelock import FileLock, Timeout  # a desk that has its folder to itself needs none

        for file in (folder / (f"drafts-{n}.json" if n > 1 else "drafts.json") for n in range(1, MOST_DESKS + 1)):
            lock = FileLock(file.with_name(f".{file.name}.lock"), mode=PRIVATE, thread_local=False)
            with suppress(Timeout, OSError):
                lock.acquire(timeout=0)
                book = cls(file)
                book._lock = lock
                return book
        return cls(None)

    def let_go(self) -> None:
        """Leaves the file to the next desk."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def get(self, name: str) -> Mapping[str, str]:
        """The texts of a form, by field; none where nothing was left."""
        return self._kept.get(name + self._whose, {})

    def keep(self, name: str, texts: Mapping[str, str]) -> None:
        """Keeps the texts of a form."""
        if name and self.get(name) != texts:
            self._kept[name + self._whose] = dict(texts)
            self._write()

    def drop(self, name: str) -> None:
        """Lets go of a form's texts, as it was sent off."""
        if self._kept.pop(name + self._whose, None) is not None:
            self._write()

    def names(self) -> tuple[str, ...]:
        """The forms of which something was left."""
        return tuple(self._kept)

    def forget_closed(self, store: Store) -> None:
        """Lets go of what was left of the forms of cases that are closed by now; a form's name begins with its case."""
        for name in self.names():
            case = store.case(name.partition(":")[0])
            if case is not None and not case.open:
                self.drop(name)

    def forget(self, about: Callable[[str], bool]) -> None:
        """Lets go of every form in which a text is about something that is to be forgotten, whoever's it is."""
        gone = [name for name, texts in self._kept.items() if any(map(about, texts.values()))]
        for name in gone:
            del self._kept[name]
        if gone:
            self._write()

    def _write(self) -> None:
        if self._file is None:
            return
        beside = self._file.with_name(f".{self._file.name}.new")
        with suppress(OSError):
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
            with open(descriptor, "w", encoding="ascii") as opened:
                json.dump(self._kept, opened)  # all in ASCII, since half a character can be typed and is no UTF-8
                opened.flush()
                os.fsync(opened.fileno())
            beside.replace(self._file)


def _read(file: Path | None) -> dict[str, dict[str, str]]:
    if file is None:
        return {}
    try:
        found = read_json(file)
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        name: {field: text for field, text in texts.items() if isinstance(text, str)}
        for name, texts in found.items()
        if isinstance(texts, dict)
    }
