"""One line of a form: its name, the field for its value, and what is wrong with it, under it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from textual import on
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea

from qiantai.words import Bilingual

from ..text.field_help import field_help
from ..text.safe import clean
from ..text.typedtime import UNREADABLE, read_time, shown_time
from ..text.words import say
from ..text.wrapping import wrap
from .entry import Entry, entered, half_width
from .laid_once import LaidOnce
from .notes import Notes
from .options import Options

Words = Bilingual | str
LookUp = Callable[[str], tuple[str, Words]]
LABEL_WIDTH = 12
MISSING = Bilingual("这一项要填", "This has to be given")
_A_NUMBER, _BETWEEN = re.compile(r"\+?[0-9](?:[\s-]*[0-9])+"), re.compile(r"[\s-]")
NOT_A_NUMBER = Bilingual("要一个整数", "A whole number, please")


@lru_cache(maxsize=256)
def _broken(name: str) -> tuple[str, ...]:
    return tuple(wrap(name, LABEL_WIDTH))


class Unread(ValueError):
    """What stands in a field will not do; `why` says it in both languages."""

    def __init__(self, why: Bilingual) -> None:
        super().__init__(why.en)
        self.why = why


class FieldRow(LaidOnce, Widget):
    """A line of a form. `value()` is None while it is left empty, and raises `Unread` for what will not do.

    It draws its name and what is said of it itself. Its field is made when it is first needed: a form has more lines
    than are ever seen of it.
    """

    DEFAULT_CSS = """
    FieldRow { height: auto; width: 1fr; }
    FieldRow > * { margin-left: 13; }
    FieldRow Entry { width: 1fr; background: $panel; }
    FieldRow Entry:focus { background: $surface-active; }
    FieldRow Notes { width: 1fr; height: 4; border: none; background: $panel; padding: 0; }
    FieldRow Notes:focus { border: none; background: $surface-active; }
    """
    form = ""
    """What its form is called, by whose words it is explained."""
    missing = MISSING
    """What is said of it where it was left empty and has to be given."""

    def __init__(self, name: str, label: Words, *, must: bool = False) -> None:
        super().__init__()
        self.field, self.label_words, self.must = name, label, must
        self.wrong = self._missing = False
        self._said = ""

    @property
    def ABOUT(self) -> Bilingual:  # noqa: N802
        """What F1 says of it; of a field that a plugin brought its name."""
        told = field_help(self.form, self.field)
        words = self.label_words
        return told if told.zh else words if isinstance(words, Bilingual) else Bilingual(words, words)

    def _called(self) -> tuple[str, ...]:
        """The name with a star where it has to be given."""
        return _broken(say(self.label_words) + "*" * self.must)

    def _under(self, width: int) -> list[str]:
        """What is said under it."""
        return wrap(self._said, max(2, width - LABEL_WIDTH - 1)) if self._said else []

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The name or the field, whichever is higher, and what is said."""
        field = super().get_content_height(container, viewport, width) if self.children else 1
        return max(len(self._called()), field) + len(self._under(width))

    def render(self) -> Content:
        """The name, and what is said under the field, which lies over the rest."""
        under = self._under(self.content_size.width)
        name = [clean(line) for line in self._called()]
        space = "\n" * max(1, self.content_size.height - len(under) - len(name) + 1)
        said = "\n".join(" " * (LABEL_WIDTH + 1) + clean(line) for line in under)
        tone = "$text-error" if self.wrong else "$text-muted"
        return Content.assemble(("\n".join(name), "$foreground 80%"), space, (said, tone))

    @property
    def control(self) -> Widget:
        """Its field, which whoever puts the line on the screen puts there with it."""
        raise NotImplementedError

    def value(self) -> Any:
        """What it stands for."""
        raise NotImplementedError

    def text(self) -> str:
        """What it is kept as in a draft."""
        raise NotImplementedError

    def load(self, text: str) -> None:
        """Puts a draft or a proposal back."""
        raise NotImplementedError

    def tell(self, words: Words | None, *, wrong: bool = False) -> None:
        """Puts a line under it, or takes it away."""
        said, wrong = say(words or ""), wrong and bool(words)
        if (said, wrong) != (self._said, self.wrong):
            self._said, self.wrong = said, wrong
            self.refresh(layout=True)

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

    halfwidth = False
    """Whether it is for what is written in half width, a number or an address."""

    def __init__(
        self, name: str, label: Words, *, must: bool = False, text: str = "", hint: Words = "", halfwidth: bool = False
    ) -> None:
        super().__init__(name, label, must=must)
        self.halfwidth = self.halfwidth or halfwidth
        self._given, self._hint = entered(text, halfwidth=self.halfwidth), hint
        self._entry: Entry | None = None

    @property
    def entry(self) -> Entry:
        """The field."""
        if self._entry is None:
            self._entry = Entry(self._given, placeholder=self._hint, halfwidth=self.halfwidth, compact=True)
        return self._entry

    control = entry

    def value(self) -> Any:
        """The words, None where there are none."""
        return self.text().strip() or None

    def text(self) -> str:
        """The words."""
        return self._given if self._entry is None else self._entry.value

    def load(self, text: str) -> None:
        """Other words."""
        self.entry.load(text)
        self._say()

    def _say(self) -> None:
        """Says under it what it is read as, seen or not, where that is anything else."""


class PhoneRow(WordsRow):
    """A telephone number: however it is spaced, pasted or written in full width, it is one number."""

    halfwidth = True

    def value(self) -> Any:
        """The number without the spaces and lines between its figures; what is no number stays as it is."""
        text = self.text().strip()
        return _BETWEEN.sub("", text) if _A_NUMBER.fullmatch(text) else text or None


class NumberRow(WordsRow):
    """A whole number."""

    halfwidth = True

    def value(self) -> Any:
        """The number."""
        text = self.text().strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit()):
            raise Unread(NOT_A_NUMBER)
        return int(text)


class TimeRow(WordsRow):
    """A moment, with what it was read as shown under it."""

    def __init__(
        self, name: str, label: Words, clock: Callable[[], datetime], *, must: bool = False, past: bool = False
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
        text = self.text().strip()
        if not text:
            return None
        found = read_time(text, self._clock(), past=self._past)
        if found is None:
            raise Unread(UNREADABLE)
        return found

    @on(Input.Changed)
    def _say(self) -> None:
        text = self.text()
        found = read_time(text, self._clock(), past=self._past) if text.strip() else None
        self.tell(f"→ {shown_time(found, self._clock())}" if found else None)


class NotesRow(FieldRow):
    """Several lines of words."""

    def __init__(self, name: str, label: Words, *, must: bool = False, text: str = "") -> None:
        super().__init__(name, label, must=must)
        self.notes = Notes(text)

    @property
    def control(self) -> Notes:
        """The field."""
        return self.notes

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

    halfwidth = True

    def __init__(self, name: str, label: Words, look_up: LookUp, *, must: bool = False, text: str = "") -> None:
        """`look_up` gives the household's id, empty where there is none, and what to say of it."""
        super().__init__(name, label, must=must, text=text, hint=Bilingual("如 1-2-301、A座1201", "as 1-2-301"))
        self._look_up = look_up

    def value(self) -> Any:
        """The household's id."""
        text = half_width(self.text()).strip()
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
        text = self.text().strip()
        found, words = self._look_up(text) if text else ("", "")
        self.tell(words or None, wrong=bool(text) and not found)
