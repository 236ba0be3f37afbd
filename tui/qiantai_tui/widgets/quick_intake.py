"""The one line that a call is taken in by: who and what, read while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from qiantai.privacy import mask_name, mask_phone
from qiantai.projections.before import Before
from qiantai.words import Bilingual

from ..outliving import Outliving
from ..text import showing
from ..text.agreed import MayBeSaid
from ..text.clicked import hinted
from ..text.safe import clean, crop, entitle, safe
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
ALREADY = Bilingual("在办 {number} {state} {about}", "open {number} {state} {about}")
MORE = Bilingual("共 {n} 件", "{n} in all")
THERE = Bilingual("同处", "same place")
KEEP_AFTER = 0.2
"""Seconds after which what was written is kept."""


class QuickIntake(Outliving, Vertical):
    """A field; what it is read as stands under it. `Asked` is posted by Enter."""

    DEFAULT_CSS = """
    QuickIntake { height: auto; border: round $primary 50%; padding: 0 1; }
    QuickIntake:focus-within { border: round $primary; }
    QuickIntake Entry { width: 1fr; background: transparent; }
    QuickIntake #read-as, QuickIntake #on-record, QuickIntake #may-be-said { height: 1; display: none; }
    QuickIntake.-typed #read-as { display: block; }
    QuickIntake.-on-record #on-record { display: block; color: $text-warning; }
    QuickIntake.-topic #may-be-said { display: block; color: $accent; }
    QuickIntake.-topic #may-be-said.-not-theirs { color: $text-warning; }
    """

    class Asked(Message):
        """A line was entered."""

        def __init__(self, read: Intake) -> None:
            super().__init__()
            self.read = read

    def __init__(
        self,
        read: Callable[[str], Intake],
        on_record: Callable[[Intake], Before],
        may_be_said: Callable[[Intake], MayBeSaid | None],
        keep: Callable[[], None],
    ) -> None:
        """`read` reads a line, `on_record` looks what is there about it, `may_be_said` what may be said of it.

        `keep` keeps what is written, a moment after it was.
        """
        super().__init__()
        self._keep, self._keeping = keep, False
        self._read, self._on_record, self._may_be_said = read, on_record, may_be_said
        entitle(self, hinted(say(TITLE)))

    def compose(self) -> ComposeResult:
        """The field, and what is told under it."""
        yield Entry(placeholder=HINT, compact=True, halfwidth=True, draft="quick", id="quick")
        for line in ("read-as", "on-record", "may-be-said"):
            yield Static("", id=line)

    @property
    def entry(self) -> Entry:
        """The field."""
        return self.query_one(Entry)

    def clear(self) -> None:
        """Empties the field, as what stood in it was taken in."""
        self.entry.load("")

    def leave_marked(self) -> None:
        """What stands here was not taken in: → or Enter goes on with it, and the next call is typed in its place."""
        if self.entry.has_focus:
            self.entry.action_select_all()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if not self._keeping:
            self._keeping = True
            self.set_timer(KEEP_AFTER, self._keep_now)
        self._say_read_as()

    def on_resize(self) -> None:
        """Says it in the room that there is now."""
        self._say_read_as()

    def _say_read_as(self) -> None:
        """Three lines, each one line whatever it says: only what comes and goes moves the screen.

        An empty line is not read: the first reading has a roll and patterns to get ready.
        """
        line = self.entry.value.strip()
        self.set_class(bool(line), "-typed")
        read = self._read(line) if line else None
        found, said = (self._on_record(read), self._may_be_said(read)) if read else (Before(), None)
        if read:
            self.query_one("#read-as", Static).update(self.preview(read, len(found.household)), layout=False)
        self.set_class(bool(found.cases), "-on-record")
        self.query_one("#on-record", Static).update(self._already(found), layout=False)
        self.set_class(said is not None, "-topic")
        agreed = self.query_one("#may-be-said", Static)
        agreed.set_class(said is not None and not said.theirs, "-not-theirs")
        agreed.update(safe(say(said.words), width=self._wide) if said is not None else "", layout=False)

    def _keep_now(self) -> None:
        self._keeping = False
        self._keep()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Asked(self._read(event.value)))

    @property
    def _wide(self) -> int:
        return max(1, self.size.width - 4)

    def _already(self, found: Before) -> Content:
        """The likeliest of the open cases that the call may belong to, and how many there are."""
        if not found.cases:
            return Content("")
        case = found.cases[0]
        words = ALREADY.format(number=case.number, state=showing.state(case), about=showing.summary(case))
        whose = "" if found.household else f"{say(THERE)} "
        more = f" · {say(MORE.format(n=len(found.cases)))}" if len(found.cases) > 1 else ""
        return Content(crop(f"→ {whose}{say(words)}{more}", self._wide))

    def preview(self, read: Intake, open_cases: int) -> Content:
        """What a line was read as: the household, its open cases, the kind, the alarm with its first question."""
        parts: list[Content] = [Content("→ ") + self._household(read, open_cases)]
        parts.append(Content(showing.kind(read.kind)) if read.kind else Content.styled(say(NO_KIND), "$text-muted"))
        if read.emergency:
            words = say(EMERGENCY.format(word=clean(read.emergency_word)))
            parts.append(Content.styled(words, "bold $text-error"))
            if read.questions:
                parts.append(Content.styled(clean(say(read.questions[0])), "$text-error"))
        return Content(" · ").join(parts).truncate(self._wide, ellipsis=True)

    def _household(self, read: Intake, count: int) -> Content:
        found = read.household
        if found is not None:
            name = f"{showing.room(found.id)} {mask_name(found.name)} {mask_phone(found.phone)}"
            more = f" {say(OPEN_CASES.format(n=count))}" if count else ""
            return Content(clean(name)) + Content.styled(more, "$text-warning")
        if read.households:
            return Content.styled(say(SEVERAL.format(n=len(read.households))), "$text-warning")
        if read.unlisted:
            return Content.styled(clean(say(NOT_ON_ROLL.format(rooms=" ".join(read.unlisted)))), "$text-warning")
        return Content.styled(say(NO_HOUSEHOLD), "$text-muted")
