"""What a trainer may edit: a site's own rehearsals, and a copy among them of one that is not to be written."""

from __future__ import annotations

import os
from pathlib import Path

from qiantai.people import Person
from qiantai.words import Bilingual
from qiantai_scenarios.library import rehearsal_files
from qiantai_scenarios.making.editing import put
from qiantai_scenarios.rehearsing.records import SEES_ALL

from ..sites.files import SiteError
from .shelf import SUFFIX, begin, free, named, read

COPIED = Bilingual("{name} 是自带的,不能改;已抄成 {file}", "{name} comes along and stays as it is; copied to {file}")
COPIED_READ_ONLY = Bilingual("{name} 不能写;已抄成 {file}", "{name} cannot be written; copied to {file}")
NO_SUCH = Bilingual(
    "没有演练 {name}。可行:qiantai rehearsal new {name} 新做一个,或 qiantai rehearse 看有哪些",
    "there is no rehearsal {name}. What would do: qiantai rehearsal new {name}, or qiantai rehearse for the list",
)


def may_write(person: Person | None) -> bool:
    """Whether somebody may make rehearsals: who trains, and supervisors."""
    return person is not None and person.has(*SEES_ALL)


def to_edit(folder: Path, name: str) -> tuple[Path, Bilingual | None]:
    """The file to edit of a name, a site's own or one that comes along; what to say where it was copied.

    Raises `SiteError` where there is none, or no copy can be made.
    """
    own = named(folder, name)
    if own.is_file():
        return writable(folder, own)
    shipped = next((each for each in rehearsal_files() if each.name == f"{name}{SUFFIX}"), None)
    if shipped is None:
        raise SiteError(NO_SUCH.format(name=name))
    file = _copied(folder, name, shipped.read_text(encoding="utf-8"))
    return file, COPIED.format(name=name, file=file.name)


def writable(folder: Path, file: Path) -> tuple[Path, Bilingual | None]:
    """The file itself where it can be written, else a copy among the site's own, and then what to say of it."""
    if os.access(file, os.W_OK) and os.access(file.parent, os.W_OK):
        return file, None
    copy = _copied(folder, file.stem, read(file).text)
    return copy, COPIED_READ_ONLY.format(name=file.name, file=copy.name)


def _copied(folder: Path, name: str, text: str) -> Path:
    file = free(folder, f"my-{name}")
    return begin(file, put(text, "", 0, {"id": file.stem}))
