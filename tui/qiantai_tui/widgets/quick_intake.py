"""The one line that a call is taken in by: who and what, read while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from qiantai import Handbook
from qiantai.privacy import mask_name, mask_phone
from qiantai.words import Bilingual

from ..text import showing
from ..text.safe import clean, entitle
from ..text.words import say
from .entry import Entry

if TYPE_CHECKING:
    from qiantai.intake import Intake

TITLE = Bilingual("快速受理 F2", "Take in a call  F2")
HINT = Bilingual(
    "房号/电话/姓名/拼音首字母,再写事由,回车登记   例: 1-2-301 漏水",
    "room, phone or name, then the matter, Enter   e.g. 1-2-301 漏水",
)
OPEN_CASES = Bilingual("未办结 {n}", "open {n}")
SEVERAL = Bilingual("{n} 户相符,回车后选", "{n} households fit; Enter to choose")
NOT_ON_ROLL = Bilingual("花名册没有 {rooms}", "not on the roll: {rooms}")
NO_HOUSEHOLD = Bilingual("未认出业户", "no household yet")
NO_KIND = Bilingual("类别待定", "kind to be chosen")
EMERGENCY = Bilingual("! 紧急({word})", "! Emergency ({word})")
MAY_BE_SAID = Bilingual("可说「{text}」", "may say: {text}")


class QuickIntake(Vertical):
    """A field; what it is read as stands under it. `Asked` is posted by Enter."""

    DEFAULT_CSS = """
    QuickIntake { height: auto; border: round $primary 50%; padding: 0 1; }
    QuickIntake:focus-within { border: round $primary; }
    QuickIntake Entry { width: 1fr; background: transparent; }
    QuickIntake #read-as { height: 1; display: none; }
    QuickIntake.-typed #read-as { display: block; }
    """

    class Asked(Message):
        """A line was entered."""

        def __init__(self, read: Intake) -> None:
            super().__init__()
            self.read = read

    def __init__(
        self,
        read: Callable[[str], Intake],
        open_of: Callable[[str], int],
        handbook: Callable[[], Handbook],
        clock: Callable[[], datetime],
    ) -> None:
        """`read` reads a line, `open_of` counts the open cases of a household."""
        super().__init__()
        self._read, self._open_of, self._handbook, self._clock = read, open_of, handbook, clock
        entitle(self, say(TITLE))

    def compose(self) -> ComposeResult:
        """The field and the line under it."""
        yield Entry(placeholder=HINT, compact=True, halfwidth=True, draft="quick", id="quick")
        yield Static("", id="read-as")

    @property
    def entry(self) -> Entry:
        """The field."""
        return self.query_one(Entry)

    def clear(self) -> None:
        """Empties the field, as what stood in it was taken in."""
        self.entry.load("")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        line = event.value.strip()
        self.set_class(bool(line), "-typed")
        if line:
            self.query_one("#read-as", Static).update(self.preview(self._read(line)))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Asked(self._read(event.value)))

    def preview(self, read: Intake) -> Content:
        """What a line was read as: the household, its open cases, the kind, the alarm, what may be said."""
        parts: list[Content] = [Content("→ ") + self._household(read)]
        parts.append(Content(showing.kind(read.kind)) if read.kind else Content.styled(say(NO_KIND), "$text-muted"))
        if read.emergency:
            words = say(EMERGENCY.format(word=clean(read.emergency_word)))
            parts.append(Content.styled(words, "bold $text-error"))
            if read.questions:
                parts.append(Content.styled(clean(say(read.questions[0])), "$text-error"))
        if read.topic and (script := self._handbook().script(read.topic, self._clock())):
            words = f"v{script.version} {script.text}"
            parts.append(Content.styled(clean(say(MAY_BE_SAID.format(text=words))), "$accent"))
        return Content(" · ").join(parts).truncate(max(1, self.size.width - 4), ellipsis=True)

    def _household(self, read: Intake) -> Content:
        found = read.household
        if found is not None:
            count = self._open_of(found.id)
            name = f"{showing.room(found.id)} {mask_name(found.name)} {mask_phone(found.phone)}"
            more = f" {say(OPEN_CASES.format(n=count))}" if count else ""
            return Content(clean(name)) + Content.styled(more, "$text-warning")
        if read.households:
            return Content.styled(say(SEVERAL.format(n=len(read.households))), "$text-warning")
        if read.unlisted:
            return Content.styled(clean(say(NOT_ON_ROLL.format(rooms=" ".join(read.unlisted)))), "$text-warning")
        return Content.styled(say(NO_HOUSEHOLD), "$text-muted")
