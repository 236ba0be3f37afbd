"""Who was told an agreed answer: a line for every word on record that names it; each opens its case."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult

from qiantai import Refusal, Seat, StoreError, label
from qiantai.privacy import mask_name, mask_phone, mask_words
from qiantai.projections.told import Told
from qiantai.scripts import Script
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..bar_screen import BarScreen
from ..giving_way import giving_way
from ..text import showing
from ..text.clicked import hinted
from ..text.facts import channel, joined, near
from ..text.safe import entitle
from ..text.words import say
from ..text.wrapping import wrap
from ..widgets.items import Item, line
from ..widgets.key_bar import KeyBar
from ..widgets.line_table import LineTable
from ..widgets.page import Page
from ..widgets.rows import Column, KeyedRows, Row
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

TITLE = Bilingual("{topic} v{n} 告知过 {told} 次 · {homes} 户", "{topic} v{n}: told {told} times, {homes} households")
ALL_TITLE = Bilingual(
    "{topic} 各版告知过 {told} 次 · {homes} 户", "{topic}, every version: told {told} times, {homes} households"
)
LOOKING = Bilingual("正在查在办和已归档的事项……  Esc 返回", "Looking through open and filed cases…  Esc goes back")
AGAIN = Bilingual("Enter 打开事项,再打电话", "Enter opens the case, to call again")
NOBODY = Bilingual(
    "按这一版还没有答过谁。F6 看各版,Esc 返回",
    "Nobody has been told this version. F6 shows every version, Esc goes back",
)
NOBODY_AT_ALL = Bilingual("按这条口径还没有答过谁。Esc 返回", "Nobody has been told this answer. Esc goes back")
WHEN, HOW, BY = Bilingual("告知时间", "Told at"), Bilingual("方式", "By"), Bilingual("谁答的", "Told by")
STATE = Bilingual("事项", "Case")
OPEN, CLOSED = Bilingual("在办", "open"), Bilingual("已办结", "closed")
LOOKING_STILL = Bilingual("名单还在查,查完再导出", "The list is still looked for: export it once it is there")
NOBODYS = Bilingual("没有名单可导出", "There is no list to export")


class ToldScreen(BarScreen):
    """The words by one version, or by every version of it; the latest first."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("told_versions", Bilingual("这一版/各版", "This/every version"), "f6", footer=50),
        Action("told_export", Bilingual("导出名单", "Export the list"), "f10,ctrl+e", footer=60),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "told.tcss"
    ABOUT = Bilingual(
        "告知过谁:在办和已归档的事项里,凡是注明用了这条口径的答复和回复,一次一行;撤销了的不算。口径停用或改了说法,"
        "要一户一户再打电话:Enter 打开那件事项。F10 导出名单,姓名电话打码,用途留痕 [M-3.4c]。",
        "Who was told: every answer and reply, on open and on filed cases, that names this agreed answer, a line each; "
        "what was taken back does not count. Where a wording was taken out of force or changed, each has to be called "
        "again: Enter opens the case. F10 exports the list, masked, its purpose on record [M-3.4c].",
    )

    def __init__(self, script: Script, topic: str) -> None:
        super().__init__()
        self.script, self._topic = script, topic
        self._every = False
        self._found: tuple[Told, ...] | Refusal | None = None
        self._told: dict[str, Told] = {}
        self._reader, self._open = "", frozenset[tuple[str, int]]()
        self._anew = True

    def compose(self) -> ComposeResult:
        """The table, what was said, the bars."""
        yield TopBar()
        yield SmallNotice()
        yield LineTable(_columns(), KeyedRows((), self._row), empty=LOOKING, id="told")
        yield Page(self._detail, id="said")
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Has it looked for anew, whatever has become of the cases meanwhile."""
        self._anew = True

    def refresh_data(self) -> None:
        """Has all cases looked through, beside the screen, where one has gone on; the list stays until that is done."""
        super().refresh_data()
        seat = self.program.seat
        if self._reader != self.me:
            self._reader, self._found, self._anew = self.me, None, True
        open_ = frozenset((each.number, len(each.history)) for each in seat.open_cases(self.script.id))
        if self._anew or open_ != self._open:
            self._open, self._anew = open_, False
            self._look(seat)
        self._show()

    @work(thread=True, exclusive=True, group="told")
    def _look(self, seat: Seat) -> None:
        try:
            with giving_way():
                found = seat.told(self.script.id)
        except StoreError as error:
            self.beside(self._unread, error)
        else:
            self.beside(self._looked, found)

    def _looked(self, found: tuple[Told, ...] | Refusal) -> None:
        self._found = found
        self._show()

    def _unread(self, error: StoreError) -> None:
        self._anew = True
        self.program.tell_unread(error)

    def _show(self) -> None:
        table, version = self.query_one(LineTable), 0 if self._every else self.script.version
        self._told, nothing = {}, LOOKING
        match self._found:
            case None:
                """Nothing is known yet."""
            case Refusal() as refused:
                nothing = refused.sentence
            case found:
                shown = [each for each in found if version in (0, each.version)]
                self._told = {f"{each.number} {each.seq}": each for each in shown}
                nothing = NOBODY_AT_ALL if self._every else NOBODY
        table.show(KeyedRows(list(self._told), self._row), empty=nothing)
        words = ALL_TITLE if self._every else TITLE
        homes = {home for each in self._told.values() for home in each.households}
        title = words.format(topic=self._topic, n=self.script.version, told=len(self._told), homes=len(homes))
        entitle(table, say(title), hinted(say(AGAIN)) if self._told else "")
        self._show_detail()

    @property
    def shown(self) -> tuple[Told, ...]:
        """The words in the list, in its order."""
        return tuple(self._told.values())

    def _row(self, key: str) -> Row:
        told, handbook = self._told[key], self.program.handbook
        home = handbook.households.get(told.households[0]) if told.households else None
        cells = (
            near(told.at, self.now),
            told.number,
            joined(showing.room(each) for each in told.households),
            mask_name(told.name or (home.name if home else "")),
            mask_phone(told.phone or (home.phone if home else "")),
            f"v{told.version}" if told.version else "v?",
            channel(told.channel, out=True),
            showing.staff(told.by, handbook),
            say(OPEN if told.open else CLOSED),
        )
        return Row(key, cells, "" if told.open else "void")

    def _detail(self, width: int) -> list[Item]:
        told = self._told.get(self.query_one(LineTable).key or "")
        words = mask_words(told.text) if told else ""
        return [Item((line(each),)) for each in wrap(words, max(2, width))] if words else []

    @on(LineTable.RowHighlighted, "#told")
    def _show_detail(self) -> None:
        page = self.query_one("#said", Page)
        page.show(self._detail)
        page.display = bool(self._told)

    @on(LineTable.RowSelected, "#told")
    def _chosen(self, event: LineTable.RowSelected) -> None:
        if event.key is not None:
            self.program.open_case(self._told[event.key].number)

    def action_told_versions(self) -> None:
        """This version alone, or every version."""
        self._every = not self._every
        self._show()

    def action_told_export(self) -> None:
        """Asks what the list is for, and writes it."""
        from ..dialogs.told_export import ToldExportForm

        if self._told:
            self.program.push_screen(ToldExportForm(self.script, self.shown, every=self._every))
        else:
            self.program.notify(LOOKING_STILL if self._found is None else NOBODYS)


def _columns() -> tuple[Column, ...]:
    return (
        Column(WHEN, 11),
        Column(label("fields", "number"), 15),
        Column(label("fields", "household"), 13, flex=2),
        Column(label("fields", "name"), 8, flex=1),
        Column(label("fields", "phone"), 12, since=90),
        Column(Bilingual("版", "Ver"), 3),
        Column(HOW, 8, since=110),
        Column(BY, 8, since=100),
        Column(STATE, 6),
    )
