"""The frame of every question: a box in the middle, a title, and its own keys at the foot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widget import Widget

from qiantai.words import Bilingual

from ..actions import as_changed, owned, shown_key
from ..desk_screen import Answer, DeskDialog
from ..text.safe import entitle
from ..text.words import say
from ..widgets.items import Item
from ..widgets.keys_line import Foot, KeysLine
from ..widgets.laid_once import LaidOnce
from ..widgets.page import Page
from ..widgets.styled_once import StyledOnce

FIELD_BY_FIELD = (
    Binding("down", "app.focus_next", show=False),
    Binding("up", "app.focus_previous", show=False),
)
"""For a box of fields: ↓ and ↑ go from one to the next, as in every form."""


class Box(StyledOnce, LaidOnce, Vertical):
    """What all of it stands in."""


class Framed(DeskDialog[Answer]):
    """A dialog with a titled box; `content()` gives what stands in it."""

    DEFAULT_CSS = """
    Framed { align: center middle; background: $background 55%; }
    Framed > #frame {
        width: 76; max-width: 96%; height: auto; max-height: 94%;
        border: round $primary; background: $surface; padding: 0 1;
    }
    Framed #keys { height: 1; color: $text-muted; margin-top: 1; }
    """
    title_words: Bilingual | str = ""

    def content(self) -> Iterable[Widget]:
        """What stands in the box."""
        return ()

    def compose(self) -> ComposeResult:
        """The box."""
        frame = Box(*self.content(), KeysLine(self.feet(), id="keys"), id="frame")
        entitle(frame, say(self.title_words))
        yield frame

    def feet(self) -> list[Foot]:
        """The keys of this dialog, each with what it does."""
        shown = sorted((each for each in owned(self) if each.footer and each.key), key=lambda action: action.footer)
        changed = [as_changed(each, self.app) for each in shown]
        return [Foot(shown_key(each.key), say(each.label), each.id) for each in changed]


class FramedPage(Framed[None]):
    """A dialog with a page to be read, as high as its lines; `items()` gives what stands on it."""

    DEFAULT_CSS = """
    FramedPage > #frame { width: 84; }
    FramedPage Page { height: auto; max-height: 1fr; min-height: 4; }
    """
    page_id = "page"

    def items(self, width: int) -> Sequence[Item]:
        """What stands on a page so many cells wide."""
        del width
        return ()

    def content(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.items, id=self.page_id)

    def on_mount(self) -> None:
        """The cursor on the page, and the page as high as its lines."""
        page = self.query_one(Page)
        page.focus()
        self.watch(page, "virtual_size", self._fit)

    def _fit(self) -> None:
        page = self.query_one(Page)
        page.styles.height = max(4, min(page.virtual_size.height, self.size.height - 8))
