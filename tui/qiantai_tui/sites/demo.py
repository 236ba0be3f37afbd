"""The demo estate made into a site: its files, its roll imported as any roll is, and its day played up to now."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from qiantai.desk import now
from qiantai.plugins import open_store, roll_reader
from qiantai.store import Damaged
from qiantai.words import Bilingual
from qiantai_tui.sites.files import (
    MARK,
    OPEN_DOOR,
    SETTINGS,
    SITE,
    demo_folder,
    is_site,
    new_beside,
    retired,
    take_place,
    template,
    write_private,
)
from qiantai_tui.sites.site import SiteThere, open_site

_MARKED = "演示小区:人和事都是编的,这个文件夹可以整个删掉。\nThe demo estate, all invented: this folder can go.\n"


def make_demo(folder: Path | None = None, *, fresh: bool = False, clock: Callable[[], datetime] = now) -> Path:
    """The demo estate's folder, made where it is not there yet, or anew where `fresh`; whole or not at all.

    Raises `SiteThere` where the folder holds something that is no demo, `Locked` where the demo to be made anew is
    open, and `SiteError` where the system does not let it be made. Whatever is raised, what was there is there.
    """
    folder = folder or demo_folder()
    there = is_site(folder)
    if there and not fresh:
        return folder
    if there and not (folder / MARK).is_file():
        raise SiteThere(folder, Bilingual("里不是演示小区", "is not the demo estate"))
    if not there:
        _fill(folder, new_beside(folder), clock)
        return folder
    with suppress(Damaged):  # a demo that is damaged is the very one to be made anew
        open_store("tinydb", folder).close()
    with retired(folder) as old:
        _fill(folder, new_beside(folder), clock)
    shutil.rmtree(old, ignore_errors=True)
    return folder


def _fill(folder: Path, beside: Path, clock: Callable[[], datetime]) -> None:
    from importlib.resources import as_file

    from qiantai_scenarios.demo import demo_files, play_day

    try:
        write_private(beside / SITE, template("demo"))
        write_private(beside / MARK, _MARKED)
        write_private(beside / SETTINGS, OPEN_DOOR)
        reader = roll_reader()
        with open_site(beside, clock) as site, as_file(demo_files().joinpath("households.csv")) as roll:
            site.desk.store.keep_households(reader.compare(reader.read_roll(roll), {}).to_save)
            play_day(site.reread().desk.handbook, site.desk.store, clock())
        take_place(beside, folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
