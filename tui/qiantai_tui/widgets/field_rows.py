"""One line of a form: its name, the field for its value, and what is wrong with it, under it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from qiantai.words import Bilingual

from ..text.field_help import field_help
from ..text.safe import safe
from ..text.typedtime import UNREADABLE, read_time, shown_time
from ..text.words import say
from ..text.wrapping import wrap
from .entry import Entry, half_width
from .notes import Notes
from .options import Options

LABEL_WIDTH = 12
MISSING = Bilingual("这一项要填", "This has to be given")
_A_NUMBER, _BETWEEN = re.compile(r"\+?[0-9](?:[\s-]*[0-9])+"), re.compile(r"[\s-]")
NOT_A_NUMBER = Bilingual("要一个整数", "A whole number, please")


class Unread(ValueError):
    """What stands in a field will not do; `why` says it in both languages."""

    def __init__(self, why: Bilingual) -> None:
        super().__init__(why.en)
        self.why = why


class FieldRow(Vertical):
    """A line of a form. `value()` is None while it is left empty, and raises `Unread` for what will not do."""

    DEFAULT_CSS = """
    FieldRow { height: auto; width: 1fr; }
    FieldRow Horizontal { height: auto; }
    FieldRow .name { width: 13; height: auto; color: $foreground 80%; }
    FieldRow .said { display: none; height: auto; padding-left: 13; color: $text-muted; }
    FieldRow.-said .said { display: block; }
    FieldRow.-wrong .said { color: $text-error; }
    FieldRow Entry { width: 1fr; background: $panel; }
    FieldRow Entry:focus { background: $surface-active; }
    FieldRow Notes { width: 1fr; height: 4; border: none; background: $panel; padding: 0; }
    FieldRow Notes:focus { background: $surface-active; }
    """
    missing = MISSING
    """What is said of it where it was left empty and has to be given."""

    def __init__(self, name: str, label: Bilingual | str, control: Widget, *, must: bool = False) -> None:
        super().__init__(classes="field-row")
        self.field, self.label_words, self.control, self.must = name, label, control, must
        self._missing = False

    @property
    def ABOUT(self) -> Bilingual:  # noqa: N802
        """What F1 says of it; of a field that a plugin brought its name."""
        told = field_help(str(getattr(self.screen, "form_name", "")), self.field)
        words = self.label_words
        return told if told.zh else words if isinstance(words, Bilingual) else Bilingual(words, words)

    def compose(self) -> ComposeResult:
        """The name with a star where it has to be given, the field, and the line under it."""
        lines = wrap(say(self.label_words) + "*" * self.must, LABEL_WIDTH)
        yield Horizontal(Static(safe("\n".join(lines), lines=True), classes="name"), self.control)
        yield Static("", classes="said")

    def value(self) -> Any:
        """What it stands for."""
        raise NotImplementedError

    def text(self) -> str:
        """What it is kept as in a draft."""
        raise NotImplementedError

    def load(self, text: str) -> None:
        """Puts a draft or a proposal back."""
        raise NotImplementedError

    def tell(self, words: Bilingual | str | None, *, wrong: bool = False) -> None:
        """Puts a line under it, or takes it away."""
        self.set_class(bool(words), "-said")
        self.set_class(wrong and bool(words), "-wrong")
        if self.is_mounted:
            self.query_one(".said", Static).update(safe(say(words or "")))

    @on(Input.Changed)
    @on(Options.Changed)
    @on(Select.Changed)
    @on(TextArea.Changed)
    def _amended(self) -> None:
        """What was missing is no longer said once something is there."""
        if self._missing:
            self._missing = False
            self.tell(None)

    def tell_missing(self) -> None:
        """Says that it has to be given."""
        self._missing = True
        self.tell(self.missing, wrong=True)

    def focus_field(self) -> None:
        """Puts the cursor there."""
        self.control.focus()


class WordsRow(FieldRow):
    """A line of words."""

    def __init__(
        self,
        name: str,
        label: Bilingual | str,
        *,
        must: bool = False,
        text: str = "",
        hint: Bilingual | str = "",
        halfwidth: bool = False,
    ) -> None:
        self.entry = Entry(text, placeholder=hint, halfwidth=halfwidth, compact=True)
        super().__init__(name, label, self.entry, must=must)

    def value(self) -> Any:
        """The words, None where there are none."""
        return self.entry.value.strip() or None

    def text(self) -> str:
        """The words."""
        return self.entry.value

    def load(self, text: str) -> None:
        """Other words."""
        self.entry.load(text)


class PhoneRow(WordsRow):
    """A telephone number: however it is spaced, pasted or written in full width, it is one number."""

    def __init__(
        self, name: str, label: Bilingual | str, *, must: bool = False, text: str = "", hint: Bilingual | str = ""
    ) -> None:
        super().__init__(name, label, must=must, text=text, hint=hint, halfwidth=True)

    def value(self) -> Any:
        """The number without the spaces and lines between its figures; what is no number stays as it is."""
        text = self.entry.value.strip()
        return _BETWEEN.sub("", text) if _A_NUMBER.fullmatch(text) else text or None


class NumberRow(WordsRow):
    """A whole number."""

    def __init__(self, name: str, label: Bilingual | str, *, must: bool = False) -> None:
        super().__init__(name, label, must=must, halfwidth=True)

    def value(self) -> Any:
        """The number."""
        text = self.entry.value.strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise Unread(NOT_A_NUMBER)
        return int(text)


class TimeRow(WordsRow):
    """A moment, with what it was read as shown under it."""

    def __init__(
        self,
        name: str,
        label: Bilingual | str,
        clock: Callable[[], datetime],
        *,
        must: bool = False,
        past: bool = False,
    ) -> None:
        hint = (
            Bilingual("如 14:30、昨天 20:00、半小时前", "as 14:30, yesterday 20:00")
            if past
            else Bilingual("如 14:30、明天 9:00、11-24 18:30", "as 14:30, tomorrow 9:00, 11-24 18:30")
        )
        super().__init__(name, label, must=must, hint=hint)
        self._clock, self._past = clock, past

    def value(self) -> Any:
        """The moment."""
        text = self.entry.value.strip()
        if not text:
            return None
        found = read_time(text, self._clock(), past=self._past)
        if found is None:
            raise Unread(UNREADABLE)
        return found

    @on(Input.Changed)
    def _read(self) -> None:
        found = read_time(self.entry.value, self._clock(), past=self._past) if self.entry.value.strip() else None
        self.tell(f"→ {shown_time(found, self._clock())}" if found else None)


class NotesRow(FieldRow):
    """Several lines of words."""

    def __init__(self, name: str, label: Bilingual | str, *, must: bool = False, text: str = "") -> None:
        self.notes = Notes(text)
        super().__init__(name, label, self.notes, must=must)

    def value(self) -> Any:
        """The words, None where there are none."""
        return self.notes.text.strip() or None

    def text(self) -> str:
        """The words."""
        return self.notes.text

    def load(self, text: str) -> None:
        """Other words."""
        self.notes.load_text(text)


class RoomRow(WordsRow):
    """A room in any form, looked up in the roll; what it was read as stands under it."""

    def __init__(
        self,
        name: str,
        label: Bilingual | str,
        look_up: Callable[[str], tuple[str, Bilingual | str]],
        *,
        must: bool = False,
        text: str = "",
    ) -> None:
        """`look_up` gives the household's id, empty where there is none, and what to say of it."""
        super().__init__(
            name, label, must=must, text=text, halfwidth=True, hint=Bilingual("如 1-2-301、A座1201", "as 1-2-301")
        )
        self._look_up = look_up

    def value(self) -> Any:
        """The household's id."""
        text = half_width(self.entry.value).strip()
        if not text:
            return None
        found, words = self._look_up(text)
        if not found:
            raise Unread(words if isinstance(words, Bilingual) else Bilingual(words, words))
        return found

    def on_mount(self) -> None:
        """Says what a text there from the start was read as."""
        self._say()

    @on(Input.Changed)
    def _say(self) -> None:
        text = self.entry.value.strip()
        found, words = self._look_up(text) if text else ("", "")
        self.tell(words or None, wrong=bool(text) and not found)
