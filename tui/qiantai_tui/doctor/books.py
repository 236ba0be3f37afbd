"""The books of a site: whether each is what was sealed, where they lie, and what of them is left where nobody looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qiantai.auditing import audit
from qiantai.memory import MemoryStore
from qiantai.store import StoreError
from qiantai.words import Bilingual

from ..sites.books import FileBooks, books_of
from ..sites.files import BadSite
from ..sites.moving import ASIDE
from ..sites.remarks import raw_files, remarks_on
from .finding import Finding, attention, fine, not_asked

BOOKS = Bilingual("记录簿", "Books")
ASIDES = Bilingual("搬走以前的存储", "A store that the site has left")


def about_books(folder: Path) -> Iterator[Finding]:
    """What there is to say of them, changing nothing; files are read while the desk is open, too."""
    try:
        yield _books(folder)
    except BadSite:
        yield not_asked("books", BOOKS, _SETTINGS)
    except StoreError as error:
        yield attention("books", BOOKS, error.why, _ASK)
    if left := sorted(each.name for each in folder.glob(f"{ASIDE}*") if each.is_dir()):
        names = ", ".join(left)
        yield attention("asides", ASIDES, Bilingual(names, names), _TAKE_AWAY)


def _books(folder: Path) -> Finding:
    with books_of(folder) as books:
        found = audit(MemoryStore(), books=books)
        said = [*remarks_on(_raw(folder), books)]
        in_files = isinstance(books, FileBooks)
    if found.breaks:
        return attention("books", BOOKS, found.breaks[0].sentence, _VERIFY)
    where = _IN_FILES if in_files else _IN_STORE
    counted = where.format(lines=sum(found.lines.values()))
    told = Bilingual("\n".join((counted.zh, *(each.zh for each in said))),
                     "\n".join((counted.en, *(each.en for each in said))))  # fmt: skip
    return attention("books", BOOKS, told, _SEE_TO) if said else fine("books", BOOKS, told)


def _raw(folder: Path) -> dict[str, bytes]:
    try:
        return raw_files(folder)
    except OSError:
        return {}  # reading the book itself says why


_SETTINGS = Bilingual("小区设置读不了,没有查看", "the site's settings cannot be read, so they were not looked into")
_ASK = Bilingual("照所说的办;从备份取回前先另存一份", "do as it says; keep a copy before a backup brings it back")
_VERIFY = Bilingual("qiantai verify 逐处列出", "qiantai verify names every place")
_IN_FILES = Bilingual("交接班、统一口径、演练共 {lines} 行,与封印相符", "{lines} lines, all as they were sealed")
_IN_STORE = Bilingual(
    "交接班、统一口径、演练共 {lines} 行,在数据库里,各前台共用,与封印相符",
    "{lines} lines in the database, the same for all desks, as they were sealed",
)
_SEE_TO = Bilingual("照所说的看一眼,不影响使用", "look at what it says; the desk goes on meanwhile")
_TAKE_AWAY = Bilingual(
    "核对过新的存储以后整个移走:抹除到不了那里",
    "take it away once the new one is checked: no erasure reaches it",
)
