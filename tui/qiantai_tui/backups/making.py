"""A backup made: the site as it is at one moment, read back and held against what it was, then the old ones let go."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

from attrs import evolve, frozen
from filelock import FileLock, Timeout

from qiantai.auditing import audit
from qiantai.books import BookSource
from qiantai.carrying import Inventory, inventory
from qiantai.exporting import Heading, export_lines
from qiantai.memory import MemoryStore
from qiantai.plugins import copy_of_store, load_plugins, open_store
from qiantai.store import Store, StoreError
from qiantai.words import Bilingual

from ..alerts.book import FILE as ALERTS
from ..sites.books import FILES, TextBooks, book_files, books_at
from ..sites.files import PRIVATE_FILE, PRIVATE_FOLDER, SITE, NoSite, SiteError, is_site, read_toml, table_text
from ..sites.site import Settings, read_settings
from .reading import export_in
from .record import Good, Record, keep_record, read_record
from .rotation import kept
from .sealing import Sealing
from .shelf import Shelf, make_shelf, put, unwritten

LOCK, COPY = "backups.lock", "copying"
LONGEST = 600
"""Seconds that a backup waits for another of the same site."""


class NotAsMade(SiteError):
    """A backup that does not read back as what was backed up; it was thrown away."""


@frozen
class Made:
    """A backup that was made and holds, or None where the last one holds all there is; and those it let go."""

    good: Good
    found: Inventory
    new: bool = True
    gone: tuple[Path, ...] = ()


def shelf_folder(site: Path, settings: Settings) -> Path:
    """Where the site's backups stand: as its settings say, else in a folder beside its own."""
    if settings.backup_to:
        return site / Path(settings.backup_to).expanduser()
    return site.with_name(f"{site.name}-backups")


def shelf_of(site: Path, settings: Settings) -> Shelf:
    """The shelf of a site. Raises `SiteError` where its settings name a folder that is not there.

    That one is not made: where a disk is not plugged in, it would be made on another.
    """
    folder = shelf_folder(site, settings)
    if settings.backup_to and not folder.is_dir():
        raise SiteError(_NOT_THERE.format(folder=folder))
    make_shelf(folder)
    return Shelf(folder, site_name(site).zh)


def same_disk(site: Path, folder: Path) -> bool:
    """Whether both lie on one disk, as far as the system tells; then one failure takes both."""
    try:
        return site.stat().st_dev == folder.stat().st_dev
    except OSError:
        return False


def site_name(site: Path) -> Bilingual:
    """The estate's name, read off its file even where all else in that is wrong. Raises `BadSite`."""
    given = read_toml(site / SITE)
    name = str(given.get("name", site.name))
    return Bilingual(name, str(given.get("name_en", name)))


def is_own(name: str) -> bool:
    """Whether `own_files` takes a file of that name along: no path, nothing of the store, no PIN's digest."""
    return name in FILES or name == ALERTS or _is_table(name)


def _is_table(name: str) -> bool:
    return Path(name).name == name and Path(name).suffix == ".toml"


def own_files(site: Path, store: Store) -> dict[str, str]:
    """What people wrote of the site, by file, as text: its tables and its books, but no PIN.

    `store` is the site's; where that keeps the books they are of it. Raises `BadBook` or `BadSite` for what is no text.
    """
    tables = sorted(each for each in site.iterdir() if _is_table(each.name))
    found = {each.name: table_text(each) for each in tables}
    told = site / ALERTS
    alerts = {ALERTS: told.read_text(encoding="ascii", errors="replace")} if told.is_file() else {}
    return {**found, **book_files(books_at(site, store)), **alerts}


def back_up(site: Path, at: datetime, sealing: Sealing | None = None, only_changed: bool = False) -> Made:
    """A backup of the site on its shelf, those that the rule does not keep taken away, all of it on the site's record.

    `only_changed`: where the last one holds all there is, that is put on record instead. A failure is on record too.
    Raises `SiteError` and `StoreError`; then nothing on the shelf has changed.
    """
    if not is_site(site):
        raise NoSite(site)
    with alone(site):
        before = read_record(site)
        try:
            made = _back_up(site, at, sealing, before.good if only_changed else None)
        except (SiteError, StoreError, OSError) as error:
            told = unwritten(site, error) if isinstance(error, OSError) else error
            with suppress(SiteError):  # the record may be on the disk that is full
                keep_record(site, evolve(before, failed=at, why=told.why))
            raise told from error
        keep_record(site, Record(made.good))
    return made


