"""How one more row gets into a rehearsal: which sort, then a form; in the text, a part that is to be filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qiantai.words import Bilingual

from . import adding
from .base import WritingBase
from .form import RowForm
from .step_forms import step

NO_STEP_NOW = Bilingual(
    "那时那位同事在这一件上没有可办的;换个时间或人", "There is nothing they could do on it then; another time or person"
)
Take = Callable[[dict[str, Any] | None], None]


class AddingRows(WritingBase):
    """A step is asked for in two: when and by whom, then which of those that can be taken then."""

    def action_add(self) -> None:
        """Asks what is to be added; in the text it is put in as it stands, to be changed there."""
        self.app.push_screen(adding.which_sort(), self._sort_chosen)

    def _sort_chosen(self, sort: str | None) -> None:
        if sort is None:
            return
        forms = self.forms()
        if self.in_text:
            self._added(adding.with_row(forms, sort, {}, self._among_checks()))
            return
        take = self._step_begun(sort) if sort in ("model", "acts") else self._row_made(sort)
        self.app.push_screen(RowForm(adding.new_form(forms, sort, self._among_checks())), take)

    def _among_checks(self) -> int:
        """The number of the check that stands under the cursor, else of the last; 0 where there is none."""
        of = self.here
        return of.number if of is not None and of.table == "check" else len(self.forms().several("check"))

    def _added(self, text: str) -> None:
        """Takes a text with a row more, and stands on that."""
        before, now = self.work.text.split("\n"), text.split("\n")
        new = next((n for n, (old, new) in enumerate(zip(before, now, strict=False)) if old != new), len(before) - 1)
        self.written(text)
        self.go_to_line(1 + next((n for n in range(new, len(now)) if now[n].strip()), new))

    def _row_made(self, sort: str) -> Take:
        def take(values: dict[str, Any] | None) -> None:
            if values is not None:
                self._added(adding.with_row(self.forms(), sort, values, self._among_checks()))

        return take

    def _step_begun(self, sort: str) -> Take:
        """Asks which of the commands that can be given then, and next for what is said with it."""

        def begun(values: dict[str, Any] | None) -> None:
            if values is None:
                return
            given = {**adding.beginning(self.forms(), sort), **values}
            dialog = adding.which_command(self.forms(), given)
            if dialog is None:
                self.program.notify(NO_STEP_NOW, severity="warning")
                return
            self.app.push_screen(dialog, lambda command: chosen(given, command))

        def chosen(given: dict[str, Any], command: str | None) -> None:
            if command is None:
                return
            row = {**{key: given[key] for key in ("at", "by", "case")}, "do": command}
            form = step(self.forms(), 0, row)
            if form is None:
                self.program.notify(NO_STEP_NOW, severity="warning")
                return
            self.app.push_screen(RowForm(form), lambda values: made(row, values))

        def made(row: dict[str, Any], values: dict[str, Any] | None) -> None:
            if values is not None:
                first = {"at": row["at"], "by": row["by"], "do": row["do"], "case": row["case"]}
                self._added(adding.with_table(self.work.text, "step", {**first, **values}))

        return begun
