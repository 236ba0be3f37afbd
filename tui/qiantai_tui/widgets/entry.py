"""A one-line field that takes what people paste: several lines, full-width digits, too much of it."""

from __future__ import annotations

from textual.actions import SkipAction
from textual.binding import Binding
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input
from textual.widgets.input import Selection

from qiantai.words import Bilingual

from ..text.safe import clean
from ..text.words import say
from .styled_once import StyledOnce

TOO_LONG = Bilingual(
    "最多 {most} 个字,这次的 {n} 个字没有放入", "At most {most} characters; these {n} were not taken in"
)

_HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_HALF_WIDTH |= {ord(sign): ord(sign) - 0xFEE0 for sign in "－＃＋＊／．＠＿"} | {0x3000: 0x20}


def half_width(text: str) -> str:
    """Full-width digits, letters and the signs of rooms and addresses as half-width ones; ，。：？ stay as they are."""
    return text.translate(_HALF_WIDTH)


def one_line(text: str) -> str:
    """Pasted text as one line: its lines joined by a space, what cannot be seen (as around copied numbers) left out."""
    text = clean(text, lines=True)
    if "\n" in text:
        text = " ".join(part for line in text.split("\n") if (part := line.strip()))
    return text


def entered(text: str, *, halfwidth: bool) -> str:
    """What a field makes of a text from outside; `halfwidth` where it is for rooms and phones."""
    return half_width(one_line(text)) if halfwidth else one_line(text)


class Entry(StyledOnce, Input):
    """A field: joins pasted lines, takes ^Z and ^Y for its own text, and says so when something does not fit."""

    BINDINGS = [
        Binding("ctrl+z", "undo", "撤销输入", show=False),
        Binding("ctrl+y", "redo", "重做输入", show=False),
    ]

    class Refused(Message):
        """What was typed or pasted did not fit; a toast has said why."""

        def __init__(self, entry: Entry, text: str, why: Bilingual) -> None:
            super().__init__()
            self.entry, self.text, self.why = entry, text, why

        @property
        def control(self) -> Entry:
            """The field."""
            return self.entry

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: Bilingual | str = "",
        halfwidth: bool = False,
        draft: str = "",
        most: int = 0,
        password: bool = False,
        compact: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`halfwidth` is for rooms and phones; `draft` names the text in drafts; `most` characters, 0 for any."""
        super().__init__(
            entered(value, halfwidth=halfwidth),
            clean(say(placeholder)),
            password=password,
            select_on_focus=False,
            compact=compact,
            id=id,
            classes=classes,
        )
        self.halfwidth, self.draft, self.most = halfwidth, draft, most
        self._past: list[tuple[str, int]] = []
        self._ahead: list[tuple[str, int]] = []
        self._left_at = (self.value, -1)

    def on_paste(self, event: Paste) -> None:
        """Takes all the lines, where Textual's own field takes the first."""
        event.prevent_default()
        event.stop()
        self.replace(event.text, *self.selection)

    def replace(self, text: str, start: int, end: int) -> None:
        """Every edit comes through here: typed, pasted, or deleted (an empty text)."""
        text = entered(text, halfwidth=self.halfwidth)
        before, (start, end) = self.value, sorted((max(0, start), min(len(self.value), end)))
        if self.most and len(before) - (end - start) + len(text) > self.most and text:
            why = TOO_LONG.format(most=self.most, n=len(text))
            self.post_message(self.Refused(self, text, why))
            self.app.notify(say(why), severity="warning")
            return
        if before != self._left_at[0]:
            self._past.clear()
        typed_on = len(text) == 1 and start == end and (before, start) == self._left_at and not text.isspace()
        if not (typed_on and self._past):
            self._past.append((before, self.cursor_position))
        self._ahead.clear()
        super().replace(text, start, end)
        self._left_at = (self.value, self.cursor_position if len(text) == 1 else -1)

    def load(self, value: str) -> None:
        """Puts a text in from outside, a draft or a choice: there is nothing before it to go back to."""
        self._past.clear()
        self._ahead.clear()
        self.value = entered(value, halfwidth=self.halfwidth)
        self.cursor_position = len(self.value)
        self._left_at = (self.value, -1)

    def begin_anew(self) -> None:
        """Puts the cursor here; what stood here from before is marked: typing goes in its place, → goes on after it.

        At once: what is typed in the same moment is for this field already, where Textual's `focus` comes after it.
        """
        if not self.has_focus:
            self.screen.set_focus(self)
            self.action_select_all()

    @property
    def marked(self) -> bool:
        """Whether all that stands here is marked, for typing to go in its place."""
        return bool(self.value) and len(self.selected_text) == len(self.value)

    def action_undo(self) -> None:
        """Takes back the last stretch of typing; in a field never typed in, ^Z is the screen's."""
        if self.value != self._left_at[0]:
            self._past.clear()
            self._ahead.clear()
        if not self._past and not self._ahead:
            raise SkipAction
        self._swap(self._past, self._ahead)

    def action_redo(self) -> None:
        """Takes back the last undo."""
        self._swap(self._ahead, self._past)

    def _swap(self, source: list[tuple[str, int]], target: list[tuple[str, int]]) -> None:
        if source:
            target.append((self.value, self.cursor_position))
            self.value, place = source.pop()
            self.selection = Selection.cursor(place)
            self._left_at = (self.value, -1)
