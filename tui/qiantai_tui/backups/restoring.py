"""A backup or an export made into a site again, held against the site there is, and put in its place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from attrs import frozen

from qiantai.carrying import Differing, Inventory, carry, differences
from qiantai.exported import Export
from qiantai.periods import ZONE
from qiantai.plugins import load_plugins, open_store
from qiantai.store import Damaged, StoreError
from qiantai.tomltext import parsed
from qiantai.words import Bilingual

from ..sites.files import SETTINGS, SITE, BadSite, SiteError, new_beside, retired, take_place, write_private
from ..sites.site import read_settings
from ..tomllines import lines_of
from .making import alone, as_it_is, is_own, own_files

STORE = "tinydb"
"""Where everything is taken in to; `qiantai move` carries it on."""


@frozen
class Compared:
    """What the site there is has otherwise than one that was restored: in its store, and which of its own files.

    `unread` says why the site there is cannot be read; then nothing could be compared.
    """

    store: tuple[Differing, ...] = ()
    files: tuple[str, ...] = ()
    unread: Bilingual | None = None

    @property
    def nothing(self) -> bool:
        """Whether both are the same."""
        return not self.store and not self.files and self.unread is None


def take_in(export: Export, folder: Path) -> Inventory:
    """A new site at `folder` with all that an export holds, proved equal; it is there whole or not at all.

    Raises `SiteThere` where the folder holds anything, `BadExport` with the line where the export is not whole, and
    `SiteError` where it is masked or has no `site.toml`.
    """
    files = export.files()
    if export.heading.masked:
        raise SiteError(_MASKED)
    if SITE not in files or not all(is_own(name) for name in files):
        raise SiteError(_NO_SITE_FILE)
    beside = new_beside(folder)
    try:
        for name, text in files.items():
            write_private(beside / name, _in_its_folder(text) if name == SETTINGS else text)
        load_plugins(read_settings(beside).plugins_off)
        store = open_store(STORE, beside)
        try:
            found = carry(export, store)
        finally:
            store.close()
        take_place(beside, folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return found


def _in_its_folder(text: str) -> str:
    """The settings without a store that lies elsewhere: what is restored is not to write into what is in use."""
    if parsed(text).get("store", STORE) == STORE:
        return text
    lines, at = text.split("\n"), lines_of(text)[("store",)]
    return "\n".join(f"# {each}" if place in at else each for place, each in enumerate(lines, 1))


def compared(site: Path, restored: Path) -> Compared:
    """What differs, told from the site there is: what it alone has would be lost. Raises where the other is unread."""
    with alone(restored), as_it_is(restored, read_settings(restored)) as there:
        try:
            with alone(site), as_it_is(site, read_settings(site)) as here:
                store = differences(here, there)
                files = own_files(site, here), own_files(restored, there)
        except (StoreError, SiteError) as error:
            return Compared(unread=error.why)
    names = sorted(files[0].keys() | files[1].keys())
    return Compared(store, tuple(each for each in names if files[0].get(each) != files[1].get(each)))


@contextmanager
def trial(export: Export, site: Path) -> Iterator[tuple[Path, Inventory]]:
    """An export made into a site beside the one there is, to be held against it, and gone afterwards."""
    beside = new_beside(site.with_name(f"{site.name}-trial"))
    try:
        yield beside / "site", take_in(export, beside / "site")
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def replace_site(site: Path, at: datetime, export: Export) -> tuple[Path, Inventory]:
    """Puts the site aside, and in its place what the export holds; gives where the old one lies, which stays.

    Raises `Locked` where the site is open; whatever is raised, the site is there as it was.
    """
    with suppress(Damaged, BadSite):  # a damaged site is the very one to be replaced
        open_store(read_settings(site).store or STORE, site).close()
    with retired(site) as aside:
        found = take_in(export, site)
    old = site.with_name(f"{site.name}-{at.astimezone(ZONE):%Y%m%d-%H%M%S}-old")
    aside.replace(old)
    return old, found


_MASKED = Bilingual(
    "这是打码的导出,不能导入。可行:用没有打码的导出或备份",
    "this export is masked and cannot be taken in. What would do: one that is not, or a backup",
)
_NO_SITE_FILE = Bilingual(
    "里面没有 site.toml,成不了一个小区。可行:用 qiantai export 或 qiantai backup 写成的文件",
    "it has no site.toml and makes no site. What would do: a file that qiantai export or qiantai backup wrote",
)
