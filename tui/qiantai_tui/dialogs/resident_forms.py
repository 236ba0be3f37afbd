"""The forms that a resident's request is put on record with: a copy, and a correction of the roll."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, TypeVar

from textual.widget import Widget

from qiantai import Command, Household, Refusal, Residents, StoreError, label
from qiantai.roll import CORRECTABLE
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..desk_screen import NOT_KEPT
from ..serving.handing import hand_over
from ..sites.files import SiteError
from ..text.facts import joined
from ..text.showing import room
from ..text.words import say
from ..widgets.choice_rows import FlagRow
from ..widgets.field_rows import FieldRow, PhoneRow, WordsRow
from ..widgets.reading import Reading
from .form import FormDialog

T = TypeVar("T")

COPY_TITLE = Bilingual("给业户复制件 · {room}", "A copy for the resident · {room}")
COPY_ABOUT = Bilingual(
    "保存的这一户的全部资料,一个网页文件,可以打印;其他业户打码或略去。会留痕:谁给的、给谁、怎样核实的身份。",
    "All that is kept on the household, as one page to print; other residents are masked or left out. On record: who "
    "gave it, to whom, how they were identified.",
)
WHO_HINT = Bilingual("如 业主本人,看过身份证", "as: the owner, identity card seen")
WRITTEN = Bilingual("复制件在 {file},交给业户后请删掉", "The copy is {file}; delete it once it is handed over")
CORRECT_TITLE = Bilingual("更正花名册 · {room}", "Correct the roll · {room}")
CORRECT_ABOUT = Bilingual(
    "只填要改的,其他留空;要去掉一项,写一个减号 -。留痕的是改了哪几项和原因,不记原来的内容。",
    "Fill in what is to be otherwise and leave the rest; a minus sign - takes one away. On record are which fields and "
    "why, not what they said.",
)
CORRECTED = Bilingual("已更正 {room}:{fields}", "{room} corrected: {fields}")
CARRYING = Bilingual(
    "在办的 {numbers} 还记着原来的,要改就打开它更正", "Open cases that still carry what it was: {numbers}"
)
NOTHING_GIVEN = "-"


class OnRecordForm(FormDialog[None]):
    """A form about a household; nothing of it is kept as a draft, as it may be the very thing to be erased."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("确定", "Do it"), "enter,f10,ctrl+s", "send", footer=10),
    )
    BINDINGS = bound(ACTIONS)
    DEFAULT_CSS = """
    OnRecordForm .about { margin-bottom: 1; color: $foreground 80%; }
    """
    about: Bilingual | str = ""
    form_name = "resident"
    command = ""

    @property
    def residents(self) -> Residents:
        """What residents may ask of the desk."""
        return Residents(self.program.desk, self.program.site.books)

    def before(self) -> Iterable[Widget]:
        """What it is for."""
        yield Reading(say(self.about), classes="about")

    def keep(self) -> bool:
        """Nothing is kept."""
        return False

    def done(self, ask: Callable[[], T | Refusal]) -> T | None:
        """What came of it; a refusal and what the store or the disk did not take are shown, and give None."""
        try:
            outcome = ask()
        except (StoreError, SiteError) as error:
            outcome = Refusal(Command(self.command, self.me, ""), self.now, NOT_KEPT, None, error.why)
        if isinstance(outcome, Refusal):
            self.took(outcome)
            return None
        return outcome


class CopyForm(OnRecordForm):
    """Asks for whom, and how they were identified; puts the page into the site's folder and says where."""

    about = COPY_ABOUT
    command = "copy"

    def __init__(self, household: str) -> None:
        super().__init__()
        self.household = household
        self.title_words = COPY_TITLE.format(room=room(household))

    def rows(self) -> Iterable[FieldRow]:
        """For whom."""
        yield WordsRow("applicant", label("fields", "applicant"), must=True, hint=WHO_HINT)

    def send(self, values: dict[str, Any]) -> None:
        """Makes the copy."""
        from ..resident_copy import kept_copy

        program = self.program
        copy = self.done(lambda: self.residents.copy(self.household, self.me, values["applicant"]))
        if copy is None:
            return
        site = program.site
        file = self.done(lambda: kept_copy(copy, program.desk.handbook, site.name.zh, site.folder))
        if file is not None:
            hand_over(program, file)
            program.tell_did("export", WRITTEN.format(file=str(file)), timeout=20)
            self.dismiss(None)


class CorrectForm(OnRecordForm):
    """The roll's entry, a line a field; what is left empty stays."""

    about = CORRECT_ABOUT
    command = "correct"

    def __init__(self, household: str) -> None:
        super().__init__()
        self.household = household
        self.title_words = CORRECT_TITLE.format(room=room(household))

    def rows(self) -> Iterable[FieldRow]:
        """What can be corrected, and why."""
        households = self.program.handbook.households
        known = households.get(self.household) or Household("")
        for name in CORRECTABLE:
            words = label("fields", name)
            match name:
                case "important":
                    yield FlagRow(name, words, taken=known.important)
                case "phone":
                    yield PhoneRow(name, words)
                case "area":
                    yield WordsRow(name, words, hint=joined(sorted({each.area for each in households.values()} - {""})))
                case _:
                    yield WordsRow(name, words, halfwidth=name == "email")
        yield WordsRow("reason", label("fields", "reason"), must=True)

    def stand(self) -> None:
        """On the first of what may be otherwise; the reason, which has to be given, comes after it."""
        next(self.all_rows()).focus_field()

    def send(self, values: dict[str, Any]) -> None:
        """Corrects it."""
        given = {name: "" if value == NOTHING_GIVEN else value for name, value in values.items()}
        reason = str(given.pop("reason"))
        found = self.done(lambda: self.residents.correct(self.household, self.me, reason, **given))
        if found is None:
            return
        self.program.take_roll_anew()
        fields = joined(say(label("fields", each)) for each in found.fields)
        self.program.tell_did("roll", CORRECTED.format(room=room(self.household), fields=fields))
        if found.carrying:
            self.program.notify(CARRYING.format(numbers=joined(found.carrying)), severity="warning", timeout=20)
        self.dismiss(None)
