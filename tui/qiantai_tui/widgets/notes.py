"""A field of several lines, for what somebody said or decided."""

from __future__ import annotations

from typing import NoReturn

from textual.actions import SkipAction
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from qiantai.words import Bilingual

from ..text.safe import clean, safe
from ..text.words import say


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
        super().__init__(
            clean(text, lines=True), placeholder=safe(say(placeholder)), compact=False, id=id, classes=classes
        )
        self.draft = draft

    def edit(self, edit: Edit) -> EditResult:
        """Every edit comes through here: typed, pasted or put in."""
        edit.text = clean(edit.text, lines=True)
        return super().edit(edit)

    def load_text(self, text: str) -> None:
        """Puts a text in from outside, a draft or a record."""
        super().load_text(clean(text, lines=True))

    def put_in(self, text: str) -> None:
        """Puts a text in the place of this one, which ^Z gives back."""
        self.replace(text, self.document.start, self.document.end)

    def action_select_line(self) -> NoReturn:
        """Textual's own field takes F6 for this; here it is the screen's."""
        raise SkipAction

    def action_select_all(self) -> NoReturn:
        """The same with F7."""
        raise SkipAction
