"""The forms that a resident's request is put on record with: a copy, and a correction of the roll."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from qiantai import Household, Refusal, Residents, label
from qiantai.roll import CORRECTABLE
from qiantai.words import Bilingual

from ..followed import Followed
from ..serving.handing import hand_over
from ..text.facts import joined
from ..text.showing import room
from ..text.words import say
from ..widgets.choice_rows import FlagRow
from ..widgets.field_rows import FieldRow, PhoneRow, WordsRow
from .on_record import OnRecordForm

COPY_TITLE = Bilingual("给业户复制件 · {room}", "A copy for the resident · {room}")
COPY_ABOUT = Bilingual(
    "保存的这一户的全部资料,一个网页文件,可以打印;其他业户打码或略去。会留痕:谁给的、给谁、怎样核实的身份。",
    "All that is kept on the household, as one page to print; other residents are masked or left out. On record: who "
    "gave it, to whom, how they were identified.",
)
WHO_HINT = Bilingual("如 业主本人,看过身份证", "as: the owner, identity card seen")
READING = Bilingual("正在读 {room} 的事项", "Reading the cases of {room}")
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
        by, applicant = self.me, str(values["applicant"])
        self.begin(
            READING.format(room=room(self.household)),
            lambda going: self._made(going, by, applicant),
            self._copied,
            self._handed,
        )

    def _made(self, going: Followed, by: str, applicant: str) -> Path | Refusal:
        from ..resident_copy import kept_copy

        site = self.program.site
        copy = Residents(site.desk, site.books, follower=going).copy(self.household, by, applicant)
        return copy if isinstance(copy, Refusal) else kept_copy(copy, site.desk.handbook, site.name.zh, site.folder)

    def _handed(self, found: Path | Refusal) -> None:
        match found:
            case Path():
                hand_over(self.program, found)
                self.program.tell_did("export", WRITTEN.format(file=str(found)), timeout=20)
            case Refusal():
                """The form shows it."""

    def _copied(self, found: Path | Refusal) -> None:
        match found:
            case Path():
                self.dismiss(None)
            case refusal:
                self.took(refusal)


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
