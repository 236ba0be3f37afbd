"""The form that a case is taken in by: filled from the line that was typed, showing what matters for its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input, Select

from qiantai import Case, Done, Refusal, label
from qiantai.intake import Intake, read_line
from qiantai.projections.incidents import known_incident, wording
from qiantai.words import Bilingual, Channel

from ..actions import Action, bound
from ..text import showing
from ..text.words import say
from ..widgets.choice_rows import FlagRow, ListRow, OptionsRow
from ..widgets.field_rows import FieldRow, NumberRow, PhoneRow, RoomRow, TimeRow, Unread, WordsRow
from ..widgets.options import Option, Options
from ..widgets.reading import Reading
from .asked import look_up
from .asking_who import AsksWho
from .intake_around import Call, Caller
from .own_fields import EVERY_KIND, own_fields, own_rows

TITLE = Bilingual("受理登记", "Take in")
ASK_FIRST = Bilingual("先问:{questions}", "Ask first: {questions}")
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


class IntakeForm(AsksWho):
    """Gives the case that was taken in, or to which the call was put."""

    ABOUT = Bilingual(
        "受理登记:认出来的已经填好,带 * 的要填,Enter 受理,F7 办到已有的事项里,F8 显示更多项,Esc 返回并留着没写完的。"
        "上面是这一户、这一处在办的和以前的,下面是能说什么、由谁说。",
        "Taking in a case: what was recognised is filled in, * has to be given, Enter takes it in, F7 puts it to a "
        "case that is open already, F8 shows more fields, Esc goes back and keeps what was written. Above stands what "
        "this household and place have open and had before, below what may be said, and by whom.",
    )

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("受理", "Take in"), "enter,f10,ctrl+s", "send", footer=10),
        Action("more", MORE, "f8", footer=20),
    )
    BINDINGS = bound((*ACTIONS, *AsksWho.ACTIONS))
    DEFAULT_CSS = """
    IntakeForm .ask { color: $text-error; text-style: bold; margin-bottom: 1; max-height: 3; display: none; }
    IntakeForm .ask.-asked { display: block; }
    IntakeForm .known { color: $accent; text-style: bold; max-height: 3; }
    """

    form_name = "receive"

    def __init__(self, read: Intake, *, caller: Caller | None = None) -> None:
        """`caller` is who called last: what was asked of them is not asked again where the same home calls."""
        super().__init__()
        self.title_words = TITLE
        self.read, self._kind = read, read.kind
        home = _home(read)
        self._caller = caller if caller is not None and home and caller.home == home else Caller(home)
        self.draft_name = f"receive:{read.line.strip()}"
        self._more = self._known = False
        self._incident: Case | None = None
        self._heard, self._alarmed, self._topic = read.summary.strip(), read.emergency, read.topic

    def compose(self) -> ComposeResult:
        """The form; first it is looked up whether the call is about an incident that is known."""
        read = self.read
        home = read.household.id if read.household else ""
        cases = self.open_cases()
        self._incident = known_incident(cases, read.summary, self._place(), home)
        yield from super().compose()

    @property
    def incident(self) -> str:
        """The incident that the call is known to be about."""
        return self._incident.number if self._incident is not None else ""

    def before(self) -> Iterable[Widget]:
        """What to say of an incident that is known, what to ask first in an emergency, what is on record already."""
        if self._incident is not None:
            yield Reading(say(self._known_words(self._incident)), classes="known")
        asked = "ask -asked" if self.read.questions else "ask"
        yield Reading(_first(self.read.questions), classes=asked, id="ask")
        yield from super().before()

    def _ask(self, questions: Sequence[Bilingual]) -> None:
        ask = self.query_one("#ask", Reading)
        ask.set_class(bool(questions), "-asked")
        ask.show(_first(questions))

    def _known_words(self, incident: Case) -> Bilingual:
        words = wording(incident, self.now, self.program.handbook)
        about = f"{showing.place(incident)} {showing.summary(incident)}"
        return (KNOWN if words else KNOWN_SO_FAR).format(number=incident.number, about=about, wording=words)

    def rows(self) -> Iterator[FieldRow]:
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
        yield PhoneRow("phone", label("fields", "phone"), text=self._phone())
        yield WordsRow("summary", label("fields", "summary"), must=True, text=read.summary)
        yield from own_rows(handbook, find, self.program.clock)
        yield FlagRow("emergency", label("fields", "emergency"), taken=read.emergency)
        yield WordsRow("place", label("fields", "place"), text=self._place())
        yield TimeRow("occurred_at", label("fields", "occurred_at"), self.program.clock, past=True)
        yield WordsRow("demand", label("fields", "demand"))
        channels = [Option(each, label("channels", each)) for each in IN_CHANNELS]
        yield OptionsRow(
            "channel", label("fields", "channel"), channels, must=True, taken=[self._caller.channel or Channel.PHONE]
        )
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
        known, name = self.read.household, self.read.name or self._caller.name
        return "" if known and known.name == name else name

    def _phone(self) -> str:
        known, phone = self.read.household, self.read.phone or self._caller.phone
        return "" if known and phone in known.phone else phone

    def _place(self) -> str:
        read = self.read
        if read.place or not (read.unlisted or (read.household and self._kind in ("repair", "help"))):
            return read.place
        return showing.room(read.household.id) if read.household else " ".join(read.unlisted)

    def stand(self) -> None:
        """Stands where something is missing."""
        if self.read.unlisted and self.read.household is None and (row := self.row("household")):
            row.tell(NOT_ON_ROLL, wrong=True)
        super().stand()
        if not self._text("summary") and (summary := self.row("summary")):
            summary.focus_field()
        elif self._text("kind"):
            self.ask_who()

    @on(Options.Changed)
    @on(Select.Changed)
    @on(Input.Changed)
    def _amended(self) -> None:
        self._hear()
        self.show_what_belongs()
        self.look_around()

    def _hear(self) -> None:
        """What the matter tells where nothing was said yet: the kind, an emergency with its questions, the topic."""
        said = self._text("summary")
        if said == self._heard:
            return
        self._heard = said
        program = self.program
        read = read_line(f"{self._text('household')} {said}", program.directory, program.site.topics)
        kind, urgent, topic = self.row("kind"), self.row("emergency"), self.row("topic")
        if kind is not None and not kind.text() and read.kind:
            kind.load(read.kind)
        if urgent is not None and read.emergency and not self._alarmed:
            self._alarmed = True
            urgent.load("yes")
            self._ask(read.questions)
        if topic is not None and read.topic and topic.text() in ("", self._topic):
            self._topic = read.topic
            topic.load(read.topic)

    def _text(self, name: str) -> str:
        row = self.row(name)
        return row.text().strip() if row is not None else ""

    def call(self) -> Call:
        """What has been written so far."""
        household = self.row("household")
        home = str(household.value()) if household is not None and _stands_for_one(household) else ""
        return Call(self._text("kind"), self._text("summary"), self._text("place"), home, self._text("topic"))

    def show_what_belongs(self) -> None:
        """First whether it is known who calls, or that it will not be."""
        rows = {each.field: each for each in self.all_rows()}
        self._known = _stands_for_one(rows["household"]) or rows["anonymous"].value() is True
        super().show_what_belongs()

    def belongs(self, row: FieldRow, rows: Mapping[str, FieldRow]) -> bool:
        """What is for the kind; who calls, where that is not known; what else was filled in or asked for."""
        name, kind = row.field, str(rows["kind"].value() or "")
        if name not in EVERY_KIND and name not in ALWAYS:
            field = own_fields(self.program.handbook, kind).get(name)
            return field is not None and (self._more or not field.optional)
        if name in ONLY_FOR and kind not in ONLY_FOR[name]:
            return False
        if name in ALWAYS or self._more:
            return True
        if name in ("name", "phone"):
            return not self._known or bool(row.text())
        if name in AT_FIRST:
            return kind in AT_FIRST[name]
        return name in ("topic", "anonymous") and bool(row.text())

    def action_more(self) -> None:
        """Shows the lines that are seldom needed, or puts them away."""
        self._more = not self._more
        self.show_what_belongs()

    def send(self, values: dict[str, Any]) -> None:
        """Takes it in."""
        link = values.pop("incident", False)
        outcome = self.program.carry_out(None, "receive", **values)
        if self.took(outcome) and isinstance(outcome, Done):
            given = (str(values.get(each, "")) for each in ("name", "phone", "channel"))
            home = values.get("household") or self._caller.home
            self.dismiss(self.received(outcome, Caller(str(home), *given)))
            if link and self._incident is not None:
                self._link(outcome.case.number, self._incident.number)

    def _link(self, number: str, incident: str) -> None:
        """Links what was taken in; it is taken in whether or not that can be done."""
        linked = self.program.carry_out(number, "link", incident=incident)
        if isinstance(linked, Refusal):
            self.program.notify(linked.sentence, severity="warning")


def _first(questions: Sequence[Bilingual]) -> str:
    """What to ask before anything else, each with its figure."""
    told = "  ".join(f"{n}. {say(each)}" for n, each in enumerate(questions, 1))
    return say(ASK_FIRST.format(questions=told)) if questions else ""


def _home(read: Intake) -> str:
    """The home that a line names, on the roll or not; empty where it names none."""
    return read.household.id if read.household else " ".join(read.unlisted)


def _stands_for_one(household: FieldRow) -> bool:
    """Whether the room that stands in the field is a household of the roll."""
    try:
        return household.value() is not None
    except Unread:
        return False
