"""The month's sample: the completed cases that a superior calls back on, what they found, and how many are done."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult

from qiantai import Case, Seat, StoreError, label
from qiantai.projections.months import later, month_of
from qiantai.projections.sample import ANSWERS, CLAUSE, Drawn, Sample, callers, may_sample
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..bar_screen import BarScreen
from ..giving_way import giving_way
from ..text import showing
from ..text.clicked import hinted
from ..text.facts import joined, near
from ..text.safe import entitle
from ..text.words import language, say
from ..widgets.items import Item
from ..widgets.key_bar import KeyBar
from ..widgets.line_table import LineTable
from ..widgets.matter import Known, known_items
from ..widgets.page import Page
from ..widgets.rows import Column, KeyedRows, Row
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

TITLE = Bilingual(
    "{name} {month} · 办结 {n},应抽 {needed},抽中 {drawn},已打通 {done}",
    "{name} {month} · {n} completed, {needed} needed, {drawn} drawn, {done} reached",
)
MONTHS = Bilingual("← 上个月  → 下个月", "← month before  → month after")
COUNTING = Bilingual("正在清点这个月办结的事项…… Esc 返回", "Counting what was completed in the month… Esc goes back")
NONE_DRAWN = Bilingual(
    "这个月还没有抽中的。← 看上个月,Esc 返回", "None is drawn so far. ← shows the month before, Esc goes back"
)
COMPLETED = Bilingual("办结", "Completed")
CALLERS = Bilingual("由谁打", "Callers")
NOBODY_LEFT = Bilingual(
    "主管和部门负责人都经手过,请公司客户服务部另派人",
    "Every supervisor and head had a hand in it: ask the company for another",
)
WHO, BY = Bilingual("业户", "Resident"), Bilingual("谁打过", "Called by")
FOUND = Bilingual("结果", "Found")
YOURS, NOT_YOURS = Bilingual("可打", "you may"), Bilingual("须回避", "not you")
CALLED = Bilingual("{at} {who} {answer}", "{at} {who}: {answer}")
SHARE = Bilingual(
    "{called}/{n} 已回访过 · 每月不少于 20% [{clause}]", "{called} of {n} were called · 20% a month [{clause}]"
)
SHARE_NAME, HOW_NAME, NUMBER_NAME = (
    Bilingual("回访率", "Called"),
    Bilingual("怎样抽", "Drawn"),
    Bilingual("电话", "Phone"),
)
HOW = Bilingual(
    "按月份和单号算出的数抽,五分之一,谁算都一样;月底不足 20% 再补 (本项目规定)",
    "By a figure reckoned from month and case number, one in five, the same whoever reckons it; topped up to 20% when "
    "the month is over (house rule)",
)
NUMBER = Bilingual("已办结的不显示全号 [M-3.4c],请查花名册", "Not shown for a closed case [M-3.4c]; see the roll")
NOT_A_SUPERIOR = Bilingual(
    "抽查由没有经手这件事项的客服主管或部门负责人打。请他们来记",
    "Sample calls are made by a supervisor or head who had no hand in the case. Ask one of them",
)


class SampleScreen(BarScreen):
    """One month of it."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("month_before", Bilingual("上个月", "Month before"), "left", "month(-1)", footer=11),
        Action("month_after", Bilingual("下个月", "Month after"), "right", "month(1)", footer=12),
        Action("call_back", label("commands", "call_back"), "f6", "record_call", footer=50),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "sample.tcss"
    ABOUT = Bilingual(
        "抽查:每个月办结的事项抽五分之一,由没有经手的主管或部门负责人再打一次电话。按月份和单号抽,不靠手气,也不由人挑;"
        "抽中的不会再换掉。F6 记下打的结果,作为备注留在事项里;Enter 打开事项,←→ 换月。",
        "The sample: a fifth of what a month completes is called on once more, by a supervisor or head who had no hand "
        "in it. It is drawn by month and case number, by nobody's choice, and what is drawn stays so. F6 records what "
        "was found, as a note of the case; Enter opens the case, ←→ go to other months.",
    )

    def __init__(self) -> None:
        super().__init__()
        self._month = ""
        self._sample: Sample | None = None
        self._counting = self._reader = ""
        self._drawn: dict[str, Drawn] = {}

    def compose(self) -> ComposeResult:
        """The table, the rest of the line, the bars."""
        yield TopBar()
        yield SmallNotice()
        yield LineTable(_columns(), KeyedRows((), self._row), empty=COUNTING, id="drawn")
        yield Page(self._detail, id="detail")
        yield KeyBar()

    @property
    def month(self) -> str:
        """The month shown: the one it was opened in until another is chosen."""
        return self._month or month_of(self.now)

    def on_mount(self) -> None:
        """Stays with the month it was opened in, a call that ends after midnight of its last day included."""
        self._month = month_of(self.now)

    def on_screen_resume(self) -> None:
        """Counts anew: a call may have been put on record, or the case looked at have gone on."""
        self._counting = ""

    def refresh_data(self) -> None:
        """Has the month counted beside the screen, once: its cases may have been received long before."""
        super().refresh_data()
        if self._reader != self.me:
            self._reader, self._sample, self._counting = self.me, None, ""
        self._show()
        if self._counting != self.month:
            self._counting = self.month
            self._count(self.program.seat, self.month)

    @work(thread=True, exclusive=True)
    def _count(self, seat: Seat, month: str) -> None:
        try:
            with giving_way():
                found = seat.sample(month)
        except StoreError as error:
            self.beside(self._failed, error)
        else:
            self.beside(self._counted, found)

    def _failed(self, error: StoreError) -> None:
        self._counting = ""
        self.program.tell_unread(error)

    def _counted(self, found: Sample) -> None:
        self._sample = found
        self._show()

    @property
    def _found(self) -> Sample | None:
        """The sample of the month shown, None while that is being counted."""
        return self._sample if self._sample is not None and self._sample.month == self.month else None

    def _show(self) -> None:
        found = self._found
        self._drawn = {each.case.number: each for each in found.drawn} if found else {}
        table = self.query_one("#drawn", LineTable)
        table.show(KeyedRows(list(self._drawn), self._row), empty=NONE_DRAWN if found else COUNTING)
        counts = found or Sample(self.month)
        title = TITLE.format(
            name=label("screens", "sample"),
            month=self.month,
            n=counts.completed,
            needed=counts.needed,
            drawn=len(counts.drawn),
            done=counts.done,
        )
        entitle(table, say(title), hinted(say(MONTHS)))
        self._show_detail()

    def _row(self, number: str) -> Row:
        each, now, handbook = self._drawn[number], self.now, self.program.handbook
        last = each.calls[-1] if each.calls else None
        cells = (
            "✓" if each.done else "●",
            number,
            near(each.completed, now),
            showing.kind(each.case.kind),
            showing.summary_line(each.case),
            showing.resident(each.case, handbook),
            say(ANSWERS[last.answer]) if last else "",
            showing.staff(last.by, handbook) if last else say(YOURS if self._may(each.case) else NOT_YOURS),
        )
        return Row(number, cells, "met" if each.done else "")

    def _may(self, case: Case) -> bool:
        return may_sample(case, self.program.seat.person)

    def _detail(self, width: int) -> list[Item]:
        each = self._drawn.get(self.query_one("#drawn", LineTable).key or "")
        counts = self._found or Sample(self.month)
        about = [
            Known(SHARE_NAME, say(SHARE.format(called=counts.called, n=counts.completed, clause=CLAUSE.id))),
            Known(HOW_NAME, say(HOW)),
        ]
        return known_items([], [*self._of(each), *about], width)

    def _of(self, each: Drawn | None) -> list[Known]:
        if each is None:
            return []
        now, handbook = self.now, self.program.handbook
        told = (
            say(
                CALLED.format(
                    at=near(call.at, now), who=showing.staff(call.by, handbook), answer=say(ANSWERS[call.answer])
                )
            )
            + (f" {call.words}" if call.words else "")
            for call in each.calls
        )
        return [
            Known(label("fields", "summary"), showing.summary(each.case)),
            Known(label("fields", "result"), showing.words(each.case, "result") or showing.words(each.case, "reply")),
            Known(FOUND, joined(told)),
            Known(CALLERS, joined(person.name for person in callers(each.case, handbook)) or say(NOBODY_LEFT)),
            Known(NUMBER_NAME, " ".join((showing.phone(each.case, handbook), say(NUMBER))).strip()),
        ]

    @on(LineTable.RowHighlighted, "#drawn")
    def _show_detail(self) -> None:
        self.query_one("#detail", Page).show(self._detail)

    @on(LineTable.RowSelected, "#drawn")
    def _chosen(self, event: LineTable.RowSelected) -> None:
        if event.key is not None:
            self.program.open_case(event.key)

    def action_record_call(self) -> None:
        """Asks what the call found, and puts it on the record of the case."""
        each = self._drawn.get(self.query_one("#drawn", LineTable).key or "")
        if each is None:
            return
        if not self._may(each.case):
            self.program.notify(NOT_A_SUPERIOR, severity="warning")
            return
        from ..dialogs.sample_form import SampleForm

        self.program.push_screen(SampleForm(each.case))

    def action_month(self, months: int) -> None:
        """To the month before, or the one after, this one at the latest."""
        self._month = min(later(self.month, months), month_of(self.now))
        self.refresh_data()


def _columns() -> tuple[Column, ...]:
    lang = language()
    return (
        Column(Bilingual("", ""), 1),
        Column(label("fields", "number"), 15),
        Column(COMPLETED, 11, since=96),
        Column(label("fields", "kind"), showing.KIND_WIDTH[lang]),
        Column(label("fields", "summary"), 11, flex=1),
        Column(WHO, 6 if lang == "zh" else 8),
        Column(FOUND, 8 if lang == "zh" else 14),
        Column(BY, 6 if lang == "zh" else 9),
    )
