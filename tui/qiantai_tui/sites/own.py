"""A new site of one's own: the estate's name, and the first person at its desk."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

from qiantai.words import Bilingual

from ..text.safe import clean
from .files import SITE, SiteError, new_beside, take_place, template, write_private

MOST = 40
"""Characters of a name."""
NO_NAME = Bilingual("小区名称和前台姓名都要填", "the estate's name and the clerk's name have to be given")


def make_own_site(folder: Path, estate: str, clerk: str) -> Path:
    """A site at `folder` with this name and this clerk beside the template's other staff; gives the folder.

    It is there whole or not at all. Raises `SiteThere` where the folder holds anything, and `SiteError` for an empty
    name or where the system does not let it be made.
    """
    estate, clerk = clean(estate).strip()[:MOST], clean(clerk).strip()[:MOST]
    if not estate or not clerk:
        raise SiteError(NO_NAME)
    text = named(template("own"), estate, clerk)
    beside = new_beside(folder)
    try:
        write_private(beside / SITE, text)
        take_place(beside, folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return folder


def named(text: str, estate: str, clerk: str) -> str:
    """The template with these names in place of its own; all else, the comments too, stays as it is."""
    known = tomllib.loads(text)
    for key in ("name", "name_en"):
        text = text.replace(f"{key} = {_toml(known[key])}", f"{key} = {_toml(estate)}", 1)
    return text.replace(f"name = {_toml(known['staff'][0]['name'])}", f"name = {_toml(clerk)}", 1)


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
