"""The first start, with no site yet: the demo estate, an estate of one's own, or one restored."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Key
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from qiantai import StoreError, label
from qiantai.desk import now
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..dialogs.frame import FIELD_BY_FIELD, Framed
from ..dialogs.help import HelpDialog
from ..preferences import NOTHING_TAKEN, Taken
from ..program.base import BaseApp
from ..sites.files import SiteError, is_site, reports_folder, site_folder
from ..sites.own import MOST, make_own_site
from ..text.safe import entitle, safe
from ..text.words import Language, say
from ..widgets.entry import Entry
from ..widgets.key_bar import KeyBar
from ..widgets.line_table import LineTable
from ..widgets.reading import Reading
from ..widgets.rows import Column, Row, fixed
from ..widgets.small_notice import SmallNotice

TITLE = Bilingual("物业前台 · 第一次使用", "Front desk · first start")
WELCOME = Bilingual(
    "还没有小区的资料。先用演示小区试一遍:一分钟里受理、派单、回访一件;或者现在就建自己的小区。以后随时可以再建。",
    "There is no estate yet. Try the demo estate first: take a case in, send it on and call back within a minute. Or "
    "make your own estate now; it can be made later too.",
)
DEMO_SAYS = Bilingual(
    "编的人和事:370 户、一天的事项,随便试,可以整个删掉",
    "Invented people: 370 households and a day's cases, to try anything on",
)
OWN_SAYS = Bilingual("填小区名称和您的姓名就能开始;花名册以后导入", "Give its name and yours; the roll can follow")
RESTORED_SAYS = Bilingual(
    "换了电脑或盘坏了:从备份或导出的文件接着用",
    "Another machine or disk: go on from a backup",
)
MAKING = Bilingual("正在准备演示小区……", "Making the demo estate…")
ESTATE, CLERK = Bilingual("小区名称", "Name of the estate"), Bilingual("前台姓名", "Name of the clerk at the desk")
OWN_TITLE = Bilingual("我的小区", "My estate")
BOTH = Bilingual("两项都要填", "Both have to be given")
WHERE = Bilingual("资料放在 {folder}", "It is kept in {folder}")
COLUMNS = (
    Column(Bilingual("", ""), 1),
    Column(Bilingual("从哪里开始", "Begin with"), 16),
    Column(Bilingual("是什么", "What it is"), 30, flex=1),
)


class FirstRunScreen(Screen[Path]):
    """Three ways to begin."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("choose", Bilingual("开始", "Begin"), "enter", "choose", footer=10),
        Action("quit", Bilingual("退出", "Quit"), "ctrl+q", "app.quit", footer=90),
    )
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "first_run.tcss"
    ABOUT = Bilingual(
        "第一次使用:↑ ↓ 或数字键选,Enter 开始。演示小区和自己的小区各放各的文件夹,互不影响。",
        "The first start: ↑ ↓ or a figure chooses, Enter begins. The demo estate and your own lie in folders of their "
        "own and do not touch each other.",
    )

    def __init__(self, own: Path, demo: Path | None, clock: Callable[[], datetime]) -> None:
        """`own` is where a new estate is made, `demo` where the demo lies, None for its usual place."""
        super().__init__()
        self._own, self._demo, self._clock = own, demo, clock
        self._busy = False

    def compose(self) -> ComposeResult:
        """The words and the choices."""
        rows = [
            Row("demo", ("1", say(label("screens", "demo_estate")), say(DEMO_SAYS))),
            Row("own", ("2", say(label("screens", "own_estate")), say(OWN_SAYS))),
            Row("restored", ("3", say(label("screens", "restore")), say(RESTORED_SAYS))),
        ]
        yield SmallNotice()
        with Vertical(id="box"):
            yield Reading(say(WELCOME), id="welcome")
            yield LineTable(COLUMNS, fixed(rows), id="ways")
            yield Static("", id="notice")
        yield KeyBar()

    def on_mount(self) -> None:
        """Stands on the demo."""
        entitle(self.query_one("#box"), say(TITLE))
        self.query_one(LineTable).focus()

    def on_key(self, event: Key) -> None:
        """A figure begins at once."""
        way = {"1": "demo", "2": "own", "3": "restored"}.get(event.character or "")
        if way is not None:
            event.stop()
            self._begin(way)

    @on(LineTable.RowSelected)
    def _chosen(self, event: LineTable.RowSelected) -> None:
        self._begin(event.key or "")

    def action_choose(self) -> None:
        """Begins with the one under the cursor."""
        self._begin(self.query_one(LineTable).key or "")

    def _begin(self, way: str) -> None:
        if self._busy:
            return
        if way == "demo":
            self._busy = True
            self._tell(MAKING)
            self.run_worker(self._make_demo(), exclusive=True)
        elif way == "own":
            self.app.push_screen(OwnSiteForm(self._own), self._made)
        elif way == "restored":
            from ..dialogs.restore_form import RestoreForm

            self.app.push_screen(RestoreForm(self._own), self._made)

    async def _make_demo(self) -> None:
        from ..sites.demo import make_demo

        try:
            self._made(await to_thread(make_demo, self._demo, clock=self._clock))
        except (SiteError, StoreError) as error:
            self._tell(error.why)
        finally:
            self._busy = False

    def _made(self, folder: Path | None) -> None:
        if folder is not None:
            self.dismiss(folder)

    def _tell(self, words: Bilingual) -> None:
        self.query_one("#notice", Static).update(safe(say(words), lines=True))


