"""A page to be read from top to bottom, on which some items can be chosen with the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.actions import SkipAction
from textual.binding import Binding
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qiantai.words import Bilingual

from ..outliving import Outliving
from ..text.safe import clean
from .items import PARTS, Item, Line

Make = Callable[[int], Sequence[Item]]


def _nothing(_: int) -> Sequence[Item]:
    return ()


class Page(Outliving, ScrollView, can_focus=True, inherit_bindings=False):
    """Items in lines; the cursor goes from one that can be chosen to the next, and Enter chooses it."""

    DEFAULT_CSS = """
    Page {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > .page--title { text-style: bold; color: $text-primary; }
        & > .page--label, & > .page--void { color: $text-muted; }
        & > .page--struck { color: $text-muted; text-style: strike; }
        & > .page--strong { text-style: bold; }
        & > .page--cursor {
            background: $block-cursor-blurred-background; text-style: $block-cursor-blurred-text-style;
        }
        &:focus > .page--cursor {
            background: $block-cursor-background; text-style: $block-cursor-text-style;
        }
        & > .page--soon { color: $text-warning; }
        & > .page--urgent, & > .page--overdue, & > .page--late { color: $text-error; }
        & > .page--met { color: $text-success; }
    }
    """
    COMPONENT_CLASSES = {f"page--{part}" for part in PARTS | {"cursor"}}
    BINDINGS = [
        Binding("up", "step(-1)", "上一项", show=False),
        Binding("down", "step(1)", "下一项", show=False),
        Binding("pageup", "page(-1)", "上一页", show=False),
        Binding("pagedown", "page(1)", "下一页", show=False),
        Binding("home", "end(-1)", "开头", show=False),
        Binding("end", "end(1)", "末尾", show=False),
        Binding("enter", "choose", "打开", show=False),
    ]
    ABOUT = Bilingual(
        "↑ ↓ 在可以打开的行之间移动,PgUp PgDn 翻页,Enter 打开:时限和经过打开条款原意,单号打开事项。",
        "↑ ↓ go between the lines that open, PgUp PgDn turn the page, Enter opens: a duty or an event its clause, "
        "a number its case.",
    )

    class Chosen(Message):
        """An item was chosen, by Enter or a click on the line under the cursor."""

        def __init__(self, page: Page, key: str) -> None:
            super().__init__()
            self.page, self.key = page, key

        @property
        def control(self) -> Page:
            """The page."""
            return self.page

    def __init__(self, make: Make = _nothing, *, id: str | None = None, classes: str | None = None) -> None:
        """`make` gives the items for a page so many cells wide; `reload` asks it again."""
        super().__init__(id=id, classes=classes)
        self._make = make
        self._items: tuple[Item, ...] = ()
        self._lines: list[tuple[Line, int]] = []
        self._at = -1
        self._page_width = -1
        self._moved = False

    @property
    def key(self) -> str | None:
        """The key of the item under the cursor, None where there is none."""
        return self._items[self._at].key if 0 <= self._at < len(self._items) else None

    def show(self, make: Make) -> None:
        """Shows another page from its top on."""
        self._make, self._at = make, -1
        self.scroll_to(y=0, animate=False)
        self.reload()

    def on_resize(self, event: Resize) -> None:
        """Lays the lines out anew for another width."""
        del event
        if self.scrollable_content_region.width != self._page_width:
            self.reload()

    def reload(self) -> None:
        """Makes the items anew; the cursor stays on the item it was on, by its key, and only what changed is drawn."""
        width = self._page_width = self.scrollable_content_region.width
        if width <= 0:
            return
        key, before = self.key, self._lines
        self._items = tuple(self._make(width))
        self._lines = [(each, place) for place, item in enumerate(self._items) for each in item.lines]
        places = [place for place, item in enumerate(self._items) if item.key]
        kept = next((place for place in places if self._items[place].key == key), None)
        at = kept if kept is not None else next((each for each in places if each >= self._at), -1)
        moved, self._at = at != self._at, at
        self.virtual_size = Size(0, max(1, len(self._lines)))
        if moved or len(before) != len(self._lines):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._lines, strict=True)):
            if old != new:
                self.refresh(Region(0, y - self.scroll_offset.y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        """One line of what is in sight."""
        width, style = self.scrollable_content_region.width, self.rich_style
        index = y + self.scroll_offset.y
        if not 0 <= index < len(self._lines):
            return Strip.blank(width, style)
        spans, place = self._lines[index]
        segments = [Segment(clean(each.text), style + self._style(each.part)) for each in spans if each.text]
        strip = Strip(segments).adjust_cell_length(width, style)
        if place == self._at and spans:
            strip = strip.apply_style(self.get_component_rich_style("page--cursor", partial=True))
        return strip

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"page--{part}", partial=True) if part in PARTS else Style.null()

    def move_to(self, key: str) -> bool:
        """Puts the cursor on the item with this key; False where it is not there."""
        place = next((place for place, item in enumerate(self._items) if item.key == key), None)
        if place is None:
            return False
        self._put(place)
        return True

    def _put(self, place: int) -> None:
        self._at = place
        first, last = self._span(place)
        height = max(1, self.scrollable_content_region.height)
        top = self.scroll_offset.y
        if first < top or last - first >= height:
            self.scroll_to(y=max(0, first - 1), animate=False)
        elif last >= top + height:
            self.scroll_to(y=last - height + 1, animate=False)
        self.refresh()

    def _span(self, place: int) -> tuple[int, int]:
        lines = [y for y, (_, item) in enumerate(self._lines) if item == place]
        return (lines[0], lines[-1]) if lines else (0, 0)

    def action_step(self, way: int) -> None:
        """To the next item that can be chosen; by a line where none is near."""
        places = [place for place, item in enumerate(self._items) if item.key]
        ahead = [each for each in places if (each - self._at) * way > 0]
        height = max(1, self.scrollable_content_region.height)
        place = (ahead[0] if way > 0 else ahead[-1]) if ahead else None
        top = self.scroll_offset.y
        if place is not None and top - height <= self._span(place)[0] < top + 2 * height:
            self._put(place)
        else:
            self.scroll_to(y=top + way, animate=False)

    def action_page(self, pages: int) -> None:
        """Some screenfuls down, the cursor on what can be chosen there."""
        height = max(1, self.scrollable_content_region.height)
        top = max(0, min(self.scroll_offset.y + pages * height, len(self._lines) - height))
        seen = [place for _, place in self._lines[top : top + height] if self._items[place].key]
        if seen:
            self._at = seen[0] if pages > 0 else seen[-1]
        self.scroll_to(y=top, animate=False)
        self.refresh()

    def action_end(self, way: int) -> None:
        """To the top (-1) or the end (1)."""
        places = [place for place, item in enumerate(self._items) if item.key]
        if places:
            self._at = places[0] if way < 0 else places[-1]
        self.scroll_to(y=0 if way < 0 else len(self._lines), animate=False)
        self.refresh()

    def action_choose(self) -> None:
        """Chooses the item under the cursor; where there is none the key is somebody else's."""
        if not self.key:
            raise SkipAction
        self.post_message(self.Chosen(self, self.key))

    def on_click(self, event: Click) -> None:
        """A click moves the cursor; on the item it is on already it chooses, and doubled it has chosen once."""
        offset = event.get_content_offset(self)
        index = offset.y + self.scroll_offset.y if offset is not None else -1
        if not 0 <= index < len(self._lines) or not self._items[place := self._lines[index][1]].key:
            return
        first = event.chain == 1
        chosen = place == self._at if first else event.chain == 2 and self._moved
        self._moved = first and not chosen
        self._put(place)
        if chosen and self.key:
            self.action_choose()
