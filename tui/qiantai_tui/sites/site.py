"""A site, open: the one place that wires its files, the store, the plugins, the clock and the desk together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from attrs import Factory, evolve, field, frozen

from qiantai.books import SCRIPTS, Books
from qiantai.calendar import BadCalendar, Calendar, national, read_years
from qiantai.case import Case
from qiantai.deeds import agreed
from qiantai.desk import Desk, now
from qiantai.events import Event
from qiantai.handbook import Handbook
from qiantai.lifecycle import Request
from qiantai.offered import OfferedScreen
from qiantai.plugins import Failure, Plugins, load_plugins, open_store
from qiantai.reading import Site as Tables
from qiantai.reading import read_site
from qiantai.store import Store
from qiantai.tables import BadInput, Mistake, Table
from qiantai.words import NOTHING, Bilingual
from qiantai_tui.agreed.book import read_deeds
from qiantai_tui.sites.books import books_at
from qiantai_tui.sites.files import (
    CALENDAR,
    MARK,
    SETTINGS,
    SITE,
    BadSite,
    NoSite,
    SiteError,
    SiteThere,
    is_site,
    make_site,
    read_toml,
)

if TYPE_CHECKING:
    from qiantai_tui.alerts.settings import AlertSettings
    from qiantai_tui.sign_in.book import PinBook

__all__ = ["BadSite", "NoSite", "Settings", "Site", "SiteError", "SiteThere", "make_site", "open_site", "read_settings"]

MINUTES = Bilingual("分钟", "minutes")
_DEMO = Bilingual("演示", "demo")
_NO_SIGN_IN = Bilingual("未登录", "not signed in")
_NOBODY_BRINGS = Bilingual(
    "这一类还有 {n} 件未办结,只能看、不能办。可行:把带来这一类的插件装回或打开",
    "{n} open cases are of this kind and can be seen alone. What would do: put the plugin back that brings it",
)


@frozen
class Settings:
    """What `settings.toml` says of how the site is kept: the store's name or address, and the plugins that stay out.

    `sign_in` is whether its people sign in, `lock_after` after how many minutes without a key the desk locks.
    `backup_to` is the folder for backups, `backup_key` the public key of age that they are sealed for.
    `serve_desks` is how many desks are served to browsers at once, 0 for what the store takes; `serve_idle` after how
    many minutes untouched one of them ends. `alerts` is when and how people are told of due times, None for the
    defaults.
    """

    store: str = ""
    plugins_off: tuple[str, ...] = ()
    sign_in: bool = True
    lock_after: int = 10
    backup_to: str = ""
    backup_key: str = ""
    serve_desks: int = 0
    serve_idle: int = 60
    alerts: AlertSettings | None = None


@frozen
class Site:
    """An open site. Its store is this process's alone until `close`, or shared where the store allows it.

    `topics` are the words that speak for each topic; `recounted` the due times that were counted anew at opening.
    `books` are what is on record beside its cases; `stamp` is the state in which that of the agreed answers was read.
    """

    folder: Path
    name: Bilingual
    desk: Desk
    topics: dict[str, tuple[str, ...]]
    plugins: Plugins
    settings: Settings = Settings()
    recounted: tuple[Event, ...] = ()
    stamp: object = None
    _failed: dict[Failure, None] = field(factory=dict[Failure, None])
    books: Books = field(default=Factory(lambda site: books_at(site.folder, site.desk.store), takes_self=True))

    @property
    def pins(self) -> PinBook:
        """The PINs of its people."""
        from qiantai_tui.sign_in.book import PinBook  # a site without sign-in asks for none

        return PinBook(self.folder)

    @property
    def door(self) -> Bilingual:
        """What tells, on every screen, that anybody may sit down at the desk; nothing where people sign in."""
        if self.settings.sign_in or not is_site(self.folder):
            return NOTHING
        return _DEMO if (self.folder / MARK).is_file() else _NO_SIGN_IN

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The plugins that did not load, and those that failed since at what they were asked, each with its reason."""
        return (*self.plugins.failures, *self._failed)

    def screens(self, known: Collection[str]) -> tuple[tuple[str, OfferedScreen], ...]:
        """The screens that plugins offer besides the known ones, each with its plugin's name; who fails is noted."""
        asked = self.plugins.screens(known)
        self._failed.update(dict.fromkeys(asked.failures))
        return tuple(zip(asked.givers, asked.values, strict=True))

    def reread(self) -> Site:
        """The same open site with its files and its roll read anew. Raises `BadSite`, and then nothing has changed."""
        stamp = self.books.stamp(SCRIPTS)
        tables = read_tables(self.folder, self.plugins, self._failed, self.desk.handbook.requests)
        desk = self.desk.with_handbook(_handbook(tables, self.desk.store, self.books))
        return evolve(self, name=tables.name, topics=dict(tables.topics), desk=desk, stamp=stamp)

    @property
    def scripts_changed(self) -> bool:
        """Whether the book of agreed answers is another than was read, here or by another desk."""
        return self.books.stamp(SCRIPTS) != self.stamp

    def with_scripts(self) -> Site:
        """The same open site with its book of agreed answers as it is now. Raises `StoreError`."""
        stamp, handbook = self.books.stamp(SCRIPTS), self.desk.handbook
        scripts = agreed(handbook.scripts, read_deeds(self.books))
        return evolve(self, desk=self.desk.with_handbook(evolve(handbook, scripts=scripts)), stamp=stamp)

    def with_roll(self) -> Site:
        """The same open site with its roll as the store has it now."""
        desk = self.desk
        roll = {each.id: each for each in desk.store.households()}
        return evolve(self, desk=desk.with_handbook(evolve(desk.handbook, households=roll)))

    def close(self) -> None:
        """Lets go of the store; a second time does nothing."""
        self.desk.store.close()

    def __enter__(self) -> Site:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_site(folder: Path, clock: Callable[[], datetime] = now, store: str = "") -> Site:
    """The site of a folder, its desk ready; due times that were provisional are counted anew on record [C-203].

    `store` is a store's name or address, else the one of the settings, else `tinydb`. Raises `NoSite`, `BadSite` with
    all mistakes, and what the store raises: `Locked`, `Damaged`, `Unwritable`, `Unreachable`, `NoStore`. Then nothing
    is held open.
    """
    if not is_site(folder):
        raise NoSite(folder)
    settings = read_settings(folder)
    plugins = load_plugins(settings.plugins_off)
    failed: dict[Failure, None] = {}
    requests, failures = plugins.kinds()
    failed.update(dict.fromkeys(failures))
    tables = read_tables(folder, plugins, failed, requests)

    def after(events: Sequence[Event], case: Case) -> None:
        failed.update(dict.fromkeys(plugins.after_events(events, case)))

    opened = open_store(store or settings.store or "tinydb", folder)
    try:
        books = books_at(folder, opened)
        stamp = books.stamp(SCRIPTS)
        desk = Desk(_handbook(tables, opened, books), opened, clock, after)
        failed.update(dict.fromkeys(_left_alone(desk)))
        recounted = desk.recount()
    except BaseException:
        opened.close()
        raise
    return Site(folder, tables.name, desk, dict(tables.topics), plugins, settings, recounted, stamp, failed, books)


