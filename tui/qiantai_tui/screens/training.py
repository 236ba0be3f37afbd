"""Who was trained in what: a quarter's plan, the pass rate, each attempt, and a certificate of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult

from qiantai import StoreError, label
from qiantai.periods import local
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..bar_screen import BarScreen
from ..serving.handing import hand_over
from ..sites.files import SiteError, kept_page
from ..text import showing
from ..text.clicked import hinted
from ..text.safe import entitle
from ..text.words import say
from ..widgets.items import Item, Span, columns, heading, line
from ..widgets.key_bar import KeyBar
from ..widgets.page import Page
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

if TYPE_CHECKING:
    from qiantai_scenarios.rehearsing.records import Attempt, Quarter, Training

TITLE = Bilingual("{name} · {quarter}", "{name} · {quarter}")
QUARTERS = Bilingual("← 前一季  → 后一季", "← quarter before  → quarter after")
PLAN = Bilingual(
    "这一季的计划:每人知识、沟通、应急各考一次", "The plan: everybody once in knowledge, communication, emergencies"
)
RATE = Bilingual(
    "合格率 {share}%({passed}/{tested}),不低于 90%", "{share}% passed ({passed} of {tested}); 90% are called for"
)
NO_TESTS = Bilingual("这一季还没有人考过", "Nobody has been tested in this quarter")
TRIES = Bilingual("演练过的 · Enter 写成绩单", "Attempts · Enter writes a certificate")
NO_TRIES = Bilingual("没有。5 到演练,选一个开始", "None. 5 goes to the rehearsals; choose one")
THEIRS = Bilingual("只有您自己的;全部的由培训员、主管看", "yours alone; a trainer or supervisor sees all")
NOT_YET = Bilingual("未考", "not yet")
WRITTEN = Bilingual("成绩单写好了:{file}", "The certificate is in {file}")
FOLDER = "certificates"


class TrainingScreen(BarScreen):
    """One quarter of the book of training; of others than trainers and supervisors their own lines."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("quarter_before", Bilingual("前一季", "Quarter before"), "left", "quarter(-1)", footer=11),
        Action("quarter_after", Bilingual("后一季", "Quarter after"), "right", "quarter(1)", footer=12),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "training.tcss"
    ABOUT = Bilingual(
        "演练记录:每季每人知识、沟通、应急各考一次 (R-3.2),合格率不低于 90% (R-4c)。←→ 换季,在一次演练上按 Enter 写"
        "出成绩单。",
        "The book of training: everybody once a quarter in knowledge, communication and emergencies (R-3.2), 90% "
        "to pass "
        "(R-4c). ←→ go to other quarters, Enter on an attempt writes a certificate.",
    )

    def __init__(self) -> None:
        super().__init__()
        self._steps = 0
        self._attempts: tuple[Attempt, ...] = ()

    def compose(self) -> ComposeResult:
        """The page between the bars."""
        yield TopBar()
        yield SmallNotice()
        yield Page(self._items, id="training")
        yield KeyBar()

    def refresh_data(self) -> None:
        """Reads the book anew."""
        super().refresh_data()
        from ..sites.training_book import read_training

        try:
            self._attempts = read_training(self.program.site.books)
        except StoreError as error:
            self.program.notify(error.why, severity="error")
            self._attempts = ()
        name = label("screens", "training")
        entitle(self.query_one(Page), say(TITLE.format(name=name, quarter=str(self._quarter))), hinted(say(QUARTERS)))
        self.query_one(Page).reload()

    @cached_property
    def _titles(self) -> Mapping[str, Bilingual]:
        from qiantai_scenarios.library import titles

        return titles()

    def _title(self, attempt: Attempt) -> Bilingual:
        """What it was called; where the book does not say what it is called now, else its id."""
        named = self._titles.get(attempt.rehearsal, Bilingual(attempt.rehearsal, attempt.rehearsal))
        return attempt.title if attempt.title.zh else named

    @property
    def _quarter(self) -> Quarter:
        from qiantai_scenarios.rehearsing.records import Quarter

        now = Quarter.of(self.now)
        months = now.year * 4 + now.number - 1 + self._steps
        return Quarter(months // 4, months % 4 + 1)

    def _seen(self) -> tuple[Attempt, ...]:
        from qiantai_scenarios.rehearsing.records import Quarter, seen_by

        person = self.program.person
        theirs = seen_by(self._attempts, person) if person else ()
        return tuple(each for each in theirs if Quarter.of(each.at) == self._quarter)

    def _items(self, width: int) -> list[Item]:
        from qiantai_scenarios.rehearsing.records import SEES_ALL, training

        person = self.program.person
        if person is None:
            return []
        everybody = person.has(*SEES_ALL)
        people = self.program.handbook.people if everybody else {person.id: person}
        attempts, found = self._seen(), training(self._seen(), people, self._quarter)
        limited = [] if everybody else [Item((line(Span(say(THEIRS), "label")),))]
        items = [heading(PLAN, width, first=True), *limited, *self._plan(found)]
        if found.tested:
            share = 100 * found.passed // found.tested
            said = say(RATE.format(share=share, passed=found.passed, tested=found.tested))
            items.append(Item((line(Span(f"{said} [R-4c]", "met" if found.holds else "overdue")),)))
        else:
            items.append(Item((line(Span(say(NO_TESTS), "label")),)))
        tries = [*self._tries(attempts)] or [Item((line(Span(say(NO_TRIES), "label")),))]
        return [*items, heading(TRIES, width), *tries]

    def _plan(self, found: Training) -> Iterator[Item]:
        from qiantai_scenarios.rehearsal import COVERS

        handbook = self.program.handbook
        people = list(dict.fromkeys(each.person for each in found.plan))
        known = {(each.person, each.covers): each for each in found.plan}
        rows = [("", *(say(words) for words in COVERS.values()))]
        for person in people:
            cells = []
            for part in COVERS:
                each = known[person, part]
                cells.append(say(NOT_YET) if not each.tries else f"{'✓' if each.passed else '✗'} {each.best}")
            rows.append((showing.staff(person, handbook), *cells))
        head, *others = columns(rows)
        yield Item((line(Span("  ".join(head), "label")),))
        yield from (Item((line("  ".join(each)),)) for each in others)

    def _tries(self, attempts: tuple[Attempt, ...]) -> Iterator[Item]:
        handbook = self.program.handbook
        for place, each in reversed(list(enumerate(attempts))):
            sign, part = ("✓", "met") if each.passed else ("✗", "overdue")
            who = showing.staff(each.person, handbook)
            title = say(self._title(each))
            said = line(f"{local(each.at):%m-%d %H:%M} {who} {title} ", Span(f"{sign} {each.points}", part))
            yield Item((said,), f"try:{place}")

    @on(Page.Chosen)
    def _chosen(self, event: Page.Chosen) -> None:
        from qiantai_scenarios.rehearsing.certificate import certificate

        attempt = self._seen()[int(event.key.partition(":")[2])]
        title = self._title(attempt)
        name = showing.staff(attempt.person, self.program.handbook)
        text = certificate(attempt, name, title, self.program.site.name)
        page = f"{attempt.person}-{attempt.rehearsal}-{local(attempt.at):%Y%m%d-%H%M%S}.html"
        try:
            file = kept_page(self.program.site.folder / FOLDER, page, text)
        except SiteError as error:
            self.program.notify(error.why, severity="error")
            return
        hand_over(self.program, file)
        self.program.tell_did("export", WRITTEN.format(file=str(file)), timeout=20)

    def action_quarter(self, steps: int) -> None:
        """So many quarters on, the present one at the latest."""
        self._steps = min(0, self._steps + steps)
        self.refresh_data()
