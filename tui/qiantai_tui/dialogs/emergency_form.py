"""An emergency: the first questions, asked in their order, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import on
from textual.widgets import Input

from qiantai import Done, label
from qiantai.intake import Intake, read_line
from qiantai.privacy import mask_name
from qiantai.rooms import find_rooms
from qiantai.words import Bilingual, Channel

from ..actions import Action, bound
from ..text import showing
from ..text.words import say
from ..widgets.choice_rows import FlagRow, OptionsRow
from ..widgets.field_rows import FieldRow, NumberRow, PhoneRow, WordsRow
from ..widgets.options import Option
from .intake_around import Around, Call, Caller

TITLE = Bilingual("应急登记 F9", "Emergency  F9")
WHAT, WHERE = Bilingual("出了什么事", "What"), Bilingual("地点", "Where")
PEOPLE, HURT = Bilingual("几个人", "How many"), Bilingual("有人受伤", "Anyone hurt")
PHONE, CALLED = Bilingual("回拨电话", "Call back on"), Bilingual("已报", "Called")
WHAT_HINT = Bilingual("如 电梯困人、漏水、起火", "as 电梯困人, 漏水, 起火")
WHERE_HINT = Bilingual("房号或地点,如 3栋1单元 电梯", "room or place")
WITH_PEOPLE, WITH_HURT = Bilingual("{n}人", "{n} people"), Bilingual("有人受伤", "somebody hurt")
NOBODY_HURT, HAS_CALLED = Bilingual("无人受伤", "nobody hurt"), Bilingual("已报{numbers}", "{numbers} called")
KINDS = ("help", "repair")
NUMBERS = ("119", "120", "110")


class EmergencyForm(Around):
    """Gives the case that was taken in, or to which the call was put."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("受理", "Take in"), "enter,f10,ctrl+s", "send", footer=10),
    )
    BINDINGS = bound((*ACTIONS, *Around.ACTIONS))
    DEFAULT_CSS = "EmergencyForm > #frame { border: round $error; }"
    title_words = TITLE
    form_name = "emergency"

    ABOUT = Bilingual(
        "应急登记:照着问,问到多少填多少;有*的两项填好就能受理,受理后直接派人。"
        "同一处已经有人报过的,按 F7 补到那一件里。",
        "An emergency: ask down the list and fill in what you are told; the two with * are enough, then somebody is "
        "sent at once. Where it has been reported already, F7 puts the call to that case.",
    )

    def __init__(self, read: Intake) -> None:
        """`read` is what stood in the line when it was called."""
        super().__init__()
        self._read = read
        self.draft_name = f"emergency:{read.line.strip()}"

    def rows(self) -> Iterable[FieldRow]:
        """The questions."""
        read = self._read
        yield WordsRow("what", WHAT, must=True, text=read.summary, hint=WHAT_HINT)
        yield WordsRow("where", WHERE, must=True, text=self._place(), hint=WHERE_HINT)
        yield NumberRow("people", PEOPLE)
        yield FlagRow("hurt", HURT)
        yield PhoneRow("phone", PHONE, text=read.phone)
        yield OptionsRow("called", CALLED, [Option(each, each) for each in NUMBERS], several=True)
        kinds = [Option(each, showing.kind(each)) for each in KINDS]
        yield OptionsRow(
            "kind", label("fields", "kind"), kinds, must=True, taken=[read.kind if read.kind in KINDS else "help"]
        )

    def _place(self) -> str:
        if self._read.household is not None:
            return self._read.household.id
        return self._read.place or " ".join(self._read.unlisted)

    @on(Input.Changed)
    def _reads(self, event: Input.Changed) -> None:
        what, where, kind = self.row("what"), self.row("where"), self.row("kind")
        if what is not None and event.input is getattr(what, "entry", None):
            read = read_line(event.value, self.program.directory)
            if kind is not None and read.kind in KINDS:
                kind.load(read.kind)
            asks = "  ".join(say(each) for each in read.questions) if read.alarms else ""
            what.tell(asks or None)
        elif where is not None and event.input is getattr(where, "entry", None):
            household = self._household(event.value)
            known = self.program.handbook.households.get(household)
            where.tell(f"→ {showing.room(household)} {mask_name(known.name)}" if known else None)
        self.look_around()

    def call(self) -> Call:
        """What has been written so far."""
        texts = {row.field: row.text().strip() for row in self.all_rows()}
        place = texts.get("where", "")
        return Call(texts.get("kind", ""), texts.get("what", ""), place, self._household(place))

    def _household(self, place: str) -> str:
        found = [match.households for match in find_rooms(place, self.program.directory.rooms) if match.households]
        return found[0][0] if found and len(found[0]) == 1 else ""

    def send(self, values: dict[str, Any]) -> None:
        """Takes it in as an emergency, the answers in its summary."""
        said: list[Bilingual | str] = [values["what"]]
        if "people" in values:
            said.append(WITH_PEOPLE.format(n=values["people"]))
        if "hurt" in values:
            said.append(WITH_HURT if values["hurt"] else NOBODY_HURT)
        if "called" in values:
            said.append(HAS_CALLED.format(numbers="、".join(values["called"])))
        household = self._household(values["where"])
        fields: dict[str, Any] = {
            "kind": values["kind"],
            "channel": Channel.PHONE,
            "summary": ",".join(say(each) for each in said),
            "place": showing.room(household) if household and values["where"] == household else values["where"],
            "emergency": True,
        }
        if household:
            fields["household"] = household
        if "phone" in values:
            fields["phone"] = values["phone"]
        outcome = self.program.carry_out(None, "receive", **fields)
        if self.took(outcome) and isinstance(outcome, Done):
            self.dismiss(self.received(outcome, Caller(household)))
