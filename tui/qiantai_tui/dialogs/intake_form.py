"""The form that a case is taken in by: filled from the line that was typed, showing what matters for its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from qiantai import Case, Done, Refusal, label
from qiantai.intake import Intake
from qiantai.projections.incidents import known_incident, wording
from qiantai.words import Bilingual, Channel

from ..actions import Action, bound
from ..text import showing
from ..text.words import say
from ..widgets.choice_rows import FlagRow, ListRow, OptionsRow
from ..widgets.field_rows import FieldRow, NumberRow, RoomRow, TimeRow, Unread, WordsRow
from ..widgets.options import Option, Options
from ..widgets.reading import Reading
from .asked import look_up
from .form import FormDialog
from .own_fields import EVERY_KIND, own_fields, own_rows

TITLE = Bilingual("受理登记", "Take in")
ASK_FIRST = Bilingual("先问:{questions}", "Ask first: {questions}")
MAY_BE_SAID = Bilingual("统一口径 v{version}:{text}", "Agreed answer v{version}: {text}")
KNOWN = Bilingual("已知事件 {number}:{about}。口径:{wording}", "Known incident {number}: {about}. Say: {wording}")
KNOWN_SO_FAR = Bilingual("已知事件 {number}:{about}", "Known incident {number}: {about}")
LINK = Bilingual("关联该事件", "Link to it")
NOT_ON_ROLL = Bilingual("花名册没有这个房号,请填姓名和电话", "Not on the roll: give name and phone")
AGAINST = Bilingual("投诉对象", "About whom")
MORE = Bilingual("更多项", "More fields")
IN_CHANNELS = (
    Channel.PHONE,
    Channel.VISIT,
    Channel.WECHAT,
    Channel.ONLINE,
    Channel.PATROL,
    Channel.LETTER,
    Channel.LETTER_IN_PERSON,
    Channel.EMAIL,
    Channel.OPINION_BOX,
)
AT_FIRST: Mapping[str, tuple[str, ...]] = {
    "emergency": ("repair", "help"),
    "dispute": ("help",),
    "occurred_at": ("complaint",),
    "demand": ("complaint",),
    "important": ("suggestion", "challenge"),
    "sensitive": ("challenge",),
}
"""The lines that are shown from the start, and for which kinds; all others but the few of every kind wait."""
ANONYMOUS = ("匿名", "不愿透露姓名", "不留姓名", "anonymous")
"""The words in the line that say that nobody is to be named."""
ALWAYS = ("incident", "kind", "household", "summary", "place", "channel")
ONLY_FOR: Mapping[str, tuple[str, ...]] = {
    "emergency": ("repair", "help"),
    "dispute": ("help",),
    "major": ("complaint",),
    "promised": ("repair",),
}


class IntakeForm(FormDialog[str | None]):
    """Gives the number of the case that was taken in."""

    ABOUT = Bilingual(
        "受理登记:认出来的已经填好,带 * 的要填,Enter 受理,F8 显示更多项,Esc 返回并留着没写完的。",
        "Taking in a case: what was recognised is filled in, * has to be given, Enter takes it in, F8 shows more "
        "fields, Esc goes back and keeps what was written.",
    )

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("受理", "Take in"), "enter,f10,ctrl+s", "send", footer=10),
        Action("more", MORE, "f8", footer=20),
    )
    BINDINGS = bound(ACTIONS)
    DEFAULT_CSS = """
    IntakeForm .ask { color: $text-error; text-style: bold; margin-bottom: 1; max-height: 3; }
    IntakeForm .known { color: $accent; text-style: bold; max-height: 3; }
    IntakeForm .agreed { color: $accent; margin-top: 1; max-height: 4; }
    """

    def __init__(self, read: Intake, *, kind: str = "") -> None:
        super().__init__()
        self.title_words = TITLE
        self.read, self._kind = read, kind or read.kind
        self.draft_name = f"receive:{read.line.strip()}"
        self._more = False
        self._incident: Case | None = None

    def compose(self) -> ComposeResult:
        """The form; first it is looked up whether the call is about an incident that is known."""
        read = self.read
        home = read.household.id if read.household else ""
        cases = self.program.seat.open_cases()
        self._incident = known_incident(cases, read.summary, self._place(), home)
        yield from super().compose()

    def before(self) -> Iterable[Widget]:
        """What to ask first in an emergency, and what to say where it is about an incident that is known."""
        if self._incident is not None:
            yield Reading(say(self._known_words(self._incident)), classes="known")
        if self.read.questions:
            questions = "  ".join(f"{n}. {say(each)}" for n, each in enumerate(self.read.questions, 1))
            yield Reading(say(ASK_FIRST.format(questions=questions)), classes="ask")

    def _known_words(self, incident: Case) -> Bilingual:
        words = wording(incident, self.now, self.program.handbook)
        about = f"{showing.place(incident)} {showing.summary(incident)}"
        return (KNOWN if words else KNOWN_SO_FAR).format(number=incident.number, about=about, wording=words)

    def after(self) -> Iterable[Widget]:
        """What may be said on the topic."""
        if self.read.topic and (script := self.program.handbook.script(self.read.topic, self.now)):
            yield Reading(say(MAY_BE_SAID.format(version=script.version, text=script.text)), classes="agreed")

    def rows(self) -> Iterable[FieldRow]:
        """First what every kind has, then what some have, then what is seldom asked."""
        read, handbook = self.read, self.program.handbook
        known = read.household
        if self._incident is not None:
            yield FlagRow("incident", LINK, taken=True)
        yield OptionsRow(
            "kind", label("fields", "kind"), self._kinds(), must=True, taken=[self._kind] if self._kind else ()
        )
        find = look_up(self.program.directory)
        yield RoomRow("household", label("fields", "household"), find, text=known.id if known else "")
        yield WordsRow("name", label("fields", "name"), text=self._given_name())
        yield WordsRow("phone", label("fields", "phone"), text=self._phone(), halfwidth=True)
        yield WordsRow("summary", label("fields", "summary"), must=True, text=read.summary)
        yield from own_rows(handbook, find, self.program.clock)
        yield FlagRow("emergency", label("fields", "emergency"), taken=read.emergency)
        yield WordsRow("place", label("fields", "place"), text=self._place())
        yield TimeRow("occurred_at", label("fields", "occurred_at"), self.program.clock, past=True)
        yield WordsRow("demand", label("fields", "demand"))
        channels = [Option(each, label("channels", each)) for each in IN_CHANNELS]
        yield OptionsRow("channel", label("fields", "channel"), channels, must=True, taken=[Channel.PHONE])
        for name in ("important", "sensitive", "dispute", "major"):
            yield FlagRow(name, label("fields", name))
        unnamed = known is None and any(each in read.line.casefold() for each in ANONYMOUS)
        yield FlagRow("anonymous", label("fields", "anonymous"), taken=True if unnamed else None)
        if self.program.site.topics:
            topics = [Option(each, words[0] if words else each) for each, words in self.program.site.topics.items()]
            yield ListRow("topic", label("fields", "topic"), topics, taken=read.topic)
        people = [Option(each.id, each.name) for each in handbook.people.values()]
        yield ListRow("against", AGAINST, people)
        yield TimeRow("promised", label("fields", "promised"), self.program.clock)
        yield NumberRow("joint", label("fields", "joint"))
        yield NumberRow("rings", label("fields", "rings"))
        yield WordsRow("email", label("fields", "email"), halfwidth=True)
        yield WordsRow("area", label("fields", "area"))

    def _kinds(self) -> list[Option]:
        return [Option(each, showing.kind(each)) for each in self.program.handbook.requests]

    def _given_name(self) -> str:
        known = self.read.household
        return "" if known and known.name == self.read.name else self.read.name

    def _phone(self) -> str:
        known = self.read.household
        return "" if known and self.read.phone in known.phone else self.read.phone

    def _place(self) -> str:
        read = self.read
        if read.place or not (read.unlisted or (read.household and self._kind in ("repair", "help"))):
            return read.place
        return showing.room(read.household.id) if read.household else " ".join(read.unlisted)

    def stand(self) -> None:
        """Shows what belongs to the kind, and stands where something is missing."""
        self._show_what_belongs()
        if self.read.unlisted and self.read.household is None and (row := self.row("household")):
            row.tell(NOT_ON_ROLL, wrong=True)
        super().stand()

    @on(Options.Changed)
    @on(Input.Changed)
    def _amended(self) -> None:
        self._show_what_belongs()

    def _show_what_belongs(self) -> None:
        kind_row, household = self.row("kind"), self.row("household")
        kind = str(kind_row.value() or "") if kind_row else ""
        unnamed = self.row("anonymous")
        known = (household is not None and _stands_for_one(household)) or (
            unnamed is not None and unnamed.value() is True
        )
        for row in self.all_rows():
            row.display = self._belongs(row, kind, known)

    def _belongs(self, row: FieldRow, kind: str, known: bool) -> bool:
        name = row.field
        if name not in EVERY_KIND and name not in ALWAYS:
            field = own_fields(self.program.handbook, kind).get(name)
            return field is not None and (self._more or not field.optional)
        if name in ONLY_FOR and kind not in ONLY_FOR[name]:
            return False
        if name in ALWAYS or self._more:
            return True
        if name in ("name", "phone"):
            return not known or bool(row.text())
        if name in AT_FIRST:
            return kind in AT_FIRST[name]
        return name in ("topic", "anonymous") and bool(row.text())

    def action_more(self) -> None:
        """Shows the lines that are seldom needed, or puts them away."""
        self._more = not self._more
        self._show_what_belongs()

    def send(self, values: dict[str, Any]) -> None:
        """Takes it in."""
        link = values.pop("incident", False)
        outcome = self.program.carry_out(None, "receive", **values)
        if self.took(outcome) and isinstance(outcome, Done):
            self.dismiss(outcome.case.number)
            if link and self._incident is not None:
                self._link(outcome.case.number, self._incident.number)

    def _link(self, number: str, incident: str) -> None:
        """Links what was taken in; it is taken in whether or not that can be done."""
        linked = self.program.carry_out(number, "link", incident=incident)
        if isinstance(linked, Refusal):
            self.program.notify(linked.sentence, severity="warning")


def _stands_for_one(household: FieldRow) -> bool:
    """Whether the room that stands in the field is a household of the roll."""
    try:
        return household.value() is not None
    except Unread:
        return False
