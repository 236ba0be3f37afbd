"""Lines of a form where something is chosen: one of a few, several of a few, yes or no, one of many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from textual.widgets import Select

from qiantai.words import Bilingual

from ..text.words import say
from .choice import Choice
from .field_rows import FieldRow
from .options import Option, Options
from .reading import Reading

NOT_CHOSEN = Bilingual("这一项要填:按数字选,1 是第一个", "This has to be given: a figure chooses, 1 the first")
YES_NO = (Option("yes", Bilingual("是", "Yes")), Option("no", Bilingual("否", "No")))


class OptionsRow(FieldRow):
    """One or several of a few choices, side by side."""

    missing = NOT_CHOSEN

    def __init__(
        self,
        name: str,
        label: Bilingual | str,
        options: Iterable[Option],
        *,
        must: bool = False,
        taken: Sequence[str] = (),
        several: bool = False,
    ) -> None:
        self.options = Options(options, taken=taken, several=several)
        self.several = several
        super().__init__(name, label, self.options, must=must)

    def value(self) -> Any:
        """The value taken, or the values as a tuple; None where none is."""
        return (self.options.taken or None) if self.several else (self.options.value or None)

    def text(self) -> str:
        """The values by spaces."""
        return " ".join(self.options.taken)

    def load(self, text: str) -> None:
        """Takes other values."""
        self.options.load(text.split())


class FlagRow(OptionsRow):
    """Yes or no; with `taken` None neither is taken at first."""

    def __init__(self, name: str, label: Bilingual | str, *, must: bool = False, taken: bool | None = None) -> None:
        given = () if taken is None else ("yes" if taken else "no",)
        super().__init__(name, label, YES_NO, must=must, taken=given)

    def value(self) -> Any:
        """The truth value, None where none was given."""
        return None if not self.options.value else self.options.value == "yes"


class ListRow(FieldRow):
    """One of many: a list that opens."""

    def __init__(
        self, name: str, label: Bilingual | str, options: Iterable[Option], *, must: bool = False, taken: str = ""
    ) -> None:
        self._choices = [(each.label, each.value) for each in options]
        self._make(taken)
        super().__init__(name, label, self.choice, must=must)

    def _make(self, taken: str) -> None:
        """The list with this chosen: one that is not on the screen yet cannot be told otherwise."""
        self._taken = taken
        self.choice: Choice[str] = Choice(self._choices, value=taken or None, compact=True)

    def value(self) -> Any:
        """The value chosen; the list knows of it once it is there."""
        if not self.choice.is_mounted:
            return self._taken or None
        return None if self.choice.value is Select.NULL else self.choice.value

    def text(self) -> str:
        """The value chosen."""
        return str(self.value() or "")

    def load(self, text: str) -> None:
        """Chooses another; what is not in the list any more is chosen no more."""
        if all(text != value for _, value in self._choices):
            return
        if self.choice.is_mounted:
            self.choice.value = text
        else:
            self._make(text)
            self.control = self.choice


class OnlyRow(FieldRow):
    """The only choice there is: it is said, and there is nothing to stand on."""

    def __init__(self, name: str, label: Bilingual | str, only: Option, *, must: bool = False) -> None:
        self._only = only.value
        super().__init__(name, label, Reading(say(only.label)), must=must)

    def value(self) -> str:
        """It."""
        return self._only

    def text(self) -> str:
        """It."""
        return self._only

    def load(self, text: str) -> None:
        """There is no other."""


class ScoreRow(OptionsRow):
    """One to five."""

    def value(self) -> int | None:
        """The score."""
        return int(self.options.value) if self.options.value else None


class OneRoleRow(OptionsRow):
    """The only role there is."""

    def value(self) -> tuple[str, ...] | None:
        """It, as several would be."""
        return self.options.taken or None
