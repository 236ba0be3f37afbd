"""A site moved from one store to another: proved equal there before the settings say so, the old one kept aside."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from attrs import frozen

from qiantai.auditing import audit
from qiantai.books import Books, books_in
from qiantai.carrying import Inventory, carry, inventory, prove_equal
from qiantai.plugins import MEMORY, open_store
from qiantai.store import Store
from qiantai.tomltext import decoded, parsed
from qiantai.words import Bilingual

from ..tomllines import with_value
from .books import FILES as BOOK_FILES
from .books import FileBooks, book_files, books_at, carry_books
from .files import SETTINGS, NoSite, SiteError, is_site, read_bytes, replace_private
from .site import has_password, read_settings

FILES = {
    "tinydb": ("open.json*", "archive", "households.json*", "looks.jsonl*", "lock", "lock.json"),
    "sqlite": ("qiantai.sqlite*",),
}
"""What a store of ours keeps in the folder; another's, and a server's, stays where it is."""
ASIDE = "before-move-"
"""How the folder begins in which a store is kept that the site has left."""


@frozen
class Moved:
    """A move that is done: from which store to which, what there is, and where the old one lies, if in the folder."""

    source: str
    target: str
    holds: Inventory
    aside: Path | None


def move(folder: Path, to: str, at: datetime) -> Moved:
    """Carries all of the site's cases, roll, looks and books into the store of that name or address, which is empty.

    Books are in a store that several desks may share, else files beside it. The new store is closed and read anew
    before it is trusted, and every chain verified. Raises `NoSite`, `SiteError`
    where the site or the address is not fit for it, and what either store raises; then the site is as it was.
    """
    if not is_site(folder):
        raise NoSite(folder)
    source = read_settings(folder).store or "tinydb"
    _check(source, to)
    with _told(folder), closing(open_store(source, folder)) as old, _staging(folder) as staging:
        books = books_at(folder, old)
        if not audit(old, books=books).whole:
            raise SiteError(_BROKEN)
        with closing(open_store(to, staging)) as new:
            carry(old, new)
            carry_books(books, books_at(staging, new))
        with closing(open_store(to, staging)) as new:
            holds = prove_equal(old, new)
            left = _left_behind(books, new)
            if inventory(old).digest != holds.digest or book_files(books) != book_files(books_at(staging, new)):
                raise SiteError(_AT_WORK)
        for each in sorted(staging.iterdir()):
            each.replace(folder / each.name)
        _write_store(folder / SETTINGS, to)
    with _told(folder):
        return Moved(source, to, holds, _put_aside(folder, (*FILES.get(source, ()), *left), at))


def _left_behind(books: Books, new: Store) -> Iterable[str]:
    """The files of books that are in the new store from now on."""
    match books:
        case FileBooks():
            return BOOK_FILES if books_in(new) else ()
        case _:
            return ()


def _check(source: str, to: str) -> None:
    if to == source:
        raise SiteError(_THERE.format(store=source))
    if MEMORY in (to, source):
        raise SiteError(_FORGETS)
    if has_password(to):
        raise SiteError(_SECRET)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """What the system says no to in here is a `SiteError`."""
    try:
        yield
    except OSError as error:
        raise SiteError(_SYSTEM.format(folder=folder, why=error.strerror or error)) from error


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A folder inside for the new store's files until they are trusted."""
    staging = Path(tempfile.mkdtemp(prefix=".moving-", dir=folder))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _put_aside(folder: Path, patterns: Iterable[str], at: datetime) -> Path | None:
    """Where the files of the old store are kept from now on; None where it has none here."""
    theirs = [each for pattern in patterns for each in folder.glob(pattern)]
    if not theirs:
        return None
    aside = Path(tempfile.mkdtemp(prefix=f"{ASIDE}{at:%Y%m%d-%H%M%S}-", dir=folder))
    for each in theirs:
        each.replace(aside / each.name)
    return aside


def _write_store(file: Path, store: str) -> None:
    """The settings with this store, the rest of the file as it was; there whole or not at all."""
    text = decoded(read_bytes(file) or b"")
    now = with_value(text, "store", store)
    if parsed(now) != {**parsed(text), "store": store}:
        raise SiteError(_BY_HAND.format(file=file, store=store))
    replace_private(file, now)


_THERE = Bilingual("资料已经在 {store} 里了", "the site's data is in {store} already")
_FORGETS = Bilingual("memory 退出就忘,不能搬", "memory forgets at exit, and is no place to move to or from")
_SECRET = Bilingual(
    "地址里不要写密码。可行:放进环境变量 PGPASSWORD 或 ~/.pgpass",
    "no password in the address. What would do: the variable PGPASSWORD, or ~/.pgpass",
)
_BROKEN = Bilingual(
    "有的经过与封存的不同,没有搬。可行:qiantai verify 看是哪几处",
    "some history is not what was sealed, so nothing was moved. What would do: qiantai verify names them",
)
_AT_WORK = Bilingual(
    "搬的时候别的前台还在办,没有改用新的。可行:关掉其他前台,另选一个空的地方再搬",
    "other desks were at work meanwhile, so the new store is not used. What would do: close the other desks, then "
    "move to another empty place",
)
_SYSTEM = Bilingual(
    "{folder} 里的文件动不了:{why}。可行:腾出空间、检查权限后再搬",
    "the files in {folder} cannot be moved: {why}. What would do: make room, check the rights, then move again",
)
_BY_HAND = Bilingual(
    "资料已搬好,但改不了 {file}。可行:手写 store = {store!r}",
    "the data is moved, but {file} cannot be changed. What would do: write store = {store!r} by hand",
)
