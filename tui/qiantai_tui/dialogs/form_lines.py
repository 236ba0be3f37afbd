"""The lines of a form, and the room that they have in it."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Iterable
from itertools import takewhile
from typing import ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.geometry import Region, Size
from textual.layout import ArrangeResult, WidgetPlacement
from textual.layouts.vertical import VerticalLayout
from textual.widget import AwaitMount, Widget

from ..widgets.field_rows import FieldRow
from ..widgets.laid_once import LaidOnce

_AT_MOST, _FEWEST = 0.55, 4


class Lines(LaidOnce, VerticalScroll, inherit_bindings=False):
    """The lines of a form; ↑ and ↓ go from one to the next, where they are more than the screen holds too.

    A line is put on the screen when it is first to be seen.
    """

    BINDINGS: ClassVar = [
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]

    def __init__(self, rows: Iterable[FieldRow], form: str) -> None:
        """`form` is what the form is called."""
        super().__init__(id="rows", can_focus=False)
        self._form, self.rows = form, list(rows)
        for each in self.rows:
            each.form = form

    async def on_mount(self) -> None:
        """Puts those on the screen that are to be seen from the start."""
        await gather(*self.see())

    def see(self) -> list[AwaitMount]:
        """Puts those on the screen that are to be seen by now, each in its place; gives what tells that they stand."""
        mounting: list[AwaitMount] = []
        coming: list[FieldRow] = []
        for row in (*self.rows, None):
            if row is not None and not row.is_attached:
                coming += [row] * row.display
            elif coming:
                mounting += [self.mount(*coming, before=row), *(each.mount(each.control) for each in coming)]
                coming.clear()
        return mounting

    def put_in(self, row: FieldRow, before: str) -> None:
        """Puts in another line before the one of this name, in the stead of one that is called like it."""
        for old in [each for each in self.rows if each.field == row.field]:
            self.rows.remove(old)
            old.remove()
        row.form = self._form
        self.rows.insert([each.field for each in self.rows].index(before), row)
        self.see()


class LinesGiveWay(VerticalLayout):
    """All from top to bottom; the lines scroll, and have half of the screen, less where there is not room for all."""

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """The places; a height of nought asks how much room there would have to be."""
        placed = list(super().arrange(parent, children, size, greedy))
        above = list(takewhile(lambda each: not isinstance(each.widget, Lines), placed))
        if len(above) == len(placed):
            return placed
        lines, *below = placed[len(above) :]
        over = placed[-1].region.bottom + placed[-1].margin.bottom - size.height if size.height else 0
        most = max(_FEWEST, min(int(parent.app.size.height * _AT_MOST), lines.region.height - over))
        less = max(0, lines.region.height - most)
        lower = lines._replace(region=lines.region.grow((0, 0, -less, 0)))
        return [*above, lower, *(_higher(each, less) for each in below)]


def _higher(each: WidgetPlacement, by: int) -> WidgetPlacement:
    x, y, width, height = each.region
    return each._replace(region=Region(x, y - by, width, height))
