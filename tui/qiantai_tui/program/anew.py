"""An app whose rules look up another roll or other agreed answers from now on, while everybody goes on as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from qiantai.books import SCRIPTS
from qiantai.seat import Seat
from qiantai.store import StoreError

from .shared import SharedApp

if TYPE_CHECKING:
    from ..sites.site import Site


class AnewApp(SharedApp):
    """The seat stays the same person's, and the dossiers that stand open are no new looks."""

    _seat: Seat | None

    @property
    def seat(self) -> Seat:
        """The desk as whoever is at it may see it."""
        raise NotImplementedError

    def take_roll_anew(self) -> None:
        """Has everything look up the roll as it is kept now, and every screen read anew."""
        vars(self).pop("directory", None)
        self._go_on_at(self.site.with_roll())

    def take_scripts_anew(self) -> None:
        """Has everything look up the agreed answers as the book has them now; a damaged one is told once."""
        try:
            site = self.site.with_scripts()
        except StoreError as error:
            self.notify(error.why, severity="error")
            site = evolve(self.site, stamp=self.site.books.stamp(SCRIPTS))
        self._go_on_at(site)

    def _go_on_at(self, site: Site) -> None:
        """The same people at the same site with another handbook; every screen reads anew."""
        seat = self.seat
        self.site = site
        self._seat = seat.at(site.desk)
        self.tell_screens()
