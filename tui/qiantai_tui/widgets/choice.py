"""A drop-down whose lines may be anybody's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from textual.binding import Binding
from textual.widgets import Select

from qiantai.words import Bilingual

from ..text.safe import choice, clean
from ..text.words import say
from .styled_once import StyledOnce

Value = TypeVar("Value")
CHOOSE = Bilingual("请选择", "Choose")


class Choice(StyledOnce, Select[Value], Generic[Value], inherit_bindings=False):
    """One of several; `value` is `Select.NULL` while nothing is chosen. ↑ and ↓ pass it by, as any line of a form."""

    BINDINGS: ClassVar = [Binding("enter,space", "show_overlay", show=False)]

    def __init__(
        self,
        options: Iterable[tuple[Bilingual | str, Value]],
        *,
        prompt: Bilingual | str = CHOOSE,
        draft: str = "",
        value: Value | None = None,
        compact: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """The options as pairs of words and value; `value` is chosen from the start, None for nothing."""
        lines = [choice(say(text), each) for text, each in options]
        shown = clean(say(prompt)).replace("[", "［")
        if value is None:
            super().__init__(lines, prompt=shown, id=id, classes=classes, compact=compact)
        else:
            super().__init__(lines, prompt=shown, value=value, id=id, classes=classes, compact=compact)
        self.draft = draft
