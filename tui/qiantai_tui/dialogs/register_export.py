"""The form that asks of which days the register is taken away and what for, and writes it once that is on record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from textual.widget import Widget

from qiantai.projections.register import Entry
from qiantai.words import Bilingual

from ..register_list import kept_register, which_register
from ..text.words import language, say
from ..widgets.day_row import DayRow
from ..widgets.field_rows import FieldRow
from ..widgets.reading import Reading
from .export_form import ExportForm

TITLE = Bilingual("导出登记表", "Export the register")
ABOUT = Bilingual(
    "姓名和电话打码,写成表格放进小区的文件夹;谁、何时、多少、用途都留痕 [M-3.4c]。",
    "Names and numbers masked, as a table in the site's folder; who, when, how many and what for go on record "
    "[M-3.4c].",
)
FROM, TO = Bilingual("从哪天起", "From"), Bilingual("到哪天", "To")
DAY_HINT = Bilingual("如 2026-11-01、11月1日、昨天", "as 2026-11-01, 11-1, yesterday")
HINT = Bilingual("如:月度检查", "e.g. the monthly inspection")
BACKWARDS = Bilingual("比起始那天还早;写那天或以后", "It is before the first day: that day or a later one")
NOTHING = Bilingual("这些天没有登记,没有导出。换几天", "Nothing was taken in on these days, and nothing is exported")
READING = Bilingual("正在读这些天的登记", "Reading the register of these days")
WRITTEN = Bilingual("登记表 {n} 件已写好:{file}", "The register, {n} entries, is written: {file}")


class RegisterExportForm(ExportForm):
    """The days, at first the one that is shown, and the purpose."""

    title_words = TITLE
    form_name = "register"
    draft_name = "register_export"

    def __init__(self, shown: date) -> None:
        super().__init__()
        self._shown = shown.isoformat()

    def before(self) -> Iterable[Widget]:
        """What is written, and what goes on record."""
        yield Reading(say(ABOUT), classes="about")

    def rows(self) -> Iterable[FieldRow]:
        """From when to when, and what for."""
        for name, words in (("first", FROM), ("last", TO)):
            yield DayRow(name, words, self.program.clock, must=True, text=self._shown, hint=DAY_HINT, past=True)
        yield self.purpose(HINT)

    def send(self, values: dict[str, Any]) -> None:
        """Reads those days beside the screen, then puts it on record and writes it."""
        last = self.row("last")
        if values["last"] < values["first"] and last is not None:
            last.tell(BACKWARDS, wrong=True)
            last.focus_field()
        else:
            seat, days, purpose = self.program.seat, (values["first"], values["last"]), str(values["purpose"])
            self.begin(
                READING, lambda _: tuple(seat.register(*days)), lambda entries: self._write(entries, days, purpose)
            )

    def _write(self, entries: tuple[Entry, ...], days: tuple[date, date], purpose: str) -> None:
        program, now = self.program, self.now
        if not entries:
            program.notify(NOTHING, severity="warning")
            return

        def write() -> Path:
            return kept_register(entries, days, program.handbook, program.site.folder, now, language())

        which = which_register(*days, len(entries))
        self.take_away("register", which, purpose, write, WRITTEN, n=len(entries))
