"""The queue 待办: what is open, ordered by what is due next, and the line that calls are taken in by."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from qiantai import Case, Person, Role, label
from qiantai.projections.queue import Line, tally
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..actions.case_actions import SHOWN_FOR, CaseActions
from ..actions.incident_actions import IncidentActions, proposed_words
from ..ahead import ahead, because
from ..desk_screen import DeskScreen
from ..shift.offered import offered_line, offered_words
from ..taking_in import TakingIn
from ..text import showing
from ..text.clicked import hinted, tabs
from ..text.clocktime import LEFT_WIDTH
from ..text.safe import crop, entitle, safe
from ..text.words import language, named, say
from ..widgets.case_pane import CasePane
from ..widgets.key_bar import KeyBar
from ..widgets.line_table import LineTable
from ..widgets.quick_intake import QuickIntake
from ..widgets.rows import Column, KeyedRows, Row
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import Shown, TopBar

TITLE = Bilingual("待办 {n} · 按时限", "To do {n} · by due time")
EMPTY = Bilingual(
    "没有待办的事项。F2 登记一件,F3 查找以前的", "Nothing to do. F2 takes in a call, F3 finds earlier cases"
)
EMPTY_KIND = Bilingual("没有待办的{kind}。←→ 换类别,F2 登记", "No open {kind}. ←→ other kinds, F2 takes in")
NOBODY = Bilingual("未选人,F12 选", "nobody, F12 chooses")
NOBODY_YET = Bilingual("还没有选谁在前台。F12 选人", "Nobody is at the desk yet. F12 chooses")
ALL = Bilingual("全部", "All")
NEXT = Bilingual("下一步 F4 {what}", "Next F4 {what}")
WIDE = 110

if TYPE_CHECKING:
    from ..app import DeskApp


class QueueScreen(TakingIn, IncidentActions, DeskScreen[None]):
    """The board of the desk."""

    CSS_PATH = "queue.tcss"
    AUTO_FOCUS = "#queue"
    ABOUT = Bilingual(
        "待办:没办结的都在这里,最急的在最上面。! 已超时或紧急,▲ 一小时内到时,● 还早。"
        "右边(窄窗口是下面一行)说这一件的情况和下一步。",
        "To do: everything that is open, the most pressing first. ! is overdue or an emergency, ▲ due within the hour, "
        "● later. The pane (a line below in a narrow window) tells of the case and its next step.",
    )
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("kind_after", Bilingual("下一类", "Next kind"), "right", "filter(1)"),
        Action("kind_before", Bilingual("上一类", "Kind before"), "left", "filter(-1)"),
        Action("to_board", Bilingual("回到列表", "To the list"), "escape"),
    )
    BINDINGS = bound((*ACTIONS, *TakingIn.ACTIONS, *IncidentActions.ACTIONS, *CaseActions.ACTIONS))

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, Line] = {}
        self._all: tuple[Line, ...] = ()
        self._kind = ""
        self._line_of = ""
        self._said: tuple[str, str, datetime] | None = None

    def compose(self) -> ComposeResult:
        """Bar, line, board and pane."""
        self.set_class(self.app.size.width >= WIDE, "-wide")  # at its first size it need not be styled a second time
        yield TopBar()
        yield SmallNotice()
        yield QuickIntake(self.read_line, self.on_record, self.may_be_said, self.keep)
        with Horizontal(id="body"):
            with Vertical(id="board", classes="titled"):
                yield LineTable(self._columns(), KeyedRows((), self._row), empty=EMPTY, id="queue")
            yield CasePane(id="pane")
        yield Static("", id="proposed")
        yield Static("", id="next")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begins to tick; the cases are read once the screen is on."""
        self.take_up_line()
        self.set_interval(1, self._each_second)

    def on_screen_resume(self) -> None:
        """Reads the cases anew."""
        self.program.read_anew(self)

    def on_resize(self, event: Resize) -> None:
        """The pane stands from 110 columns on; below, one line says the next step."""
        self.set_class(event.size.width >= WIDE, "-wide")

    def _columns(self) -> tuple[Column, ...]:
        lang = language()
        return (
            Column(Bilingual("", ""), 1),
            Column(Bilingual("类别", "Kind"), showing.KIND_WIDTH[lang]),
            Column(Bilingual("事项", "Matter"), 11, flex=3),
            Column(Bilingual("位置", "Place"), 9, flex=2),
            Column(Bilingual("业户", "Name"), 7 if lang == "en" else 6),
            Column(Bilingual("剩余", "Left"), LEFT_WIDTH, align="right"),
            Column(Bilingual("状态", "State"), showing.STATE_WIDTH[lang]),
        )

    def refresh_data(self) -> None:
        """Reads the open cases anew; the cursor stays on its case."""
        self._all = self.program.seat.queue()
        lines = [line for line in self._all if not self._kind or line.case.kind == self._kind]
        self._lines = {line.case.number: line for line in lines}
        table = self.query_one("#queue", LineTable)
        table.show(KeyedRows(list(self._lines), self._row), empty=self._empty_words())
        board = self.query_one("#board")
        kinds = {each: showing.kind(each) if each else say(ALL) for each in ("", *self.program.handbook.requests)}
        entitle(board, say(TITLE.format(n=len(lines))), tabs(kinds, self._kind, "screen.show_kind"))
        self._show_proposed()
        self._show_case()
        self.tick()

    def _show_proposed(self) -> None:
        """One line on what is offered to who is here, else on what the open cases propose, if anything."""
        line, found = self.query_one("#proposed", Static), self.proposed()
        offered = offered_words(self._all, self.me)
        words = offered or (proposed_words(found[0]) if found else None)
        line.display = words is not None
        if words is not None:
            keys = () if offered else (named("^L"),)  # a place is what a resident called it
            line.update(hinted(crop(say(words), max(1, self.size.width - 4)), *keys))

    def _empty_words(self) -> Bilingual:
        if self.program.person is None:
            return NOBODY_YET
        return EMPTY_KIND.format(kind=label("kinds", self._kind)) if self._kind else EMPTY

    def take_up_line(self) -> None:
        """Puts the line back that was left half written."""
        self._line_of = self.me
        line, entry = self.program.drafts.get("quick").get("line", ""), self.query_one(QuickIntake).entry
        if line != entry.value:
            entry.load(line)

    def keep(self) -> None:
        """Keeps the line that is being typed; where people sign in everybody has their own."""
        if self.program.signs_in and self._line_of != self.me:
            if self.me:
                self.take_up_line()
            return
        if line := self.query_one(QuickIntake).entry.value:
            self.program.drafts.keep("quick", {"line": line})
        else:
            self.program.drafts.drop("quick")

    def _row(self, number: str) -> Row:
        line, now = self._lines[number], self.now
        case, sign = line.case, showing.line_sign(line, now)
        return Row(
            number,
            (
                sign.mark,
                showing.kind(case.kind),
                offered_line(case, self.me),
                showing.place(case),
                showing.resident(case, self.program.handbook),
                showing.countdown(line.duty, now),
                showing.state(case),
            ),
            sign.tone,
        )

    def _each_second(self) -> None:
        """Under a dialog a tick draws the whole screen anew, so there it comes every ten seconds."""
        if self.is_current or self.now.second % 10 == 0:
            self.tick()

    def tick(self) -> None:
        """The countdowns, the figures and the time, as of now."""
        now = self.now
        self.query_one("#queue", LineTable).refresh_rows()
        self.query_one(CasePane).tick(now)
        self._say_next()
        self.keep()
        who = who_is_there(self.program)
        site = say(self.program.site.name)
        self.query_one(TopBar).shown = Shown(site, who, tally(self._all, now), now.replace(microsecond=0))

    @on(LineTable.RowHighlighted, "#queue")
    def _highlighted(self, event: LineTable.RowHighlighted) -> None:
        del event
        self._show_case()

    @on(LineTable.RowSelected, "#queue")
    def _selected(self, event: LineTable.RowSelected) -> None:
        if event.key:
            self.program.open_case(event.key)

    def case_at_hand(self) -> Case | None:
        """The case under the cursor."""
        key = self.query_one("#queue", LineTable).key
        line = self._lines.get(key) if key else None
        return line.case if line else None

    def _show_case(self) -> None:
        case = self.case_at_hand()
        incident = self.known(case.incident) if case is not None and case.incident else None
        self.query_one(CasePane).show(case, self.me, self.program.handbook, self.now, incident)
        self._said = None
        self._say_next()

    def _say_next(self) -> None:
        """The line for a narrow window, reckoned anew when the case, the minute or the number shown is another."""
        case, shown = self.case_at_hand(), self.query_one(CasePane).revealing
        key = (case.number if case else "", shown, self.now.replace(second=0, microsecond=0))
        if self._said != key:
            self._said = key
            words = self._next_words(case, shown).truncate(max(1, self.size.width - 4), ellipsis=True)
            self.query_one("#next", Static).update(words, layout=False)  # one line, whatever it says

    def _next_words(self, case: Case | None, shown: str) -> Content:
        if case is None:
            return Content("")
        if shown == case.number:
            return safe(f"{say(label('fields', 'phone'))} {self.query_one(CasePane).number_shown}")
        found = ahead(case, self.me, self.now, self.program.handbook)
        about = crop(f"{case.number} {showing.summary(case)}", 40)
        if found.waits is not None:
            return safe(f"{say(found.waits)} · {about}")
        first = found.steps[0]
        what = f"{say(label('commands', first.command))} [{showing.clause(because(case, first))}]"
        return hinted(say(NEXT.format(what=what))) + safe(f" · {about}")

    def reveal(self, case: Case) -> None:
        """The number stands in the pane, or for a narrow window in the line under the board, for half a minute."""
        phone = showing.full_phone(case, self.program.handbook)
        self.query_one(CasePane).reveal(case.number, phone, self.now + SHOWN_FOR)
        self.tick()

    def action_filter(self, steps: int) -> None:
        """To the next kind, or the one before."""
        kinds = ["", *self.program.handbook.requests]
        self.action_show_kind(kinds[(kinds.index(self._kind) + steps) % len(kinds)])

    def action_show_kind(self, kind: str) -> None:
        """Those of one kind, all where it is empty."""
        self._kind = kind
        self.refresh_data()

    def action_to_board(self) -> None:
        """From the field back to the list; what stands in it stays."""
        self.query_one("#queue").focus()

    @on(QuickIntake.Asked)
    def _asked(self, event: QuickIntake.Asked) -> None:
        self.take_in(event.read)

    @property
    def line(self) -> QuickIntake:
        """The line that calls are taken in by."""
        return self.query_one(QuickIntake)

    def open_of(self, household: str) -> int:
        """How many open cases a household has."""
        return sum(household in line.case.households for line in self._all)

    def stand_on(self, number: str) -> None:
        """Puts the cursor on a case, and out of the line."""
        if number not in self._lines:
            self.refresh_data()
        table = self.query_one("#queue", LineTable)
        table.move_to(number)
        table.focus()


def who_is_there(program: DeskApp) -> str:
    """Who is at the desk, with the role; where nobody signs in to a site that is on disk, that too."""
    person = program.person
    name = say(NOBODY) if person is None else f"{person.name}({say(main_role(person))})"
    door = say(program.site.door)
    return f"{name} · {door}" if door else name


def main_role(person: Person) -> Bilingual:
    """The first of a person's roles, in the order of the vocabulary."""
    return next((label("roles", role) for role in Role if person.has(role)), Bilingual("", ""))


SCREEN = QueueScreen
