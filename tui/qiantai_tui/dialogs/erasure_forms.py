"""The forms of an erasure: of a household, and of what has passed its term. What goes and what stays stands above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar, TypeVar

from textual.containers import VerticalScroll
from textual.widget import Widget

from qiantai import Case, Done, Refusal, label, spots
from qiantai.book_erasure import Words
from qiantai.household_erasure import Plan, Stay
from qiantai.privacy import mask_words
from qiantai.residents import Erased
from qiantai.retention import Judged
from qiantai.store import local_day
from qiantai.words import Bilingual, entry

from ..actions import Action, bound
from ..followed import Followed
from ..sites.sweeping import Sweeping
from ..text import showing
from ..text.facts import day_of, joined
from ..text.safe import clean
from ..text.showing import room
from ..text.words import say
from ..widgets.field_rows import FieldRow, WordsRow
from ..widgets.reading import Reading
from .on_record import OnRecordForm
from .resident_forms import READING

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
READING_ALL = Bilingual("再清点一遍", "Counting once more")
MORE = Bilingual("……另有 {n} 件,没有列出", "… and {n} more, not listed")
MOST = 300
"""Of those that a list names: whoever erases a thousand reads no thousand lines."""
_HIGHEST = 45
"""Per cent of the screen's lines that the preview takes."""
T = TypeVar("T")
Expired = tuple[Sequence[Judged], tuple[Done, ...] | Refusal]
"""How all stand that were read, and what came of the erasure."""


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

    def sweeping(self, follower: Followed) -> Sweeping:
        """The erasure itself, which reaches what was written out, and the drafts of this desk."""
        return Sweeping(self.program.site, self.program.book, follower)

    def before(self) -> Iterable[Widget]:
        """The preview."""
        yield VerticalScroll(Reading(), id="preview")

    def on_mount(self) -> None:
        """Keeps the preview as high as its lines, and the box with it."""
        preview = self.query_one("#preview")
        self.watch(preview, "virtual_size", self._fit)

    def _fit(self) -> None:
        preview = self.query_one("#preview")
        preview.styles.height = min(preview.virtual_size.height, self.size.height * _HIGHEST // 100)

    def show(self, lines: Iterable[str]) -> None:
        """Has what goes by now stand there, to be agreed to."""
        self.query_one("#preview Reading", Reading).show("\n".join(lines))

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

    def on_mount(self) -> None:
        """Looks what the plan takes and leaves."""
        self._look()

    def _look(self) -> None:
        self._shown = None
        self.begin(self._reading, self._planned, self._take_plan)

    @property
    def _reading(self) -> Bilingual:
        return READING.format(room=room(self.household))

    def _planned(self, going: Followed) -> tuple[Plan, Sequence[str]]:
        sweeping = self.sweeping(going)
        plan = sweeping.residents.plan(self.household)
        sheets = sweeping.sheets(sweeping.residents.traces(plan))
        return plan, (
            say(GOES),
            *goes(plan),
            say(STAYS),
            *_first(plan.staying, staying),
            *_first(sheets, lambda each: say(SHEET.format(name=each.name))),
            *(say(LEFT_STORE.format(name=each.name)) for each in sweeping.asides()),
        )

    def _take_plan(self, planned: tuple[Plan, Sequence[str]]) -> None:
        self._shown, lines = planned
        self.show(lines)

    def send(self, values: dict[str, Any]) -> None:
        """Erases all that was shown, or nothing; what could not be read is read first."""
        by, reason, shown = self.me, str(values["reason"]), self._shown
        if shown is None:
            self._look()
            return
        self.begin(
            self._reading,
            lambda going: self.sweeping(going).residents.erase(self.household, by, reason, shown),
            self._take,
            self._tell,
        )

    def _tell(self, found: Erased | Refusal) -> None:
        if isinstance(found, Erased):
            self.program.take_roll_anew()
            self.program.tell_did("erase", ERASED.format(room=room(self.household)))

    def _take(self, found: Erased | Refusal) -> None:
        match found:
            case Erased():
                self.dismiss(None)
            case refusal:
                self.took(refusal)
                self._look()


class ExpireForm(ErasureForm):
    """All closed cases whose term has passed and that nothing holds back."""

    command = "expire"
    title_words = EXPIRE_TITLE

    def __init__(self, due: Sequence[Judged]) -> None:
        super().__init__()
        self._due: Sequence[Case] = [each.case for each in due]

    def on_mount(self) -> None:
        """Shows what is due, as it has been read."""
        self._show_due()

    def _show_due(self) -> None:
        self.show((say(GOES), *_first(self._due, _words), say(FIGURES_STAY)))

    def send(self, values: dict[str, Any]) -> None:
        """Reads all anew, then erases all that was shown, or nothing where more is due by now."""
        by, reason, shown = self.me, str(values["reason"]), self._due

        def expired(going: Followed) -> Expired:
            residents = self.sweeping(going).residents
            read = residents.judged()
            return read, residents.expire(by, reason, shown, read)

        self.begin(READING_ALL, expired, self._take, self._tell)

    def _tell(self, found: Expired) -> None:
        _, done = found
        if not isinstance(done, Refusal):
            self.program.tell_did("erase", EXPIRED.format(n=len(done)))
            self.program.tell_screens()

    def _take(self, found: Expired) -> None:
        read, done = found
        match done:
            case Refusal():
                today = local_day(self.now)
                self._due = [each.case for each in read if each.due(today)]
                self.took(done)
                self._show_due()
            case _:
                self.dismiss(None)


def goes(plan: Plan) -> Iterator[str]:
    """What goes of a household, a line each."""
    if plan.empty:
        yield f"  {say(NOTHING_GOES)}"
    if plan.entry:
        yield f"  {say(ROLL.format(fields=joined(say(label('fields', each)) for each in plan.entry)))}"
    yield from _first(plan.going, _words)
    yield from _first(plan.books, _told)


def _first(several: Sequence[T], line: Callable[[T], str]) -> Iterator[str]:
    """The first of them, a line each, and how many more there are."""
    yield from map(line, several[:MOST])
    if len(several) > MOST:
        yield f"  {say(MORE.format(n=len(several) - MOST))}"


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
