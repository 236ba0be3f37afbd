"""The forms of an erasure: of a household, and of what has passed its term. What goes and what stays stands above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from textual.containers import VerticalScroll
from textual.widget import Widget

from qiantai import Case, label, spots
from qiantai.book_erasure import Words
from qiantai.household_erasure import Plan, Stay
from qiantai.privacy import mask_words
from qiantai.retention import Judged
from qiantai.store import local_day
from qiantai.words import Bilingual, entry

from ..actions import Action, bound
from ..sites.sweeping import Sweeping
from ..text import showing
from ..text.facts import day_of, joined
from ..text.safe import clean
from ..text.showing import room
from ..text.words import say
from ..widgets.field_rows import FieldRow, WordsRow
from ..widgets.reading import Reading
from .resident_forms import OnRecordForm

ERASE_TITLE = Bilingual("抹除 · {room}", "Erase · {room}")
EXPIRE_TITLE = Bilingual("抹除到期的内容", "Erase what has passed its term")
GOES = Bilingual("抹除(不能撤销):", "What goes, for good:")
NOTHING_GOES = Bilingual("没有可以抹除的", "nothing")
STAYS = Bilingual("留下,和为什么:", "What stays, and why:")
ROLL = Bilingual("花名册:{fields}", "The roll: {fields}")
WORDS = Bilingual("{number} {kind} {day}:原话 {n} 处", "{number} {kind} {day}: words in {n} places")
UNTIL = Bilingual(",至少到 {day}", ", to {day} at least")
STAY = Bilingual("{what}:{why} [{clause}]{until}", "{what}: {why} [{clause}]{until}")
BOOK = Bilingual("{book} 第{n}行:{text}", "{book}, line {n}: {text}")
SHEET = Bilingual("写出的 {name} 也删去", "The file {name}, which was written out, is removed too")
LEFT_STORE = Bilingual(
    "{name} 是搬走以前的存储,里面不会抹除;核对过新的以后请整个移走",
    "{name} is a store that the site has left, where nothing is erased: take it away once the new one is checked",
)
ERASED = Bilingual("已抹除 {room}", "{room}: erased")
EXPIRED = Bilingual("已抹除 {n} 件到期事项里的话", "The words of {n} cases have been erased")
NOT_BY_ENTER = Bilingual("看过抹除什么、留下什么,再按 F10", "Once you have seen what goes and what stays, press F10")
FIGURES_STAY = Bilingual(
    "单号、时间、时限和各月数字都留下,不变。", "Numbers, times, duties and the months' figures stay as they are."
)


class ErasureForm(OnRecordForm):
    """What would go and what would stay, to be scrolled, and a line for the reason."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", label("commands", "erase"), "f10,ctrl+s", "send", footer=10),
    )
    BINDINGS = bound(ACTIONS)
    DEFAULT_CSS = """
    ErasureForm > #frame { border: round $error; width: 92; }
    ErasureForm #preview { height: auto; max-height: 45vh; scrollbar-size-vertical: 1; margin-bottom: 1; }
    """

    @property
    def sweeping(self) -> Sweeping:
        """The erasure itself, which reaches what was written out, and the drafts of this desk."""
        return Sweeping(self.program.site, self.program.book)

    def preview(self) -> Iterator[str]:
        """The lines of what goes and what stays."""
        raise NotImplementedError

    def before(self) -> Iterable[Widget]:
        """The preview."""
        yield VerticalScroll(Reading("\n".join(self.preview())), id="preview")

    def show_anew(self) -> None:
        """Has what goes by now stand there, to be agreed to."""
        self.query_one("#preview Reading", Reading).show("\n".join(self.preview()))

    def submitted(self) -> None:
        """Enter alone erases nothing: it cannot be taken back."""
        self.program.notify(NOT_BY_ENTER)

    def rows(self) -> Iterable[FieldRow]:
        """The reason."""
        yield WordsRow("reason", label("fields", "reason"), must=True)


class EraseForm(ErasureForm):
    """A household: its entry in the roll, and what was said in its closed cases."""

    command = "erase"

    def __init__(self, household: str) -> None:
        super().__init__()
        self.household = household
        self.title_words = ERASE_TITLE.format(room=room(household))
        self._shown: Plan | None = None

    def preview(self) -> Iterator[str]:
        """What the plan takes and leaves."""
        plan = self._shown = self.residents.plan(self.household)
        yield say(GOES)
        yield from going(plan)
        yield say(STAYS)
        yield from map(staying, plan.staying)
        yield from (say(SHEET.format(name=each.name)) for each in self.sweeping.sheets(self.residents.traces(plan)))
        yield from (say(LEFT_STORE.format(name=each.name)) for each in self.sweeping.asides())

    def send(self, values: dict[str, Any]) -> None:
        """Erases all that was shown, or nothing."""
        residents = self.sweeping.residents
        found = self.done(lambda: residents.erase(self.household, self.me, values["reason"], self._shown))
        if found is None:
            self.show_anew()
        else:
            self.program.take_roll_anew()
            self.program.tell_did("erase", ERASED.format(room=room(self.household)))
            self.dismiss(None)


class ExpireForm(ErasureForm):
    """All closed cases whose term has passed and that nothing holds back."""

    command = "expire"

    def __init__(self, due: Sequence[Judged]) -> None:
        super().__init__()
        self.title_words = EXPIRE_TITLE
        self._due: Sequence[Case] = [each.case for each in due]

    def preview(self) -> Iterator[str]:
        """The cases, and what stays of them."""
        yield say(GOES)
        yield from map(_words, self._due)
        yield say(FIGURES_STAY)

    def send(self, values: dict[str, Any]) -> None:
        """Erases all that was shown, or nothing."""
        found = self.done(lambda: self.sweeping.residents.expire(self.me, values["reason"], self._due))
        if found is None:
            today = local_day(self.now)
            self._due = [each.case for each in self.residents.judged() if each.due(today)]
            self.show_anew()
        else:
            self.program.tell_did("erase", EXPIRED.format(n=len(found)))
            self.program.tell_screens()
            self.dismiss(None)


def going(plan: Plan) -> Iterator[str]:
    """What goes of a household, a line each."""
    if plan.empty:
        yield f"  {say(NOTHING_GOES)}"
    if plan.entry:
        yield f"  {say(ROLL.format(fields=joined(say(label('fields', each)) for each in plan.entry)))}"
    yield from map(_words, plan.going)
    yield from map(_told, plan.books)


def _told(words: Words) -> str:
    """Words of a book, masked."""
    told = BOOK.format(book=label("books", words.book), n=words.seq + 1, text=mask_words(words.text))
    return f"  {clean(say(told))}"


def _words(case: Case) -> str:
    places = len({(each.seq, each.name) for each in spots(case)})
    kind, day = showing.kind(case.kind), day_of(case.received)
    return f"  {say(WORDS.format(number=case.number, kind=kind, day=day, n=places))}"


def staying(stay: Stay) -> str:
    """What stays, why, by which clause, and until when."""
    hold = stay.hold
    what = say(label("stays", stay.what)) if entry("stays", stay.what) else stay.what
    until = say(UNTIL.format(day=hold.until)) if hold.until else ""
    return f"  {say(STAY.format(what=what, why=hold.why, clause=showing.clause(hold.clause), until=until))}"
