"""Find: one field for households and cases, open and closed, however the resident or the paper names them."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.timer import Timer
from textual.widgets import Input, Static

from qiantai import Case, label
from qiantai.directory import Found
from qiantai.privacy import mask_name, mask_phone
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..bar_screen import BarScreen
from ..mode import Mode
from ..search import MOST_CASES, Results, search
from ..text.facts import day_of
from ..text.safe import entitle, safe
from ..text.showing import kind, place, resident, room, state, summary
from ..text.words import named, say
from ..widgets.entry import Entry
from ..widgets.key_bar import KeyBar
from ..widgets.line_table import LineTable
from ..widgets.rows import Column, KeyedRows, Row
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

PAUSE = 0.08
"""Seconds without typing after which the search begins."""
ASK = Bilingual(
    "房号、电话后四位、姓名、拼音首字母、单号、内容里的字",
    "Room, last four of the phone, name, initials, number, words of the text",
)
HINT = Bilingual(
    "例:1-2-301  1栋2单元  1234  王敏  wm  BX-20261122-001  漏水  (一两个字也行)",
    "E.g. 1-2-301  1234  wm  BX-20261122-001  漏水  (a character or two will do)",
)
HOUSEHOLDS = Bilingual("业户 {n}", "Households {n}")
CASES = Bilingual("事项 {n}", "Cases {n}")
LATEST = Bilingual("最近的事项 {n}", "Latest cases {n}")
MORE = Bilingual("只列前 {n} 件,多打几个字缩小范围", "The first {n}; type more to narrow it down")
LOOKING = Bilingual("正在查已办结的……", "Looking through the closed ones…")
NO_HOUSEHOLD = Bilingual(
    "花名册里没有;换一种写法,或 F2 登记", "Not on the roll; write it another way, or F2 takes it in"
)
NO_CASE = Bilingual("没有相符的事项;少打几个字试试,或 F2 登记", "No such case; try fewer words, or F2 takes one in")
BARRED = Bilingual(
    "花名册和业户档案不归您查看 [M-3.4c],这里只列您经手的事项",
    "The roll and the dossiers are not yours to see [M-3.4c]; only cases that you received or handle are listed",
)
HOUSEHOLD_COLUMNS = (
    Column(label("fields", "household"), 16, flex=2),
    Column(label("fields", "name"), 10, flex=1),
    Column(label("fields", "phone"), 16, flex=1),
    Column(Bilingual("在办", "Open"), 4, align="right"),
    Column(Bilingual("按什么找到", "Found by"), 10),
)
CASE_COLUMNS = (
    Column(label("fields", "number"), 16),
    Column(label("fields", "kind"), 10, since=100),
    Column(Bilingual("状态", "State"), 9),
    Column(Bilingual("受理", "Taken in"), 10, since=96),
    Column(Bilingual("位置", "Place"), 14, flex=1),
    Column(label("words", "resident"), 8, since=70),
    Column(label("fields", "summary"), 14, flex=2),
)
FOUND_BY = {
    "room": label("fields", "household"),
    "phone": label("fields", "phone"),
    "name": label("fields", "name"),
    "surname": Bilingual("姓", "surname"),
    "initials": Bilingual("拼音首字母", "initials"),
}
_FEWEST, _MOST = 2, 8


class FindScreen(BarScreen):
    """The field, and under it what was found, in two tables."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("mode_find", label("screens", "find"), "f3", "ask", footer=20),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "find.tcss"
    ABOUT = Bilingual(
        "按房号(各种写法)、电话后几位、姓名、拼音首字母、单号或内容里的字找业户和事项,已办结的也在内。"
        "↓ 到结果,Enter 打开,Esc 清空再返回。",
        "Finds households and cases, closed ones too, by room in any form, end of the telephone number, name, pinyin "
        "initials, case number or words of the text. ↓ goes to the results, Enter opens, Esc clears, then goes back.",
    )

    def __init__(self) -> None:
        super().__init__()
        self._results = Results()
        self._waiting: Timer | None = None
        self._open: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """The field, the tables, the bars."""
        yield TopBar()
        yield SmallNotice()
        with Vertical(id="asked"):
            yield Entry(placeholder=ASK, halfwidth=True, compact=True, id="query")
        yield Static(safe(say(HINT)), id="hint")
        yield LineTable(HOUSEHOLD_COLUMNS, KeyedRows((), self._household_row), empty=NO_HOUSEHOLD, id="households")
        yield LineTable(CASE_COLUMNS, KeyedRows((), self._case_row), empty=NO_CASE, id="cases")
        yield KeyBar()

    def on_mount(self) -> None:
        """Shows the latest cases to begin with."""
        entitle(self.query_one("#asked"), f"{say(label('screens', 'find'))} {named('F3')}")
        super().on_mount()

    def refresh_data(self) -> None:
        """Searches anew: at once what takes no time, the archive when that is on the screen."""
        super().refresh_data()
        self._open = {}
        for case in self.program.seat.open_cases():
            for household in {case.household, *case.households}:
                self._open[household] = self._open.get(household, 0) + 1
        self._search(archive=not self._query)
        if self._query:
            self._wait(self._search)

    @property
    def _query(self) -> str:
        return self.query_one("#query", Entry).value.strip()

    @property
    def searching(self) -> bool:
        """Whether something was typed that has yet to be looked for, in the archive too."""
        return self._waiting is not None

    def _wait(self, then: Callable[[], None]) -> None:
        self._rest()
        self._waiting = self.set_timer(PAUSE, lambda: self._rested(then))

    def _rest(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = None

    def _rested(self, then: Callable[[], None]) -> None:
        self._waiting = None
        then()

    def _search(self, *, archive: bool = True) -> None:
        program = self.program
        results = search(self._query, program.seat, program.directory, self.now, archive=archive)
        self._show(results, asked=bool(self._query))

    def _show(self, results: Results, *, asked: bool) -> None:
        self._results = results
        self._by_id = {each.household.id: each for each in results.households}
        self._by_number = {each.number: each for each in results.cases}
        households, cases = self.query_one("#households", LineTable), self.query_one("#cases", LineTable)
        households.show(KeyedRows(list(self._by_id), self._household_row))
        nothing = NO_CASE if results.whole else LOOKING
        cases.show(KeyedRows(list(self._by_number), self._case_row), empty=nothing)
        households.display = asked and not results.barred
        households.styles.height = max(_FEWEST, min(len(self._by_id) + 1, _MOST)) + 2
        entitle(households, say(HOUSEHOLDS.format(n=len(self._by_id))))
        more = say(MORE.format(n=MOST_CASES)) if results.more and asked else ""
        entitle(cases, say((CASES if asked else LATEST).format(n=len(self._by_number))), more)
        self.query_one("#hint", Static).update(safe(say(BARRED if results.barred else HINT)))

    def _household_row(self, id: str) -> Row:
        found: Found = self._by_id[id]
        known = found.household
        waiting = self._open.get(id, 0)
        cells = (room(id), mask_name(known.name), mask_phone(known.phone), str(waiting or ""), say(FOUND_BY[found.by]))
        return Row(id, cells)

    def _case_row(self, number: str) -> Row:
        case: Case = self._by_number[number]
        cells = (
            number,
            kind(case.kind),
            state(case),
            day_of(case.received),
            place(case),
            resident(case, self.program.handbook),
            summary(case),
        )
        return Row(number, cells, "" if case.open else "void")

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        self._wait(self.refresh_data)

    @on(Input.Submitted, "#query")
    def _entered(self) -> None:
        """Opens the only thing found; else goes to the results."""
        self._rest()
        self._search()
        match list(self._by_id), list(self._by_number):
            case [[household], []]:
                self.program.open_household(household)
            case [[], [number]]:
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

    @on(LineTable.RowSelected, "#cases")
    def _chose_case(self, event: LineTable.RowSelected) -> None:
        if event.key is not None:
            self.program.open_case(event.key)

    def said_so_far(self) -> str:
        """What was looked for and is not there yet."""
        return self.query_one("#query", Entry).value if not self._by_number else ""

    def action_ask(self) -> None:
        """To the field."""
        self.query_one("#query", Entry).focus()

    def action_back(self) -> None:
        """Empties the field; with an empty field goes back to the first mode."""
        field = self.query_one("#query", Entry)
        if field.value:
            field.load("")
            field.focus()
        else:
            from . import modes

            self.app.switch_mode(modes()[0].id)


SCREEN = Mode("find", label("screens", "find"), "f3", 2, FindScreen, footer=20)
