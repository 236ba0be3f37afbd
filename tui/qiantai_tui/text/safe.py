"""The one door for residents' words onto a screen: no markup is ever read from them, and no character moves the row."""

from __future__ import annotations

import re
from typing import Literal, TypeVar, cast

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.app import App
from textual.content import Content
from textual.notifications import SeverityLevel
from textual.widget import Widget
from textual.widgets.option_list import Option

from qiantai.words import Bilingual

from .words import say

Align = Literal["left", "right"]
Value = TypeVar("Value")
ELLIPSIS = "…"

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff\u20e3]"
)
"""What changes the width of its neighbour, the direction of the line, or nothing at all that can be seen."""
_FLAG_LETTERS = {0x1F1E6 + place: chr(ord("A") + place) for place in range(26)}
_UNPRINTABLE = re.compile("[\u0080-\u009f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_PILE = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{2})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_NOT_PLAIN = re.compile(
    "[^ -~\u00b7\u00d7\u2014\u2018-\u201d\u2026\u2190-\u2193\u25b2\u25cb\u25cf\u2713\u2717"
    "\u3001-\u301f\u4e00-\u9fff\uff01-\uff5e]"
)
"""Whatever is not one of the characters that nearly all texts are made of, none of which needs a closer look."""


def clean(text: str, *, lines: bool = False) -> str:
    """The text with every character one that stands still on a terminal.

    Line ends become ↵ (or stay, as newlines, with `lines`), tabs a space, control characters their pictures; what is
    invisible, turns the line round or changes a neighbour's width goes: variation selectors, joiners, skin tones.
    """
    if _NOT_PLAIN.search(text) is None:
        return text
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    text = _UNSEEN.sub("", text).translate(_FLAG_LETTERS)
    text = _PILE.sub(r"\1", _UNPRINTABLE.sub("\ufffd", text))
    if not lines:
        return text.replace("\n", "↵").translate(_PICTURES)
    return "\n".join(line.translate(_PICTURES) for line in text.split("\n"))


def crop(text: str, width: int) -> str:
    """The text, cleaned, in at most `width` cells; what does not fit is shown by … at its end."""
    text = clean(text)
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS if width > 0 else ""


def fit(text: str, width: int, align: Align = "left") -> str:
    """The text, cleaned, in exactly `width` cells: cropped with …, or filled with spaces."""
    shown = crop(text, width)
    space = " " * (width - cell_len(shown))
    return space + shown if align == "right" else shown + space


def safe(text: str, style: str = "", *, width: int | None = None, lines: bool = False) -> Content:
    """Content for anything of Textual's: Static, Label, Button, Option, a border title; nothing in it is markup.

    With `width` (cells) it is cropped to one line with …; with `lines` its newlines are kept.
    """
    shown = clean(text, lines=lines) if width is None else crop(text, width)
    return Content.styled(shown, style) if style else Content(shown)


def safe_text(text: str, style: str = "", *, width: int | None = None, lines: bool = False) -> Text:
    """The same as rich's `Text`, for the widgets that take only that: DataTable, Tree, RichLog. Never wrapped."""
    shown = clean(text, lines=lines) if width is None else crop(text, width)
    return Text(shown, style=style, no_wrap=not lines, overflow="ellipsis", end="")


def entitle(widget: Widget, title: str | Content | None = None, subtitle: str | Content | None = None) -> None:
    """Puts words into a widget's upper and lower border; None leaves that border as it is."""
    widget.add_class("titled")  # its words are read, where the line around them need not be
    if title is not None:
        widget.border_title = _content(title) or None
    if subtitle is not None:
        widget.border_subtitle = _content(subtitle) or None


def _content(words: str | Content) -> Content:
    return words if isinstance(words, Content) else safe(words)


def explain(widget: Widget, tip: str) -> None:
    """Gives a widget its tooltip."""
    widget.tooltip = safe(tip, lines=True)


def option(text: str, id: str | None = None, *, disabled: bool = False) -> Option:
    """One line of an OptionList."""
    return Option(safe(text), id=id, disabled=disabled)


def choice(text: str, value: Value) -> tuple[str, Value]:
    """One line of a Select; it is a `Text`, which is what its search by typing understands beside `str`."""
    return cast(str, safe_text(text)), value


class SafeApp(App[int]):
    """An app whose toasts show words as they are."""

    def notify(
        self,
        message: str | Bilingual,
        *,
        title: str | Bilingual = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Shows a toast; `markup` is accepted because Textual's own code passes it, and never obeyed."""
        del markup
        shown, head = clean(say(message), lines=True), clean(say(title))
        super().notify(shown, title=head, severity=severity, timeout=timeout, markup=False)
