"""A household's dossier: its entry in the roll, and every case that concerns it, by part."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from qiantai import Case, Refusal, StoreError, label
from qiantai.access import OPEN_TO
from qiantai.projections.dossier import PARTS, Dossier, dossier
from qiantai.words import Bilingual, listed

from ..actions import Action, bound
from ..actions.resident_actions import ResidentActions
from ..bar_screen import BarScreen
from ..text.facts import NO, YES, Resident, day_of
from ..text.safe import entitle
from ..text.showing import NOT_KNOWN, kind, room, state, summary
from ..text.words import say
from ..text.wrapping import wrap
from ..widgets.items import Item, Span, columns, cropped, heading, line
from ..widgets.key_bar import KeyBar
from ..widgets.matter import Known, known_items
from ..widgets.page import Page
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

MOST_CLOSED, PIECE = 500, 60
"""Closed cases that are shown, and those that are read at a time: more than a screenful, in less time than a key may
wait."""
OPEN = Bilingual("在办 {n}", "Open {n}")
PART = {
    "complaint": Bilingual("投诉处理 {n}", "Complaints {n}"),
    "form": Bilingual("处理单 {n}", "Forms {n}"),
    "service_record": Bilingual("服务记录 {n}", "Service records {n}"),
}
OTHER = Bilingual("其他(只在登记表) {n}", "Others, in the register alone {n}")
NO_OPEN = Bilingual("没有在办的。F2 给这一户登记一件", "Nothing open. F2 takes one in for this household")
NOT_ON_ROLL = Bilingual("花名册里没有这一户", "This household is not on the roll")
READING = Bilingual("正在读更早的……", "Reading the earlier ones…")
MORE = Bilingual("只列最近 {n} 件已办结的", "Only the latest {n} closed cases are shown")
BARRED = Bilingual(
    "业户档案不归您查看 [M-3.4c]:{clause}\n能看的有:{who}。可行:请他们查看,或按 F12 换人。",
    "This dossier is not yours to see [M-3.4c]: {clause}\nThose who may: {who}. What would do: ask one of them, or "
    "press F12 to change who is at the desk.",
)
NOT_RECORDED = Bilingual(
    "查看没能记录下来,所以不打开档案:{why}", "The look could not be put on record, so the dossier stays shut: {why}"
)


class DossierScreen(ResidentActions, BarScreen):
    """One household; opening it is put on record [M-3.4c]."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (Action("back", Bilingual("返回", "Back"), "escape", footer=70),)
    BINDINGS = bound((*ResidentActions.ACTIONS, *ACTIONS))
    CSS_PATH = "household.tcss"
    ABOUT = Bilingual(
        "一户一档:花名册里的这一户、在办的事项、已归档的投诉处理、处理单、服务记录。打开档案会留痕:谁、何时、哪一户。"
        "业户要复制件、要更正花名册、要抹除,用下方的键;抹除前先看抹除什么、留下什么和为什么。",
        "One dossier a household: its entry in the roll, its open cases, what is filed by part. Opening it is put on "
        "record: who, when, which. The keys below serve a resident who asks for a copy, a correction of the roll or an "
        "erasure, before which what goes, what stays and why is shown.",
    )

    def __init__(self, household: str) -> None:
        super().__init__()
        self.household = household
        self._dossier: Dossier | None = None
        self._archived: tuple[Case, ...] = ()
        self._reading: Iterator[Case] | None = None
        self._unread: Bilingual | None = None
        self._shut = ""
        self._seen_by = ""

    def compose(self) -> ComposeResult:
        """The bars, and the page between them."""
        yield TopBar()
        yield SmallNotice()
        yield Page(self._items, id="dossier")
        yield KeyBar()

    def on_mount(self) -> None:
        """Names the page after the room."""
        entitle(self.query_one("#dossier"), f"{say(label('words', 'dossier'))} {room(self.household)}")

    def refresh_data(self) -> None:
        """Reads the dossier anew; for somebody else at the desk it is another look."""
        super().refresh_data()
        try:
            found = self.program.seat.dossier(self.household, 0, again=self._seen_by == self.me)
        except StoreError as error:
            self._shut_it(NOT_RECORDED.format(why=error.why))
        else:
            self._take(found)

    def _take(self, found: Dossier | Refusal) -> None:
        match found:
            case Refusal(clause=clause) if clause is not None:
                who = listed(tuple(label("roles", each) for each in OPEN_TO["dossier"]))
                self._shut_it(BARRED.format(clause=Bilingual(clause.zh, clause.en), who=who))
            case Dossier():
                if self._seen_by != self.me:
                    self._dossier = None
                self._shut, self._unread, self._seen_by = "", None, self.me
                self._archived = ()
                self._reading = islice(self.program.seat.closed_cases(self.household), MOST_CLOSED)
                self._read_on(self._reading, found)

    def _shut_it(self, why: Bilingual) -> None:
        self._dossier, self._reading, self._shut = None, None, say(why)
        self.query_one(Page).reload()

    def _read_on(self, cases: Iterator[Case], found: Dossier) -> None:
        """Reads some more closed cases; what is shown already stays as it was until all of them are read."""
        if cases is not self._reading or self not in self.app.screen_stack:
            return  # they are read anew by now, or will be when it is come back to
        before = len(self._archived)
        try:
            self._archived += tuple(islice(cases, PIECE))
        except StoreError as error:
            self._unread = error.why
        whole = len(self._archived) - before < PIECE
        if whole:
            self._reading = None
        else:
            self.call_after_refresh(self._read_on, cases, found)
        if whole or self._dossier is None:
            self._dossier = dossier(self.household, (*found.open, *self._archived), self.program.handbook)
            self.query_one(Page).reload()

    def _items(self, width: int) -> list[Item]:
        if self._dossier is None:
            return [Item((line(each),)) for each in wrap(self._shut, max(2, width))]
        found = self._dossier
        items = [*self._entry(found, width), heading(OPEN.format(n=len(found.open)), width)]
        items += self._cases(found.open, width) or [_muted(say(NO_OPEN))]
        for part in (*PARTS, *(each for each in found.filed if each not in PARTS)):
            cases = found.filed.get(part, ())
            words = PART.get(part) or Bilingual(f"{part} {{n}}", f"{part} {{n}}")
            items += [heading(words.format(n=len(cases)), width), *self._cases(cases, width)]
        if found.other:
            items += [heading(OTHER.format(n=len(found.other)), width), *self._cases(found.other, width)]
        return items + self._end(width)

    def _end(self, width: int) -> list[Item]:
        """What is to be said of those that are not shown."""
        if self._unread is not None:
            return [Item((line(Span(each, "late")),)) for each in wrap(say(self._unread), max(2, width))]
        if self._reading is not None:
            return [_muted(say(READING))]
        return [_muted(say(MORE.format(n=MOST_CLOSED)))] if len(self._archived) >= MOST_CLOSED else []

    def _entry(self, found: Dossier, width: int) -> list[Item]:
        known = found.household
        if known is None:
            return [_muted(say(NOT_ON_ROLL))]
        who = Resident(known.name, known.phone, known.email).shown()
        rows = (
            ("household", room(known.id)),
            ("name", who.name or say(NOT_KNOWN)),
            ("phone", who.phone or say(NOT_KNOWN)),
            ("email", who.email),
            ("important", say(YES if known.important else NO)),
            ("area", known.area),
        )
        return known_items([Known(label("fields", name), text) for name, text in rows], (), width)

    def _cases(self, cases: tuple[Case, ...], width: int) -> list[Item]:
        rows = columns((day_of(case.received), f"{kind(case.kind)} {state(case)}") for case in cases)
        return [
            Item(
                (cropped(width, f"{case.number}  ", Span(f"{day}  {how}  ", "label"), summary(case)),),
                f"case:{case.number}",
            )
            for case, (day, how) in zip(cases, rows, strict=True)
        ]

    @on(Page.Chosen)
    def _chosen(self, event: Page.Chosen) -> None:
        self.program.open_case(event.key.removeprefix("case:"))

    def said_so_far(self) -> str:
        """The household, whose call it will be."""
        return f"{self.household} "


def _muted(text: str) -> Item:
    return Item((line(Span(text, "label")),))
