"""A household's dossier: its entry in the roll, and every case that concerns it, by part."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from qiantai import Case, Refusal, StoreError, label
from qiantai.access import OPEN_TO
from qiantai.projections.dossier import PARTS, Dossier
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

MOST_CLOSED = 500
OPEN = Bilingual("在办 {n}", "Open {n}")
PART = {
    "complaint": Bilingual("投诉处理 {n}", "Complaints {n}"),
    "form": Bilingual("处理单 {n}", "Forms {n}"),
    "service_record": Bilingual("服务记录 {n}", "Service records {n}"),
}
OTHER = Bilingual("其他(只在登记表) {n}", "Others, in the register alone {n}")
NO_OPEN = Bilingual("没有在办的。F2 给这一户登记一件", "Nothing open. F2 takes one in for this household")
NOT_ON_ROLL = Bilingual("花名册里没有这一户", "This household is not on the roll")
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
        self._more = False
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
        self._dossier, self._shut = None, ""
        try:
            found = self.program.seat.dossier(self.household, MOST_CLOSED, again=self._seen_by == self.me)
        except StoreError as error:
            self._shut = say(NOT_RECORDED.format(why=error.why))
        else:
            self._take(found)
        self.query_one(Page).reload()

    def _take(self, found: Dossier | Refusal) -> None:
        match found:
            case Refusal(clause=clause) if clause is not None:
                who = listed(tuple(label("roles", each) for each in OPEN_TO["dossier"]))
                self._shut = say(BARRED.format(clause=Bilingual(clause.zh, clause.en), who=who))
            case Dossier():
                self._dossier, self._seen_by = found, self.me
                self._more = sum(map(len, (*found.filed.values(), found.other))) >= MOST_CLOSED

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
        return items + ([_muted(say(MORE.format(n=MOST_CLOSED)))] if self._more else [])

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
