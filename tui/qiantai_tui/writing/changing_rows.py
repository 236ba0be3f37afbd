"""How a row of a rehearsal is changed by its form, taken out, and moved."""

from __future__ import annotations

from typing import Any

from textual import on

from qiantai.words import Bilingual
from qiantai_scenarios.making.editing import removed
from qiantai_scenarios.making.moving import beside, exchanged
from qiantai_scenarios.making.within import put_within

from ..widgets.line_table import LineTable
from . import adding
from .base import WritingBase
from .form import RowForm

GONE = Bilingual("删了一行。^Z 撤销", "A row is gone. ^Z brings it back")
KEPT_ROW = Bilingual("这一行不能删。Enter 改它", "This row stays. Enter changes it")
AS_WRITTEN = Bilingual("这一行没有表单,在原文里改", "There is no form for this row: change it in the text")
NOT_MOVED = Bilingual(
    "这一行不能再往那边挪。步骤按时间排,Enter 改时间;评分和顶嘴跟着它的那一步",
    "This row cannot be moved there. Steps go by time, which Enter changes; marks and answers stand under their step",
)


class ChangingRows(WritingBase):
    """Every change of a row is one edit, to be taken back by one key."""

    @on(LineTable.RowSelected, "#rows")
    def _opened(self, event: LineTable.RowSelected) -> None:
        of = self.rows[event.key or ""]
        form = self.forms().of(of.table, of.number, of.path)
        if form is None:
            self.program.notify(AS_WRITTEN)
            self.go_to_text(of.line)
            return
        there = self.forms().row(of.table, of.number)

        def take(values: dict[str, Any] | None) -> None:
            if values:
                self.written(adding.changed(self.work.text, of.table, of.number, values, there, of.path))

        self.app.push_screen(RowForm(form), take)

    def action_remove(self) -> None:
        """Takes out the row under the cursor."""
        of = self.here
        if self.in_text or of is None:
            return
        if not of.number:
            self.program.notify(KEPT_ROW)
            return
        text = self.work.text
        within = put_within(text, of.table, of.number, of.path, None) if of.path else removed(text, of.table, of.number)
        self.written(within)
        self.program.notify(GONE)

    def action_move_row(self, down: int) -> None:
        """Has the row under the cursor change places with the one above (-1) or below (1), and goes with it."""
        of = self.here
        if self.in_text or of is None:
            return
        other = beside(list(self.rows.values()), of.key, down)
        if other is None:
            self.program.notify(NOT_MOVED, severity="warning")
            return
        self.written(exchanged(self.work.text, of.table, of.number, other.number))
        self.query_one(LineTable).move_to(other.key)
