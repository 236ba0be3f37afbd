"""The training room's door: the rehearsals there are, how whoever is at the desk did in each, and how to begin one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult

from qiantai import StoreError, label
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..bar_screen import BarScreen
from ..text.facts import joined
from ..text.safe import entitle
from ..text.words import say
from ..text.wrapping import wrap
from ..widgets.items import Item, Span, labelled, line
from ..widgets.key_bar import KeyBar
from ..widgets.line_table import LineTable
from ..widgets.page import Page
from ..widgets.rows import Column, KeyedRows, Row
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from qiantai_scenarios.rehearsing.records import Attempt
    from qiantai_scenarios.scenario import Scenario

    from ..room.offered import Offer

TITLE = Bilingual("{name} {n}", "{name} {n}")
READING = Bilingual("正在读演练……", "Reading the rehearsals…")
NOBODY_YET = Bilingual("还没有选谁在前台。F12 选人", "Nobody is at the desk yet. F12 chooses")
WHO_FIRST = Bilingual("先按 F12 选是谁在练,成绩要记给人", "F12 first: the result is somebody's")
UNREADABLE = Bilingual("读不懂:{file}", "cannot be read: {file}")
GRADE, TITLED = Bilingual("级", "Grade"), Bilingual("演练", "Rehearsal")
COVERED, MINUTES = Bilingual("练什么", "It trains"), Bilingual("分钟", "Min")
BEST, FROM = Bilingual("最好", "Best"), Bilingual("来自", "From")
TRIED = Bilingual("练过", "Tried")
ATTEMPT = Bilingual("{at} {who} {points} 分 {verdict}", "{at} {who} {points} points, {verdict}")
PASSED, FAILED = Bilingual("合格", "passed"), Bilingual("未合格", "not passed")
NEVER = Bilingual("还没有。Enter 开始", "not yet. Enter begins")
_LATEST = 4


class RehearsalScreen(BarScreen):
    """A list of rehearsals, and what the one under the cursor is about."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("training", label("screens", "training"), "t", footer=20),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    WRITES: ClassVar[tuple[Action, ...]] = (
        Action("new_rehearsal", Bilingual("新做一个", "New"), "n", footer=30),
        Action("edit_rehearsal", Bilingual("修改", "Edit"), "e", footer=40),
    )
    BINDINGS = bound((*ACTIONS, *WRITES))
    CSS_PATH = "rehearsal.tcss"
    ABOUT = Bilingual(
        "演练:自带的、每条现行口径一个的、小区 rehearsals 文件夹里自己写的。Enter 开始,练的时候前台先关上,练完回"
        "来要重新登录。"
        "练什么都不进小区的数据,只记成绩。t 看全部记录。培训员、主管按 n 新做一个,e 修改。",
        "Rehearsals: those that come along, one for each agreed answer in force, and the site's own in its folder "
        "rehearsals. Enter begins; the desk is closed meanwhile, and one signs in anew afterwards. Nothing gets "
        "into the "
        "site's data but the result. t shows the records. Trainers and supervisors make one with n and edit with e.",
    )

    def __init__(self) -> None:
        super().__init__()
        self._offers: Mapping[str, Offer] = {}
        self._attempts: tuple[Attempt, ...] = ()
        self._state: Hashable = None

    def compose(self) -> ComposeResult:
        """The list, what is known of one of them, the bars."""
        yield TopBar()
        yield SmallNotice()
        yield LineTable(_columns(), KeyedRows((), self._row), empty=READING, id="rehearsals")
        yield Page(self._detail, id="detail")
        yield KeyBar()

    def refresh_data(self) -> None:
        """Reads the records anew, and beside the screen the rehearsals where there may be others by now."""
        super().refresh_data()
        from ..room.offered import state_of

        state = state_of(self.program.site, self.now)
        if state != self._state:
            self._state = state
            self._read()
        from qiantai_scenarios.rehearsing.records import seen_by

        from ..sites.training_book import read_training

        person = self.program.person
        try:
            found = read_training(self.program.site.books)
        except StoreError as error:
            self.program.notify(error.why, severity="error")
            found = ()
        self._attempts = seen_by(found, person) if person else ()
        self._show()

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        from ..room.offered import offers

        found = offers(self.program.site, self.now)
        self.beside(self._have, {each.id: each for each in found})

    def _have(self, offers: Mapping[str, Offer]) -> None:
        self._offers = offers
        self._show()

    def _show(self) -> None:
        table = self.query_one("#rehearsals", LineTable)
        empty = READING if self.program.person else NOBODY_YET
        table.show(KeyedRows(list(self._offers), self._row), empty=empty)
        entitle(table, say(TITLE.format(name=label("screens", "rehearsal"), n=len(self._offers) or "")))
        self._show_detail()

    def _row(self, id: str) -> Row:
        from qiantai_scenarios.rehearsal import COVERS

        offer = self._offers[id]
        found = offer.scenario.rehearsal if offer.scenario else None
        if offer.scenario is None or found is None:
            return Row(id, ("", say(UNREADABLE.format(file=id)), "", "", "", say(offer.source)), "overdue")
        own = [each for each in self._attempts if each.rehearsal == id and each.person == self.me]
        best = max(own, key=lambda each: each.points, default=None)
        sign = "" if best is None else "✓" if best.passed else "✗"
        return Row(
            id,
            (
                str(found.grade or ""),
                say(offer.scenario.title),
                joined(say(COVERS[each]) for each in found.covers),
                str(found.minutes or ""),
                "" if best is None else f"{sign} {best.points}",
                say(offer.source),
            ),
            "" if best is None else "met" if best.passed else "late",
        )

    def _detail(self, width: int) -> list[Item]:
        offer = self._offers.get(self.query_one("#rehearsals", LineTable).key or "")
        if offer is None:
            return []
        if offer.scenario is None:
            return [Item((line(Span(each, "overdue")),)) for each in wrap(say(offer.wrong), width)]
        about = [Item((line(each),)) for each in wrap(say(offer.scenario.about), width)]
        about += [Item((line(Span(each, "overdue")),)) for each in wrap(say(offer.warning), width) if each]
        tries = [each for each in self._attempts if each.rehearsal == offer.id][-_LATEST:]
        told = [self._told(each) for each in reversed(tries)] or [say(NEVER)]
        return [*about, *(Item(labelled(say(TRIED), each, width, name_width=6)) for each in told)]

    def _told(self, attempt: Attempt) -> str:
        person = self.program.handbook.people.get(attempt.person)
        who = person.name if person else attempt.person
        verdict = PASSED if attempt.passed else FAILED
        return say(ATTEMPT.format(at=f"{attempt.at:%m-%d %H:%M}", who=who, points=attempt.points, verdict=verdict))

    @on(LineTable.RowHighlighted, "#rehearsals")
    def _show_detail(self) -> None:
        self.query_one("#detail", Page).show(self._detail)

    @on(LineTable.RowSelected, "#rehearsals")
    def _chosen(self, event: LineTable.RowSelected) -> None:
        offer = self._offers.get(event.key or "")
        scenario: Scenario | None = offer.scenario if offer else None
        if scenario is None:
            return
        if self.program.person is None:
            self.program.notify(WHO_FIRST, severity="warning")
            return
        self.program.rehearse(scenario)

    def more_actions(self) -> tuple[Action, ...]:
        """What there is besides for who may make rehearsals."""
        from ..writing.opening import may_write

        return self.WRITES if may_write(self.program.person) else ()

    def action_new_rehearsal(self) -> None:
        """Begins a rehearsal among the site's own."""
        from ..writing.going_on import begin_one

        begin_one(self.program)

    def action_edit_rehearsal(self) -> None:
        """Edits the one under the cursor; one that comes along is copied first."""
        from ..writing.going_on import edit

        offer = self._offers.get(self.query_one("#rehearsals", LineTable).key or "")
        if offer is not None:
            edit(self.program, offer)

    def action_training(self) -> None:
        """Shows who was trained in what."""
        from .training import TrainingScreen

        self.program.push_screen(TrainingScreen())


def _columns() -> tuple[Column, ...]:
    return (
        Column(GRADE, 5),
        Column(TITLED, 20, flex=3),
        Column(COVERED, 16, flex=1),
        Column(MINUTES, 4, align="right"),
        Column(BEST, 6),
        Column(FROM, 8, since=76),
    )


SCREEN = RehearsalScreen
