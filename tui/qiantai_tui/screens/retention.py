"""How long words are kept: the closed cases by kind and year under the site's terms, what is due, what is held back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from attrs import frozen
from textual import on, work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from qiantai import Command, Residents, StoreError, label
from qiantai.retention import Judged, grouped
from qiantai.rights import MAY_ANSWER, MAY_ERASE, barred
from qiantai.store import local_day
from qiantai.terms import MAJOR
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..bar_screen import BarScreen
from ..dialogs.erasure_forms import MORE, MOST, ExpireForm
from ..followed import Followed, GivenUp
from ..giving_way import giving_way
from ..text import showing
from ..text.facts import joined
from ..text.safe import entitle
from ..text.words import say
from ..text.wrapping import wrap
from ..widgets.how_far import HowFar
from ..widgets.items import Item, Span, columns, heading, labelled, line
from ..widgets.key_bar import KeyBar
from ..widgets.page import Page
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

COUNTING = Bilingual("正在清点已办结的事项……", "Counting the closed cases…")
COUNTED = Bilingual("正在清点", "Counting")
NO_TERMS = Bilingual(
    "没有定保存期限,什么都不会抹除。期限由项目定,写进 site.toml 的 [[retention]]。Esc 返回",
    "No term is set, and nothing goes. The site sets them, in site.toml under [[retention]]. Esc goes back",
)
NOTHING = Bilingual("没有还留着话的已办结事项。Esc 返回", "No closed case has words left in it. Esc goes back")
CASES = Bilingual("已办结、还留着话的 {n} 件", "{n} closed cases with words in them")
DUE = Bilingual("到期可以抹除的 {n} 件", "{n} have passed their term and can be erased")
HELD = Bilingual("到期而留下的 {n} 件", "{n} have passed it and are held back")
COLUMNS = (
    Bilingual("类别", "Kind"), Bilingual("办结年份", "Closed in"), Bilingual("件数", "Cases"),
    Bilingual("期限", "Term"), Bilingual("到期", "Due"), Bilingual("留下", "Held back"),
)  # fmt: skip
WITHOUT_END = Bilingual("不限", "without end")


@frozen
class Counted:
    """The closed cases with words in them: how many, by kind and year, which are due, and which are held back."""

    cases: int
    groups: Sequence[tuple[str, int, int, int, int]]
    due: tuple[Judged, ...]
    held: tuple[Judged, ...]

    @classmethod
    def of(cls, judged: Sequence[Judged], today: date) -> Counted:
        """How they stand on this day."""
        due, held = (each for each in judged if each.due(today)), (each for each in judged if each.holds)
        return cls(len(judged), grouped(judged, today), tuple(due), tuple(held))


class RetentionScreen(BarScreen):
    """What the site's terms let go; it is erased once it has been shown again and a reason is given."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("expire", label("commands", "expire"), "x", footer=20),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "retention.tcss"
    ABOUT = Bilingual(
        "保存期限:已办结事项按类别和办结年份,期限写在 site.toml 的 [[retention]]。到期的可以抹除里面的话,先再看一遍;"
        "单号、时间、时限和各月数字不变。没有定期限的一直保存。",
        "Retention: the closed cases by kind and year of closing; the terms stand in site.toml under [[retention]]. "
        "The words of what has passed its term can be erased; numbers, times, duties and figures stay. What has no "
        "term is kept without end.",
    )

    def __init__(self) -> None:
        super().__init__()
        self._found: Counted | None = None
        self._shut: Bilingual | None = None
        self._standing: object = None

    def compose(self) -> ComposeResult:
        """The bars, and the page between them."""
        yield TopBar()
        yield SmallNotice()
        yield Page(self._items, id="retention")
        yield HowFar()
        yield KeyBar()

    def on_mount(self) -> None:
        """Names the page, then reads."""
        entitle(self.query_one("#retention"), say(label("screens", "retention")))

    def on_screen_resume(self) -> None:
        """Has them counted anew, whatever has become of them meanwhile."""
        self._standing = None

    def refresh_data(self) -> None:
        """Has the cases counted anew, beside the screen, where another one is closed or open: there may be many."""
        super().refresh_data()
        refused = barred(Command("expire", self.me, ""), self.now, self.program.handbook, {*MAY_ANSWER, *MAY_ERASE})
        if refused is not None:
            self._shut, self._found, self._standing = refused.sentence, None, None
            self.query_one(HowFar).follow(None)
            self.query_one(Page).reload()
            return
        still = {(each.number, frozenset(each.households)) for each in self.program.seat.open_cases()}
        standing = self.me, local_day(self.now), still
        if standing != self._standing:
            self._shut, self._standing = None, standing
            self.query_one(Page).reload()
            going = Followed(COUNTED, lambda: get_current_worker().is_cancelled)
            self.query_one(HowFar).follow(going)
            self._count(going, local_day(self.now))

    @work(thread=True, exclusive=True)
    def _count(self, going: Followed, today: date) -> None:
        found: Counted | None = None
        shut: Bilingual | None = None
        try:
            with giving_way():
                found = Counted.of(Residents(self.program.desk, follower=going).judged(), today)
        except GivenUp:
            return
        except StoreError as error:
            shut = error.why
        self.beside(self._counted, found, shut)

    def _counted(self, found: Counted | None, shut: Bilingual | None) -> None:
        self._found, self._shut = found, shut
        if found is None:
            self._standing = None
        self.query_one(HowFar).follow(None)
        self.query_one(Page).reload()

    def _items(self, width: int) -> list[Item]:
        found = self._found
        if found is None:
            return _muted(self._shut or COUNTING, width)
        items = [] if Residents(self.program.desk).retention.terms else _muted(NO_TERMS, width)
        if not found.cases:
            return [*items, *_muted(NOTHING, width)]
        items += [heading(CASES.format(n=found.cases), width, first=not items), *self._groups(found)]
        items += [heading(DUE.format(n=len(found.due)), width), *map(_case, found.due[:MOST]), *_more(found.due, width)]
        items += [heading(HELD.format(n=len(found.held)), width), *(_held(each, width) for each in found.held[:MOST])]
        return [*items, *_more(found.held, width)]

    def _groups(self, found: Counted) -> Iterator[Item]:
        terms = Residents(self.program.desk).retention.terms
        rows = [tuple(say(each) for each in COLUMNS)]
        for key, year, cases, due, held in found.groups:
            term = terms.get(key)
            name = say(label("words", MAJOR)) if key == MAJOR else showing.kind(key)
            rows.append((name, str(year), str(cases), say(term.label if term else WITHOUT_END), str(due), str(held)))
        first, *others = columns(rows)
        yield Item((line(Span("  ".join(first), "label")),))
        yield from (Item((line("  ".join(each)),)) for each in others)

    @on(Page.Chosen)
    def _chosen(self, event: Page.Chosen) -> None:
        self.program.open_case(event.key)

    def action_expire(self) -> None:
        """Shows what goes once more, and asks for the reason."""
        refused = barred(Command("expire", self.me, ""), self.now, self.program.handbook, MAY_ERASE)
        if refused is not None:
            self.program.refuse(refused)
        elif self._found is None:
            self.program.notify(COUNTING)
        elif self._found.due:
            self.program.push_screen(ExpireForm(self._found.due))
        else:
            self.program.notify(DUE.format(n=0))


def _more(several: Sequence[Judged], width: int) -> list[Item]:
    return _muted(MORE.format(n=len(several) - MOST), width) if len(several) > MOST else []


def _case(each: Judged) -> Item:
    return Item((line(f"{each.case.number}  {showing.kind(each.case.kind)}  {each.ends}"),), each.case.number)


def _held(each: Judged, width: int) -> Item:
    why = joined(f"{say(hold.why)} [{showing.clause(hold.clause)}]" for hold in each.holds)
    return Item(labelled(each.case.number, why, width), each.case.number)


def _muted(words: Bilingual, width: int) -> list[Item]:
    return [Item((line(Span(each, "label")),)) for each in wrap(say(words), max(2, width))]
