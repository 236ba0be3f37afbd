"""An incident in full: its cause and place, what the desk says of it, its linked cases, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from qiantai import Case, Clause, label
from qiantai.projections.incidents import wording
from qiantai.projections.queue import queue_line
from qiantai.words import AWAITING_CALL_BACK, Bilingual

from ..actions import Action, bound
from ..actions.case_actions import CaseActions
from ..actions.incident_actions import IncidentActions
from ..bar_screen import BarScreen
from ..dialogs.clause import ClauseDialog
from ..text import showing
from ..text.facts import moment
from ..text.safe import entitle
from ..text.words import say
from ..widgets.history import Told, history_items, told
from ..widgets.items import Item, Span, columns, cropped, heading, line
from ..widgets.key_bar import KeyBar
from ..widgets.matter import Known, known_items
from ..widgets.page import Page
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

WORDING = Bilingual("对外口径", "Wording")
NO_WORDING = Bilingual("还没有定。F5 统一通报时一起写", "None yet. Give one with a broadcast, F5")
SINCE = Bilingual("登记", "Opened")
LINKED = Bilingual("关联的事项 {n} 件", "Linked cases: {n}")
NONE_LINKED = Bilingual("没有关联的事项。在一件事项上按 ^L 关联", "No case is linked. ^L on a case links it")
HISTORY = Bilingual("经过(新的在上)", "History (latest first)")
NONE_TO_CALL = Bilingual("关联的事项没有待回访的", "No linked case awaits its call-back")
NOT_SEEN = Bilingual("这件事项不归您经手,看不到内容", "A case that you neither received nor handle")


class IncidentScreen(IncidentActions, BarScreen):
    """One incident on one page; F5 tells of progress, F4 ends it, F6 calls back one linked case after the other."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send_on", label("commands", "broadcast"), "f5", footer=40),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound((*CaseActions.ACTIONS, *IncidentActions.ACTIONS, *ACTIONS))
    CSS_PATH = "incident.tcss"
    ABOUT = Bilingual(
        "一件突发事件:原因、地点、对外口径、关联的事项和经过。F5 统一通报,F4 里可以结束;结束后关联的事项转待回访,"
        "F6 回访光标所在的一件,或第一件待回访的。在一件事项上按 Enter 打开它,^L 取消一件的关联。",
        "One incident: cause, place, the wording for callers, the linked cases, its history. F5 broadcasts, F4 "
        "also ends it, after which the linked cases await their call-backs: F6 calls back the one under the cursor, or "
        "the first that waits. Enter opens a case, ^L unlinks one.",
    )

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.incident: Case | None = None
        self._linked: tuple[Case, ...] = ()
        self._told: tuple[Told, ...] = ()

    def compose(self) -> ComposeResult:
        """The bars, and the page between them."""
        yield TopBar()
        yield SmallNotice()
        yield Page(self._page, id="incident")
        yield KeyBar()

    def refresh_data(self) -> None:
        """Reads the incident and its cases anew."""
        super().refresh_data()
        seat = self.program.seat
        self.incident = incident = seat.known(self.number)
        self._linked = ()
        if incident is not None:
            self._told = told(incident, seat.handbook)
            self._linked = tuple(each for number in incident.linked if (each := seat.known(number)) is not None)
            kind, state = say(label("kinds", incident.kind)), say(label("states", incident.state))
            entitle(self.query_one("#incident"), f"{incident.number} {kind} · {state}")
        self.query_one(Page).reload()

    def tick(self) -> None:
        """The countdowns of the linked cases."""
        self.query_one(Page).reload()

    def _page(self, width: int) -> list[Item]:
        incident, now, handbook = self.incident, self.now, self.program.handbook
        if incident is None:
            return []
        opened = f"{moment(incident.received, now)} {showing.staff(incident.first_contact, handbook)}"
        short = [
            Known(showing.CAUSE, showing.summary(incident), "strong"),
            Known(label("fields", "place"), incident.text("place")),
            Known(SINCE, opened),
            Known(label("words", "owner"), showing.staff(incident.owner, handbook)),
        ]
        long = [
            Known(WORDING, wording(incident, now, handbook) or say(NO_WORDING)),
            Known(label("fields", "result"), incident.text("result")),
        ]
        items = [*known_items(short, long, width), heading(say(LINKED.format(n=len(incident.linked))), width)]
        items += self._cases(incident, width)
        if not incident.linked:
            items.append(Item((line(Span(say(NONE_LINKED), "label")),)))
        items.append(heading(say(HISTORY), width))
        return items + history_items(incident, self._told, handbook, now, width)

    def _cases(self, incident: Case, width: int) -> Iterator[Item]:
        """Every linked case: its number, state, what is due next, where it is and what it is about."""
        seen = self._linked
        found = {each.number: queue_line(each) for each in seen}
        stands = columns((each.number, showing.kind(each.kind), showing.state(each)) for each in seen)
        left = columns(((showing.countdown(found[each.number].duty, self.now),) for each in seen), "right")
        for case, (number, kind, state), (countdown,) in zip(seen, stands, left, strict=True):
            sign = showing.line_sign(found[case.number], self.now)
            row = cropped(
                width,
                Span(f"{sign.mark} ", sign.tone),
                f"{number}  {kind}  ",
                Span(f"{state}  {countdown}  ", sign.tone),
                f"{showing.place(case)} {showing.summary(case)}",
            )
            yield Item((row,), f"case:{case.number}")
        for unseen in (each for each in incident.linked if each not in found):
            yield Item((cropped(width, f"  {unseen}  ", Span(say(NOT_SEEN), "label")),))

    @on(Page.Chosen)
    def _chosen(self, event: Page.Chosen) -> None:
        match event.key.split(":"):
            case ["clause", id, *_] if id:
                self.app.push_screen(ClauseDialog(Clause(id)))
            case ["case", number]:
                self.program.open_case(number)
            case _:
                """A line that opens nothing."""

    def action_send_on(self) -> None:
        """Tells of progress; of an incident that has ended it is said that it has."""
        self.action_step("broadcast")

    def action_step(self, command: str) -> None:
        """A command on the incident; a call-back is given to a linked case, for the incident itself has none."""
        if command != "call_back":
            super().action_step(command)
        elif (case := self._to_call_back()) is not None:
            self.give(case.number, command)
        else:
            self.program.notify(NONE_TO_CALL, severity="warning")

    def _to_call_back(self) -> Case | None:
        """The linked case under the cursor, where it awaits its call-back, else the first that does."""
        waiting = [each for each in self._linked if each.state == AWAITING_CALL_BACK]
        under = self.query_one(Page).key
        return next((each for each in waiting if f"case:{each.number}" == under), waiting[0] if waiting else None)

    def case_at_hand(self) -> Case | None:
        """The incident shown."""
        return self.incident
