"""The screen on which a trainer makes a rehearsal: its rows or its text; beside them what is wrong and how it plays."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Resize
from textual.timer import Timer
from textual.widgets import TextArea

from qiantai.hours import local
from qiantai.lifecycle import Request
from qiantai.words import Bilingual
from qiantai_scenarios.making import rows as told
from qiantai_scenarios.making.checking import Checked, checked

from ..actions import Action, bound
from ..text.safe import clean, entitle
from ..text.words import say
from ..widgets.items import Item as Line
from ..widgets.key_bar import KeyBar
from ..widgets.line_table import LineTable
from ..widgets.page import Page
from ..widgets.rows import Column, KeyedRows, Row
from ..widgets.small_notice import SmallNotice
from . import side
from .adding_rows import AddingRows
from .changing_rows import ChangingRows
from .saving import Saving
from .source import Source

TITLED = Bilingual("做演练 {name}{state}", "Rehearsal {name}{state}")
UNSAVED = Bilingual(" · 改过,还没保存", " · changed, not saved")
SIDE = Bilingual("核对与示范", "Check and model")
AT, WORTH, WHAT = Bilingual("几点", "When"), Bilingual("分", "Pts"), Bilingual("发生什么", "What happens")
MOVES = Bilingual("Shift+↑↓ 上下挪", "Shift+↑↓ moves it")
EMPTY = Bilingual("还一行都没有。a 添一行", "There is no row yet. a adds one")
PUT_BACK = Bilingual("上次没保存的已放回。^Z 回到文件里的样子", "What was not saved is back. ^Z: as the file has it")
OUTDATED = Bilingual(
    "上次没保存的已放回,但文件后来被别人改过。^Z 看文件现在的样子",
    "What was not saved is back, but the file was changed since. ^Z: as the file is now",
)
NO_UNDO = Bilingual("没有可撤销的", "There is nothing to undo")
UNDONE = Bilingual("撤销了", "Undone")
MEND_FIRST = Bilingual("先改好第 {line} 行,才能试练", "Line {line} has to be mended before it can be played")
PUT_PLAINLY = Bilingual("看不见的字符在原文里显示成别的样子", "Signs that cannot be seen stand as others in the text")
_TONES = {told.MARK: "met", told.FAULT: "late", told.CHECK: "void", told.ANSWER: "soon"}
_UNDER = (told.MARK, told.FAULT, told.ANSWER)
_ROOMY = 110
_AT_ONCE, _LOOK_AFTER, _LOOK_EVERY = 0.01, 0.3, 2.0
"""Seconds until it is checked at first, after the last key, and between looks at the file."""


class WritingScreen(ChangingRows, AddingRows, Saving):
    """One file. Rows and text are two views of the same text, which is checked beside the screen as it changes."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("save", Bilingual("保存", "Save"), "f10,ctrl+s", footer=10),
        Action("try", Bilingual("试练", "Try it"), "f5", "try_it", footer=20),
        Action("add_row", Bilingual("添一行", "Add"), "f2,a", "add", footer=30),
        Action("remove_row", Bilingual("删", "Delete"), "delete", "remove", footer=40),
        Action("row_up", Bilingual("上移", "Move up"), "shift+up,u", "move_row(-1)"),
        Action("row_down", Bilingual("下移", "Move down"), "shift+down,d", "move_row(1)"),
        Action("other_view", Bilingual("原文", "Text"), "f6", footer=50),
        Action("next_mistake", Bilingual("下一处要改的", "Next to mend"), "f4"),
        Action("undo", Bilingual("撤销", "Undo"), "ctrl+z", "undo_edit", footer=85),
        Action("leave", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "screen.tcss"
    ABOUT = Bilingual(
        "做演练:左边一行一件,按时间先后;Enter 改这一行,F2 或 a 添一行,Del 删,Shift+↑↓ 上下挪。旁边随时说哪里不对、"
        "怎样可行,并把示范演一遍:时限何时到、得几分。F4 到下一处要改的,F6 换成原文,F5 试一遍(不记成绩),F10 保存。",
        "Making a rehearsal: a row for each thing, in order of time; Enter changes it, F2 or a adds one, Del takes one "
        "out, Shift+↑↓ moves it. Beside it stands what is wrong and what would do, and the model as it plays: duties, "
        "points. F4 goes to the next thing to mend, F6 shows the text, F5 plays it without a record, F10 saves.",
    )

    def __init__(self, file: Path, kinds: Mapping[str, Request]) -> None:
        """Raises `SiteError` where the file cannot be read. `checked` is what came of the text looked at last."""
        super().__init__(file, kinds)
        self.checked: Checked | None = None
        self.checked_text: str | None = None
        self._looking: Timer | None = None
        self._first, self._mending = True, -1

    @property
    def in_text(self) -> bool:
        """Whether the text is shown rather than the rows."""
        return self.query_one(Source).display

    @property
    def here(self) -> told.Row | None:
        """The row under the cursor, or the one that the line of the text belongs to."""
        if self.in_text:
            return self.rows.get(self._row_at(self.query_one(Source).cursor_location[0] + 1))
        return self.rows.get(self.query_one(LineTable).key or "")

    def compose(self) -> ComposeResult:
        """The rows or the text, and the pane."""
        yield SmallNotice()
        with Container(id="views"):
            with Container(id="written"):
                yield LineTable(_columns(), KeyedRows((), self._row), empty=EMPTY, id="rows")
                yield Source(id="text")
            yield Page(self._side, id="side")
        yield KeyBar()

    def on_mount(self) -> None:
        """Shows the rows, looks at the text, and from now on at the file."""
        self.query_one(Source).display = False
        entitle(self.query_one("#side", Page), say(SIDE))
        self.query_one(LineTable).focus()
        self.show_it()
        if self.work.put_back:
            self.program.notify(OUTDATED if self.work.outdated else PUT_BACK, timeout=10)
        self.look()
        self.set_interval(_LOOK_EVERY, self.look_at_the_file)

    def on_resize(self, event: Resize) -> None:
        """Side by side where there is room, else one over the other."""
        self.set_class(event.size.width >= _ROOMY, "-roomy")

    def keep(self) -> None:
        """Keeps what is not saved."""
        self.work.keep()

    def show_it(self) -> None:
        source = self.query_one(Source)
        if clean(self.work.text, lines=True) != source.text:
            source.load_text(self.work.text)
        found = told.rows(self.work.text)
        self.rows = {each.key: each for each in found}
        self.query_one(LineTable).show(KeyedRows(list(self.rows), self._row))
        self.entitle_it()

    def entitle_it(self) -> None:
        state = UNSAVED if self.work.unsaved else Bilingual("", "")
        said = say(TITLED.format(name=self.work.sheet.file.stem, state=state))
        entitle(self.query_one(LineTable), said, say(MOVES))
        entitle(self.query_one(Source), said)

    def _row(self, key: str) -> Row:
        of = self.rows[key]
        at = f"{local(of.at):%H:%M}" if of.at else ""
        points = "" if of.points is None else f"{of.points:+d}"
        under = "  " if of.sort in _UNDER or of.path else ""
        return Row(key, (at, points, under + say(of.said)), _TONES.get(of.sort, ""))

    def _side(self, width: int) -> list[Line]:
        return side.items(self.checked, width)

    def look(self) -> None:
        """Has the text checked, a moment after the last change."""
        if self._looking is not None:
            self._looking.stop()
        self._looking = self.set_timer(_AT_ONCE if self._first else _LOOK_AFTER, self._check)

    def _check(self) -> None:
        self._looking = None
        self.work.keep()
        self._checking(self.work.text)

    @work(thread=True, exclusive=True)
    def _checking(self, text: str) -> None:
        self.beside(self._found, text, checked(text, self.work.sheet.file.name, self.kinds))

    def _found(self, text: str, found: Checked) -> None:
        if text != self.work.text:
            return
        self.checked, self.checked_text, self._mending = found, text, -1
        self.playable = found.scenario or self.playable
        self.query_one("#side", Page).reload()
        if self._first and found.torn:
            self.go_to_text(found.findings[0].line, found.findings[0].column)
        self._first = False

    @on(TextArea.Changed, "#text")
    def _typed(self) -> None:
        source = self.query_one(Source)
        if not self.in_text or source.text == clean(self.work.text, lines=True):
            return
        self.work.write(source.text, one_edit=False)
        self.entitle_it()
        self.look()

    @on(Page.Chosen, "#side")
    def _chosen(self, event: Page.Chosen) -> None:
        _, line, column = event.key.split(":")
        self._go_to(int(line), int(column))

    def action_next_mistake(self) -> None:
        """To the next thing that has to be mended, and from the last to the first."""
        found = self.checked.findings if self.checked else ()
        if not found:
            self.program.notify(side.FINE)
            return
        self._mending = (self._mending + 1) % len(found)
        self._go_to(found[self._mending].line, found[self._mending].column)

    def _go_to(self, line: int, column: int) -> None:
        """To something to mend; what cannot be read is shown in the text."""
        if self.checked is not None and self.checked.torn:
            self.go_to_text(line, column)
        else:
            self.go_to_line(line, column)

    def go_to_line(self, line: int, column: int = 1) -> None:
        """To a line of the text; to its row where the rows are shown."""
        if self.in_text:
            self.go_to_text(line, column)
            return
        table = self.query_one(LineTable)
        table.move_to(self._row_at(line))
        table.focus()

    def _row_at(self, line: int) -> str:
        """The key of the row that a line of the text belongs to."""
        behind = [each for each in self.rows.values() if each.line <= line]
        return max(behind, key=lambda each: each.line).key if behind else ""

    def go_to_text(self, line: int, column: int = 1) -> None:
        """To a line of the text, which is shown where the rows were."""
        if not self.in_text:
            self.action_other_view()
        self.query_one(Source).go_to(line, column)

    def action_other_view(self) -> None:
        """From the rows to the text, at the row's line, and back, at the line's row."""
        source, table = self.query_one(Source), self.query_one(LineTable)
        if self.in_text:
            line = source.cursor_location[0] + 1
            source.display, table.display = False, True
            self.show_it()
            table.move_to(self._row_at(line))
            table.focus()
            return
        self.work.mark()
        if clean(self.work.text, lines=True) != self.work.text:
            self.program.notify(PUT_PLAINLY, severity="warning")
        here = self.here
        source.display, table.display = True, False
        source.focus()
        source.go_to(here.line if here else 1)

    def action_undo_edit(self) -> None:
        """Back to before the last edit."""
        done = self.work.undo()
        self.show_it()
        self.look()
        self.program.notify(UNDONE if done else NO_UNDO)

    def action_try_it(self) -> None:
        """Plays it as it stands, without a record, and comes back; what is not saved is kept meanwhile."""
        found = checked(self.work.text, self.work.sheet.file.name, self.kinds)
        self.checked = found
        self.query_one("#side", Page).reload()
        if found.scenario is None:
            self.program.notify(MEND_FIRST.format(line=found.findings[0].line), severity="warning")
            return
        self.work.keep()
        cast("Any", self.app).try_out(found.scenario, self.work.sheet.file)


def _columns() -> tuple[Column, ...]:
    return Column(AT, 5), Column(WORTH, 4, align="right"), Column(WHAT, 30, flex=1)
