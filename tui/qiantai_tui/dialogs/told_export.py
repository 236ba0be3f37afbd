"""The form that asks what a list of who was told is for, and writes it once that is on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from textual.widget import Widget

from qiantai.projections.told import Told
from qiantai.scripts import Script
from qiantai.words import Bilingual

from ..agreed.told_list import kept_list, which_list
from ..text.words import say
from ..widgets.field_rows import FieldRow
from ..widgets.reading import Reading
from .export_form import ExportForm

TITLE = Bilingual("导出告知名单", "Export the list of who was told")
ABOUT = Bilingual(
    "{n} 行,姓名和电话打码,写成表格放进小区的文件夹;谁、何时、多少、用途都留痕 [M-3.4c]。",
    "{n} lines, names and numbers masked, as a table in the site's folder; who, when, how many and what for go on "
    "record [M-3.4c].",
)
HINT = Bilingual("如:停用后逐户回访", "e.g. calling everybody again")
WRITTEN = Bilingual("名单已写好:{file}", "The list is written: {file}")


class ToldExportForm(ExportForm):
    """Of the words in the list."""

    title_words = TITLE
    form_name = "script"
    draft_name = "told_list"

    def __init__(self, script: Script, told: Sequence[Told], *, every: bool) -> None:
        super().__init__()
        self._script, self._told, self._version = script, told, 0 if every else script.version

    def before(self) -> Iterable[Widget]:
        """What is written, and what goes on record."""
        yield Reading(say(ABOUT.format(n=len(self._told))), classes="about")

    def rows(self) -> Iterable[FieldRow]:
        """The purpose."""
        yield self.purpose(HINT)

    def send(self, values: dict[str, Any]) -> None:
        """Puts it on record, then writes it."""
        program, now = self.program, self.now

        def write() -> Path:
            return kept_list(self._script, self._told, program.handbook, program.site.folder, now)

        which = which_list(self._script.id, self._version, len(self._told))
        self.take_away("cases", which, values["purpose"], write, WRITTEN)
