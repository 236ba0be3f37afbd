"""The call-backs as work to be done one after the other: whom to call, what to say, who may, and who was tried when."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from qiantai import Case, Done, label
from qiantai.projections.call_backs import CallBack, barred_from_calling, call_backs, kept_out, may_give_up
from qiantai.projections.queue import Line
from qiantai.refusals import Refusal
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..actions.case_actions import SHOWN_FOR, CaseActions
from ..bar_screen import BarScreen
from ..text import showing
from ..text.clocktime import LEFT_WIDTH
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

TITLE = Bilingual("{name} · {n} 件,该打的 {ready}", "{name} · {n}, to call now {ready}")
EMPTY = Bilingual(
    "没有待回访的。别人办完的会到这里;1 回待办,F2 登记一件",
    "Nobody is to be called back. 1 goes to the queue, F2 takes in a call",
)
NOT_YOURS = Bilingual("须回避 {clause}", "not you {clause}")
YOURS = Bilingual("可以", "you may")
TRIED = Bilingual("{n} 次 {at}", "{n}, {at}")
EACH_TRY = Bilingual("{at} {who}", "{at} {who}")
FROM = Bilingual("{at} 以后再打", "not before {at}")
REVEAL = Bilingual("{phone}  ^R 显示并留痕", "{phone}  ^R shows it (logged)")
GIVE_UP = Bilingual("已试 {n} 次,按 g 可以办结", "{n} tries in vain; g closes it")
BY_WHOM = Bilingual("{who} {at}", "{who}, {at}")
WHO, DONE_BY = Bilingual("业户", "Resident"), Bilingual("办理", "Done by")
TRIES, DUE, MAY = Bilingual("试过", "Tried"), Bilingual("回访时限", "Due"), Bilingual("您", "You")
NOT_BY, RESTS = Bilingual("须回避", "Not by"), Bilingual("再打", "Again")
RESULT, UNREACHABLE = Bilingual("办理结果", "What was done"), Bilingual("联系不上", "Unreachable")
_RESULTS = ("result", "decision_reason", "reply")
_WORKS = ("complete", "reply", "decide")


class CallBacksScreen(CaseActions, BarScreen):
    """The list, and below it all that the caller needs to speak."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("give_up", Bilingual("办结", "Give up"), "g", "step('close')", footer=51),
        Action("sample", label("screens", "sample"), "s", footer=52),
        Action("back", Bilingual("返回", "Back"), "escape", footer=53),
        Action("send_on", Bilingual("派单", "Send"), "f5"),  # nothing here is to be sent: it need not stand in the bar
    )
    BINDINGS = bound((*ACTIONS, *(each for each in CaseActions.ACTIONS if each.id != "send_on")))
    CSS_PATH = "call_backs.tcss"
    ABOUT = Bilingual(
        "回访:别人办完、等前台回访的事项,先到时的在上;刚打过没联系上的先放一放,排在后面,想打随时可以打。"
        "下面是打电话时要说的:办了什么、答应过什么、谁试过。F6 登记回访,办完自动到下一件;^R 显示号码并留痕。"
        "办理人和被反映的人不能回访。s 看本月抽查。",
        "Call-backs: what others finished and the desk is to call back on, the earliest due first; who was tried in "
        "vain just now rests behind the others, and may be called all the same. Below is what the caller needs: what "
        "was done, what was promised, who tried when. F6 records the call and goes on to the next; ^R shows the "
        "number, on record. Who did the work and whom it is about do not call. s shows the month's sample.",
    )

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, CallBack] = {}
        self._refused: dict[str, Refusal | None] = {}
        self._shown: tuple[str, str, datetime, str] | None = None
        self._following: str | None = None
        self._turns: datetime | None = None

    def compose(self) -> ComposeResult:
        """The table, what is to be said, the bars."""
        yield TopBar()
        yield SmallNotice()
        yield LineTable(_columns(), KeyedRows((), self._row), empty=EMPTY, id="calls")
        yield Page(self._detail, id="detail")
        yield KeyBar()

    def refresh_data(self) -> None:
        """Reads anew what is to be called back on."""
        super().refresh_data()
        seat, now = self.program.seat, self.now
        found = call_backs(seat.open_cases(), now, seat.handbook)
        self._lines = {each.case.number: each for each in found}
        self._refused = {
            number: barred_from_calling(each.case, self.me, now, seat.handbook) for number, each in self._lines.items()
        }
        self._turns = min((each.again for each in found if each.again and each.rests(now)), default=None)
        table = self.query_one("#calls", LineTable)
        table.show(KeyedRows(list(self._lines), self._row))
        ready = sum(not each.rests(now) and self._refused[number] is None for number, each in self._lines.items())
        title = TITLE.format(name=label("screens", "call_backs"), n=len(found), ready=ready)
        entitle(table, say(title))
        self._show_detail()

    def _row(self, number: str) -> Row:
        each, now, handbook = self._lines[number], self.now, self.program.handbook
        case, barred = each.case, self._refused[number]
        shown = showing.line_sign(Line(case, each.duty), now)
        tried = TRIED.format(n=each.tries, at=near(each.tried[-1].at, now)) if each.tried else ""
        cells = (
            shown.mark,
            showing.countdown(each.duty, now),
            showing.kind(case.kind),
            showing.summary_line(case),
            showing.place(case),
            showing.resident(case, handbook),
            say(tried),
            say(YOURS if barred is None else NOT_YOURS.format(clause=barred.clause_id)),
        )
        return Row(number, cells, "void" if each.rests(now) or barred is not None else shown.tone)

    def _detail(self, width: int) -> list[Item]:
        each = self._lines.get(self.query_one("#calls", LineTable).key or "")
        return [] if each is None else known_items(self._short(each), self._long(each), width)

    def _short(self, each: CallBack) -> list[Known]:
        case, now, handbook = each.case, self.now, self.program.handbook
        barred = self._refused[case.number]
        given_up = may_give_up(case, self.me, now, handbook)
        out = (
            f"{showing.staff(refused.command.by, handbook)} {refused.clause_id}"
            for refused in kept_out(case, now, handbook)
        )
        due = f"{near(each.duty.due, now)} {showing.clause(each.duty.clause)}" if each.duty else ""
        promised = case.facts.get("promised")
        tried = (say(EACH_TRY.format(at=near(one.at, now), who=showing.staff(one.by, handbook))) for one in each.tried)
        return [
            Known(label("fields", "number"), case.number),
            Known(WHO, " ".join(x for x in (showing.place(case), showing.resident(case, handbook)) if x)),
            Known(label("fields", "phone"), self._phone(case)),
            Known(DUE, due),
            Known(DONE_BY, self._work(case)),
            Known(label("fields", "promised"), near(promised, now) if isinstance(promised, datetime) else ""),
            Known(TRIES, joined(tried)),
            Known(RESTS, say(FROM.format(at=near(each.again, now))) if each.again and each.rests(now) else ""),
            Known(NOT_BY, joined(out)),
            Known(MAY, "" if barred is None else say(barred.why), "late"),
            Known(UNREACHABLE, say(GIVE_UP.format(n=each.tries)) if given_up else "", "soon"),
        ]

    def _long(self, each: CallBack) -> list[Known]:
        case = each.case
        told = dict.fromkeys(text for name in _RESULTS if (text := showing.words(case, name)))
        return [
            Known(label("fields", "summary"), showing.summary(case)),
            Known(label("fields", "demand"), showing.words(case, "demand")),
            *(Known(RESULT, text) for text in told),
        ]

    def _work(self, case: Case) -> str:
        """Who finished it, and when."""
        done = next((event for event in reversed(case.live) if event.name in _WORKS), None)
        if done is None:
            return ""
        return say(BY_WHOM.format(who=showing.staff(done.by, self.program.handbook), at=near(done.at, self.now)))

    def _phone(self, case: Case) -> str:
        if self._shown is not None and (self._shown[0], self._shown[3]) == (case.number, self.me):
            return self._shown[1]
        phone = showing.phone(case, self.program.handbook)
        return say(REVEAL.format(phone=phone)) if phone else ""

    def tick(self) -> None:
        """The countdowns; a number is masked again, and what has rested long enough comes back to its place."""
        if self._shown is not None and self.now >= self._shown[2]:
            self._shown = None
            self._show_detail()
        if self._turns is not None and self.now >= self._turns:
            self.program.read_anew(self)
        self.query_one("#calls", LineTable).refresh_rows()

    @on(LineTable.RowHighlighted, "#calls")
    def _show_detail(self) -> None:
        detail = self.query_one("#detail", Page)
        detail.show(self._detail)
        detail.display = bool(self._lines)

    @on(LineTable.RowSelected, "#calls")
    def _chosen(self, event: LineTable.RowSelected) -> None:
        if event.key is not None:
            self.program.open_case(event.key)

    def stand_on(self, number: str) -> None:
        """Puts the cursor on a case: what was taken back is what the next key is about."""
        self.query_one("#calls", LineTable).move_to(number)

    def case_at_hand(self) -> Case | None:
        """The case under the cursor."""
        each = self._lines.get(self.query_one("#calls", LineTable).key or "")
        return each.case if each is not None else None

    def reveal(self, case: Case) -> None:
        """The number stands below the list for half a minute, for whoever looked and nobody else."""
        full = showing.full_phone(case, self.program.handbook)
        self._shown = (case.number, full, self.now + SHOWN_FOR, self.me)
        self._show_detail()

    def give(self, number: str, command: str) -> None:
        """The same; what comes after it in the list is gone on to once it is done."""
        order = list(self._lines)
        place = order.index(number) + 1 if number in order else 0
        self._following = order[place] if place < len(order) else None
        super().give(number, command)

    def tell_done(self, done: Done, command: str) -> None:
        """The same, and goes on to the next one; a case that was tried often enough may be given up."""
        super().tell_done(done, command)
        table = self.query_one("#calls", LineTable)
        if not (self._following is not None and table.move_to(self._following)):
            table.action_end(-1)
        case = done.case
        if command == "call_back" and may_give_up(case, self.me, self.now, self.program.handbook):
            self.program.notify(GIVE_UP.format(n=case.tries), title=case.number, severity="warning")

    def action_sample(self) -> None:
        """Shows the month's sample."""
        from .sample import SampleScreen

        self.program.push_screen(SampleScreen())


def _columns() -> tuple[Column, ...]:
    lang = language()
    return (
        Column(Bilingual("", ""), 1),
        Column(Bilingual("剩余", "Left"), LEFT_WIDTH, align="right"),
        Column(label("fields", "kind"), showing.KIND_WIDTH[lang]),
        Column(label("fields", "summary"), 11, flex=3),
        Column(Bilingual("位置", "Place"), 9, flex=2, since=96),
        Column(WHO, 6 if lang == "zh" else 8),
        Column(TRIES, 11, since=70),
        Column(MAY, 14 if lang == "zh" else 15),
    )


SCREEN = CallBacksScreen
