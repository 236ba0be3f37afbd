"""The form of one step of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from attrs import evolve
from textual import on
from textual.widget import Widget
from textual.widgets import Select

from qiantai import Refusal, StoreError
from qiantai.clauses import HOUSE_ID
from qiantai.words import Bilingual

from ..text import showing
from ..text.safe import crop
from ..text.words import language, say
from ..widgets.field_rows import FieldRow, NotesRow, Unread, WordsRow
from ..widgets.options import Options
from ..widgets.reading import Reading
from .asked import Asked
from .completion_form import tell_no
from .form import FormDialog
from .step_rows import SHOWN_WITH, correction_row, rows_for

DONE = Bilingual("已{what} {number}", "{what}: {number}, done")
AGREED = Bilingual(
    "统一口径 v{version},{who} 审定,照此解答", "Agreed answer v{version}, approved by {who}: answer by it"
)
NEWER = Bilingual(
    "统一口径刚换成 v{version},{who} 审定:照它再答一遍",
    "The agreed answer has just become v{version}, approved by {who}: answer once more, by that one",
)
OUT_OF_FORCE = Bilingual(
    "统一口径 v{version} 刚停用或到期,别再照它答;已经照它说了的,在答复内容里按 ^Z 取回原话,照实记下",
    "The agreed answer v{version} is in force no more: do not give it. Where it was said already, ^Z in the answer "
    "brings the words back, to go on record as they were said",
)
READ_FIRST = Bilingual(
    "口径刚变了,还没有保存:看过上面,改好再保存",
    "The agreed answer has changed, and nothing is saved: read what stands above, then save",
)


class StepForm(FormDialog[bool | None]):
    """Gives True once the step was carried out."""

    DEFAULT_CSS = """
    StepForm .clause { margin-top: 1; color: $text-muted; max-height: 5; }
    StepForm .agreed { margin-bottom: 1; color: $accent; max-height: 5; }
    StepForm .agreed.-changed { color: $text-warning; }
    """

    _changed_unread = False
    """Whether the agreed answer has changed since the form was opened or last sent off."""

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self.asked, self._agreed_on = asked, asked.moment.script
        case, self.form_name = asked.case, asked.command
        self.draft_name = f"{case.number}:{asked.command}"
        about = " ".join(each for each in (showing.place(case), showing.summary(case)) if each)
        self.title_words = f"{say(showing.command(case, asked.command))} · {case.number} {crop(about, 36)}"

    def before(self) -> Iterable[Widget]:
        """The agreed answer in force, where the step speaks to the resident."""
        if self.asked.command in ("answer", "reply"):
            agreed = Reading(self._agreed, classes="agreed")
            agreed.display = bool(self._agreed)
            yield agreed

    @property
    def _agreed(self) -> str:
        """By which version, approved by whom, is to be answered; empty where no agreed answer is in force."""
        return self._by_version(AGREED)

    def _by_version(self, words: Bilingual) -> str:
        script = self.asked.moment.script
        who = showing.staff(script.approved_by, self.asked.handbook) if script else ""
        return say(words.format(version=script.version, who=who)) if script else ""

    def refresh_data(self) -> None:
        """Goes by an agreed answer that came into force or was withdrawn meanwhile, and says so, since it may have been
        read out already; what was written here stays, and what stood here untouched comes back by ^Z."""
        before, now = self._agreed_on, evolve(self.asked, handbook=self.program.handbook)
        if now.moment.script == before:
            return
        self.asked, self._agreed_on, self._changed_unread = now, now.moment.script, True
        gone = say(OUT_OF_FORCE.format(version=before.version)) if before else ""
        for agreed in self.query(".agreed").results(Reading):
            agreed.show(self._by_version(NEWER) or gone)
            agreed.set_class(True, "-changed")
            agreed.display = True
        for fresh in rows_for(now):
            row = self.row(fresh.field)
            if row is not None and fresh.field in ("text", "script"):
                self._go_by(row, fresh)

    def _go_by(self, row: FieldRow, fresh: FieldRow) -> None:
        untouched = row.text() == self._first.get(row.field, "")
        match row, fresh:
            case NotesRow(), _ if untouched:
                row.notes.put_in(fresh.text())
            case WordsRow(), WordsRow():
                row.entry.placeholder = fresh.entry.placeholder
                if untouched:
                    row.load(fresh.text())
        if untouched:
            self._first[row.field] = row.text()

    def action_send(self) -> None:
        """Sends it off; where the agreed answer has changed or run out meanwhile, that is read before."""
        self.refresh_data()
        if self._changed_unread:
            self._changed_unread = False
            self.tell(READ_FIRST)
            if (row := self.row("text")) is not None:
                row.focus_field()
        else:
            super().action_send()

    def rows(self) -> Iterable[FieldRow]:
        """The lines of its row in the life cycle."""
        return rows_for(self.asked)

    def after(self) -> Iterable[Widget]:
        """The clause that the step follows, where a document gives one."""
        clause = self.asked.steps[-1].clause if self.asked.steps else None
        if clause is not None and clause.id != HOUSE_ID:
            yield Reading(
                f"{showing.clause(clause)}  {clause.en if language() == 'en' else clause.zh}", classes="clause"
            )

    @on(Options.Changed)
    @on(Select.Changed)
    def _changed(self) -> None:
        self.show_what_belongs()
        if self.asked.command == "correct":
            self._ask_for_value()

    def belongs(self, row: FieldRow, rows: Mapping[str, FieldRow]) -> bool:
        """Some are for what was answered in another."""
        other, wanted = SHOWN_WITH.get(self.asked.command, {}).get(row.field, ("", None))
        if other not in rows:
            return True
        try:
            given = rows[other].value()
        except Unread:
            given = None
        return isinstance(given, tuple) and len(given) > 1 if wanted == "several" else given == wanted

    def _ask_for_value(self) -> None:
        """A corrected fact is asked for by the field of its own kind; what was left unfinished of it is put back."""
        which = self.row("field")
        name = which.value() if which else None
        if name is None or name == getattr(self, "_asked_for", ""):
            return
        self._asked_for = name
        new, kept = correction_row(name, self.asked), self.program.drafts.get(self.draft_name)
        if kept.get("field") == name:
            new.load(kept.get("value", ""))
        self.lines.put_in(new, before="reason")

    def send(self, values: dict[str, Any]) -> None:
        """Gives the command; the agreed answer, said word for word, is named, so that who was told is known."""
        script = self.asked.moment.script
        if script is not None and self.row("script") is not None and values.get("text") == script.text:
            values = {"script": script.id, **values}
        outcome = self.program.carry_out(self.asked.case, self.asked.command, **values)
        if self.took(outcome):
            self.dismiss(True)
        else:
            self._look_again()

    def tell_no(self, refusal: Refusal) -> None:
        """Shows a refusal over the form; what the record of the case lacks is asked for next, and the step goes on."""
        tell_no(self.program, self.asked, refusal, self._go_on)

    def _look_again(self) -> None:
        """What is sent off next is for the case as it is now: where it was not that any more, the refusal said so."""
        with suppress(StoreError):
            self.asked = evolve(self.asked, case=self.program.seat.known(self.asked.case.number) or self.asked.case)

    def _go_on(self) -> None:
        self._look_again()
        self.action_send()