def _back_up(site: Path, at: datetime, sealing: Sealing | None, last: Good | None) -> Made:
    settings = read_settings(site)
    sealing = sealing or Sealing(key=settings.backup_key)
    shelf = shelf_of(site, settings)
    shelf.forget_unfinished()
    with as_it_is(site, settings) as store:
        found, files = inventory(store), own_files(site, store)
        state = _state(found, files)
        if last is not None and last.digest == state and Path(last.file).is_file():
            return Made(evolve(last, fresh=at), found, new=False)
        file = shelf.file(at, sealing.seals)
        _write(file, store, found, Heading(site_name(site), at, "backup"), files, sealing)
    good = Good(at, str(file), state, at, found.audited.count + broken_books(TextBooks(files, str(file))))
    return Made(good, found, gone=() if good.breaks else tuple(_let_go(shelf)))


def back_up_to(site: Path, file: Path, at: datetime, by: str, sealing: Sealing) -> Inventory:
    """A backup of the site in that file, off its shelf and record; gives what is in it. Raises as `back_up` does."""
    if not is_site(site):
        raise NoSite(site)
    with alone(site), as_it_is(site, read_settings(site)) as store:
        found = inventory(store)
        _write(file, store, found, Heading(site_name(site), at, by), own_files(site, store), sealing)
        return found


def _write(
    file: Path, store: Store, found: Inventory, heading: Heading, files: dict[str, str], sealing: Sealing
) -> None:
    """All of a store and the site's files in a new file, once that was read back and is what was `found`.

    One that is sealed for a key, whose secret is elsewhere, is held against it before it is sealed.
    """
    packed = gzip.compress(b"".join(export_lines(store, heading, files)), mtime=0)
    data = sealing.seal(packed)

    def check(beside: Path) -> None:
        again = beside.read_bytes()
        export = export_in(sealing.open(again) if sealing.phrase else packed, file)
        if again != data or inventory(export) != found or export.files() != files:
            raise NotAsMade(_NOT_AS_MADE.format(file=file))

    put(file, data, check)


def broken_books(books: BookSource) -> int:
    """How many of the books are not what was sealed."""
    return audit(MemoryStore(), books=books).count


def _state(found: Inventory, files: dict[str, str]) -> str:
    from qiantai.seals import digest

    return digest([found.digest, files])


def _let_go(shelf: Shelf) -> Iterable[Path]:
    standing = shelf.standing()
    staying = kept([each.at for each in standing])
    for each in standing:
        if each.at not in staying:
            each.file.unlink()
            yield each.file


@contextmanager
def alone(site: Path) -> Iterator[None]:
    """No other backup of the site is made meanwhile; waits for one under way. Raises `SiteError` where that hangs."""
    try:
        with FileLock(site / LOCK, timeout=LONGEST, mode=PRIVATE_FILE):
            yield
    except Timeout as error:
        raise SiteError(_UNDER_WAY) from error


@contextmanager
def as_it_is(site: Path, settings: Settings) -> Iterator[Store]:
    """The store of a site as it is now, to be read alone; the site may be open elsewhere, and stays as it is.

    For who is `alone` with its backups. Raises `Unwritable`, `NoStore`, and what opening it raises.
    """
    load_plugins(settings.plugins_off)  # their clauses and words may be in its histories
    name = settings.store or "tinydb"
    copier = copy_of_store(name)
    with _copied(site, copier) if copier else nullcontext(site) as folder:
        try:
            store = open_store(name, folder)
        except StoreError as error:
            said = (each.replace(str(folder), str(site)) for each in (error.why.zh, error.why.en))
            raise type(error)(Bilingual(*said)) from error
        try:
            yield store
        finally:
            store.close()


@contextmanager
def _copied(site: Path, copier: Callable[[Path, Path], None]) -> Iterator[Path]:
    """A folder on the site's own disk with a copy of its data, gone afterwards as is what a kill has left of one."""
    copy = site / COPY
    shutil.rmtree(copy, ignore_errors=True)
    try:
        copy.mkdir(mode=PRIVATE_FOLDER)
        copier(site, copy)
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)


_NOT_THERE = Bilingual(
    "备份文件夹 {folder} 不在。可行:接上那个盘,建好文件夹,或在小区的 settings.toml 里另设 backup_to",
    "there is no folder {folder} for backups. What would do: plug that disk in, make the folder, or set backup_to of "
    "the site's settings.toml anew",
)
_UNDER_WAY = Bilingual(
    "另一个备份一直没有做完。可行:过一会儿再试", "another backup has not ended. What would do: again in a while"
)
_NOT_AS_MADE = Bilingual(
    "{file} 读回来与原来的不一样,没有留下。可行:检查那个盘,或换一个地方",
    "{file} did not read back as what was backed up, and was not kept. What would do: check that disk, or take another",
)
