"""Find: one field for households and cases, open and closed, however the resident or the paper names them."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.widgets import Input, Static

from qiantai import StoreError, label
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..bar_screen import BarScreen
from ..finding.as_typed import Finding
from ..finding.closed_rows import ClosedRows
from ..finding.narrowing import NARROWED, Narrowing
from ..finding.search import EVERYTHING, MOST_CASES, Results
from ..text.clicked import hinted
from ..text.safe import crop, entitle, safe
from ..text.words import named, say
from ..widgets.closed_table import Asked, ClosedTable
from ..widgets.entry import Entry
from ..widgets.found_rows import CASE_COLUMNS, HOUSEHOLD_COLUMNS, case_row, household_row
from ..widgets.key_bar import KeyBar
from ..widgets.line_table import LineTable
from ..widgets.rows import KeyedRows, Row, Rows
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

ASK = Bilingual(
    "房号、电话后四位、姓名、拼音首字母、单号、内容里的字",
    "Room, last four of the phone, name, initials, number, words of the text",
)
HINT = Bilingual(
    "例:1-2-301  1栋2单元  1234  王敏  wm  BX-20261122-001  漏水  (一两个字也行)",
    "E.g. 1-2-301  1234  wm  BX-20261122-001  漏水  (a character or two will do)",
)
HOUSEHOLDS = Bilingual("业户 {n}", "Households {n}")
OPEN = Bilingual("在办 {n}", "Open {n}")
ARCHIVE = Bilingual("已办结 {n}", "Archive {n}")
LATEST = Bilingual("最近办结的 {n}", "Closed of late {n}")
MORE = Bilingual("只列前 {n} 件,多打几个字缩小范围", "The first {n}; type more to narrow it down")
LOOKING = Bilingual("正在查已办结的……", "Looking through the closed ones…")
NO_HOUSEHOLD = Bilingual("花名册里没有;换一种写法,或 F2 登记", "Not on the roll; write it otherwise, or F2 takes it in")
NO_CASE = Bilingual(
    "没有“{query}”,F2 登记。已查房号、电话、姓名、首字母、单号和内容,少打几个字试试",
    "“{query}” is nowhere; F2 takes it in. Tried: room, phone, name, initials, number, words",
)
NO_CLOSED = Bilingual("办结的里没有。F2 登记一件", "None among the closed. F2 takes one in")
NO_CASE_OF_THESE = Bilingual(
    "{only}里没有。F4 F5 F6 换范围,Esc 去掉", "None of {only}. F4 F5 F6 change that, Esc drops it"
)
BARRED = Bilingual(
    "花名册和业户档案不归您查看 [M-3.4c],这里只列您经手的事项",
    "The roll and the dossiers are not yours to see [M-3.4c]; only cases that you received or handle are listed",
)
_FEWEST, _MOST, _MOST_WHEN_SHORT, _TALL = 2, 8, 4, 30


class FindScreen(Finding, BarScreen):
    """The field, and under it what was found, in two tables."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("mode_find", label("screens", "find"), "f3", "ask", footer=20),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound((*ACTIONS, *Narrowing.ACTIONS))
    CSS_PATH = "find.tcss"
    ABOUT = Bilingual(
        "按房号(各种写法)、电话后几位、姓名、拼音首字母、单号或内容里的字找业户和事项,已办结的也在内。"
        "什么都不打,下面列的是全部已办结的,最近受理的在前,PageDown、End、滚轮都能翻。"
        "↓ 到结果,Enter 打开,Esc 清空再返回。F4 F5 F6 只看一个类别、状态或月份;看完一个月按 Esc,停在全部里的同一件。",
        "Finds households and cases, closed ones too, by room in any form, end of the telephone number, name, pinyin "
        "initials, case number or words of the text. With nothing typed everything closed is listed, the latest first: "
        "PageDown, End and the wheel go through it. ↓ goes to the results, Enter opens, Esc clears, then goes back. "
        "F4 F5 F6 narrow it to a kind, a state or a month; Esc after a month stays on its case among all.",
    )

    def __init__(self) -> None:
        super().__init__()
        self._results = Results()
        self._all: ClosedRows | None = None
        self._open: dict[str, int] = {}
        self._shown: dict[str, object] = {}

    def compose(self) -> ComposeResult:
        """The field, the tables, the bars."""
        yield TopBar()
        yield SmallNotice()
        with Vertical(id="asked"):
            yield Entry(placeholder=ASK, halfwidth=True, compact=True, id="query")
        yield Static(safe(say(HINT)), id="hint")
        yield LineTable(HOUSEHOLD_COLUMNS, KeyedRows((), self._household_row), empty=NO_HOUSEHOLD, id="households")
        yield LineTable(CASE_COLUMNS, KeyedRows((), self._case_row), id="open")
        yield ClosedTable(empty=LOOKING, id="cases")
        yield KeyBar()

    def on_mount(self) -> None:
        """Shows the latest cases to begin with."""
        entitle(self.query_one("#asked"), hinted(f"{say(label('screens', 'find'))} {named('F3')}"))

    def refresh_data(self) -> None:
        """Searches anew: at once what takes no time, the archive when that is on the screen."""
        super().refresh_data()
        self._open = {}
        for case in self.program.seat.open_cases():
            for household in {case.household, *case.households}:
                self._open[household] = self._open.get(household, 0) + 1
        self._shown.clear()
        self.look()

    @property
    def query_text(self) -> str:
        """What is typed by now."""
        return self.query_one("#query", Entry).value.strip()

    @property
    def _asked(self) -> Asked:
        return Asked(self.query_text, self.only)

    def lists_all(self) -> bool:
        """Whether all that is closed, or that of a month, is asked for, and theirs to see."""
        self._all = None
        if self._asked.for_all:
            try:
                self._all = self.query_one("#cases", ClosedTable).all_of(self.program.seat, self.only)
            except StoreError as error:
                self.program.tell_unread(error)
        return self._all is not None

    def show_results(self, results: Results) -> None:
        """Shows the households, the open cases and the closed ones."""
        asked, self._results = bool(self.query_text), results
        self._by_id = {each.household.id: each for each in results.households}
        self._by_number = {each.number: each for each in results.cases}
        if self._is_new("households", (results.households, asked and not results.barred)):
            households = self.query_one("#households", LineTable)
            households.show(KeyedRows(list(self._by_id), self._household_row))
            households.display = asked and not results.barred
            _as_high(households, len(self._by_id))
            entitle(households, say(HOUSEHOLDS.format(n=len(self._by_id))))
        if self._is_new("open", results.open):
            open_ = self.query_one("#open", LineTable)
            open_.show(KeyedRows([each.number for each in results.open], self._case_row))
            open_.display = bool(results.open)
            _as_high(open_, len(results.open))
            entitle(open_, say(OPEN.format(n=len(results.open))))
        self._show_closed(results)
        if self._is_new("hint", hint := self._hint(results)):
            self.query_one("#hint", Static).update(safe(say(hint)))

    def _show_closed(self, results: Results) -> None:
        rows: Rows = KeyedRows([each.number for each in results.closed], self._case_row)
        if self._all is not None:
            rows = self._all
        closed, asked = self.query_one("#cases", ClosedTable), self._asked
        closed.show_for(asked, rows, self._nothing(results))
        words = LATEST if self._all is None and asked == Asked() else ARCHIVE
        entitle(closed, say(words.format(n=f"{len(rows):,}")), say(MORE.format(n=MOST_CASES)) if results.more else "")

    def _is_new(self, part: str, shown: object) -> bool:
        """Whether a part of the screen has to be told what it shows, which it does not show already."""
        known = part in self._shown and self._shown[part] == shown
        self._shown[part] = shown
        return not known

    def _nothing(self, results: Results) -> Bilingual:
        """What was tried and what would do, where nothing was found."""
        if not results.whole:
            return LOOKING
        if self.only != EVERYTHING:
            return NO_CASE_OF_THESE.format(only=self.only_words())
        return NO_CASE.format(query=crop(self.query_text, 12)) if self.query_text and not results.cases else NO_CLOSED

    def _hint(self, results: Results) -> Bilingual:
        if self.only != EVERYTHING:
            return NARROWED.format(only=self.only_words())
        return BARRED if results.barred else HINT

    def _household_row(self, id: str) -> Row:
        return household_row(self._by_id[id], self._open.get(id, 0))

    def _case_row(self, number: str) -> Row:
        return case_row(self._by_number[number], self.program.handbook)

    def narrowed(self) -> None:
        """Searches anew for a kind, a state or a month."""
        self.refresh_data()

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        self.look_soon()

    @on(Input.Submitted, "#query")
    def _entered(self) -> None:
        """Opens the only thing found; else goes to the results."""
        self.look_to_the_end()
        match list(self._by_id), list(self._by_number):
            case [[household], []] if self._all is None:
                self.program.open_household(household)
            case [[], [number]] if self._all is None:
                self.program.open_case(number)
            case _:
                self._to_results()

    def _to_results(self) -> None:
        for table in self.query(LineTable):
            if table.display and table.row_count:
                table.focus()
                return

    def on_key(self, event: Key) -> None:
        """↓ leaves the field and goes from the first table's end to the second, ↑ back the same way."""
        tables = [each for each in self.query(LineTable) if each.display and each.row_count]
        stops = [self.query_one("#query", Entry), *tables]
        here = next((place for place, each in enumerate(stops) if each.has_focus), None)
        if here is None or event.key not in ("up", "down"):
            return
        at_end = event.key == "down" and (here == 0 or tables[here - 1].cursor == tables[here - 1].row_count - 1)
        at_start = event.key == "up" and here > 0 and tables[here - 1].cursor == 0
        step = 1 if at_end else -1 if at_start else 0
        if step and 0 <= here + step < len(stops):
            event.stop()
            event.prevent_default()
            stops[here + step].focus()

    @on(LineTable.RowSelected, "#households")
    def _chose_household(self, event: LineTable.RowSelected) -> None:
        if event.key is not None:
            self.program.open_household(event.key)

    @on(LineTable.RowSelected, "#open")
    @on(LineTable.RowSelected, "#cases")
    def _chose_case(self, event: LineTable.RowSelected) -> None:
        if (error := self.query_one("#cases", ClosedTable).why(event.key)) is not None:
            self.program.tell_unread(error)
        elif event.key is not None:
            self.program.open_case(event.key)

    def said_so_far(self) -> str:
        """What was looked for and is not there yet."""
        return self.query_one("#query", Entry).value if not self._by_number else ""

    def action_ask(self) -> None:
        """To the field; what was looked for before is marked, to be typed over."""
        for field in self.query("#query").results(Entry):  # none yet where the screen is only just made
            field.begin_anew()

    begin_there = action_ask

    def action_back(self) -> None:
        """Empties the field, then looks at everything again, then goes back to the first mode."""
        field = self.query_one("#query", Entry)
        if field.value:
            field.load("")
            field.focus()
        elif self.only != EVERYTHING:
            self.only = EVERYTHING
            self.refresh_data()
        else:
            super().action_back()


def _as_high(table: LineTable, rows: int) -> None:
    """As high as its rows, within bounds."""
    most = _MOST if table.app.size.height >= _TALL else _MOST_WHEN_SHORT
    table.styles.height = max(_FEWEST, min(rows + 1, most)) + 2


SCREEN = FindScreen
