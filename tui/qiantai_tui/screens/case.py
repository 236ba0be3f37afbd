"""A case in full: what it is, whose it is, its duties with their countdowns, and everything that happened to it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer

from qiantai import Case, Clause, Refusal, UnknownCase, label
from qiantai.projections.next_step import ASIDE, Next, awaited, next_steps
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..actions.case_actions import NOT_THEIRS, SHOWN_FOR, CaseActions
from ..actions.incident_actions import IncidentActions
from ..ahead import because
from ..bar_screen import BarScreen
from ..dialogs.clause import ClauseDialog
from ..text.clicked import hinted
from ..text.facts import clause_name, moment
from ..text.safe import entitle
from ..text.showing import state, summary
from ..text.words import named, say
from ..text.wrapping import wrap
from ..widgets.duties import duty_items
from ..widgets.history import Told, history_items, told
from ..widgets.items import Item, Span, cropped, heading, line
from ..widgets.key_bar import KeyBar
from ..widgets.matter import matter_items
from ..widgets.page import Page
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

GONE = Bilingual(
    "没有单号 {number}。Esc 返回,F3 查找", "No case has the number {number}. Esc goes back, F3 finds another"
)
SHOWN = Bilingual("号码显示 30 秒,已留痕:{name} {at}", "Shown for 30 seconds, on record: {name}, {at}")
NO_HOUSEHOLD = Bilingual("没有可打开的业户档案", "There is no dossier to open")
NEXT = Bilingual("下一步", "Next step")
AWAITED = Bilingual("等:{what}({who})", "Waiting for: {what} ({who})")
NOTHING_NEXT = Bilingual("没有下一步", "Nothing further")
DUTIES = Bilingual("时限 · F8 问为什么", "Time limits · F8 asks why")
HISTORY = Bilingual("经过(新的在上)", "History (latest first)")
OTHERS = Bilingual("同户其他在办", "The household's other open cases")
NO_OTHERS = Bilingual("没有", "None")
MOST_STEPS = 3


class CaseScreen(IncidentActions, BarScreen):
    """One case; one page, or two side by side where there is room."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("household", Bilingual("业户档案", "Dossier"), "ctrl+y", footer=60),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound((*CaseActions.ACTIONS, *IncidentActions.ACTIONS, *ACTIONS))
    CSS_PATH = "case.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    ABOUT = Bilingual(
        "一件事项的全部:内容、业户、跟进人、时限、经过。姓名和号码隐去一部分,^R 显示 30 秒并留痕。"
        "在时限或经过的一行上按 Enter 看它依据的条款;在时限的一行上按 F8 看为什么这时候到期,"
        "在别处按 F8 看为什么归谁、归档在哪。",
        "All there is of one case: what it is about, the resident, the owner, its time limits and its history. Names "
        "and numbers are masked; ^R shows them for 30 seconds, on record. Enter on a time limit or an event opens the "
        "clause it rests on; F8 on a time limit tells why it is due then, elsewhere whose the case is and why.",
    )

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.case: Case | None = None
        self._told: tuple[Told, ...] = ()
        self._others: tuple[Case, ...] = ()
        self._withheld = False
        self._full: Case | None = None
        self._full_for = ""
        self._hiding: Timer | None = None

    def compose(self) -> ComposeResult:
        """The bars, and the pages between them."""
        yield TopBar()
        yield SmallNotice()
        with Horizontal(id="pages"):
            yield Page(self._matter, id="matter")
            yield Page(self._side, id="side")
        yield KeyBar()

    def refresh_data(self) -> None:
        """Reads the case anew."""
        super().refresh_data()
        seat = self.program.seat
        self.case, self._others = self._read(), ()
        case = self.case
        if case is None or (self._full is not None and len(self._full.history) != len(case.history)):
            self._full = None
        if case is not None:
            known = {case.household, *case.households} - {""}
            self._others = tuple(
                each
                for each in seat.open_cases()
                if each.number != case.number and known & {each.household, *each.households}
            )
            self._told = told(self._full or case, seat.handbook)
            self._entitle(case)
        self._reload()

    def _read(self) -> Case | None:
        """The case, for who may see it [M-3.4c]; a number shown in full was shown to somebody who is at the desk."""
        seat = self.program.seat
        if self._full_for != seat.person.id:
            self._full = None
        try:
            found = seat.case(self.number)
        except UnknownCase:
            self._withheld = False
            return None
        self._withheld = isinstance(found, Refusal)
        return None if isinstance(found, Refusal) else found

    def _entitle(self, case: Case) -> None:
        title = f"{case.number} {say(label('kinds', case.kind))} · {say(label('states', case.state))}"
        entitle(self.query_one("#matter"), title)
        entitle(self.query_one("#side"), hinted(say(DUTIES)))

    def tick(self) -> None:
        """The countdowns."""
        if self.case is not None and self.case.owed:
            self._reload()

    def _reload(self) -> None:
        for page in self.query(Page):
            if page.display:
                page.reload()

    def _matter(self, width: int) -> list[Item]:
        case = self.case
        if case is None:
            words = NOT_THEIRS if self._withheld else GONE.format(number=self.number)
            return [Item((line(each),)) for each in wrap(say(words), max(2, width))]
        now, handbook = self.now, self.program.handbook
        full = self._full is not None
        items = matter_items(self._full or case, handbook, now, width, full=full)
        if self.has_class("-narrow"):
            items += self._ahead(case, now, width)
        items.append(heading(HISTORY, width))
        items += history_items(self._full or case, self._told, handbook, now, width, full=full)
        return items + self._household_cases(width) if self.has_class("-narrow") else items

    def _side(self, width: int) -> list[Item]:
        case = self.case
        if case is None:
            return []
        items = duty_items(case, self.program.handbook, self.now, width)
        return items + self._steps(case, width) + self._household_cases(width)

    def _ahead(self, case: Case, now: datetime, width: int) -> list[Item]:
        duties = duty_items(case, self.program.handbook, now, width)
        return [*self._steps(case, width), heading(DUTIES, width), *duties]

    def _steps(self, case: Case, width: int) -> list[Item]:
        handbook = self.program.handbook
        found = [each for each in self._offered(case) if each.duty or (each.advances and each.command not in ASIDE)]
        items = [heading(f"{say(NEXT)} {named('F4')}", width)]
        for each in found[:MOST_STEPS]:
            name, duty = say(label("commands", each.command)), say(label("duties", each.duty)) if each.duty else ""
            about = f" → {duty}" if duty and duty != name else ""
            clause = because(case, each)
            row = cropped(width, f"{name}{about}  ", Span(clause_name(clause.id), "label"))
            items.append(Item((row,), f"clause:{clause.id}:{each.command}"))
        if not found:
            waited = awaited(case, self.now, handbook)[:1] if case.open else ()
            told_ = [say(AWAITED.format(what=label("commands", each), who=who)) for each, who in waited]
            items += [
                Item((line(Span(row, "label")),)) for row in wrap((told_ or [say(NOTHING_NEXT)])[0], max(2, width))
            ]
        return items

    def _offered(self, case: Case) -> tuple[Next, ...]:
        return next_steps(case, self.me, self.now, self.program.handbook) if case.open else ()

    def _household_cases(self, width: int) -> list[Item]:
        items = [heading(OTHERS, width)]
        if not self._others:
            items.append(Item((line(Span(say(NO_OTHERS), "label")),)))
        for each in self._others:
            row = cropped(width, f"{each.number}  ", Span(f"{state(each)}  ", "label"), summary(each))
            items.append(Item((row,), f"case:{each.number}"))
        return items

    @on(Page.Chosen)
    def _chosen(self, event: Page.Chosen) -> None:
        match event.key.split(":"):
            case ["clause", id, *_] if id:
                self.app.push_screen(ClauseDialog(Clause(id)))
            case ["case", number]:
                self.program.open_case(number)
            case _:
                """A line that opens nothing."""

    def action_why(self) -> None:
        """Why the duty under the cursor is due when it is; elsewhere why the case stands as it does."""
        from ..dialogs.why import why_it_is_due

        case, place = self.case_at_hand(), self._duty_under_the_cursor()
        if case is None or place is None:
            super().action_why()
        else:
            self.app.push_screen(why_it_is_due(case, place, self.now, self.program.handbook))

    def _duty_under_the_cursor(self) -> int | None:
        """Its place among the duties of the case."""
        page = self.focused if isinstance(self.focused, Page) else None
        match (page.key or "").split(":") if page else ():
            case ["clause", _, "duty", place]:
                return int(place)
            case _:
                return None

    def case_at_hand(self) -> Case | None:
        """The case shown, for who may see it."""
        return self.case

    def action_reveal(self) -> None:
        """Shows number and name in full for 30 seconds, and puts that on record [M-3.4c]; again hides them."""
        if self._full is not None:
            self._hide()
        else:
            super().action_reveal()

    def reveal(self, case: Case) -> None:
        """Shows them; the look is on record already."""
        at, person = self.now, self.program.person
        self._full, self._full_for = case, self.me
        self._told = told(case, self.program.handbook)
        self._reload()
        if self._hiding is not None:
            self._hiding.stop()
        self._hiding = self.set_timer(SHOWN_FOR.total_seconds(), self._hide)
        self.notify(say(SHOWN.format(name=person.name if person else "", at=moment(at, at))))

    def _hide(self) -> None:
        self._full = None
        if self.case is not None:
            self._told = told(self.case, self.program.handbook)
        self._reload()

    def action_household(self) -> None:
        """The household's dossier."""
        case = self.case_at_hand()
        if case is not None and case.household:
            self.program.open_household(case.household)
        else:
            self.notify(say(NO_HOUSEHOLD), severity="warning")

    def said_so_far(self) -> str:
        """The household, of whom F2 takes in another matter."""
        return f"{self.case.household} " if self.case is not None and self.case.household else ""
