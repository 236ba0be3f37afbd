"""The form of a sample call: what the superior found, put on the record of the closed case as a note."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.widget import Widget

from qiantai import Case, label
from qiantai.projections.sample import ANSWERS, CLAUSE, Answer, record
from qiantai.words import Bilingual

from ..text import showing
from ..text.safe import crop
from ..text.words import language
from ..widgets.choice_rows import OptionsRow
from ..widgets.field_rows import FieldRow, WordsRow
from ..widgets.options import Option
from ..widgets.reading import Reading
from .form import FormDialog

TITLE = Bilingual("抽查回访 · {number} {about}", "Sample call · {number} {about}")
DONE = Bilingual("{number} {what}", "{number}: {what}")
FOUND, WORDS = Bilingual("结果", "Found"), Bilingual("说了什么", "What was said")


class SampleForm(FormDialog[bool | None]):
    """Gives True once the call is on record."""

    DEFAULT_CSS = """
    SampleForm .clause { margin-top: 1; color: $text-muted; max-height: 5; }
    """

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        self.draft_name = f"{case.number}:sample"
        self.title_words = TITLE.format(number=case.number, about=crop(showing.summary(case), 30))

    def rows(self) -> Iterable[FieldRow]:
        """What came of it, and the words beside."""
        options = tuple(Option(str(each), ANSWERS[each]) for each in Answer)
        yield OptionsRow("found", FOUND, options, must=True)
        yield WordsRow("text", WORDS)

    def after(self) -> Iterable[Widget]:
        """The clause behind it."""
        yield Reading(f"{CLAUSE.id}  {CLAUSE.en if language() == 'en' else CLAUSE.zh}", classes="clause")

    def send(self, values: dict[str, Any]) -> None:
        """Gives the note."""
        text = record(Answer(values["found"]), values.get("text", ""))
        if self.took(self.program.carry_out(self.case, "note", text=text)):
            self.program.tell_done(
                DONE.format(number=self.case.number, what=label("commands", "note")), self.case.number
            )
            self.dismiss(True)
