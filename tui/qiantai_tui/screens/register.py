"""The register: every matter that the desk took in on a day, a line each, and the rest of its columns below."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from qiantai import ZONE, StoreError, label
from qiantai.access import TAKE_AWAY, may_have, withheld
from qiantai.privacy import mask_name, mask_phone, mask_words
from qiantai.projections.register import Entry
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..bar_screen import BarScreen
from ..register_list import ORDINARY, URGENT, remark, satisfied
from ..text import showing
from ..text.clicked import hinted
from ..text.facts import channel, day, joined, near
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

TITLE = Bilingual("{name} {day} · {n} 件", "{name} {day} · {n} entries")
SO_FAR = Bilingual("{name} {day} · 已读 {n} 件……", "{name} {day} · {n} read so far…")
DAYS = Bilingual("← 前一天  → 后一天  0 今天  ^E 导出", "← day before  → day after  0 today  ^E export")
EMPTY = Bilingual(
    "这一天没有登记。← 看前一天,0 回今天,F2 登记一件",
    "Nothing was taken in on this day. ← the day before, 0 today, F2 takes one in",
)
THEIRS = Bilingual("只列您经手的 [M-3.4c]", "only what you received or handle [M-3.4c]")
RECEIVED = Bilingual("时间", "Time")
RECEIVER = Bilingual("接待人", "Taken in by")
SENT_TO = Bilingual("转交", "Sent to")
SENT_AT = Bilingual("派单时间", "Sent at")
FINISHED = Bilingual("完成时间", "Finished")
RESULT = Bilingual("结果", "Result")
CALLED_BACK = Bilingual("回访时间", "Called back")
CALL_BACK = Bilingual("回访结果", "Call-back")
URGENCY = Bilingual("紧急程度", "Urgency")
REMARK = Bilingual("备注", "Remark")
STATE = Bilingual("状态", "State")
PIECE = 60
"""Lines that are read at a time: more than a screenful, in less time than a key may wait."""


class RegisterScreen(BarScreen):
    """One day of the register; arrows go to the days beside it."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("day_before", Bilingual("前一天", "Day before"), "left", "day(-1)", footer=11),
        Action("day_after", Bilingual("后一天", "Day after"), "right", "day(1)", footer=12),
        Action("today", Bilingual("今天", "Today"), "0", footer=13),
        Action("register_export", Bilingual("导出", "Export"), "ctrl+e", footer=60),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "register.tcss"
    ABOUT = Bilingual(
        "前台受理工作登记表:这一天受理的事项,一件一行,下面是这一行的全部栏目。←→ 换天,Enter 打开事项。"
        "前台以外的员工受理、当场答完的不在其中;还没转到前台的,转来后才有。^E 导出成表格,打码,用途留痕 [M-3.4c]。",
        "The front-desk register: what was taken in on the day, a line each, and below all the columns of the line. "
        "←→ go to other days, Enter opens the case. What other staff answered on the spot away from the desk is not "
        "in it, and what they have yet to hand to the desk comes in when they do. ^E exports it as a table, masked, "
        "its purpose on record [M-3.4c].",
    )

    def __init__(self) -> None:
        super().__init__()
        self._day: date | None = None
        self._read_day: date | None = None
        self._entries: dict[str, Entry] = {}
        self._of: tuple[date, str] | None = None
        self._reading: Iterator[Entry] | None = None
        self._read: dict[str, Entry] = {}

    @property
    def shown_day(self) -> date:
        """The day shown: today until another one is chosen."""
        return self._day or self.now.astimezone(ZONE).date()

    def compose(self) -> ComposeResult:
        """The table, the rest of the line, the bars."""
        yield TopBar()
        yield SmallNotice()
        yield LineTable(_columns(), KeyedRows((), self._row), empty=EMPTY, id="entries")
        yield Page(self._detail, id="detail")
        yield KeyBar()

    def refresh_data(self) -> None:
        """Reads the day anew: its first lines at once, and the others once those are seen."""
        super().refresh_data()
        on = self.shown_day
        self._read_day = on
        self._reading, self._read = self.program.seat.register(on, on), {}
        self._read_on(self._reading)

    def _read_on(self, lines: Iterator[Entry]) -> None:
        """Reads some more; a day that is shown already stays as it was until all of it is read."""
        if lines is not self._reading or self not in self.app.screen_stack:
            return  # another is read by now, or will be when it is come back to
        before = len(self._read)
        try:
            self._read |= {each.number: each for each in islice(lines, PIECE)}
        except StoreError as error:
            self._reading = None
            self.program.tell_unread(error)
            return
        whole = len(self._read) - before < PIECE
        if whole or self._of != (self.shown_day, self.me):
            self._show(SO_FAR if not whole else TITLE)
        if whole:
            self._reading = None
        else:
            self.call_after_refresh(self._read_on, lines)

    def _show(self, title: Bilingual) -> None:
        """Shows what is read, of another day from its first line on."""
        on, seat, before = self.shown_day, self.program.seat, self._of
        self._entries, self._of = dict(self._read), (on, self.me)
        table = self.query_one("#entries", LineTable)
        table.show(KeyedRows(list(self._entries), self._row), at=None if before == self._of else "")
        name = say(label("screens", "register"))
        limited = "" if may_have("register", seat.person) else f" · {say(THEIRS)}"
        entitle(table, say(title.format(name=name, day=day(on), n=len(self._entries))) + limited, hinted(say(DAYS)))
        self._show_detail()

    def tick(self) -> None:
        """After midnight today is another day."""
        if self._read_day != self.shown_day:
            self.program.read_anew(self)

    def _row(self, number: str) -> Row:
        entry, handbook = self._entries[number], self.program.handbook
        cells = (
            f"{entry.received.astimezone(ZONE):%H:%M}",
            number,
            showing.kind(entry.kind),
            channel(entry.channel),
            showing.room(entry.household) if entry.household else "",
            mask_name(entry.name),
            mask_words(entry.summary),
            showing.staff(entry.receiver, handbook),
            joined(say(label("roles", each)) for each in entry.sent_to),
            say(satisfied(entry)),
            showing.short_state(entry.kind, entry.state),
        )
        tone = "urgent" if entry.emergency and entry.state != "closed" else ""
        return Row(number, cells, tone)

    def _detail(self, width: int) -> list[Item]:
        entry = self._entries.get(self.query_one("#entries", LineTable).key or "")
        return [] if entry is None else known_items(self._short(entry), self._long(entry), width)

    def _short(self, entry: Entry) -> list[Known]:
        now, handbook = self.now, self.program.handbook
        return [
            Known(label("fields", "channel"), channel(entry.channel)),
            Known(label("fields", "phone"), mask_phone(entry.phone)),
            Known(URGENCY, say(URGENT if entry.emergency else ORDINARY), "urgent" if entry.emergency else ""),
            Known(STATE, say(label("states", entry.state))),
            Known(RECEIVER, showing.staff(entry.receiver, handbook)),
            Known(SENT_TO, joined(say(label("roles", each)) for each in entry.sent_to)),
            Known(SENT_AT, _time(entry.sent_at, now)),
            Known(label("fields", "promised"), _time(entry.promised, now)),
            Known(FINISHED, _time(entry.finished_at, now)),
            Known(CALLED_BACK, _time(entry.called_back_at, now)),
            Known(CALL_BACK, say(satisfied(entry))),
            Known(REMARK, say(remark(entry))),
        ]

    def _long(self, entry: Entry) -> list[Known]:
        return [
            Known(label("fields", "summary"), mask_words(entry.summary)),
            Known(RESULT, mask_words(entry.result)),
        ]

    @on(LineTable.RowHighlighted, "#entries")
    def _show_detail(self) -> None:
        detail = self.query_one("#detail", Page)
        detail.show(self._detail)
        detail.display = bool(self._entries)

    @on(LineTable.RowSelected, "#entries")
    def _chosen(self, event: LineTable.RowSelected) -> None:
        if event.key is not None:
            self.program.open_case(event.key)

    def action_day(self, days: int) -> None:
        """So many days on, today at the latest."""
        today = self.now.astimezone(ZONE).date()
        wanted = min(self.shown_day + timedelta(days=days), today)
        self._day = None if wanted == today else wanted
        self.refresh_data()

    def action_today(self) -> None:
        """Back to today."""
        self._day = None
        self.refresh_data()

    def action_register_export(self) -> None:
        """Asks of which days and what for, and writes it; who may not have it whole is told so."""
        from ..dialogs.register_export import RegisterExportForm

        if may_have("register", self.program.seat.person):
            self.program.push_screen(RegisterExportForm(self.shown_day))
        else:
            self.program.refuse(withheld("register", self.program.seat.person, self.now, TAKE_AWAY))


def _columns() -> tuple[Column, ...]:
    lang = language()
    return (
        Column(RECEIVED, 5),
        Column(label("fields", "number"), 15),
        Column(label("fields", "kind"), showing.KIND_WIDTH[lang]),
        Column(label("fields", "channel"), 8 if lang == "zh" else 9, since=100),
        Column(label("fields", "household"), 13 if lang == "zh" else 10, flex=1),
        Column(label("fields", "name"), 6, since=70),
        Column(label("fields", "summary"), 12, flex=3),
        Column(RECEIVER, 6 if lang == "zh" else 11, since=96),
        Column(SENT_TO, 10, flex=1, since=130),
        Column(CALL_BACK, 9 if lang == "zh" else 13, since=150),
        Column(STATE, showing.STATE_WIDTH[lang]),
    )


def _time(at: datetime | None, now: datetime) -> str:
    return near(at, now) if at is not None else ""


SCREEN = RegisterScreen
