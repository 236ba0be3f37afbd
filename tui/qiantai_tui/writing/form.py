"""The form of one row of a rehearsal: it gives the keys that were changed, and leaves every other as it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, ClassVar

from attrs import frozen
from textual import on
from textual.widgets import Input, Select
from textual.widgets.select import InvalidSelectValueError

from qiantai.periods import BadPeriod, Period
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..dialogs.form import FormDialog
from ..text.words import language
from ..widgets.field_rows import FieldRow, TimeRow, Unread, WordsRow
from ..widgets.options import Options

_LENGTH = re.compile(r"(\d{1,4})\s*(分钟|分|小时|时|天|minutes?|mins?|hours?|days?|m|h|d)")
_UNITS = {"分": "m", "m": "m", "小": "h", "时": "h", "h": "h", "天": "d", "d": "d"}
_SHOWN = {
    "m": Bilingual("{n}分钟", "{n} min"),
    "h": Bilingual("{n}小时", "{n} hours"),
    "d": Bilingual("{n}天", "{n} days"),
}
NO_LENGTH = Bilingual("写成 5分钟、2小时 或 1天", "Write 5 min, 2 hours or 1 day")
NO_POINTS = Bilingual("-100 到 100 的整数,不是 0", "A whole number from -100 to 100, not 0")


@frozen
class Form:
    """What a form asks: its title, its lines, the texts that are there, and which lines are shown only with others.

    `name` tells it from others in the book of what was left unfinished.
    """

    name: str
    title: Bilingual
    rows: Callable[[], Sequence[FieldRow]]
    given: Mapping[str, str]
    shown_with: Mapping[str, tuple[str, tuple[str, ...]]] = {}


class RowForm(FormDialog[dict[str, Any] | None]):
    """Gives the values that were changed by key, None for what was emptied; None where it was left."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("改好", "Take it"), "enter,f10,ctrl+s", "send", footer=10),
    )
    BINDINGS = bound(ACTIONS)
    ABOUT: ClassVar[Bilingual] = Bilingual(
        "演练里的一行。改好按 F10;文件里别的东西一个字都不动。Esc 先放着,下次打开还在。",
        "One row of the rehearsal. F10 takes it; nothing else in the file changes. Esc leaves it for later.",
    )

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self.title_words, self.draft_name = form.title, form.name

    def rows(self) -> Iterable[FieldRow]:
        """The lines."""
        return self._form.rows()

    def on_mount(self) -> None:
        """Puts in what is there already."""
        for row in self.all_rows():
            if row.field in self._form.given:
                with suppress(InvalidSelectValueError):  # a list without what the file has shows none
                    row.load(self._form.given[row.field])
        self.show_what_belongs()

    @on(Options.Changed)
    @on(Select.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        self.show_what_belongs()

    def belongs(self, row: FieldRow, rows: Mapping[str, FieldRow]) -> bool:
        """Some are for what was chosen in another."""
        other, wanted = self._form.shown_with.get(row.field, ("", ()))
        return other not in rows or rows[other].text() in wanted

    def send(self, values: dict[str, Any]) -> None:
        """Gives what was changed; a line that no longer belongs is emptied with that."""
        changed = {
            row.field: values.get(row.field) if row.display else None
            for row in self.all_rows()
            if row.text() != self._first.get(row.field, "") or (not row.display and row.text())
        }
        self._sent = True
        self.program.drafts.drop(self.draft_name)
        self.dismiss(changed)


class LengthRow(WordsRow):
    """A length of time as people say it: 5分钟, 2小时."""

    def __init__(self, name: str, label: Bilingual, *, must: bool = False) -> None:
        super().__init__(name, label, must=must, halfwidth=True, hint=Bilingual("如 5分钟、2小时", "as 5 min, 2 hours"))

    def value(self) -> Any:
        """The length as a scenario writes it, `5m`."""
        text = self.text().strip()
        if not text:
            return None
        found = _LENGTH.fullmatch(text.lower())
        written = f"{int(found[1])}{_UNITS[found[2][0]]}" if found else text
        try:
            Period.parse(written)
        except BadPeriod as bad:
            raise Unread(NO_LENGTH) from bad
        return written

    def load(self, text: str) -> None:
        """One that a scenario writes is shown in words."""
        shown = _SHOWN.get(text[-1:]) if text[:-1].isdigit() else None
        super().load(shown.format(n=text[:-1])[language()] if shown else text)


class PointsRow(WordsRow):
    """Points: what earns is above 0, a fault below."""

    def __init__(self, name: str, label: Bilingual) -> None:
        super().__init__(
            name, label, must=True, halfwidth=True, hint=Bilingual("如 20;扣分写 -20", "as 20; a fault -20")
        )

    def value(self) -> Any:
        """The points."""
        text = self.text().strip().replace("－", "-").removeprefix("+")
        if not text:
            return None
        if not re.fullmatch(r"-?\d{1,3}", text) or not -100 <= int(text) <= 100 or int(text) == 0:
            raise Unread(NO_POINTS)
        return int(text)


class StepTimeRow(TimeRow):
    """When a step takes place: a time of day alone is one of the rehearsal's own day."""

    def __init__(self, name: str, label: Bilingual, day: datetime, *, must: bool = True) -> None:
        self._day = f"{day:%Y-%m-%d} "
        super().__init__(name, label, lambda: day.replace(hour=0, minute=0, second=0, microsecond=0), must=must)

    def load(self, text: str) -> None:
        """A time of that day stands without the day."""
        super().load(text.removeprefix(self._day))


def as_text(value: Any) -> str:
    """A value of the file as a line of a form is loaded with it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case list() | tuple():
            return " ".join(str(each) for each in value)
        case None:
            return ""
        case _:
            return str(value)
