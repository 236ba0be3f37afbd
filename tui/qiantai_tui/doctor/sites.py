"""The site: its files, its folder, who holds it, what its store says of itself on a copy, its plugins, its calendar."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from qiantai.lifecycle import Request
from qiantai.plainly import shown
from qiantai.plugins import Failure, Plugins, load_plugins, open_store
from qiantai.store import Locked, StoreError
from qiantai.words import Bilingual

from ..backups.making import COPY
from ..jsonfile import read_json
from ..sites.files import BadSite, is_site
from ..sites.site import Settings, calendar_of, read_settings, read_tables
from .backups import about_backups
from .books import about_books
from .finding import Finding, State, attention, fine, not_asked

SITE_FILES = Bilingual("小区", "Site")
FOLDER = Bilingual("数据文件夹", "Data folder")
DISK = Bilingual("磁盘", "Disk")
HOLDER = Bilingual("占用", "In use")
STORE = Bilingual("数据", "Data")
PLUGINS = Bilingual("插件", "Plugins")
CALENDAR = Bilingual("日历", "Calendar")

LEAST_FREE = 500 * 1024**2
"""Bytes; a year of a busy desk takes some tens of millions."""
MOST_COPIED = 512 * 1024**2
NEXT_YEAR_FROM = 10
"""The month from which due times reach into the next year; its notice comes out about then."""
_LOCK_NOTE = "lock.json"
"""What the default store writes of who holds it."""


def about_site(folder: Path, today: date) -> Iterator[Finding]:
    """Everything about the site of a folder, changing nothing in it."""
    try:
        settings = read_settings(folder) if is_site(folder) else Settings()
    except BadSite as bad:
        settings = Settings()
        yield attention("settings", Bilingual("小区设置", "Site's settings"), bad.why, _MEND)
    plugins = load_plugins(settings.plugins_off)
    failed: dict[Failure, None] = dict.fromkeys(plugins.failures)
    requests, failures = plugins.kinds()
    failed.update(dict.fromkeys(failures))
    if is_site(folder):
        yield _files(folder, plugins, failed, requests)
        yield from _folder(folder)
        if _is_shared(settings.store):
            yield _shared_store(folder, settings.store)
        else:
            holder = _holder(folder)
            yield holder
            yield _store(folder, settings.store or "tinydb", holder)
        yield from about_books(folder)
        yield about_backups(folder, settings, today)
    else:
        yield not_asked("site", SITE_FILES, _NO_SITE.format(folder=folder))
    yield _calendar(folder, plugins, failed, today)
    yield from _plugins(plugins, failed)


def _files(folder: Path, plugins: Plugins, failed: dict[Failure, None], requests: Mapping[str, Request]) -> Finding:
    try:
        tables = read_tables(folder, plugins, failed, requests)
    except BadSite as bad:
        return attention("site", SITE_FILES, bad.why, _MEND)
    return fine("site", SITE_FILES, Bilingual(f"{tables.name.zh} {folder}", f"{tables.name.en} {folder}"))


def _folder(folder: Path) -> Iterator[Finding]:
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield attention("folder", FOLDER, _NO_RIGHTS.format(folder=folder), _GIVE_RIGHTS)
    elif sys.platform != "win32" and folder.stat().st_mode & 0o077:
        yield attention("folder", FOLDER, _OPEN.format(folder=folder), _CLOSE.format(folder=folder))
    else:
        yield fine("folder", FOLDER, _OWN)
    free = shutil.disk_usage(folder).free
    said = _FREE.format(size=f"{free / 1024**3:.1f} GB" if free >= 1024**3 else f"{free // 1024**2} MB")
    yield fine("disk", DISK, said) if free >= LEAST_FREE else attention("disk", DISK, said, _MAKE_ROOM)


def _holder(folder: Path) -> Finding:
    note: dict[str, Any] = {}
    with suppress(OSError, ValueError):
        note = read_json(folder / _LOCK_NOTE)
    if not isinstance(note, dict) or not note:
        return fine("holder", HOLDER, _FREE_TO_OPEN)
    if _gone(note):
        return fine("holder", HOLDER, _LEFT)
    who = {each: shown(note.get(each, "?")).strip("'") for each in ("host", "pid", "since")}
    return not_asked("holder", HOLDER, _HELD.format(**who))


def _gone(note: dict[str, Any]) -> bool:
    """Whether the process of the note is known to have ended: the lock itself ends with it, the note may stay."""
    pid = note.get("pid")
    if (
        sys.platform == "win32"
        or note.get("host") != socket.gethostname()
        or not isinstance(pid, int)
        or not 0 < pid < 2**31
    ):
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _store(folder: Path, name: str, holder: Finding) -> Finding:
    """Opens a copy: opening the store itself would bring its files up to date."""
    if holder.state is not State.FINE:
        return not_asked("store", STORE, _IN_USE)
    size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())
    if size > MOST_COPIED:
        return not_asked("store", STORE, _TOO_LARGE.format(size=size // 1024**2))
    with tempfile.TemporaryDirectory() as beside:
        copy = Path(beside) / "site"
        try:
            shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(COPY))
            return _read(name, copy)
        except Locked:
            return not_asked("store", STORE, _IN_USE)
        except StoreError as error:
            why = Bilingual(*(each.replace(str(copy), str(folder)) for each in (error.why.zh, error.why.en)))
            return attention("store", STORE, why, _STORE_WOULD_DO)
        except (OSError, shutil.Error) as error:
            return attention("store", STORE, Bilingual(str(error), str(error)), _GIVE_RIGHTS)


def _is_shared(name: str) -> bool:
    """Whether several desks may have it open, so that looking into it is in nobody's way."""
    return name.partition("://")[0] in ("sqlite", "postgresql")


