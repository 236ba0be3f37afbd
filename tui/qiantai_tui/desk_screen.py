"""A screen of the desk: it knows the desk's program, the people and the time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from rich.console import RenderableType
from textual._compositor import Compositor
from textual.binding import Binding
from textual.css.query import NoMatches
from textual.events import ScreenResume, ScreenSuspend
from textual.geometry import Size
from textual.message import Message
from textual.messages import Layout
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.worker import get_current_worker

from qiantai import Case, StoreError

from .drawing import Drawing
from .outliving import Outliving
from .widgets.dimmed import Dimmed
from .widgets.laid_once import LaidOnce

if TYPE_CHECKING:
    from .app import DeskApp

Answer = TypeVar("Answer")
NOT_KEPT = "not_kept"
"""The rule of a refusal that comes from the store: it could not keep what was asked, and kept nothing of it."""


class OfTheDesk(Outliving, LaidOnce):
    """What screens and dialogs of the desk share."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Draws by `Drawing`."""
        super().__init__(*given, **named)
        self._compositor: Compositor = Drawing()

    @property
    def program(self) -> DeskApp:
        """The desk's program."""
        return cast("DeskApp", self.app)  # type: ignore[attr-defined]

    @property
    def now(self) -> datetime:
        """The time by the program's clock."""
        return self.program.clock()

    def beside(self, take: Callable[..., None], *read: object) -> None:
        """Has the screen take what a thread of its own has read.

        One that was left meanwhile takes nothing, nor what it has begun to read anew.
        """
        worker = get_current_worker()

        def taken() -> None:
            if self.is_mounted and not worker.is_cancelled:  # type: ignore[attr-defined]
                with suppress(NoMatches):  # it is being left right now
                    take(*read)

        self.program.call_from_thread(taken)

    def open_cases(self) -> tuple[Case, ...]:
        """Those that who is at the desk may see; none where the store cannot be read just now, which is told."""
        try:
            return self.program.seat.open_cases()
        except StoreError as error:
            self.program.tell_unread(error)
            return ()

    def known(self, number: str) -> Case | None:
        """A case as who is at the desk may see it; None too where the store cannot be read just now, which is told."""
        try:
            return self.program.seat.known(number)
        except StoreError as error:
            self.program.tell_unread(error)
            return None

    @property
    def me(self) -> str:
        """The id of who is at the desk, empty for nobody."""
        return self.program.person.id if self.program.person else ""

    drawings = 0
    """How often it was drawn anew, in part or as a whole."""

    _asked_before = False
    """Whether what it hears was asked for before it was laid out for the first time."""

    _coming = False
    """Whether it has yet to hear that it has come."""

    def post_message(self, message: Message) -> bool:
        """A screen hears once that it has come: a mode that is new Textual tells twice, and it would read all twice."""
        match message:
            case ScreenResume() if self._coming:
                return True
            case ScreenResume() | ScreenSuspend():
                self._coming = isinstance(message, ScreenResume)
        posted: bool = super().post_message(message)  # type: ignore[misc]
        return posted

    def _on_screen_resume(self, event: ScreenResume) -> None:
        """Before Textual's own, which styles every widget anew: they have their styles from where they were mounted, or
        were styled anew as the stylesheet changed."""
        self._coming = event.refresh_styles = False

    def _compositor_refresh(self) -> None:
        """Textual's private drawing: while updates are held back it draws all the same, and throws it away.

        What is left undrawn here is drawn with what comes after; a test watches that Textual still is like that.
        """
        if not self.program._batch_count:
            self.drawings += 1
            super()._compositor_refresh()  # type: ignore[misc]

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Textual's private laying out; the first one does whatever was asked for before it, heard of or not."""
        if not self._compositor.size:
            for each in self.walk_children(Widget, with_self=True):  # type: ignore[attr-defined]
                each._layout_required = False
            self._asked_before = True
            self.call_later(self._hear_all)  # type: ignore[attr-defined]
        super()._refresh_layout(size, scroll)  # type: ignore[misc]

    def _hear_all(self) -> None:
        self._asked_before = False

    def _forget_places(self) -> None:
        """What was laid out for a screen of another size Textual takes for this one, though it goes by it."""
        for each in self.walk_children(Widget):  # type: ignore[attr-defined]
            each._clear_arrangement_cache()

    async def _on_layout(self, message: Layout) -> None:
        """Before Textual's own."""
        if self._asked_before:
            message.stop()
            message.prevent_default()

    def _screen_resized(self, size: Size) -> None:
        """Textual's private laying out: a screen that comes, and all under it, need it once, and are told twice."""
        if self._compositor.size != size or self._layout_required:  # type: ignore[attr-defined]
            if self._compositor.size:
                self._forget_places()
            super()._screen_resized(size)  # type: ignore[misc]


class DeskScreen(OfTheDesk, Screen[Answer]):
    """A whole screen."""


class DeskDialog(OfTheDesk, ModalScreen[Answer]):
    """A question over the screen it was asked on, which is drawn again under it when it has changed."""

    BINDINGS = [
        Binding("ctrl+z", "app.undo_waits", "先答这个框", show=False, id="undo"),
        Binding("f12", "app.staff_waits", "换人", show=False, id="staff"),
    ]
    _seen_under: tuple[object, Dimmed] | None = None

    def render(self) -> RenderableType | Dimmed:  # type: ignore[override]
        """What is seen of the screen under it."""
        match super().render():
            case BackgroundScreen(screen=OfTheDesk() as screen, color=color) as under:
                seen = screen, screen.drawings, color, self.size
                if self._seen_under is None or self._seen_under[0] != seen:
                    self._seen_under = seen, Dimmed(under)
                return self._seen_under[1]
            case other:
                return other
