"""A form over the screen: filled in, kept when it is left, and left open when what it asked for was refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from attrs import evolve
from textual import on
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from qiantai import Done, Refusal, label
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..desk_screen import NOT_KEPT, Answer
from ..text.safe import safe
from ..text.words import say
from ..widgets.field_rows import FieldRow, Unread
from ..widgets.keys_line import Foot, KeysLine
from ..widgets.notes import Notes
from ..widgets.options import Options
from .form_lines import Lines, LinesGiveWay
from .frame import Framed

KEPT = Bilingual("没写完的先留着,再打开时还在", "What you wrote is kept, and there when you open it again")
NEW_LINE, OPENS = Bilingual("换行", "New line"), Bilingual("展开", "Open the list")
KEEP_AFTER = 0.2
"""Seconds after which what was written is kept."""
PUT_BACK = Bilingual("上次没写完的已放回", "What was left unfinished has been put back")


class FormDialog(Framed[Answer]):
    """A form of rows. A subclass gives `rows()`, and does with the values what it is for in `send()`."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("保存", "Save"), "enter,f10,ctrl+s", "send", footer=10),
        Action("leave", Bilingual("返回", "Back"), "escape", "leave", footer=90),
        Action("next_row", Bilingual("下一项", "Next field"), "down"),
        Action("last_row", Bilingual("上一项", "Field before"), "up"),
    )
    BINDINGS = bound(ACTIONS)
    DEFAULT_CSS = """
    FormDialog #rows { height: auto; scrollbar-size-vertical: 1; }
    FormDialog #notice { height: auto; color: $text-error; margin-top: 1; }
    """
    _keeping: Timer | None = None
    _sent = False
    form_name = ""
    """What its fields are explained under, by F1: the command that it gives."""
    draft_name = ""
    """The name under which what was left unfinished is kept."""

    def rows(self) -> Iterable[FieldRow]:
        """The lines of the form."""
        return ()

    def before(self) -> Iterable[Widget]:
        """What stands over the lines."""
        return ()

    def after(self) -> Iterable[Widget]:
        """What stands under them."""
        return ()

    def compose(self) -> ComposeResult:
        """The box, in which the lines make room for what stands around them."""
        for frame in super().compose():
            frame.styles.set_rule("layout", LinesGiveWay())  # set as an attribute, it would be looked up by its name
            yield frame

    def content(self) -> Iterable[Widget]:
        """What stands over, the lines, what stands under."""
        yield from self.before()
        self.lines = Lines(self.rows(), self.form_name)
        self.show_what_belongs()
        yield self.lines
        yield from self.after()

    def on_mount(self) -> None:
        """Puts an unfinished draft back and stands where something is to be written."""
        self._first = {row.field: row.text() for row in self.all_rows()}
        if kept := self.program.drafts.get(self.draft_name):
            for row in self.all_rows():
                if row.field in kept:
                    row.load(kept[row.field])
            self.program.notify(PUT_BACK)
            self.show_what_belongs()
        self.stand()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Options.Changed)
    @on(Select.Changed)
    def _written(self) -> None:
        """What is written is on disk a moment later, and not a stroke at a time."""
        if self._keeping is None:
            self._keeping = self.set_timer(KEEP_AFTER, self._keep_now)

    def _keep_now(self) -> None:
        self._keeping = None
        if not self._sent:
            self.keep()

    def on_descendant_focus(self) -> None:
        """Where Enter does something else, the foot names the other key."""
        self.query_one(KeysLine).show(self.feet())

    def feet(self) -> list[Foot]:
        """The keys of the form; in a field of several lines and on a list Enter is not the one that sends."""
        feet = super().feet()
        if not isinstance(self.focused, Notes | Select):
            return feet
        enter = Foot("Enter", say(NEW_LINE if isinstance(self.focused, Notes) else OPENS))
        return [enter, *(evolve(each, key="F10") if each.key == "Enter" else each for each in feet)]

    def stand(self) -> None:
        """Puts the cursor on the first empty line that has to be filled, else on the first where anything can be."""
        rows = [row for row in self.all_rows() if row.display and row.control.can_focus]
        empty = next((row for row in rows if row.must and not row.text()), None)
        if rows:
            (empty or rows[0]).focus_field()

    def belongs(self, row: FieldRow, rows: Mapping[str, FieldRow]) -> bool:
        """Whether a line is to be seen, as the lines are filled in now."""
        del row, rows
        return True

    def show_what_belongs(self) -> None:
        """Shows the lines that are to be seen, and puts the others away."""
        rows = {each.field: each for each in self.all_rows()}
        for row in rows.values():
            row.display = self.belongs(row, rows)
        if self.lines.is_mounted:
            self.lines.see()

    def all_rows(self) -> Iterator[FieldRow]:
        """The lines that are there now, to be seen or not."""
        yield from self.lines.rows

    def row(self, name: str) -> FieldRow | None:
        """The line of that name."""
        return next((row for row in self.all_rows() if row.field == name), None)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.submitted()

    def submitted(self) -> None:
        """Enter in a line sends the form off."""
        self.action_send()

    def action_send(self) -> None:
        """Reads the lines; stands on the first that will not do, or sends them off."""
        values: dict[str, Any] = {}
        wrong: list[FieldRow] = []
        for row in self.all_rows():
            if not row.display:
                continue
            try:
                found = row.value()
            except Unread as error:
                row.tell(error.why, wrong=True)
                wrong.append(row)
                continue
            if found is None and row.must:
                row.tell_missing()
                wrong.append(row)
            elif found is not None:
                values[row.field] = found
                if row.wrong:
                    row.tell(None)
        if wrong:
            wrong[0].focus_field()
        else:
            self.send(values)

    def send(self, values: dict[str, Any]) -> None:
        """Does what the form is for."""
        raise NotImplementedError

    def took(self, outcome: Done | Refusal) -> bool:
        """Whether it was carried out; where not, shows why, and leaves all that was written where it is."""
        if isinstance(outcome, Done):
            self._sent = True
            self.program.drafts.drop(self.draft_name)
            return True
        self.keep()
        if outcome.clause is not None or outcome.rule == NOT_KEPT:
            self.tell_no(outcome)
        else:
            self._mark(outcome)
        return False

    def tell_no(self, refusal: Refusal) -> None:
        """Shows a refusal over the form."""
        self.program.refuse(refusal)

    def _mark(self, refusal: Refusal) -> None:
        """What is merely malformed is said in the form itself, at the fields that it names."""
        said = f"{say(refusal.why)} {say(refusal.would_do)}"
        named = [row for row in self.all_rows() if row.display and _named(row, said)]
        for row in named[:1]:
            row.focus_field()
        self.tell(refusal.sentence)

    def tell(self, words: Bilingual) -> None:
        """Says under the lines why it was not sent off."""
        notice = next(iter(self.query("#notice").results(Static)), None) or Static(id="notice")
        notice.update(safe(say(words)))
        if not notice.is_attached:
            self.query_one("#frame").mount(notice, after=self.lines)

    def keep(self) -> bool:
        """Keeps what was written, and what was taken out, where anything was; tells whether."""
        texts = {row.field: row.text() for row in self.all_rows()}
        if all(text == self._first.get(name, "") for name, text in texts.items()):
            self.program.drafts.drop(self.draft_name)
            return False
        kept = {name: text for name, text in texts.items() if text or self._first.get(name)}
        self.program.drafts.keep(self.draft_name, kept)
        return True

    def action_leave(self) -> None:
        """Leaves; what was written is kept, and the person is told so."""
        if self.keep():
            self.program.notify(KEPT)
        self.dismiss(None)

    def action_next_row(self) -> None:
        """To the next line."""
        self.focus_next()

    def action_last_row(self) -> None:
        """To the line before."""
        self.focus_previous()


def _named(row: FieldRow, said: str) -> bool:
    words = label("fields", row.field)
    return say(words) in said or row.field in said