def read_tables(folder: Path, plugins: Plugins, failed: dict[Failure, None], requests: Mapping[str, Request]) -> Tables:
    """What `site.toml` says, with the calendar; what was done to its agreed answers since is in the site's book.

    Plugins that fail are added to `failed`. Raises `BadSite`.
    """
    file = folder / SITE
    try:
        return read_site(read_toml(file), calendar_of(folder, plugins, failed), requests)
    except BadInput as bad:
        raise BadSite(file, bad.mistakes) from bad


def calendar_of(folder: Path, plugins: Plugins, failed: dict[Failure, None]) -> Calendar:
    """The nation's days, the years that plugins know besides, and over them the site's own. Raises `BadSite`."""
    calendar = national()
    years = plugins.calendar_years([each.year for each in calendar.years])
    failed.update(dict.fromkeys(years.failures))
    calendar = calendar.with_years(years.values)
    file = folder / CALENDAR
    try:
        return calendar.with_years(read_years(read_toml(file)))
    except BadCalendar as bad:
        raise BadSite(file, [Mistake("", 0, "", bad.why)]) from bad


def _handbook(tables: Tables, store: Store, books: Books) -> Handbook:
    roll = {each.id: each for each in store.households()}
    return evolve(tables.handbook, households=roll, scripts=agreed(tables.handbook.scripts, read_deeds(books)))


def _left_alone(desk: Desk) -> list[Failure]:
    """The kinds that open cases are of and nobody brings: their plugin is off, or failed."""
    kinds = Counter(case.kind for case in desk.store.open_cases() if desk.handbook.request(case.kind) is None)
    return [Failure(kind, _NOBODY_BRINGS.format(n=n)) for kind, n in kinds.items()]


def read_settings(folder: Path) -> Settings:
    """What the site's `settings.toml` says; the defaults where there is none. Raises `BadSite` with all mistakes."""
    file = folder / SETTINGS
    given = read_toml(file)
    row = Table("", {key: value for key, value in given.items() if key not in _PERSONAL})
    row.only(
        *("store", "plugins_off", "sign_in", "lock_after", "backup_to", "backup_key"),
        *("serve_desks", "serve_idle", "alerts"),
    )
    for key in sorted(given.keys() & _PERSONAL):
        row.note(key, _NOT_THE_SITES, _IN_CONFIG)
    lock_after = row.count("lock_after", default=Settings().lock_after, unit=MINUTES)
    found = Settings(
        row.text("store"),
        row.texts("plugins_off"),
        row.flag("sign_in", default=True),
        lock_after,
        row.text("backup_to"),
        row.text("backup_key"),
        row.count("serve_desks"),
        row.count("serve_idle", default=Settings().serve_idle, unit=MINUTES),
        _alerts(row),
    )
    if has_password(found.store):
        row.note("store", _SECRET, _BESIDE)
    if row.mistakes:
        raise BadSite(file, row.mistakes)
    return found


def _alerts(row: Table) -> AlertSettings | None:
    if "alerts" not in row.given:
        return None
    from qiantai_tui.alerts.settings import read_alerts  # a site that says nothing of it need not read it

    return read_alerts(row.table("alerts"))


def has_password(store: str) -> bool:
    """Whether the address of a store has a password in it."""
    address = urlsplit(store)
    return address.password is not None or any(name.endswith("password") for name, _ in parse_qsl(address.query))


_SECRET = Bilingual(
    "地址里有密码,这个文件会随备份和同事的手传开",
    "the address has a password in it, and this file goes where copies go",
)
_BESIDE = Bilingual(
    "把密码放进环境变量 PGPASSWORD 或 ~/.pgpass", "put it into the variable PGPASSWORD, or into ~/.pgpass"
)
_PERSONAL = frozenset(["language", "theme", "keys"])
_NOT_THE_SITES = Bilingual("这是本人的设置,不是小区的", "this is a person's setting, not a site's")
_IN_CONFIG = Bilingual("写进 qiantai config path 所示的文件", "write it into the file that qiantai config path names")
