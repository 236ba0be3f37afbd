"""The file's own text, to be edited line by line."""

from __future__ import annotations

from textual.widgets.text_area import Selection

from qiantai.words import Bilingual

from ..widgets.notes import Notes


class Source(Notes):
    """Numbered lines; it leaves the function keys to the screen."""

    DEFAULT_CSS = """
    Source { height: 1fr; border: round $primary 60%; padding: 0; }
    Source:focus { border: round $primary; }
    """
    ABOUT = Bilingual(
        "演练文件的原文:一行一项,# 后面是说明。写错了,右边(窄窗口是下面)说第几行、怎样可行。F2 添一段样子,"
        "F6 回到一行行的样子。",
        "The file as it is written: a key a line, remarks behind #. What is wrong stands beside it (below in a narrow "
        "window) with its line and what would do. F2 puts in a part to fill in, F6 goes back to the rows.",
    )

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.show_line_numbers = True
        self.soft_wrap = False

    def go_to(self, line: int, column: int = 1) -> None:
        """Puts the cursor there, both from 1, and the line in sight."""
        last = self.document.line_count - 1
        row = min(max(line - 1, 0), last)
        there = (row, min(max(column - 1, 0), len(self.document.get_line(row))))
        self.selection = Selection.cursor(there)
        self.call_after_refresh(self._show_line, row)  # only then is it known how much of it is in sight

    def _show_line(self, row: int) -> None:
        top, height = self.scroll_offset.y, max(1, self.scrollable_content_region.height)
        if not top < row < top + height - 1:
            self.scroll_to(x=0, y=max(0, row - height // 3), animate=False)
