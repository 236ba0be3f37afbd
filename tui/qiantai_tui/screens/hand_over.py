"""The hand-over 交接班: what a shift leaves, what is offered and taken of it, and the signatures of both [Q-S2b]."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult

from qiantai import StoreError, label
from qiantai.access import may_have
from qiantai.shift.book import HandOver, ShiftBook, Stage
from qiantai.shift.summary import Summary
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..actions.hand_over_printing import NOT_BEGUN, HandOverPrinting
from ..actions.hand_over_signing import READ_FIRST, SIGNED, SIGNING, HandOverSigning
from ..bar_screen import BarScreen
from ..dialogs.choose import ChooseDialog
from ..dialogs.choose import Item as Choice
from ..giving_way import giving_way
from ..shift.gathered import Gathered, Seen
from ..shift.hand_over_page import next_words, page_items
from ..shift.marks import Marks
from ..shift.record import PERIOD, STAGE, TITLE
from ..shift.telling import STAGES, name, period
from ..text.clicked import hinted
from ..text.safe import entitle
from ..text.words import say
from ..widgets.items import Item
from ..widgets.key_bar import KeyBar
from ..widgets.page import Page
from ..widgets.rows import Column
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

NUMBER, PEOPLE = Bilingual("编号", "No."), Bilingual("交班 → 接班", "Giver → receiver")
EARLIER = Bilingual("以前的交接班", "Earlier hand-overs")
READING = Bilingual(
    "正在读这一班的事项……  F4 可先选接班人,Esc 返回",
    "Reading the shift's cases…  F4 chooses who takes over, Esc goes back",
)
READING_KEPT = Bilingual("正在读这次交接班的事项……  Esc 返回", "Reading the hand-over's cases…  Esc goes back")
NOTHING_MARKED = Bilingual("先把光标移到一件在办的事项上", "Move the cursor to an open case first")


class HandOverScreen(HandOverSigning, HandOverPrinting, BarScreen):
    """One hand-over, or what the shift of who is at the desk would leave now."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("hand_over_mark", Bilingual("标记一件", "Mark one"), "f5", footer=30),
        Action("hand_over_all", Bilingual("全部标记", "Mark all"), "f6", footer=40),
        Action("hand_over_notes", Bilingual("交接备注", "Notes"), "n", footer=50),
        Action("hand_over_list", EARLIER, "h"),
        Action("undo", label("commands", "take_back"), "ctrl+z", "hand_over_back"),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound((*HandOverSigning.ACTIONS, *HandOverPrinting.ACTIONS, *ACTIONS))
    CSS_PATH = "hand_over.tcss"
    ABOUT = Bilingual(
        "交接班:上面是这一班留下的。F4 依次选接班人、交班人签、接班人签;F5 标记一件是否移交、是否接下,F6 标记全部。"
        "接下以前仍归交班人。n 写交接备注,l 无人接班时由主管批准离岗,h 看以前的,p 打印,^Z 撤回一步。",
        "A hand-over: what the shift leaves stands above. F4 chooses who takes over, then has the giver sign, then the "
        "receiver. F5 marks whether one case is handed over, or taken, F6 all. Until it is accepted a case is the "
        "giver's. n writes notes, l has a superior let the giver go, h lists earlier ones, p prints, ^Z takes a step "
        "back.",
    )

    def __init__(self, number: int = 0) -> None:
        """`number` is the hand-over's; the one under way of who is at the desk where it is 0, else their summary."""
        super().__init__()
        self.number = number
        self._book = ShiftBook()
        self.summary: Summary | None = None
        self._read: tuple[str, Gathered | None, Seen] | None = None
        """Of which shift, what it is made of where nobody has signed it yet, and its cases as they are shown."""
        self._reading, self._anew = "", True
        self._wrong: Bilingual | None = None
        self._read_at = ""

    def compose(self) -> ComposeResult:
        """The bars, and the page between them."""
        yield TopBar()
        yield SmallNotice()
        yield Page(self._items, id="hand_over")
        yield KeyBar()

    @property
    def here(self) -> HandOver | None:
        """The hand-over shown; None while none has begun."""
        return self._book.hand_over(self.number)

    @property
    def giver(self) -> str:
        """Whose shift it is."""
        return self.here.giver if self.here else self.me

    @property
    def marks(self) -> Marks:
        """What is marked of it."""
        return Marks(self.program.book, self.giver, self.here.number if self.here else 0)

    def on_screen_resume(self) -> None:
        """Has it read anew, whatever has become of its cases meanwhile; until then it stays as it is."""
        self._anew = True

    def refresh_data(self) -> None:
        """Reads the book and what is open anew; the days of the archive once, beside the screen."""
        super().refresh_data()
        self._read_at, self._wrong = f"{self.now:%H:%M}", None
        try:
            self._book = book = self.program.signing.book()
            waiting = book.given_by(self.me) or book.taken_by(self.me)
            if not self.number and waiting is not None:
                self.number = waiting.number
            self._sum_up()
        except StoreError as error:
            self.summary, self._wrong = None, error.why
        title = TITLE.format(n=self.number) if self.here else label("screens", "handover")
        words = SIGNING if self._signing else next_words(self.here, self.program.handbook)
        entitle(self.query_one("#hand_over"), say(title), hinted(say(words)))
        self.query_one(Page).reload()

    @property
    def _which(self) -> str:
        """The shift shown, who looks at it, and whether a signature has fixed its summary."""
        here = self.here
        kept = here is not None and here.summary is not None
        return f"{self.giver} {self.number if kept else ''} {self.me} {id(self.program.seat)}"

    def _sum_up(self) -> None:
        """The summary as it is now, of what was read of this shift; has it read where that is to come."""
        here, which = self.here, self._which
        kept = here.summary if here else None
        if self._read is not None and self._read[0] == which:
            read = self._read[1].going_on() if self._read[1] is not None else None
            self._read = which, read, self._read[2]
            self.summary = kept or (read.summary(self.now) if read else None)
        else:
            self._read, self.summary = None, None
        if self.giver and (self._anew or self._read is None) and self._reading != which:
            self._reading, self._anew = which, False
            gathering = None if kept else self.program.signing.gathering(self.giver, self.me)
            self._gather(which, kept, gathering, Seen(self.program.seat))

    @work(thread=True, exclusive=True, group="hand_over")
    def _gather(self, which: str, kept: Summary | None, gathering: Callable[[], Gathered] | None, seen: Seen) -> None:
        until = self.now
        read: Gathered | None = None
        wrong: Bilingual | None = None
        try:
            with giving_way():
                read = gathering() if gathering else None
                if (summary := kept or (read.summary(until) if read else None)) is not None:
                    seen.look_up(summary)
        except StoreError as error:
            wrong = error.why
        self.beside(self._gathered, which, read, seen, wrong)

    def _gathered(self, which: str, read: Gathered | None, seen: Seen, wrong: Bilingual | None) -> None:
        self._reading = ""
        if wrong is not None:
            self._wrong = wrong
            self.query_one(Page).reload()
        elif which == self._which:
            self._read = which, read, seen
            self.program.read_anew(self)

    def tick(self) -> None:
        """What is overdue by now, once a minute, of a summary that nobody has signed."""
        if self._read_at != f"{self.now:%H:%M}":
            self.program.read_anew(self)

    def _items(self, width: int) -> list[Item]:
        seat, here, summary = self.program.seat, self.here, self.summary
        if self._wrong is not None or summary is None or self._read is None:
            reading = (READING_KEPT if here else READING) if self._reading else None
            return page_items(None, None, seat, self.marks, width, wrong=self._wrong or reading)
        return page_items(here, summary, seat, self.marks, width, self._read[2].case)

    @on(Page.Chosen)
    def _chosen(self, event: Page.Chosen) -> None:
        self.program.open_case(event.key)

    def action_hand_over_mark(self) -> None:
        """The case under the cursor is handed over or stays; or it is taken, or declined for a reason."""
        from ..dialogs.hand_over_words import DECLINE_TITLE, WordsForm

        here, number, marks = self.here, self.query_one(Page).key or "", self.marks
        if here is None or not here.under_way:
            self.program.notify(nothing_to_mark(here))
        elif self.summary is None:
            self.program.notify(READ_FIRST)
        elif number not in self.summary.open:
            self.program.notify(NOTHING_MARKED)
        elif here.stage is Stage.DRAWN_UP:
            marks.stay(number, stays=number not in marks.staying)
        elif number in marks.declining:
            marks.decline(number, "")
        else:
            form = WordsForm(DECLINE_TITLE.format(number=number), "reason")
            self.app.push_screen(form, lambda why: self._decline(number, why))
        self.query_one(Page).reload()

    def _decline(self, number: str, why: str | None) -> None:
        if why:
            self.marks.decline(number, why)
            self.query_one(Page).reload()

    def action_hand_over_all(self) -> None:
        """All are handed over, or where they are already, all stay; the receiver takes all."""
        here, marks = self.here, self.marks
        if here is None or not here.under_way:
            self.program.notify(nothing_to_mark(here))
        elif self.summary is None:
            self.program.notify(READ_FIRST)
        elif here.stage is Stage.DRAWN_UP:
            marks.stay(*self.summary.open, stays=not marks.staying)
        else:
            marks.take_all()
        self.query_one(Page).reload()

    def action_hand_over_notes(self) -> None:
        """Notes for the next shift, as long as the giver has not signed."""
        from ..dialogs.hand_over_words import NOTES_TITLE, WordsForm

        here, marks = self.here, self.marks
        if here is not None and here.stage is not Stage.DRAWN_UP:
            if (refused := self.program.signing.against("sign_off", here.giver, here)) is not None:
                self.program.refuse(refused)
            return

        def written(text: str | None) -> None:
            if text is not None:
                marks.write(text)
            self.query_one(Page).reload()

        self.app.push_screen(WordsForm(NOTES_TITLE, "notes", marks.notes, marks.write), written)

    def action_hand_over_back(self) -> None:
        """The giver takes back the signature, or what is not signed yet; with no hand-over begun ^Z is the desk's."""
        here, marks = self.here, self.marks
        if self.still_signing():
            return
        if here is None:
            self.program.action_undo()
        elif self.took(self.program.signing.take_back(here, self.me)):
            if here.stage is Stage.SIGNED_OFF:
                marks.take_all()
            else:
                marks.go_over_to()
                self.number = 0
            self.program.read_anew(self)

    def action_hand_over_list(self) -> None:
        """Every hand-over that is theirs to see, the latest first."""
        seat = self.program.seat
        every = may_have("cases", seat.person)
        items = [
            Choice(
                str(each.number),
                (
                    str(each.number),
                    f"{name(each.giver, seat.handbook)} → {name(each.receiver, seat.handbook) or '—'}",
                    period(each, each.summary.until if each.summary else each.drawn_up),
                    say(STAGES[each.stage]),
                ),
            )
            for each in reversed(self._book.hand_overs)
            if every or self.me in (each.giver, each.receiver)
        ]
        columns = (Column(NUMBER, 5), Column(PEOPLE, 16, flex=1), Column(PERIOD, 25), Column(STAGE, 22))
        self.app.push_screen(ChooseDialog(EARLIER, columns, items), self._show)

    def _show(self, number: str | None) -> None:
        if number is not None:
            self.number = int(number)
            self.program.read_anew(self)

    def action_back(self) -> None:
        """Back to where it was opened; not while a signature is being kept."""
        if not self.still_signing():
            super().action_back()


def nothing_to_mark(here: HandOver | None) -> Bilingual:
    """Why nothing of it can be marked: none has begun, or it is ended."""
    return NOT_BEGUN if here is None else SIGNED.format(n=here.number, stage=STAGES[here.stage])
