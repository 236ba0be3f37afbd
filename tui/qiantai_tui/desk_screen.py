"""A screen of the desk: it knows the desk's program, the people and the time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar, cast

from textual.binding import Binding
from textual.css.query import NoMatches
from textual.events import ScreenResume
from textual.screen import ModalScreen, Screen

if TYPE_CHECKING:
    from .app import DeskApp

Answer = TypeVar("Answer")
NOT_KEPT = "not_kept"
"""The rule of a refusal that comes from the store: it could not keep what was asked, and kept nothing of it."""


class OfTheDesk:
    """What screens and dialogs of the desk share."""

    @property
    def program(self) -> DeskApp:
        """The desk's program."""
        return cast("DeskApp", self.app)  # type: ignore[attr-defined]

    @property
    def now(self) -> datetime:
        """The time by the program's clock."""
        return self.program.clock()

    def beside(self, take: Callable[..., None], *read: object) -> None:
        """Has the screen take what a thread of its own has read; one that was left meanwhile takes nothing."""

        def taken() -> None:
            if self.is_mounted:  # type: ignore[attr-defined]
                with suppress(NoMatches):  # it is being left right now
                    take(*read)

        self.program.call_from_thread(taken)

    @property
    def me(self) -> str:
        """The id of who is at the desk, empty for nobody."""
        return self.program.person.id if self.program.person else ""

    _styled = False
    """Whether it has been on before: until then its widgets have the styles that they were mounted with."""

    def _on_screen_resume(self, event: ScreenResume) -> None:
        """Before Textual's own, which styles every widget anew: one that has just been mounted has its styles."""
        event.refresh_styles = event.refresh_styles and self._styled
        self._styled = True

    def _compositor_refresh(self) -> None:
        """Textual's private drawing: while updates are held back it draws all the same, and throws it away.

        What is left undrawn here is drawn with what comes after; a test watches that Textual still is like that.
        """
        if not self.program._batch_count:
            super()._compositor_refresh()  # type: ignore[misc]


class DeskScreen(OfTheDesk, Screen[Answer]):
    """A whole screen."""


class DeskDialog(OfTheDesk, ModalScreen[Answer]):
    """A question over the screen it was asked on."""

    BINDINGS = [
        Binding("ctrl+z", "app.undo_waits", "先答这个框", show=False, id="undo"),
        Binding("f12", "app.staff_waits", "换人", show=False, id="staff"),
    ]
