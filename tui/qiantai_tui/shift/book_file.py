"""The book of shifts of a site: a file by itself, a sealed line for whatever happened, and none is ever changed."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qiantai.chain import Break, verify
from qiantai.desk import chance
from qiantai.events import Event
from qiantai.refusals import Refusal
from qiantai.shift.bars import Asked
from qiantai.shift.book import BOOK, ShiftBook, fold_book, next_line
from qiantai.shift.deciding import decide_shift
from qiantai.tables import Mistake
from qiantai.wire import event_in, event_out
from qiantai.words import Bilingual

from ..sites.files import PRIVATE_FILE, BadSite, sync_folder
from ..sites.line_book import UNFIT, LineBook

FILE = "shifts.jsonl"
_HALF = re.compile("[\ud800-\udfff]")


class ShiftFile:
    """The book of one site, which several desks may share. A last line that a power cut tore was never answered for."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._lines = LineBook(self._file, _event, _NO_LINE, _MEND)
        self._known: tuple[tuple[int, int], ShiftBook] | None = None

    def book(self) -> ShiftBook:
        """What the file makes now. Raises `BadSite` with the number of a line that is none, and `SiteError`."""
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return ShiftBook()
        except OSError as error:
            raise self._lines.unusable(error) from error
        stamp = found.st_size, found.st_mtime_ns
        if self._known is None or self._known[0] != stamp:
            self._known = stamp, self._read()
        return self._known[1]

    def broken(self) -> Break | None:
        """The first line that is not what was sealed; None where the book is whole."""
        history = self.book().history
        return verify(history) if history else None

    def write(self, asked: Callable[[ShiftBook], Asked]) -> ShiftBook | Refusal:
        """Puts on record what is asked, as the book is then; gives the book, or why it is refused.

        It is on the disk when this returns. Raises `SiteError` where it cannot be.
        """
        with self._lines.alone():
            book = self.book()
            given = asked(book)
            fields = decide_shift(given)
            if isinstance(fields, Refusal):
                return fields
            line = next_line(book, given.at, given.by, given.command.name, fields, chance())
            _append(self._file, _written(line))
            return self.book()

    def _read(self) -> ShiftBook:
        lines = self._file.read_bytes().split(b"\n")[:-1]
        history: list[Event] = []
        for number, line in enumerate(lines, 1):
            try:
                history.append(_event(json.loads(line.decode("utf-8"))))
            except UNFIT as error:
                raise _bad(self._file, number) from error
        try:
            return fold_book(history)
        except UNFIT as error:
            raise _bad(self._file, len(history)) from error


def _event(given: Any) -> Event:
    found = event_in(given)
    if found.case != BOOK or found.changes:
        raise ValueError("no line of this book")
    return found


def _written(line: Event) -> bytes:
    """The line as UTF-8, which half a character is none of."""
    text = json.dumps(event_out(line), ensure_ascii=False) + "\n"
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text).encode("utf-8")


def _append(file: Path, line: bytes) -> None:
    """The line at the end of the file, on the disk when this returns; what a torn line left goes first."""
    new = not file.exists()
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    with open(descriptor, "r+b") as opened:
        end = opened.read().rfind(b"\n") + 1
        opened.seek(end)
        opened.truncate()
        opened.write(line)
        opened.flush()
        os.fsync(opened.fileno())
    if new:
        sync_folder(file.parent)


def _bad(file: Path, number: int) -> BadSite:
    return BadSite(file, [Mistake("", 0, str(number), _NO_LINE, _MEND)])


_NO_LINE = Bilingual("不是交接班记录的一行", "it is no line of the book of shifts")
_MEND = Bilingual("从备份取回这个文件", "bring the file back from a backup")
