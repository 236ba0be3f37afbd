"""A field of several lines, for what somebody said or decided."""

from __future__ import annotations

from typing import NoReturn

from textual.actions import SkipAction
from textual.widgets import TextArea

from qiantai.words import Bilingual

from ..safe import safe
from ..words import say


class Notes(TextArea):
    """Several lines; it leaves the function keys to the screen, and Tab to the next field."""

    DEFAULT_CSS = """
    Notes { height: 5; }
    """

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: Bilingual | str = "",
        draft: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`draft` names the text in drafts."""
        super().__init__(text, placeholder=safe(say(placeholder)), compact=False, id=id, classes=classes)
        self.draft = draft

    def action_select_line(self) -> NoReturn:
        """Textual's own field takes F6 for this; here it is the screen's."""
        raise SkipAction

    def action_select_all(self) -> NoReturn:
        """The same with F7."""
        raise SkipAction
