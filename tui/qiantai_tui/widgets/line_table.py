"""A table that draws only the lines that are seen: a hundred thousand rows open as fast as thirty."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qiantai.words import Bilingual

from ..outliving import Outliving
from ..text.safe import crop, fit
from ..text.words import say
from .rows import Column, Row, Rows, widths

TONES = frozenset({"open", "soon", "urgent", "overdue", "met", "late", "void"})


class LineTable(Outliving, ScrollView, can_focus=True, inherit_bindings=False):
    """Rows in columns under a header, one of them under the cursor; Enter or a second click chooses it."""

    DEFAULT_CSS = """
    LineTable {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .line-table--header { text-style: bold; color: $text-muted; }
        & > .line-table--cursor {
            background: $block-cursor-blurred-background; text-style: $block-cursor-blurred-text-style;
        }
        &:focus > .line-table--cursor {
            background: $block-cursor-background; text-style: $block-cursor-text-style;
        }
        & > .line-table--empty { color: $text-muted; }
        & > .line-table--soon { color: $text-warning; }
        & > .line-table--urgent, & > .line-table--overdue { color: $text-error; }
        & > .line-table--met { color: $text-success; }
        & > .line-table--late { color: $text-error; }
        & > .line-table--void { color: $text-muted; }
    }
    """
    COMPONENT_CLASSES = {f"line-table--{part}" for part in TONES | {"header", "cursor", "empty"}}
    BINDINGS = [
        Binding("up", "move(-1)", "上一行", show=False),
        Binding("down", "move(1)", "下一行", show=False),
        Binding("pageup", "page(-1)", "上一页", show=False),
        Binding("pagedown", "page(1)", "下一页", show=False),
        Binding("home", "end(-1)", "第一行", show=False),
        Binding("end", "end(1)", "最后一行", show=False),
        Binding("enter", "choose", "打开", show=False),
    ]

    cursor: var[int] = var(0, init=False)
    """The place of the row under the cursor."""

    class RowHighlighted(Message):
        """The cursor came to another row (`key` None: there is none)."""

        def __init__(self, table: LineTable, key: str | None, index: int) -> None:
            super().__init__()
            self.table, self.key, self.index = table, key, index

        @property
        def control(self) -> LineTable:
            """The table."""
            return self.table

    class RowSelected(RowHighlighted):
        """A row was chosen, by Enter or a second click."""

    def __init__(
        self, columns: Sequence[Column], rows: Rows, *, empty: Bilingual | str = "", id: str | None = None
    ) -> None:
        """`empty` is shown where there is no row, and names the next key."""
        super().__init__(id=id)
        self._columns, self._rows, self._empty = columns, rows, empty
        self._key: str | None = None
        self._page: tuple[int, Sequence[Row]] = (0, ())
        self._widths: tuple[int, list[int]] = (-1, [])
        self._moved = False

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor, None where the table is empty."""
        return self._key

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def on_mount(self) -> None:
        """Shows the first rows."""
        self.show(self._rows)

    def on_resize(self, event: Resize) -> None:
        """Keeps the cursor in sight."""
        del event
        self._bring_into_sight()

    def show(
        self,
        rows: Rows,
        columns: Sequence[Column] | None = None,
        *,
        empty: Bilingual | str | None = None,
        at: str | None = None,
    ) -> None:
        """Shows these rows; the cursor stays on the row it was on, by its key, or else at its place.

        Columns and the words for no rows stay as they are where none are given. Of rows that are others than before
        `at` is the key of the one that the cursor goes to; the first one where it is not there, or is none.
        """
        self._rows, self._columns = rows, columns or self._columns
        self._empty = self._empty if empty is None else empty
        self._widths = (-1, [])
        if at is not None:
            self._key = at or None
            self.set_reactive(LineTable.cursor, 0)
        self.reload()

    def reload(self) -> None:
        """Reads the rows anew: how many there are, which they are, and where the one under the cursor went."""
        count, before = len(self._rows), self._key
        place = self._rows.where(before) if before is not None else None
        self._page = (0, ())
        self.virtual_size = Size(0, max(count, 1) + 1)
        self.set_reactive(LineTable.cursor, max(0, min(self.cursor if place is None else place, count - 1)))
        self._settle()
        self._bring_into_sight()
        self.refresh()

    def refresh_rows(self) -> None:
        """Reads the rows in sight anew and repaints those that changed: the tick of a countdown."""
        offset, before = self._page
        if not before or offset != self.scroll_offset.y:
            self._page = (0, ())
            self.refresh()
            return
        now = self._rows.rows(offset, len(before))
        if [row.key for row in now] != [row.key for row in before]:
            self.reload()
            return
        self._page = (offset, now)
        for line, (old, new) in enumerate(zip(before, now, strict=True), 1):
            if old != new:
                self.refresh(Region(0, line, self.size.width, 1))

    def move_to(self, key: str) -> bool:
        """Puts the cursor on the row with this key; False where it is not there."""
        place = self._rows.where(key)
        if place is None:
            return False
        self.cursor = place
        return True

    def validate_cursor(self, cursor: int) -> int:
        """Between the first row and the last."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Follows the cursor with the view, and tells who is listening; a view that moves is painted anew by itself."""
        self._settle()
        self._bring_into_sight()
        for line in {each - self.scroll_offset.y + 1 for each in (before, now)}:
            self.refresh(Region(0, line, self.size.width, 1))

    def _settle(self) -> None:
        row = self._row(self.cursor)
        key = row.key if row else None
        if key != self._key:
            self._key = key
            self.post_message(self.RowHighlighted(self, key, self.cursor))

    @property
    def _lines(self) -> int:
        return max(1, self.scrollable_content_region.height - 1)

    def _bring_into_sight(self) -> None:
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= top + self._lines:
            self.scroll_to(y=self.cursor - self._lines + 1, animate=False)

    def _row(self, index: int) -> Row | None:
        offset, page = self._page
        if not offset <= index < offset + len(page):
            top = self.scroll_offset.y
            offset = top if top <= index < top + self._lines else index
            page = self._rows.rows(offset, self._lines)
            self._page = (offset, page)
        return page[index - offset] if 0 <= index - offset < len(page) else None

    def render_line(self, y: int) -> Strip:
        """One line: the header, a row, or the words for an empty table."""
        width = self.scrollable_content_region.width
        if self._widths[0] != width:
            self._widths = (width, widths(self._columns, width))
        style = self.visual_style.rich_style  # which is kept, where `self.rich_style` is reckoned line by line
        if y == 0:
            texts, style = [say(column.label) for column in self._columns], self._style("header")
        elif not len(self._rows):
            text = crop(say(self._empty), width) if y == 1 else ""
            return Strip([Segment(fit(text, width), self._style("empty"))], width)
        else:
            index = y - 1 + self.scroll_offset.y
            row = self._row(index) if index < len(self._rows) else None
            if row is None:
                return Strip.blank(width, style)
            texts = list(row.cells)
            if row.tone in TONES:
                style = self._style(row.tone)
            if index == self.cursor:
                style += self.get_component_rich_style("line-table--cursor", partial=True)
        parts = [fit(t, w, c.align) for t, w, c in zip(texts, self._widths[1], self._columns, strict=True) if w]
        return Strip([Segment(fit(" ".join(parts).rstrip(), width), style)], width)

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"line-table--{part}")

    def on_click(self, event: Click) -> None:
        """A click moves the cursor; on the row it is on already it chooses, and doubled it has chosen once."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y == 0 or (index := offset.y - 1 + self.scroll_offset.y) >= len(self._rows):
            return
        first = event.chain == 1
        chosen = index == self.cursor if first else event.chain == 2 and self._moved
        self._moved = first and not chosen
        self.cursor = index
        if chosen:
            self.action_choose()

    def action_move(self, lines: int) -> None:
        """The cursor some lines down."""
        self.cursor += lines

    def action_page(self, pages: int) -> None:
        """The cursor some screenfuls down."""
        self.cursor += pages * self._lines

    def action_end(self, way: int) -> None:
        """The cursor to the first row (-1) or the last (1)."""
        self.cursor = 0 if way < 0 else len(self._rows) - 1

    def action_choose(self) -> None:
        """Chooses the row under the cursor."""
        if self._key is not None:
            self.post_message(self.RowSelected(self, self._key, self.cursor))
