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
from qiantai_scenarios.making.editing import removed
from qiantai_scenarios.scenario import Scenario

from ..actions import Action, bound
from ..desk_screen import DeskScreen
from ..dialogs.choose import ChooseDialog, Item
from ..sites.files import SiteError
from ..text.safe import clean, entitle
from ..text.words import say
from ..widgets.items import Item as Line
from ..widgets.key_bar import KeyBar
from ..widgets.line_table import LineTable
from ..widgets.page import Page
from ..widgets.rows import Column, KeyedRows, Row
from ..widgets.small_notice import SmallNotice
from . import adding, side
from .form import RowForm
from .forms import Forms
from .sheet import Work
from .shelf import read
from .source import Source

TITLED = Bilingual("做演练 {name}{state}", "Rehearsal {name}{state}")
UNSAVED = Bilingual(" · 改过,还没保存", " · changed, not saved")
SIDE = Bilingual("核对与示范", "Check and model")
AT, WORTH, WHAT = Bilingual("几点", "When"), Bilingual("分", "Pts"), Bilingual("发生什么", "What happens")
EMPTY = Bilingual("还一行都没有。a 添一行", "There is no row yet. a adds one")
SAVED = Bilingual("保存了:{file}", "Saved: {file}")
PUT_BACK = Bilingual("上次没保存的已放回。^Z 回到文件里的样子", "What was not saved is back. ^Z: as the file has it")
OUTDATED = Bilingual(
    "上次没保存的已放回,但文件后来被别人改过。^Z 看文件现在的样子",
    "What was not saved is back, but the file was changed since. ^Z: as the file is now",
)
CHANGED_OUTSIDE = Bilingual("文件被别人改过,已换成新的", "Somebody changed the file: it is shown as it is now")
ALSO_CHANGED = Bilingual("文件被别人改过;保存时会先问您", "Somebody changed the file; saving will ask you first")
NO_UNDO = Bilingual("没有可撤销的", "There is nothing to undo")
UNDONE = Bilingual("撤销了", "Undone")
GONE = Bilingual("删了一行。^Z 撤销", "A row is gone. ^Z brings it back")
KEPT_ROW = Bilingual("这一行不能删。Enter 改它", "This row stays. Enter changes it")
AS_WRITTEN = Bilingual("这一行没有表单,在原文里改", "There is no form for this row: change it in the text")
MEND_FIRST = Bilingual("先改好第 {line} 行,才能试练", "Line {line} has to be mended before it can be played")
NO_STEP_NOW = Bilingual(
    "那时那位同事在这一件上没有可办的;换个时间或人", "There is nothing they could do on it then; another time or person"
)
LEAVE = Bilingual("改过的还没有保存", "What you changed is not saved")
LEAVING = {
    "save": Bilingual("保存", "Save it"),
    "drop": Bilingual("不要这次改的", "Let go of the changes"),
    "stay": Bilingual("接着改", "Go on"),
}
BOTH = Bilingual("文件被别人改过,怎么办?", "Somebody changed the file. What now?")
OF_BOTH = {
    "mine": Bilingual("存我的(别人的留一份在旁边)", "Save mine (the other one is kept beside)"),
    "theirs": Bilingual("换成文件里的(^Z 可回来)", "Take the file's (^Z comes back)"),
    "stay": Bilingual("先不存", "Save nothing yet"),
}
PUT_PLAINLY = Bilingual("看不见的字符在原文里显示成别的样子", "Signs that cannot be seen stand as others in the text")
_TONES = {told.MARK: "met", told.FAULT: "late", told.OTHER: "void", told.ANSWER: "soon"}
_ROOMY = 110
_AT_ONCE, _LOOK_AFTER, _LOOK_EVERY = 0.01, 0.3, 2.0
"""Seconds until it is checked at first, after the last key, and between looks at the file."""


