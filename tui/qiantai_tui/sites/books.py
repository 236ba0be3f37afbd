"""The books of a site as files: one by itself for each, a sealed line of JSON for whatever is on record in it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from qiantai.books import BOOKS, UNFIT, BadBook, Books, books_in, line_in
from qiantai.events import Event
from qiantai.store import Locked, Store, Unwritable, conflict
from qiantai.wire import event_out
from qiantai.words import Bilingual

from .files import PRIVATE_FILE, SiteError, replace_private, sync_folder

_HALF = re.compile("[\ud800-\udfff]")
_WAIT = 10
"""Seconds that another desk is waited for, which writes a line and is gone."""
Stamp = tuple[int, int, int] | None
"""What tells one state of a file from another; None where there is none."""


def file_of(name: str) -> str:
    """How the file of a book is called."""
    return f"{name}.jsonl"


FILES: Mapping[str, str] = {file_of(name): name for name in BOOKS}
"""The books by their files."""


class FileBooks:
    """See `Books`. The desks of a folder share them; a last line that a power cut tore was never answered for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[Stamp, tuple[Event, ...]]] = {}
        self._whole: dict[str, tuple[bytes, tuple[Event, ...]]] = {}

    def book(self, name: str) -> Sequence[Event]:
        """See `BookSource`; the file is read where it is another than it was."""
        stamp = self.stamp(name)
        known = self._known.get(name)
        if known is None or known[0] != stamp:
            self._known[name] = known = stamp, self._lines(name, self._bytes(name))
        return known[1]

    def _lines(self, name: str, data: bytes) -> tuple[Event, ...]:
        """The lines of these bytes; what they begin with, as read before, is not taken apart again."""
        whole, lines = self._whole.get(name, (b"", ()))
        if not data.startswith(whole):
            whole, lines = b"", ()
        file = str(self._folder / file_of(name))
        try:
            found = (*lines, *lines_in(name, data[len(whole) :], file))
        except BadBook as error:
            raise BadBook(name, len(lines) + error.line, file) from error
        self._whole[name] = data[: data.rfind(b"\n") + 1], found[: data.count(b"\n")]
        return found

    def stamp(self, name: str) -> Stamp:
        """See `Books`: asks the disk, reads nothing."""
        try:
            found = (self._folder / file_of(name)).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size

    def add_lines(self, lines: Sequence[Event]) -> None:
        """See `Books`. Raises `Locked` where another desk goes on writing, `Unwritable` where the disk says no."""
        name = lines[0].case
        with self._alone(name):
            if lines[0].seq != len(self.book(name)):
                raise conflict(name)
            _append(self._folder / file_of(name), b"".join(map(bytes_of, lines)))

    def erase_lines(self, history: Sequence[Event]) -> None:
        """See `Books`. Raises as `add_lines` does."""
        name = history[0].case
        with self._alone(name):
            if [each.seal for each in self.book(name)] != [each.seal for each in history[:-1]]:
                raise conflict(name)
            replace_private(self._folder / file_of(name), text_of(history))

    def text(self, name: str) -> str:
        """The file as it is but for a torn last line, whatever its lines say. Raises as `book` does for other bytes."""
        whole = self._bytes(name)
        if not _tail(name, whole):
            whole = whole[: whole.rfind(b"\n") + 1]
        try:
            return whole.decode("utf-8")
        except UnicodeDecodeError as error:
            line = whole.count(b"\n", 0, error.start) + 1
            raise BadBook(name, line, str(self._folder / file_of(name))) from error

    def _bytes(self, name: str) -> bytes:
        try:
            return (self._folder / file_of(name)).read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise self._unusable(name, error) from error

    @contextmanager
    def _alone(self, name: str) -> Iterator[None]:
        """Keeps the site's other desks out meanwhile."""
        from filelock import FileLock, Timeout  # who only reads needs none

        try:
            with FileLock(self._folder / f".{name}.lock", timeout=_WAIT, mode=PRIVATE_FILE):
                yield
        except Timeout as error:
            raise Locked(_IN_USE.format(file=self._folder / file_of(name))) from error
        except OSError as error:
            raise self._unusable(name, error) from error
        except SiteError as error:
            raise Unwritable(error.why) from error

    def _unusable(self, name: str, error: OSError) -> Unwritable:
        return Unwritable(_UNUSABLE.format(file=self._folder / file_of(name), why=error.strerror or error))


class TextBooks:
    """See `BookSource`: the books among the files of a backup or an export."""

    def __init__(self, files: Mapping[str, str], where: str) -> None:
        self._files, self._where = files, where

    def book(self, name: str) -> Sequence[Event]:
        """See `BookSource`."""
        text = self._files.get(file_of(name), "").encode("utf-8", "surrogatepass")
        return lines_in(name, text, f"{self._where} {file_of(name)}")