def _shared_store(folder: Path, name: str) -> Finding:
    try:
        return _read(name, folder)
    except StoreError as error:
        return attention("store", STORE, error.why, _ASK_FOR_HELP)


def _read(name: str, copy: Path) -> Finding:
    store = open_store(name, copy)
    try:
        open_ones, closed = len(store.open_cases()), sum(1 for _ in store.closed_cases())
        counts = {"open": open_ones, "closed": closed, "homes": len(store.households()), "looks": len(store.looks())}
    finally:
        store.close()
    return fine("store", STORE, _WHOLE.format(store=name, **counts))


def _calendar(folder: Path, plugins: Plugins, failed: dict[Failure, None], today: date) -> Finding:
    try:
        calendar = calendar_of(folder, plugins, failed)
    except BadSite as bad:
        return attention("calendar", CALENDAR, bad.why, _MEND)
    years = [today.year, *([today.year + 1] if today.month >= NEXT_YEAR_FROM else [])]
    unknown = " ".join(str(year) for year in years if not calendar.known(year))
    if unknown:
        return attention("calendar", CALENDAR, _UNKNOWN_YEAR.format(years=unknown), _GIVE_YEAR)
    return fine("calendar", CALENDAR, _KNOWN_YEARS.format(years=" ".join(map(str, years))))


def _plugins(plugins: Plugins, failed: dict[Failure, None]) -> Iterator[Finding]:
    for each in failed:
        yield attention(f"plugin.{each.name}", Bilingual(f"插件 {each.name}", f"Plugin {each.name}"), each.why, _OFF)
    if not failed:
        names = " ".join(plugins.loaded)
        yield fine("plugins", PLUGINS, Bilingual(names or "没有", names or "none"))


_MEND = Bilingual("照所说的改好那个文件", "mend that file as it says")
_NO_SITE = Bilingual("{folder} 还没有小区", "no site at {folder} yet")
_NO_RIGHTS = Bilingual("{folder} 不能读写", "{folder} cannot be read and written")
_GIVE_RIGHTS = Bilingual("把文件夹和里面的文件交给运行程序的用户", "give the folder and its files to whoever runs it")
_OPEN = Bilingual("{folder} 这台电脑上别的用户也能看", "{folder} can be looked into by other users of the machine")
_CLOSE = Bilingual("chmod 700 {folder}", "chmod 700 {folder}")
_OWN = Bilingual("能读写,别的用户看不到", "can be read and written, and by nobody else")
_FREE = Bilingual("还有 {size}", "{size} free")
_MAKE_ROOM = Bilingual("腾出空间:磁盘满了就记不下事项", "make room: on a full disk no case can be kept")
_FREE_TO_OPEN = Bilingual("没有人在用", "nobody has it open")
_LEFT = Bilingual("没有人在用;上次没有正常关闭", "nobody has it open; the last one did not close it")
_HELD = Bilingual("主机 {host} 的进程 {pid} 自 {since} 起在用", "host {host}, process {pid}, since {since}")
_IN_USE = Bilingual("正在使用,没有查看;关了前台再查", "in use, so it was not looked into; close the desk first")
_TOO_LARGE = Bilingual("{size} MB,太大,没有查看", "{size} MB, too large to be looked into")
_STORE_WOULD_DO = Bilingual(
    "先另存整个数据文件夹,再照所说的办", "keep a copy of the whole data folder, then do as it says"
)
_ASK_FOR_HELP = Bilingual("照所说的办,不行就找管数据库的人", "do as it says, or ask whoever keeps the database")
_WHOLE = Bilingual(
    "{store}:在办 {open} 件,办结 {closed} 件,{homes} 户,查看记录 {looks} 条,都读得出",
    "{store}: {open} open cases, {closed} closed, {homes} households, {looks} looks, all of it read",
)
_UNKNOWN_YEAR = Bilingual(
    "还不知道 {years} 年怎样放假,只按周末算", "no notice of {years} is known; weekends alone count"
)
_GIVE_YEAR = Bilingual(
    "通知出来以后更新 chinesecalendar 和 holidays,或在小区的 calendar.toml 里写上",
    "once the notice is out, update chinesecalendar and holidays, or write it into the site's calendar.toml",
)
_KNOWN_YEARS = Bilingual("知道 {years} 年怎样放假", "the notices of {years} are known")
_OFF = Bilingual(
    "照所说的修好,或在小区 settings.toml 的 plugins_off 里关掉",
    "mend it as it says, or switch it off in plugins_off of the site's settings.toml",
)
