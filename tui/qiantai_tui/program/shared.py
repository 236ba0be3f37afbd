"""An app over a store that others may have open: their changes are shown, and its absence is told and outlived."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from qiantai import StoreError

from ..actions.navigation import CaseChanged, Navigation
from ..outliving import Outliving
from ..sites.draft_book import DraftBook
from ..text.safe import clean
from ..text.words import say

if TYPE_CHECKING:
    from ..sites.site import Site


class SharedApp(Outliving, Navigation):
    """A screen with `refresh_data()` is told to read anew after every command, and when others have changed a case."""

    site: Site
    book: DraftBook
    _untold: list[CaseChanged | None] | None = None
    """What the screens are to be told once all is done; None where they are told of each thing."""

    def open_drafts(self) -> DraftBook:
        """What was left unfinished at this desk, where others share its folder at this one of them."""
        if self.site.settings.store == "sqlite":
            return DraftBook.of_one_of_several(self.site.folder)
        return DraftBook(self.site.folder / "drafts.json")

    def on_mount(self) -> None:
        """Asks for news from now on."""
        self.set_interval(1, self._hear)

    def on_unmount(self) -> None:
        """Leaves its drafts to the next desk."""
        self.book.let_go()

    def _hear(self) -> None:
        """Shows what other desks have changed; a store that cannot be asked now says so when it is next needed."""
        with suppress(StoreError):
            if self.site.desk.store.news():
                self.tell_screens()
        if self.site.scripts_changed:
            self.take_scripts_anew()

    def take_scripts_anew(self) -> None:
        """Has everything look up the agreed answers as the site's book has them now."""
        raise NotImplementedError

    def tell_screens(self, message: CaseChanged | None = None) -> None:
        """Has every screen of the stack read its data anew; a screen that comes back reads anew by itself."""
        if self._untold is not None:
            self._untold.append(message)
        else:
            self._tell_all(message)

    def _tell_all(self, *messages: CaseChanged | None) -> None:
        for screen in self.screen_stack:
            if hasattr(screen, "refresh_data"):
                self.read_anew(screen)
            for message in messages:
                if message is not None:
                    screen.post_message(message)

    @contextmanager
    def telling_once(self) -> Iterator[None]:
        """Has every screen read anew once for all that is done in here, however much that is."""
        self._untold = told = list[CaseChanged | None]()
        try:
            yield
        finally:
            self._untold = None
            if told:
                self._tell_all(*told)

    def read_anew(self, screen: Any) -> None:
        """Has a screen read its data anew; where the store cannot be read it stays as it is, and the reason is told."""
        try:
            screen.refresh_data()
        except StoreError as error:
            self.tell_unread(error)

    def tell_unread(self, error: StoreError) -> None:
        """Says that the store could not be read, and what would do; once, for as long as that stands there."""
        if clean(say(error.why), lines=True) not in {each.message for each in self._notifications}:
            self.notify(error.why, severity="error")

    def push_screen(self, screen: Any, callback: Callable[[Any], Any] | None = None, *given: Any, **named: Any) -> Any:
        """As Textual has it; an answer that the store did not let be acted on ends with the reason."""
        return super().push_screen(screen, callback and partial(self._act_on, callback), *given, **named)

    def _act_on(self, callback: Callable[[Any], Any], answer: Any) -> Any:
        try:
            return callback(answer)
        except StoreError as error:
            self.tell_unread(error)

    async def run_action(self, *given: Any, **named: Any) -> bool:
        """As Textual has it; an action that the store did not let look up what it needed ends with the reason."""
        try:
            return await super().run_action(*given, **named)
        except StoreError as error:
            self.tell_unread(error)
            return True
