"""The figures 看板: what today counts, and every target and duty of a month with its value, its goal and its trend."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from qiantai import StoreError, label
from qiantai.access import may_have, withheld
from qiantai.projections.months import later, month_of
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..bar_screen import BarScreen
from ..dialogs.read import paragraph
from ..text import showing
from ..text.clicked import hinted
from ..text.facts import day_of
from ..text.safe import entitle
from ..text.words import say
from ..widgets.figure_rows import figure_columns, figure_items, figure_row
from ..widgets.items import Item
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

READING = Bilingual("正在统计……  Esc 返回", "Counting…  Esc goes back")
SHUT = Bilingual("看不到统计,原因在下面。Esc 返回", "The figures stay shut, the reason stands below. Esc goes back")
KEYS = Bilingual("← 上月  → 下月  0 本月  Enter 看事项", "← month before  → month after  0 this month  Enter its cases")
ALL_KINDS = Bilingual("全部类别", "all kinds")
ALL_AREAS = Bilingual("全小区", "whole site")
KIND = Bilingual("按类别", "By kind")
AREA = Bilingual("按片区", "By area")
NO_AREAS = Bilingual("这个月的事项都没有片区", "No case of this month is of an area")
_ALL = "all"
_PAUSE = 3.0
"""Seconds between two readings of what has changed."""


class FiguresScreen(BarScreen):
    """One month; it opens at once and is filled beside the screen, the month shown first."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("month_before", Bilingual("上月", "Month before"), "left", "month(-1)"),
        Action("month_after", Bilingual("下月", "Month after"), "right", "month(1)"),
        Action("this_month", Bilingual("本月", "This month"), "0"),
        Action("of_kind", Bilingual("类别", "Kind"), "f5", footer=20),
        Action("of_area", Bilingual("片区", "Area"), "f6", footer=30),
        Action("clause", label("words", "clause"), "f8", footer=40),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "figures.tcss"
    ABOUT = Bilingual(
        "看板:今天有多少,和这个月(按受理日)的每项指标、每个时限:值、目标、达成的件数、近12个月。"
        "✓ 达标,▲ 有风险(还来得及),✗ 未达标,○ 暂无数据,— 程序里没有、写明原因。"
        "←→ 换月,Enter 看这一项的事项,F8 看条款,F5、F6 只看一个类别、一个片区。",
        "The figures: what today counts, and for the month of receipt every target and duty with its value, its goal, "
        "how many met it, and twelve months. ✓ met, ▲ at risk and still to be saved, ✗ missed, ○ nothing to count "
        "yet, — not kept here, with the reason. ←→ go to other months, Enter shows the cases, F8 the clause, F5 and F6 "
        "one kind or area alone.",
    )

    def __init__(self) -> None:
        super().__init__()
        self._read: Read | None = None
        self._reader = ""
        self._shut: Bilingual | None = None
        self._filling = self._stale = False
        self._follows, self._read_on = True, ""
        self._rows: dict[str, Row] = {}
        self._targets: dict[str, Target] = {}

    def compose(self) -> ComposeResult:
        """The table, what stands behind the line, the bars."""
        yield TopBar()
        yield SmallNotice()
        yield LineTable(figure_columns(), KeyedRows((), self._row), empty=READING, id="figures")
        yield Page(self._detail, id="detail")
        yield KeyBar()

    @property
    def read(self) -> Read:
        """What has been read so far."""
        if self._read is None:
            from ..figures_read import Read

            self._read = Read(month_of(self.now))
        return self._read

    def on_screen_resume(self) -> None:
        """Whoever left it on the month that ran comes back to the month that runs."""
        if self._follows and self._read is not None:
            self._read.month = month_of(self.now)

    def refresh_data(self) -> None:
        """Has what has changed read anew, beside the screen: there may be many cases."""
        super().refresh_data()
        seat, self._read_on = self.program.seat, day_of(self.now)
        if self._reader != self.me:
            self._reader, self._read, self._follows = self.me, None, True
        self._shut = None
        if not may_have("figures", seat.person):
            self._shut = withheld("figures", seat.person, self.now).sentence
        self._show()
        if self._shut is not None:
            return
        if self._filling:
            self._stale = True
        else:
            self._begin()

    def tick(self) -> None:
        """After midnight what counts today is counted anew; the month that is looked at stays."""
        if self._read_on != day_of(self.now):
            self.program.read_anew(self)

    def _begin(self) -> None:
        """Reads from the beginning; a reading that is under way is given up."""
        read, seat = self.read, self.program.seat
        self._filling, self._stale = True, False
        self._fill(read, seat, read.wanted)

    @work(thread=True, exclusive=True, group="figures")
    def _fill(self, read: Read, seat: Seat, wanted: tuple[str, ...]) -> None:
        worker = get_current_worker()
        why: Bilingual | None = None
        try:
            from ..figures_read import read_on

            for _ in read_on(read, seat, wanted, self.program.site.books):
                if worker.is_cancelled:
                    return
                self.beside(self._changed, read)
        except StoreError as error:
            why = error.why
        self.beside(self._filled, why)

    def _filled(self, why: Bilingual | None) -> None:
        self._filling = False
        if why is not None:
            self.program.notify(why, severity="error")
        elif self._stale:
            self.set_timer(_PAUSE, self.read_again)

    def read_again(self) -> None:
        """Reads what has changed while it was read, where that is still to be done."""
        if self._stale and not self._filling and self.is_current:
            self._begin()

    def _changed(self, read: Read) -> None:
        if read is self._read:
            self._show()

    def _show(self) -> None:
        read, table = self.read, self.query_one("#figures", LineTable)
        self._rows = {}
        shown = () if self._shut else read.targets(self.program.handbook)
        self._targets = {each.id: each for each in shown}
        table.show(KeyedRows(list(self._targets), self._row), figure_columns(), empty=SHUT if self._shut else READING)
        kind = say(label("kinds", read.kind)) if read.kind else say(ALL_KINDS)
        title = " · ".join((read.month, kind, read.area or say(ALL_AREAS)))
        entitle(table, f"{say(label('screens', 'figures'))} {title}", hinted(say(KEYS)))
        self._show_detail()

    def _row(self, id: str) -> Row:
        if id not in self._rows:
            self._rows[id] = figure_row(self.read, self._targets[id])
        return self._rows[id]

    @property
    def chosen(self) -> Target | None:
        """The figure under the cursor."""
        return self._targets.get(self.query_one("#figures", LineTable).key or "")

    def _detail(self, width: int) -> list[Item]:
        if self._shut is not None:
            return list(paragraph(say(self._shut), width))
        target = self.chosen
        return [] if target is None else figure_items(self.read, target, width)

    @on(LineTable.RowHighlighted, "#figures")
    def _show_detail(self) -> None:
        detail = self.query_one("#detail", Page)
        detail.show(self._detail)
        detail.display = bool(self._targets) or self._shut is not None

    @on(LineTable.RowSelected, "#figures")
    def _opened(self) -> None:
        if (target := self.chosen) is not None:
            from .figure import FigureScreen

            self.app.push_screen(FigureScreen(target, self.read))

    def action_clause(self) -> None:
        """The clause of the figure, in full."""
        if (target := self.chosen) is not None:
            from ..dialogs.clause import ClauseDialog

            self.app.push_screen(ClauseDialog(target.clause))
        else:
            self.program.notify(self._shut or READING, severity="warning")

    def action_month(self, months: int) -> None:
        """So many months on, this one at the latest."""
        self._go(min(later(self.read.month, months), month_of(self.now)))

    def action_this_month(self) -> None:
        """Back to this month."""
        self._go(month_of(self.now))

    def _go(self, month: str) -> None:
        self.read.month, self._follows = month, month == month_of(self.now)
        self._show()
        if self._shut is None:
            self._begin()

    def action_of_kind(self) -> None:
        """Asks of which kind of case."""
        kinds = [(each, showing.kind(each)) for each in self.program.handbook.requests]
        self._choose(KIND, ALL_KINDS, kinds, self.read.kind, self._take_kind)

    def action_of_area(self) -> None:
        """Asks of which area: of those that an area manager answers for, where they have any [H-3.2]."""
        own = self.program.seat.person.areas
        areas = [(each, each) for each in (sorted(own) or self.read.areas)]
        if areas:
            self._choose(AREA, ALL_AREAS, areas, self.read.area, self._take_area)
        else:
            self.program.notify(NO_AREAS)

    def _choose(
        self,
        title: Bilingual,
        everything: Bilingual,
        names: list[tuple[str, str]],
        chosen: str,
        take: Callable[[str | None], None],
    ) -> None:
        from ..dialogs.choose import ChooseDialog
        from ..dialogs.choose import Item as Choice

        if self._shut is not None:
            self.program.notify(self._shut, severity="warning")
        else:
            items = [Choice(_ALL, (say(everything),)), *(Choice(each, (name,)) for each, name in names)]
            self.app.push_screen(ChooseDialog(title, (Column(title, 20, flex=1),), items, chosen=chosen or _ALL), take)

    def _take_kind(self, kind: str | None) -> None:
        if kind is not None:
            self.read.kind = "" if kind == _ALL else kind
            self._show()

    def _take_area(self, area: str | None) -> None:
        if area is not None:
            self.read.area = "" if area == _ALL else area
            self._show()


SCREEN = FiguresScreen