def books_at(folder: Path, store: Store) -> Books:
    """The books of a site whose store is open: the store's own where several desks may share it, else files."""
    return books_in(store) or FileBooks(folder)


@contextmanager
def books_of(folder: Path) -> Iterator[Books]:
    """The books of a site that is not open here; a store that several desks may share is opened meanwhile.

    Raises `BadSite` for its settings, and what opening the store raises.
    """
    from qiantai.plugins import copy_of_store, open_store

    from .site import read_settings  # which needs this module

    name = read_settings(folder).store or "tinydb"
    if copy_of_store(name) is not None:  # one at a time has it open, and the books are files beside it
        yield FileBooks(folder)
        return
    store = open_store(name, folder)
    try:
        yield books_at(folder, store)
    finally:
        store.close()


def place_of(books: Books, name: str) -> str:
    """The file in the site's folder that a book is; empty where it is none, and for what is no book."""
    match books:
        case FileBooks() if name in BOOKS:
            return file_of(name)
        case _:
            return ""


def carry_books(source: Books, target: Books) -> None:
    """All books are in `target` too, line by line with their seals. Raises `NotEmpty` where it has one already."""
    from qiantai.carrying import NOT_EMPTY, NotEmpty

    if any(target.book(name) for name in BOOKS):
        raise NotEmpty(NOT_EMPTY)
    for name in BOOKS:
        if history := source.book(name):
            target.add_lines(history)


def book_files(books: Books) -> dict[str, str]:
    """Every book that there is, as the text of a file. Raises what reading it raises."""
    texts = {file: _text(books, name) for file, name in FILES.items()}
    return {file: text for file, text in texts.items() if text}


def masked_books(books: Books) -> dict[str, str]:
    """The same, numbers and addresses masked; the seals no longer hold. Raises what reading them raises."""
    from qiantai.exporting import masked_line  # of no use to who opens a desk

    texts = {file: text_of([masked_line(each) for each in books.book(name)]) for file, name in FILES.items()}
    return {file: text for file, text in texts.items() if text}


def _text(books: Books, name: str) -> str:
    match books:
        case FileBooks():
            return books.text(name)
        case _:
            return text_of(books.book(name))


def lines_in(name: str, data: bytes, where: str) -> tuple[Event, ...]:
    """The lines of a book in the bytes of its file, whose last line may be torn. Raises `BadBook`."""
    *whole, last = data.split(b"\n")
    found: list[Event] = []
    for place, line in enumerate(whole):
        try:
            found.append(_line(name, line))
        except UNFIT as error:
            raise BadBook(name, place + 1, where) from error
    if last and (late := _tail(name, data)):
        found.append(late)
    return tuple(found)


def torn(name: str, data: bytes) -> bool:
    """Whether the last line in the bytes of a book's file was torn off; it goes with the next that is written."""
    return bool(data) and not data.endswith(b"\n") and not _tail(name, data)


def _line(name: str, line: bytes) -> Event:
    return line_in(name, json.loads(line.decode("utf-8")))


def _tail(name: str, data: bytes) -> Event | None:
    """What stands behind the last end of a line, where it is a whole line but for its own."""
    with suppress(*UNFIT):
        return _line(name, data[data.rfind(b"\n") + 1 :])
    return None


def text_of(history: Sequence[Event]) -> str:
    """The lines as a file has them."""
    return b"".join(map(bytes_of, history)).decode("utf-8")


def bytes_of(line: Event) -> bytes:
    """The line as UTF-8, which half a character is none of."""
    text = json.dumps(event_out(line), ensure_ascii=False) + "\n"
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text).encode("utf-8")


def _append(file: Path, lines: bytes) -> None:
    """The lines at the end of the file, on the disk when this returns; what a torn line left goes first.

    Where the disk does not take them the file is as it was.
    """
    new = not file.exists()
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    with open(descriptor, "r+b", buffering=0) as opened:
        before = opened.read()
        end = len(before) if _tail(FILES[file.name], before) else before.rfind(b"\n") + 1
        try:
            opened.truncate(end)
            opened.seek(end)
            _write(opened.write, b"\n" * (end > 0 and before[end - 1 : end] != b"\n") + lines)
            os.fsync(descriptor)
        except OSError:
            with suppress(OSError):
                opened.truncate(end)
            raise
    if new:
        sync_folder(file.parent)


def _write(write: Callable[[bytes], int | None], data: bytes) -> None:
    while data:
        data = data[write(data) or 0 :]


_IN_USE = Bilingual("{file} 正被占用。可行:过一会儿再试", "{file} is in use. What would do: try again in a while")
_UNUSABLE = Bilingual(
    "用不了 {file}:{why}。可行:让这个文件夹可写",
    "{file} cannot be used: {why}. What would do: a folder that can be written",
)
