"""The book of the agreed answers: a file of the site by itself, a deed a line, over what its tables say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from qiantai.deeds import Deed, deed_in, deed_out
from qiantai.refusals import Refusal
from qiantai.words import Bilingual

from ..sites.line_book import LineBook

FILE = "scripts.jsonl"
Stamp = tuple[int, int, int] | None
"""What tells one state of the file from another; None where there is no file."""


def stamp_of(folder: Path) -> Stamp:
    """The state that the book is in; every line that is written makes another. Asks the disk, reads nothing."""
    try:
        found = (folder / FILE).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def read_deeds(folder: Path) -> tuple[Deed, ...]:
    """The deeds on record, in the order in which they were done; none where there is no book yet.

    Raises `BadSite` with the number of every line that is none, and `SiteError` where it cannot be read.
    """
    return _book(folder).entries()


def write_deed(folder: Path, decide: Callable[[Sequence[Deed]], Deed | Refusal]) -> Deed | Refusal:
    """Put a deed on record, or learn why it cannot be; `decide` is told of all that was done before, by any desk.

    Raises what `read_deeds` raises, and `SiteError` where it cannot be written.
    """
    book = _book(folder)
    with book.alone():
        deed = decide(book.entries())
        match deed:
            case Deed():
                book.add(deed_out(deed))
            case Refusal():
                pass
        return deed


def _book(folder: Path) -> LineBook[Deed]:
    return LineBook(folder / FILE, deed_in, _NO_DEED, _MEND)


_NO_DEED = Bilingual("不是一条口径记录", "it is no record of an agreed answer")
_MEND = Bilingual("从备份取回这个文件", "bring the file back from a backup")
