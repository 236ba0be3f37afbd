"""A question with two answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget

from qiantai.words import Bilingual

from ..actions import Action, bound
from ..widgets.reading import Reading
from ..words import say
from .frame import Framed


class ConfirmDialog(Framed[bool]):
    """Gives True for yes, by Enter; Esc is no."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("yes", Bilingual("是", "Yes"), "enter,y", "answer(True)", footer=10),
        Action("no", Bilingual("否", "No"), "escape,n", "answer(False)", footer=20),
    )
    BINDINGS = bound(ACTIONS)

    def __init__(self, title: Bilingual | str, question: Bilingual | str) -> None:
        super().__init__()
        self.title_words, self._question = title, question

    def content(self) -> Iterable[Widget]:
        """The question."""
        yield Reading(say(self._question))

    def action_answer(self, yes: bool) -> None:
        """Gives the answer."""
        self.dismiss(yes)
