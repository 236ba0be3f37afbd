"""An app that knows who is at the desk: where people sign in it is covered until one has, and again once idle."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from textual.css.query import NoMatches
from textual.events import Event, InputEvent

from qiantai import Person
from qiantai.words import Bilingual

from .shared import SharedApp

if TYPE_CHECKING:
    from ..dialogs.in_stead import InStead
    from ..sites.draft_book import DraftBook

CHANGE_AFTER = Bilingual(
    "先办完或离开这个框,再按 F12 换人", "Finish or leave this box first; then F12 changes who is here"
)


class SignedInApp(SharedApp):
    """What one person left open, wrote or was promised is not shown to the next."""

    def __init__(self, **given: Any) -> None:
        """Nobody is at the desk yet."""
        super().__init__(**given)
        self.person: Person | None = None
        self.in_stead: InStead | None = None
        self._touched = self.clock()

    @property
    def signs_in(self) -> bool:
        """Whether people sign in here."""
        return self.site.settings.sign_in

    @property
    def drafts(self) -> DraftBook:
        """What was left unfinished; where people sign in, by whoever is at the desk."""
        return self.book.of(self.person.id) if self.signs_in and self.person is not None else self.book

    def on_mount(self) -> None:
        """Looks from now on whether anybody is still there."""
        if self.signs_in:
            self.set_interval(1, self._lock_when_idle)

    async def on_event(self, event: Event) -> None:
        """As Textual has it; a key or the mouse tells that somebody is there."""
        if isinstance(event, InputEvent):
            self._touched = self.clock()
        await super().on_event(event)

    def _lock_when_idle(self) -> None:
        idle = self.clock() - self._touched
        if self.person is not None and idle >= timedelta(minutes=self.site.settings.lock_after):
            self.lock()

    def keep_written(self) -> None:
        """Keeps what is being written on any screen, to the last stroke."""
        for screen in self.screen_stack:
            if keep := getattr(screen, "keep", None):
                with suppress(NoMatches):  # its fields are yet to be made
                    keep()

    def on_exit_app(self) -> None:
        """However it ends, a closed tab of a browser among it."""
        self.keep_written()

    def lock(self) -> None:
        """Covers everything until somebody signs in; what is being written is kept, and the clocks go on."""
        from ..dialogs.pins import SignInDialog
        from ..sign_in.book import desk_first, first_people

        people, first = self.site.desk.handbook.people, self.site.pins.empty
        here = self.person
        if here is not None:
            self.keep_written()
            self.person, self.in_stead = None, None
            self.clear_notifications()
            self.tell_screens()
        choices = first_people(people) if first else desk_first(people.values())
        self.push_screen(
            SignInDialog(choices, here.id if here else "", first=first), lambda id: self._signed_in(id, here)
        )

    def action_staff_waits(self) -> None:
        """Over a box: where people sign in it is covered with all the rest, and kept; else it is answered first."""
        if self.person is None:
            return
        if self.signs_in:
            self.lock()
        else:
            self.notify(CHANGE_AFTER)

    def _signed_in(self, id: str | None, before: Person | None) -> None:
        """Whoever was there before goes on where they stopped; anybody else begins at the queue."""
        self.be(id)
        if before is None or id != before.id:
            self.call_later(self._close_all)

    async def _close_all(self) -> None:
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    def be(self, person: str | None) -> None:
        """Puts somebody at the desk; None leaves everything as it is."""
        if person is not None:
            self.person, self.in_stead = self.site.desk.handbook.people[person], None
            self.clear_notifications()
            self.tell_screens()
