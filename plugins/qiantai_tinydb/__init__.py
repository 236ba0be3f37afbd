"""The default store: TinyDB files that hold what they acknowledged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qiantai.store import Store

__all__ = ["copy_store", "open_store"]


def open_store(path: Path) -> Store:
    """The site's data folder at `path`, made where it is not there; this process's alone until `close`.

    Raises `Locked` with the holder's name, `Damaged` with the place, or `Unwritable`.
    """
    from qiantai_tinydb.store import TinyStore

    return TinyStore(path)


def copy_store(folder: Path, into: Path) -> None:
    """The data of the site at `folder` as it is now, in the empty folder `into`, to be opened there.

    The site may be open meanwhile, and stays as it is. Raises `Unwritable`.
    """
    from qiantai_tinydb.copying import copy_store as copy

    copy(folder, into)