class OwnSiteForm(Framed[Path | None]):
    """Asks the two names, and makes the site; gives its folder, None where it was left."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("make", Bilingual("建好并开始", "Make it and begin"), "f10,ctrl+s", footer=10),
        Action("leave", Bilingual("返回", "Back"), "escape", footer=90),
    )
    BINDINGS = [*bound(ACTIONS), *FIELD_BY_FIELD]
    CSS_PATH = "first_run.tcss"
    title_words = OWN_TITLE
    ABOUT = Bilingual(
        "两个名字以后都能在 site.toml 里改;其他员工也在那里添。",
        "Both names can be changed in site.toml later; other staff are added there too.",
    )

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def content(self) -> Iterable[Widget]:
        """The two fields."""
        yield Static(safe(say(ESTATE)))
        yield Entry(most=MOST, compact=True, id="estate")
        yield Static(safe(say(CLERK)))
        yield Entry(most=MOST, compact=True, id="clerk")
        yield Reading(say(WHERE.format(folder=self._folder)), id="where")
        yield Static("", id="wrong")

    def on_mount(self) -> None:
        """Begins with the first field."""
        self.query_one("#estate").focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Enter goes on to the other field, and from the last one makes the site."""
        clerk = self.query_one("#clerk", Entry)
        if event.input.id == "estate" and not clerk.value.strip():
            clerk.focus()
        else:
            self.action_make()

    def action_make(self) -> None:
        """Makes it."""
        estate, clerk = self.query_one("#estate", Entry), self.query_one("#clerk", Entry)
        empty = next((each for each in (estate, clerk) if not each.value.strip()), None)
        if empty is not None:
            self._tell(BOTH)
            empty.focus()
            return
        try:
            self.dismiss(make_own_site(self._folder, estate.value, clerk.value))
        except SiteError as error:
            self._tell(error.why)

    def _tell(self, words: Bilingual) -> None:
        self.query_one("#wrong", Static).update(safe(say(words), lines=True))

    def action_leave(self) -> None:
        """Back to the choice."""
        self.dismiss(None)


class FirstRunApp(BaseApp):
    """The program until there is a site; `folder` is the one that was made or chosen."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (Action("help", Bilingual("帮助", "Help"), "f1", footer=80, priority=True),)
    BINDINGS = bound(ACTIONS)

    def __init__(
        self,
        own: Path,
        demo: Path | None = None,
        *,
        clock: Callable[[], datetime] = now,
        reports: Path,
        language: Language = "zh",
    ) -> None:
        """Where the two estates lie."""
        super().__init__(clock=clock, reports=reports, language=language)
        self._own, self._demo = own, demo
        self.folder: Path | None = None

    def on_mount(self) -> None:
        """Asks at once."""
        self.tell_wrong()
        self.push_screen(FirstRunScreen(self._own, self._demo, self.clock), self._chosen)

    def action_help(self) -> None:
        """Explains what has the focus."""
        self.push_screen(HelpDialog())

    def _chosen(self, folder: Path | None) -> None:
        self.folder = folder
        self.exit(0)


def choose_site(language: Language = "zh", taken: Taken = NOTHING_TAKEN) -> Path | None:
    """The folder of the site to open, this person's own where there is one; None where the start was given up."""
    own = site_folder()
    if is_site(own):
        return own
    app = FirstRunApp(own, reports=reports_folder(), language=language)
    app.settle(taken)
    app.run()
    return app.folder
