"""A line of a form for a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from qiantai.words import Bilingual

from ..text.typedday import NO_DAY, read_day
from .field_rows import Unread, WordsRow


class DayRow(WordsRow):
    """A day; with `past` one without its year is the last that there was, not the next to come."""

    def __init__(
        self,
        name: str,
        label: Bilingual | str,
        clock: Callable[[], datetime],
        *,
        must: bool = False,
        text: str = "",
        hint: Bilingual | str = "",
        past: bool = False,
    ) -> None:
        super().__init__(name, label, must=must, text=text, hint=hint)
        self._clock, self._past = clock, past

    def value(self) -> date | None:
        """The day, None where nothing was written."""
        text = self.text().strip()
        if not text:
            return None
        found = read_day(text, self._clock(), past=self._past)
        if found is None:
            raise Unread(NO_DAY)
        return found
