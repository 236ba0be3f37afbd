"""After a rehearsal: the score, what was lost by which clause, the run beside the model, what to do next time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from qiantai.clauses import Clause
from qiantai.why import flat
from qiantai.words import Bilingual, label
from qiantai_scenarios.rehearsing import Play, debrief, page
from qiantai_scenarios.rehearsing.clock import length
from qiantai_scenarios.rehearsing.debrief import MODEL, RUN, Line, Lost, Reasoned
from qiantai_scenarios.rehearsing.judging import Judged

from ..actions import Action, bound
from ..desk_screen import DeskDialog
from ..serving.handing import hand_over
from ..sites.files import SiteError, home, write_private
from ..text import showing
from ..text.safe import entitle
from ..text.words import say
from ..text.wrapping import wrap
from ..widgets.items import Item, Span, heading, labelled, line
from ..widgets.key_bar import KeyBar
from ..widgets.page import Page

TITLE = Bilingual("讲评 · {title}", "Debrief · {title}")
PASSED, FAILED = Bilingual("合格", "passed"), Bilingual("未合格", "not passed")
SCORE = Bilingual("{points} / 100 · {verdict}({passing} 分合格)", "{points} / 100 · {verdict} ({passing} pass)")
TOOK = Bilingual("用时 {time}", "{time} of real time")
MARKS = Bilingual("评分", "Marks")
NEXT_TIME = Bilingual("下次怎么做", "Next time")
NOTHING_LOST = Bilingual("一分没丢", "Nothing was lost")
HAPPENED = Bilingual(
    "经过,● 自己 » 示范 · Enter 从那里接着练", "What happened, ● you, » the model · Enter goes on from there"
)
DUTIES = Bilingual("时限,为什么", "The duties, and why")
WRITTEN = Bilingual("讲评写好了:{file}", "The debrief is in {file}")
FOLDER = "debriefs"
_POINTS = 5


class DebriefScreen(DeskDialog[Play | None]):
    """Gives the play as it was at a point to go on from, None where it is over."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("print", Bilingual("写成可打印的网页", "Write a page to print"), "p", "print", footer=20),
        Action("leave", Bilingual("结束", "Leave"), "escape", "leave", footer=70),
    )
    BINDINGS = bound(ACTIONS)
    DEFAULT_CSS = """
    DebriefScreen { background: $background; }
    DebriefScreen Page { border: round $primary 60%; padding: 0 1; }
    DebriefScreen Page:focus { border: round $primary; }
    """
    ABOUT = Bilingual(
        "讲评:得分、丢的每一分按哪一条、自己做的和示范并排、每个时限为什么是那个时候。在经过的一行上按 Enter,就从"
        "那时接着练,自己做的(●、✗)从做之前,换个做法(不记成绩);p 写成可打印的网页。F11 从头再练。",
        "The debrief: the score, each lost point with its clause, what you did beside the model, why each duty "
        "was due. "
        "Enter on a line of what happened goes on from there, for practice: on one of yours (●, ✗) from before it, to "
        "do it otherwise; p writes a page to print. F11 begins again.",
    )

    def __init__(self, play: Play, kept: Bilingual, *, trainee: str = "", practice: bool = False) -> None:
        """`kept` says what went on record of it, `trainee` is the name of who is trained for real."""
        super().__init__()
        self._play, self._kept, self._trainee, self._practice = play, kept, trainee, practice
        self._told = debrief(play)

    def compose(self) -> ComposeResult:
        """The page and its keys."""
        yield Page(self._items, id="debrief")
        yield KeyBar()

    def on_mount(self) -> None:
        """Names the page."""
        shown = self.query_one(Page)
        entitle(shown, say(TITLE.format(title=self._told.scenario.title)))
        shown.focus()

    def _items(self, width: int) -> list[Item]:
        told = self._told
        verdict = PASSED if told.score.passed else FAILED
        said = SCORE.format(points=told.score.points, verdict=verdict, passing=told.score.passing)
        items = [Item((line(Span(say(said), "met" if told.score.passed else "overdue")),))]
        took = TOOK.format(time=length(timedelta(seconds=told.score.wall)))
        items.append(Item((line(Span(f"{say(took)} · {say(self._kept)}", "label")),)))
        items += [heading(MARKS, width), *(_mark(each, width) for each in told.score.judged if _counts(each))]
        items += [heading(NEXT_TIME, width), *(_lost(each, width) for each in told.lost)]
        if not told.lost:
            items.append(Item((line(Span(say(NOTHING_LOST), "met")),)))
        items += [heading(HAPPENED, width), *(_line(n, each, width) for n, each in enumerate(told.line))]
        return [*items, heading(DUTIES, width), *(each for duty in told.duties for each in _duty(duty, width))]

    @on(Page.Chosen)
    def _chosen(self, event: Page.Chosen) -> None:
        what, _, which = event.key.partition(":")
        if what == "at":
            told = self._told.line[int(which)]
            yours = told.deed if told.side == RUN else None
            self.dismiss(self._play.at(told.at) if yours is None else self._play.before(yours))
        elif what == "clause":
            from ..dialogs.clause import ClauseDialog

            self.app.push_screen(ClauseDialog(Clause(which)))

    def action_print(self) -> None:
        """Writes the page into the person's own folder of debriefs; no site is touched."""
        folder = home() / FOLDER
        now = datetime.now().astimezone()
        name = f"{self._told.scenario.id}-{now:%Y%m%d-%H%M%S}.html"
        printed = page(self._told, trainee=self._trainee, day=now.date(), practice=self._practice)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_private(folder / name, printed)
        except (SiteError, OSError) as error:
            why = error.why if isinstance(error, SiteError) else str(error)
            self.program.notify(why, severity="error")
            return
        hand_over(self.program, folder / name)
        self.program.notify(WRITTEN.format(file=str(folder / name)), timeout=20)

    def action_leave(self) -> None:
        """It is over."""
        self.dismiss(None)


