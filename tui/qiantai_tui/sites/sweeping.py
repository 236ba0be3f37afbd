"""An erasure at a site: besides its store and its books also what was written out into its folder, and its drafts."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

from qiantai.book_erasure import Traces
from qiantai.following import FOLLOWS_NOTHING, Follower
from qiantai.residents import Residents
from qiantai.words import Bilingual

from ..resident_copy import FOLDER as COPIES
from ..shift.record import FOLDER as HAND_OVERS
from .draft_book import DraftBook
from .files import SiteError
from .moving import ASIDE
from .site import Site
from .tables import FOLDER as LISTS


class Sweeping:
    """What erasures at a site reach; `drafts` are those of the desk that asks, besides those of the folder's others.

    `follower` is told of what is read for them.
    """

    def __init__(self, site: Site, drafts: DraftBook | None = None, follower: Follower = FOLLOWS_NOTHING) -> None:
        self.residents = Residents(site.desk, site.books, self._sweep, follower)
        self._folder, self._drafts = site.folder, drafts

    def sheets(self, traces: Traces) -> tuple[Path, ...]:
        """The files that the desk wrote out, copies and lists and hand-overs, in which one of the traces stands."""
        return tuple(each for each in self._written_out() if traces.within(unescape(_text(each))))

    def asides(self) -> tuple[Path, ...]:
        """Where stores are kept that the site has left: nothing is erased in them."""
        return tuple(sorted(each for each in self._folder.glob(f"{ASIDE}*") if each.is_dir()))

    def _written_out(self) -> Iterator[Path]:
        for name in (COPIES, LISTS, HAND_OVERS):
            yield from sorted(each for each in (self._folder / name).glob("*") if each.is_file())

    def _sweep(self, traces: Traces) -> None:
        """Nothing written out, and no draft, has one of the traces any more. Raises `SiteError`."""
        try:
            for each in self.sheets(traces):
                each.unlink(missing_ok=True)
        except OSError as error:
            raise SiteError(_STAYS.format(file=error.filename, why=error.strerror or error)) from error
        for file in self._folder.glob("drafts*.json"):
            DraftBook(file).forget(traces.within)
        if self._drafts is not None:
            self._drafts.forget(traces.within)


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8-sig", errors="replace")


_STAYS = Bilingual(
    "{file} 删不掉:{why}。可行:关掉打开它的程序,再抹除",
    "{file} cannot be removed: {why}. What would do: close what has it open, then erase again",
)
