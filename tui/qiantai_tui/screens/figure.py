"""One figure of the 看板: its clause in full, and the cases that meet it, miss it or are still due."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult

from qiantai import Case, Refusal, StoreError, label
from qiantai.projections.reckoning import Item, Verdict
from qiantai.projections.targets import TODAY
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..bar_screen import BarScreen
from ..giving_way import giving_way
from ..text import figures as words
from ..text import showing
from ..text.facts import moment
from ..text.safe import entitle
from ..text.words import language, say
from ..widgets.figure_rows import figure_items
from ..widgets.items import Item as Lines
from ..widgets.items import Span, line
from ..widgets.key_bar import KeyBar
from ..widgets.line_table import LineTable
from ..widgets.page import Page
from ..widgets.rows import Column, KeyedRows, Row
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

if TYPE_CHECKING:
    from qiantai.projections.targets import Target
    from qiantai.seat import Seat

    from ..figures_read import Read

READING = Bilingual("正在找这些事项……  Esc 返回", "Looking for the cases…  Esc goes back")
NONE = Bilingual("这一项没有事项。Esc 返回", "No case counts here. Esc goes back")
NO_CASES = Bilingual("这一项不是按事项算的。Esc 返回", "This one is not measured by cases. Esc goes back")
HIDDEN = Bilingual(
    "另有 {n} 件不归您查看,只给数字 [M-3.4c]", "{n} more are not yours to see; you have their number alone [M-3.4c]"
)
TITLE = Bilingual("{name} · {n} 件", "{name} · {n} cases")
PROVISIONAL = label("words", "provisional")


class FigureScreen(BarScreen):
    """The cases of a figure, what was missed first; Enter opens one."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("clause", label("words", "clause"), "f8", footer=40),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "figure.tcss"
    ABOUT = Bilingual(
        "看板里的一项:上面是条款全文、统计口径和各周,下面是它的事项,未达成的在前,再是快到时、未到期、达成的。"
        "Enter 打开事项。",
        "One figure: above its clause in full, how it is measured and its weeks; below its cases, those that miss it "
        "first, then those due soon, not due yet, and met. Enter opens a case.",
    )

    def __init__(self, target: Target, read: Read) -> None:
        super().__init__()
        self.target, self._figures = target, read
        self._items: dict[str, Item] | None = None
        self._cases: dict[str, Case | None] = {}
        self._hidden = 0
        self._shut: Bilingual | None = None
        self._reader = ""

    def compose(self) -> ComposeResult:
        """What it is, its cases, the bars."""
        yield TopBar()
        yield SmallNotice()
        yield Page(self._about, id="about")
        yield LineTable(_columns(), KeyedRows((), self._row), empty=READING, id="cases")
        yield KeyBar()

    def on_mount(self) -> None:
        """Reads, and stands on the first case."""
        self.query_one("#cases").focus()

    def refresh_data(self) -> None:
        """Has its cases looked for anew, beside the screen; those that stand there stay until they are found."""
        super().refresh_data()
        if not self.target.of_cases:
            self._take(())
            return
        if self._reader != self.me:
            self._reader, self._items, self._shut, self._hidden = self.me, None, None, 0
            self._show()
        self._find(self.program.seat, "" if self.target in TODAY else self._figures.month)

    @work(thread=True, exclusive=True)
    def _find(self, seat: Seat, month: str) -> None:
        items: tuple[Item, ...] = ()
        why: Bilingual | None = None
        try:
            with giving_way():
                found = seat.behind(month)
            match found:
                case Refusal():
                    why = found.sentence
                case _:
                    items = found
        except StoreError as error:
            why = error.why
        self.beside(self._take, items, why)

    def _take(self, found: tuple[Item, ...], why: Bilingual | None = None) -> None:
        of = [each for each in found if each.target == self.target.id and self._figures.asks(each)]
        items = [each for each in of if each.verdict is not Verdict.BESIDES]
        seen = sorted((each for each in items if each.number), key=_order)
        self._items, self._cases = {each.number: each for each in seen}, {}
        self._hidden, self._shut = len(items) - len(seen), why
        self._show()

    def _show(self) -> None:
        table, items = self.query_one("#cases", LineTable), self._items
        if items is None:
            empty = READING
        elif self._hidden:
            empty = HIDDEN.format(n=self._hidden)
        else:
            empty = self._shut or (NONE if self.target.of_cases else NO_CASES)
        table.show(KeyedRows(list(items or ()), self._row), _columns(), empty=empty)
        n = len(items or ()) + self._hidden
        name = say(self.target.label) + ("" if self.target in TODAY else f" {self._figures.month}")
        entitle(self.query_one("#about"), say(TITLE.format(name=name, n=n)))
        entitle(table, None, say(HIDDEN.format(n=self._hidden)) if self._hidden else "")
        self.query_one("#about", Page).reload()

    def _about(self, width: int) -> list[Lines]:
        found = self._figures.now(self.target)
        if self.target in TODAY:
            return figure_items(self._figures, self.target, width)
        sign = words.result_sign(found.result)
        shown = [f"{sign.mark} {say(sign.word)}", words.value(found), words.goal(self.target), words.bar(found)]
        head = Lines((line(Span("  ".join(each for each in shown if each), sign.tone)),))
        return [head, *figure_items(self._figures, self.target, width)]

    def _case(self, number: str) -> Case | None:
        if number not in self._cases:
            self._cases[number] = self.known(number)
        return self._cases[number]

    def _row(self, number: str) -> Row:
        item, case = (self._items or {})[number], self._case(number)
        due = "" if item.due is None else moment(item.due, self.now)
        cells = (
            say(label("verdicts", item.verdict)),
            number,
            showing.kind(item.kind),
            moment(item.received, self.now),
            f"{due} {say(PROVISIONAL)}" if item.provisional else due,
            showing.place(case) if case else "",
            showing.resident(case, self.program.handbook) if case else "",
            showing.summary(case) if case else "",
            showing.state(case) if case else "",
        )
        return Row(number, cells, words.VERDICT_TONES.get(item.verdict, ""))

    @on(LineTable.RowSelected, "#cases")
    def _chosen(self, event: LineTable.RowSelected) -> None:
        if event.key is not None:
            self.program.open_case(event.key)

    def action_clause(self) -> None:
        """The clause of the figure, in full."""
        from ..dialogs.clause import ClauseDialog

        self.app.push_screen(ClauseDialog(self.target.clause))


_PLACES = tuple(Verdict)


def _order(item: Item) -> tuple[int, str, str]:
    return _PLACES.index(item.verdict), f"{item.due or item.received:%Y%m%d%H%M%S}", item.number


def _columns() -> tuple[Column, ...]:
    zh = language() == "zh"
    return (
        Column(Bilingual("算作", "Counts as"), 6 if zh else 9),
        Column(label("fields", "number"), 15),
        Column(label("fields", "kind"), showing.KIND_WIDTH[language()]),
        Column(Bilingual("受理", "Taken in"), 14, since=110),
        Column(label("words", "due"), 14, since=90),
        Column(Bilingual("位置", "Place"), 12, flex=1),
        Column(label("words", "resident"), 7, since=100),
        Column(label("fields", "summary"), 12, flex=2),
        Column(Bilingual("状态", "State"), showing.STATE_WIDTH[language()]),
    )
