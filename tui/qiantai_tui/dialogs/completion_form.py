"""What a complaint's form still lacks before it may be passed on, asked for in one place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qiantai import Case, Done, label
from qiantai.requests.complaint import NEEDED
from qiantai.words import Bilingual

from ..text.words import say
from ..widgets.field_rows import FieldRow, TimeRow, WordsRow
from .form import FormDialog

TITLE = Bilingual("补齐处理单 · {number}", "Complete the form · {number}")
REASON = Bilingual("补齐处理单", "completing the form")


def lacking(case: Case) -> tuple[str, ...]:
    """What its form lacks of what it needs before it is passed on [M-4.2a]."""
    nobody = () if case.household or case.text("name") or case.holds("anonymous") else ("name",)
    return (*nobody, *(name for name in NEEDED if not case.facts.get(name)))


class CompletionForm(FormDialog[bool | None]):
    """Gives True once all of it is on record; each line is a correction of its own."""

    def __init__(self, case: Case, lacks: tuple[str, ...]) -> None:
        super().__init__()
        self._case, self._lacks = case, lacks
        self.title_words = TITLE.format(number=case.number)
        self.draft_name = f"{case.number}:form"

    def rows(self) -> Iterable[FieldRow]:
        """A line for each."""
        for name in self._lacks:
            if name == "occurred_at":
                yield TimeRow(name, label("fields", name), self.program.clock, must=True, past=True)
            else:
                yield WordsRow(name, label("fields", name), must=True)

    def send(self, values: dict[str, Any]) -> None:
        """Puts each on record; stops at the first that is refused."""
        for name, value in values.items():
            outcome = self.program.carry_out(self._case.number, "correct", field=name, value=value, reason=say(REASON))
            if not self.took(outcome):
                return
            assert isinstance(outcome, Done)
        self.dismiss(True)
