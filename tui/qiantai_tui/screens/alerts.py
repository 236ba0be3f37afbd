"""The alerts: what who is at the desk was told of due times, seen or not, each with its case."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from qiantai import Case, label
from qiantai.projections.alerts import Alert, Stage
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..alerts.book import Told, unseen
from ..bar_screen import BarScreen
from ..text import showing
from ..text.clicked import tabs
from ..text.clocktime import LEFT_WIDTH, Sign, left, minutes_left, sign
from ..text.facts import near
from ..text.safe import entitle
from ..text.words import language, say
from ..widgets.key_bar import KeyBar
from ..widgets.line_table import LineTable
from ..widgets.rows import Column, KeyedRows, Row
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

TITLE = Bilingual("{name} · {n} 条,未看 {unseen}", "{name} · {n}, {unseen} unseen")
EMPTY = Bilingual(
    "没有提醒。时限到时、快到时会列在这里;Esc 返回,F2 登记",
    "No alerts. Esc goes back, F2 takes in a call",
)
NONE_UNSEEN = Bilingual("都看过了。→ 看全部,Esc 返回", "All are seen to. → shows all, Esc goes back")
NONE_SUCH = Bilingual("没有到时的提醒。→ 换一种,Esc 返回", "None is due. → shows others, Esc goes back")
FILTERS = {
    "all": Bilingual("全部", "All"),
    "unseen": Bilingual("未看", "Unseen"),
    "due": Bilingual("到时", "Due"),
}
_EMPTY = {"all": EMPTY, "unseen": NONE_UNSEEN, "due": NONE_SUCH}
TOLD_AT, WHAT, DUTY = Bilingual("提醒时间", "Told at"), Bilingual("提醒", "Alert"), Bilingual("时限", "Duty")
LEFT, STATE = Bilingual("剩余", "Left"), Bilingual("现在", "Now")
STAGES = {Stage.BEFORE: Bilingual("快到时", "Due soon"), Stage.DUE: Bilingual("到时", "Due")}
DONE = Bilingual("已办", "Done")
MOVED = Bilingual("已改期", "Moved")


class AlertsScreen(BarScreen):
    """What was told, the latest first."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("filter_after", Bilingual("下一种", "Next filter"), "right", "filter(1)", footer=20),
        Action("filter_before", Bilingual("上一种", "Filter before"), "left", "filter(-1)"),
        Action("seen", Bilingual("看过", "Seen"), "space", footer=21),
        Action("all_seen", Bilingual("全部看过", "All seen"), "a", footer=22),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "alerts.tcss"
    ABOUT = Bilingual(
        "提醒:您在这个小区被提醒过的时限,新的在上。● 未看而还没办,○ 看过或已办。Enter 打开事项,就算看过;空格标一条,"
        "a 全部标为看过,←→ 换着看未看的、到时的。每个时限提前提醒一次、到时提醒一次,改了期的按新的时间再提醒。",
        "The alerts: the due times that you were told of at this site, the latest first. ● is unseen and owed still, "
        "○ is not. Enter opens the case, which counts as seen; Space marks one, a marks all, ←→ show the unseen or "
        "the due ones. Each due time is told once before and once as it comes; one that was moved is told again.",
    )

    def __init__(self) -> None:
        super().__init__()
        self._filter = "all"
        self._told: dict[str, Told] = {}
        self._unseen: set[str] = set()
        self._cases: dict[str, Case | None] = {}

    def compose(self) -> ComposeResult:
        """The table between the bars."""
        yield TopBar()
        yield SmallNotice()
        yield LineTable(_columns(), KeyedRows((), self._row), empty=EMPTY, id="alerts")
        yield KeyBar()

    def refresh_data(self) -> None:
        """Reads anew what was told."""
        super().refresh_data()
        self._cases = {}
        alerting, person = self.program.alerting, self.program.person
        every = alerting.told(person) if alerting is not None and person is not None else ()
        self._unseen = {_key(each.alert) for each in unseen(every, self.program.seat.open_cases())}
        shown = [each for each in every if self._fits(each)]
        self._told = {_key(each.alert): each for each in shown}
        table = self.query_one("#alerts", LineTable)
        table.show(KeyedRows(list(self._told), self._row), empty=_EMPTY[self._filter] if every else EMPTY)
        title = TITLE.format(name=label("screens", "alerts"), n=len(shown), unseen=len(self._unseen))
        filters = {name: say(each) for name, each in FILTERS.items()}
        entitle(table, say(title), tabs(filters, self._filter, "screen.show_those"))

    def list_anew(self) -> None:
        """Something more was told."""
        self.program.read_anew(self)

    def _fits(self, told: Told) -> bool:
        match self._filter:
            case "unseen":
                return _key(told.alert) in self._unseen
            case "due":
                return told.alert.stage is Stage.DUE
            case _:
                return True

    def _case(self, number: str) -> Case | None:
        if number not in self._cases:
            self._cases[number] = self.known(number)
        return self._cases[number]

    def _row(self, key: str) -> Row:
        told, now = self._told[key], self.now
        alert, case = told.alert, self._case(told.alert.case)
        owed = case.owed_duty(alert.duty) if case is not None else None
        here = owed is not None and owed.due == alert.due
        found = self._sign(alert, case) if here else None
        where = "" if case is None else " ".join(x for x in (showing.place(case), showing.summary_line(case)) if x)
        cells = (
            "●" if key in self._unseen else "○",
            near(told.at, now),
            say(STAGES[alert.stage]),
            alert.case,
            showing.duty(alert.duty),
            where,
            left(alert.due, now) if here else showing.NO_COUNTDOWN,
            say(found.word if found else DONE if owed is None else MOVED),
        )
        return Row(key, cells, found.tone if found else "void")

    def _sign(self, alert: Alert, case: Case | None) -> Sign:
        urgent = case is not None and case.holds("emergency")
        return sign("open", minutes_left(alert.due, self.now), urgent=urgent)

    def tick(self) -> None:
        """The countdowns as of now."""
        self.query_one("#alerts", LineTable).refresh_rows()

    @on(LineTable.RowSelected, "#alerts")
    def _chosen(self, event: LineTable.RowSelected) -> None:
        if event.key is not None:
            self.program.open_case(self._told[event.key].alert.case)

    def action_filter(self, steps: int) -> None:
        """To the next filter, or the one before."""
        names = list(FILTERS)
        self.action_show_those(names[(names.index(self._filter) + steps) % len(names)])

    def action_show_those(self, name: str) -> None:
        """Those of one filter."""
        self._filter = name
        self.refresh_data()

    def action_seen(self) -> None:
        """Marks the one under the cursor as seen."""
        key = self.query_one("#alerts", LineTable).key
        self._see((self._told[key],) if key is not None else ())

    def action_all_seen(self) -> None:
        """Marks all that are listed as seen."""
        self._see(tuple(self._told.values()))

    def _see(self, told: tuple[Told, ...]) -> None:
        if not told:
            self.program.notify(_EMPTY[self._filter])
        elif self.program.alerting is not None:
            self.program.alerting.see(told)
            self.refresh_data()


def _columns() -> tuple[Column, ...]:
    zh = language() == "zh"
    return (
        Column(Bilingual("", ""), 1),
        Column(TOLD_AT, 11),
        Column(WHAT, 6 if zh else 8),
        Column(label("fields", "number"), 15, since=96),
        Column(DUTY, 10 if zh else 14),
        Column(label("fields", "summary"), 12, flex=1),
        Column(LEFT, LEFT_WIDTH, align="right"),
        Column(STATE, 6 if zh else 8),
    )


def _key(alert: Alert) -> str:
    return f"{alert.case}|{alert.duty}|{alert.due.isoformat()}|{alert.stage}"
