"""A hand-over written as a page to be printed: read and written beside the screen, on record."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import work

from qiantai import StoreError
from qiantai.seat import Seat
from qiantai.shift.book import HandOver
from qiantai.shift.summary import Summary
from qiantai.words import Bilingual

from ..desk_screen import OfTheDesk
from ..giving_way import giving_way
from ..serving.handing import hand_over
from ..sites.files import SiteError
from ..text.words import language
from . import Action

NOT_BEGUN = Bilingual("还没有起草交接班。F4 选接班人", "No hand-over has begun. F4 chooses who takes over")
NOT_SIGNED = Bilingual("交班人签了才能打印", "It is printed once the giver has signed")
PRINTED = Bilingual("已写成 {file},可以打印", "Written to {file}, to be printed")
PRINT_HELP = Bilingual("写成一个可打印的网页,留痕", "writes a page to be printed, on record")


class HandOverPrinting(OfTheDesk):
    """For the screen of a hand-over: `here` is the one it shows."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("hand_over_print", Bilingual("打印", "Print"), "p", help=PRINT_HELP),
    )

    @property
    def here(self) -> HandOver | None:
        """The hand-over shown; None while none has begun."""
        raise NotImplementedError

    def action_hand_over_print(self) -> None:
        """Writes the record as a page into the site's folder; that it was taken away is on record."""
        here, seat, program = self.here, self.program.seat, self.program
        if here is None or here.summary is None:
            program.notify(NOT_BEGUN if here is None else NOT_SIGNED)
        elif (refused := seat.take_away("cases", f"hand-over {here.number}")) is not None:
            program.refuse(refused)
        else:
            self._print(here, here.summary, seat)

    @work(thread=True, group="print")
    def _print(self, here: HandOver, summary: Summary, seat: Seat) -> None:
        from ..shift.record import kept_record, page_of

        try:
            with giving_way():
                page = page_of(here, summary, seat, self.program.site.name, language())
            file = kept_record(here, page, self.program.site.folder, f"{self.now:%Y%m%d-%H%M%S}")
        except (SiteError, StoreError) as error:
            self.beside(self._not_printed, error.why)
        else:
            self.beside(self._printed, file)

    def _printed(self, file: Path) -> None:
        hand_over(self.program, file)
        self.program.tell_did("export", PRINTED.format(file=str(file)), timeout=20)

    def _not_printed(self, why: Bilingual) -> None:
        self.program.notify(why, severity="error")