def _counts(judged: Judged) -> bool:
    return judged.mark.points > 0 or judged.holds


def _mark(judged: Judged, width: int) -> Item:
    clause = f" [{showing.clause(judged.clause)}]" if judged.clause else ""
    lacks = f":{say(judged.lacks)}" if judged.lacks.zh else ""
    sign, part = ("✓", "met") if judged.points > 0 else ("✗", "overdue")
    text = f"{say(judged.mark.why)}{lacks}{clause}"
    key = f"clause:{judged.clause.id}" if judged.clause else ""
    return Item(labelled(f"{sign} {judged.points:+d}", text, width, name_width=_POINTS, part=part), key)


def _lost(lost: Lost, width: int) -> Item:
    clause = lost.judged.clause
    says = f"{say(lost.next_time)}" + (f" [{showing.clause(clause)}]" if clause else "")
    return Item(labelled(f"-{lost.points}", says, width, name_width=_POINTS), f"clause:{clause.id}" if clause else "")


def _line(place: int, told: Line, width: int) -> Item:
    sign = "»" if told.side == MODEL else "✗" if told.refused else "●" if told.side == RUN else " "
    part = "label" if told.side == MODEL else "overdue" if told.refused else "strong" if told.side == RUN else ""
    clause = f" [{showing.clause(told.clause)}]" if told.clause and told.side != MODEL else ""
    name = f"{told.at:%m-%d %H:%M:%S} {sign}"
    return Item(labelled(name, f"{told.case} {say(told.said)}{clause}", width, part=part), f"at:{place}")


def _duty(reasoned: Reasoned, width: int) -> Iterator[Item]:
    owed = reasoned.owed
    title = (
        f"{owed.case} {say(label('duties', owed.duty.name))} · {say(owed.told)} [{showing.clause(owed.duty.clause)}]"
    )
    yield Item((line(Span(title, "strong")),))
    for depth, each in flat(reasoned.told):
        indent = "  " * (depth + 1)
        yield Item(tuple(line(indent, said) for said in wrap(say(each.text), max(8, width - len(indent)))))