class WritingScreen(DeskScreen[None]):
    """One file. Rows and text are two views of the same text, which is checked beside the screen as it changes."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("save", Bilingual("保存", "Save"), "f10,ctrl+s", footer=10),
        Action("try", Bilingual("试练", "Try it"), "f5", "try_it", footer=20),
        Action("add_row", Bilingual("添一行", "Add"), "f2,a", "add", footer=30),
        Action("remove_row", Bilingual("删", "Delete"), "delete", "remove", footer=40),
        Action("other_view", Bilingual("原文/行", "Text/rows"), "f6", footer=50),
        Action("undo_edit", Bilingual("撤销", "Undo"), "ctrl+z"),
        Action("leave", Bilingual("返回", "Back"), "escape", footer=90),
    )
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "screen.tcss"
    ABOUT = Bilingual(
        "做演练:左边一行一件,按时间先后;Enter 改这一行,F2 或 a 添一行,Del 删。旁边随时说哪里不对、怎样可行,"
        "并把示范演一遍:时限何时到、得几分。F6 换成原文,F5 在演练里试一遍(不记成绩),F10 保存。",
        "Making a rehearsal: a row for each thing, in order of time; Enter changes it, F2 or a adds one, Del takes one "
        "out. Beside it stands what is wrong and what would do, and the model as it plays: duties, points. F6 shows "
        "the text, F5 plays it without a record, F10 saves.",
    )

    def __init__(self, file: Path, kinds: Mapping[str, Request]) -> None:
        """Raises `SiteError` where the file cannot be read."""
        super().__init__()
        self.work = Work(read(file))
        self._kinds = kinds
        self._checked: Checked | None = None
        self._playable: Scenario | None = None
        self._rows: dict[str, told.Row] = {}
        self._looking: Timer | None = None
        self._told_of: str | None = self.work.sheet.mark
        self._first = True

    @property
    def in_text(self) -> bool:
        """Whether the text is shown rather than the rows."""
        return self.query_one(Source).display

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
        self._show()
        if self.work.put_back:
            self.program.notify(OUTDATED if self.work.outdated else PUT_BACK, timeout=10)
        self._look()
        self.set_interval(_LOOK_EVERY, self._look_at_the_file)

    def on_resize(self, event: Resize) -> None:
        """Side by side where there is room, else one over the other."""
        self.set_class(event.size.width >= _ROOMY, "-roomy")

    def keep(self) -> None:
        """Keeps what is not saved."""
        self.work.keep()

    def _written(self, text: str, *, one_edit: bool = True) -> None:
        """Takes another text: shows it, keeps it, and has it checked."""
        self.work.write(text, one_edit=one_edit)
        self._show()
        self._look()

    def _show(self) -> None:
        source = self.query_one(Source)
        if clean(self.work.text, lines=True) != source.text:
            source.load_text(self.work.text)
        found = told.rows(self.work.text)
        self._rows = {each.key: each for each in found}
        self.query_one(LineTable).show(KeyedRows(list(self._rows), self._row))
        self._entitle()

    def _entitle(self) -> None:
        state = UNSAVED if self.work.unsaved else Bilingual("", "")
        said = say(TITLED.format(name=self.work.sheet.file.stem, state=state))
        for view in (self.query_one(LineTable), self.query_one(Source)):
            entitle(view, said)

    def _row(self, key: str) -> Row:
        of = self._rows[key]
        at = f"{local(of.at):%H:%M}" if of.at else ""
        points = "" if of.points is None else f"{of.points:+d}"
        under = "  " if of.sort in (told.MARK, told.FAULT, told.ANSWER) else ""
        return Row(key, (at, points, under + say(of.said)), _TONES.get(of.sort, ""))

    def _side(self, width: int) -> list[Line]:
        return side.items(self._checked, width)

    def _look(self) -> None:
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
        self.beside(self._found, text, checked(text, self.work.sheet.file.name, self._kinds))

    def _found(self, text: str, found: Checked) -> None:
        if text != self.work.text:
            return
        self._checked = found
        self._playable = found.scenario or self._playable
        self.query_one("#side", Page).reload()
        if self._first and found.torn:
            self._to_text(found.findings[0].line, found.findings[0].column)
        self._first = False

    def _look_at_the_file(self) -> None:
        """Notices what somebody else has written: takes it where nothing here is lost by that, else says so once."""
        if not self.work.sheet.changed:
            return
        try:
            there = read(self.work.sheet.file)
        except SiteError:
            return
        if not self.work.unsaved:
            self.work.reload()
            self._told_of = there.mark
            self._show()
            self._look()
            self.program.notify(CHANGED_OUTSIDE)
        elif there.mark != self._told_of:
            self._told_of = there.mark
            self.program.notify(ALSO_CHANGED, severity="warning", timeout=10)

    @on(TextArea.Changed, "#text")
    def _typed(self) -> None:
        source = self.query_one(Source)
        if not self.in_text or source.text == clean(self.work.text, lines=True):
            return
        self.work.write(source.text, one_edit=False)
        self._entitle()
        self._look()

    @on(LineTable.RowSelected, "#rows")
    def _opened(self, event: LineTable.RowSelected) -> None:
        of = self._rows[event.key or ""]
        form = self._forms().of(of.table, of.number)
        if form is None:
            self.program.notify(AS_WRITTEN)
            self._to_text(of.line)
            return
        there = self._forms().row(of.table, of.number)

        def take(values: dict[str, Any] | None) -> None:
            if values:
                self._written(adding.changed(self.work.text, of.table, of.number, values, there))

        self.app.push_screen(RowForm(form), take)

    @on(Page.Chosen, "#side")
    def _chosen(self, event: Page.Chosen) -> None:
        _, line, column = event.key.split(":")
        self._to_text(int(line), int(column))

    def _to_text(self, line: int, column: int = 1) -> None:
        if not self.in_text:
            self.action_other_view()
        self.query_one(Source).go_to(line, column)

    def action_other_view(self) -> None:
        """From the rows to the text, at the row's line, and back, at the line's row."""
        source, table = self.query_one(Source), self.query_one(LineTable)
        if self.in_text:
            line = source.cursor_location[0] + 1
            source.display, table.display = False, True
            self._show()
            behind = [each for each in self._rows.values() if each.line <= line]
            table.move_to(max(behind, key=lambda each: each.line).key if behind else "")
            table.focus()
            return
        self.work.mark()
        if clean(self.work.text, lines=True) != self.work.text:
            self.program.notify(PUT_PLAINLY, severity="warning")
        here = self._rows.get(table.key or "")
        source.display, table.display = True, False
        source.focus()
        source.go_to(here.line if here else 1)

    def action_add(self) -> None:
        """Asks what is to be added; in the text it is put in as it stands, to be changed there."""
        self.app.push_screen(adding.which_sort(), self._sort_chosen)

    def _sort_chosen(self, sort: str | None) -> None:
        if sort is None:
            return
        forms = self._forms()
        if self.in_text:
            before = {each.key for each in told.rows(self.work.text)}
            self._written(adding.with_row(forms, sort, {}))
            new = next((each for each in self._rows.values() if each.key not in before), None)
            self.query_one(Source).go_to(new.line if new else 1)
            return
        take = self._step_begun(sort) if sort in ("model", "acts") else self._row_made(sort)
        self.app.push_screen(RowForm(adding.new_form(forms, sort)), take)

    def _row_made(self, sort: str) -> Any:
        def take(values: dict[str, Any] | None) -> None:
            if values is not None:
                self._written(adding.with_row(self._forms(), sort, values))

        return take

    def _step_begun(self, sort: str) -> Any:
        """Asks which of the commands that can be given then, and next for what is said with it."""

        def begun(values: dict[str, Any] | None) -> None:
            if values is None:
                return
            given = {**adding.beginning(self._forms(), sort), **values}
            dialog = adding.which_command(self._forms(), given)
            if dialog is None:
                self.program.notify(NO_STEP_NOW, severity="warning")
                return
            self.app.push_screen(dialog, lambda command: chosen(given, command))

        def chosen(given: dict[str, Any], command: str | None) -> None:
            if command is None:
                return
            row = {**{key: given[key] for key in ("at", "by", "case")}, "do": command}
            form = self._forms().step(0, row)
            if form is None:
                self.program.notify(NO_STEP_NOW, severity="warning")
                return
            self.app.push_screen(RowForm(form), lambda values: made(row, values))

        def made(row: dict[str, Any], values: dict[str, Any] | None) -> None:
            if values is not None:
                first = {"at": row["at"], "by": row["by"], "do": row["do"], "case": row["case"]}
                self._written(adding.with_table(self.work.text, "step", {**first, **values}))

        return begun

    def action_remove(self) -> None:
        """Takes out the row under the cursor."""
        of = self._rows.get(self.query_one(LineTable).key or "")
        if self.in_text or of is None:
            return
        if not of.number:
            self.program.notify(KEPT_ROW)
            return
        self._written(removed(self.work.text, of.table, of.number))
        self.program.notify(GONE)

    def action_undo_edit(self) -> None:
        """Back to before the last edit."""
        done = self.work.undo()
        self._show()
        self._look()
        self.program.notify(UNDONE if done else NO_UNDO)

    def action_save(self) -> None:
        """Saves it; where somebody else has written the file meanwhile, asks first."""
        if self.work.sheet.changed:
            items = [Item(key, (say(words),)) for key, words in OF_BOTH.items()]
            self.app.push_screen(ChooseDialog(BOTH, _ONE, items), self._settle)
            return
        self._save()

    def _settle(self, chosen: str | None) -> None:
        match chosen:
            case "mine":
                self._save()
            case "theirs":
                self.work.reload()
                self._show()
                self._look()
            case _:
                """Nothing is saved."""

    def _save(self) -> bool:
        try:
            self.work.save()
        except SiteError as error:
            self.program.notify(error.why, severity="error")
            return False
        self._told_of = self.work.sheet.mark
        self._entitle()
        self.program.notify(SAVED.format(file=self.work.sheet.file.name))
        return True

    def action_try_it(self) -> None:
        """Plays it as it stands, without a record, and comes back; what is not saved is kept meanwhile."""
        found = checked(self.work.text, self.work.sheet.file.name, self._kinds)
        self._checked = found
        self.query_one("#side", Page).reload()
        if found.scenario is None:
            self.program.notify(MEND_FIRST.format(line=found.findings[0].line), severity="warning")
            return
        self.work.keep()
        cast("Any", self.app).try_out(found.scenario, self.work.sheet.file)

    def action_leave(self) -> None:
        """Leaves; what is not saved is asked about."""
        if not self.work.unsaved:
            self.work.drop()
            self.dismiss(None)
            return
        items = [Item(key, (say(words),)) for key, words in LEAVING.items()]
        self.app.push_screen(ChooseDialog(LEAVE, _ONE, items), self._leaving)

    def _leaving(self, chosen: str | None) -> None:
        match chosen:
            case "save" if self.work.sheet.changed:
                self.action_save()
            case "save":
                if self._save():
                    self.dismiss(None)
            case "drop":
                self.work.drop()
                self.dismiss(None)
            case _:
                """Goes on."""

    def _forms(self) -> Forms:
        return Forms(self.work.sheet.file.stem, self.work.text, self._kinds, self._playable)


_ONE = (Column(Bilingual("", ""), 30, flex=1),)


def _columns() -> tuple[Column, ...]:
    return Column(AT, 5), Column(WORTH, 4, align="right"), Column(WHAT, 30, flex=1)
