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
        super().__init__(name, label, must=must)
        self._offered, self._given, self.several = tuple(options), tuple(taken), several
        self._options: Options | None = None

    @property
    def options(self) -> Options:
        """The choices."""
        if self._options is None:
            self._options = Options(self._offered, taken=self._given, several=self.several)
        return self._options

    control = options

    def taken(self) -> tuple[str, ...]:
        """The values taken, of those that are there."""
        if self._options is not None:
            return self._options.taken
        return tuple(each for each in self._given if any(each == one.value for one in self._offered))

    def value(self) -> Any:
        """The value taken, or the values as a tuple; None where none is."""
        taken = self.taken()
        return (taken or None) if self.several else next(iter(taken), None)

    def text(self) -> str:
        """The values by spaces."""
        return " ".join(self.taken())

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
        return "yes" in taken if (taken := self.taken()) else None


class ListRow(FieldRow):
    """One of many: a list that opens."""

    def __init__(
        self, name: str, label: Bilingual | str, options: Iterable[Option], *, must: bool = False, taken: str = ""
    ) -> None:
        super().__init__(name, label, must=must)
        self._choices = [(each.label, each.value) for each in options]
        self._given = taken
        self._choice: Choice[str] | None = None

    @property
    def choice(self) -> Choice[str]:
        """The list."""
        if self._choice is None:
            self._choice = Choice(self._choices, value=self._given or None, compact=True)
        return self._choice

    control = choice

    def value(self) -> Any:
        """The value chosen; the list knows of it once it is there."""
        if self._choice is None or not self._choice.is_mounted:
            return self._given or None
        return None if self._choice.value is Select.NULL else self._choice.value

    def text(self) -> str:
        """The value chosen."""
        return str(self.value() or "")

    def load(self, text: str) -> None:
        """Chooses another; what is not in the list any more is chosen no more."""
        if all(text != value for _, value in self._choices):
            return
        if self._choice is not None and self._choice.is_attached:
            self._choice.value = text
        else:
            self._given, self._choice = text, None


class OnlyRow(FieldRow):
    """The only choice there is: it is said, and there is nothing to stand on."""

    def __init__(self, name: str, label: Bilingual | str, only: Option, *, must: bool = False) -> None:
        super().__init__(name, label, must=must)
        self._only, self._words = only.value, Reading(say(only.label))

    @property
    def control(self) -> Reading:
        """Its words."""
        return self._words

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
        return int(self.text()) if self.text() else None


class OneRoleRow(OptionsRow):
    """The only role there is."""

    def value(self) -> tuple[str, ...] | None:
        """It, as several would be."""
        return self.taken() or None
