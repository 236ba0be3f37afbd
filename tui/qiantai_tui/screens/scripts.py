"""The agreed answers: what may be said on which topic, in which version, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from qiantai import Seat, StoreError, label
from qiantai.deeds import Deed
from qiantai.scripts import MAY_DRAFT, MAY_READ, Script, Stage
from qiantai.words import NOTHING, Bilingual

from ..actions import Action, bound
from ..actions.script_actions import ScriptActions
from ..bar_screen import BarScreen
from ..giving_way import giving_way
from ..text import showing
from ..text.clicked import hinted
from ..text.facts import NO, YES, moment, near
from ..text.safe import entitle
from ..text.wordings import PAST, TONES, answers, days, in_order, key_of, stage_word, topic_word
from ..text.words import language, named, say
from ..text.wrapping import wrap
from ..widgets.entry import Entry
from ..widgets.items import Item, Span, heading, labelled, line
from ..widgets.key_bar import KeyBar
from ..widgets.line_table import LineTable
from ..widgets.matter import Known, known_items
from ..widgets.page import Page
from ..widgets.rows import Column, KeyedRows, Row
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

ASK = Bilingual("主题、口径里的字、拼音首字母", "Topic, words of the answer, initials")
TITLE = Bilingual("统一口径 {n}", "Agreed answers {n}")
ONLY_IN_FORCE = Bilingual("只列现行的", "those in force alone")
EMPTY = Bilingual("还没有统一口径。F5 拟一条", "There is no agreed answer yet. F5 drafts one")
NOT_FOUND = Bilingual(
    "没有相符的。退格删去几个字,或 F5 拟一条", "Nothing like that. Backspace a few letters, or F5 drafts one"
)
NONE_IN_FORCE = Bilingual("没有现行的口径。F1 帮助", "No answer is in force. F1 explains")
WANTED = Bilingual("待拟", "Wanted")
CHALLENGED = Bilingual(
    "{days}内有 {n} 次质疑,没有现行口径。F5 拟一条",
    "challenged {n} times within {days}, no answer in force. F5 drafts one",
)
VALIDITY, STAGE, WORDING = Bilingual("有效期", "Valid"), Bilingual("状态", "Stage"), label("words", "agreed_answer")
ID = Bilingual("编号", "Id")
SPOKEN_BY = Bilingual("解答人", "Given by")
WHAT_BECAME = Bilingual("经过", "History")
IN_THE_TABLES = Bilingual("写在 site.toml 里,没有经过可列", "written in site.toml; there is no history of it")
BECAUSE = Bilingual("{what},原因:{why}", "{what}, because: {why}")
LOOKING = Bilingual("正在看哪些主题该有口径……", "Looking for topics that call for an answer…")
_WANT = "want "


class ScriptsScreen(ScriptActions, BarScreen):
    """A field to search by, the versions, and all there is of the one under the cursor."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("mode_scripts", label("screens", "scripts"), "shift+f3,f15", "ask"),
        Action("back", Bilingual("返回", "Back"), "escape", footer=70),
    )
    BINDINGS = bound((*ScriptActions.ACTIONS, *ACTIONS))
    CSS_PATH = "scripts.tcss"
    ABOUT = Bilingual(
        "统一口径:较多业户提出、重要或敏感的质疑,按审定过的一种说法解答 [H-4.4.5]。前台、主管、区域主任拟稿并提请审定,"
        "客服负责人或服务中心负责人审定、退回、停用。审定过的一版不再改动,要改就另拟新版;停用即刻起效,已经告知过的照旧留着。"
        "最上面是该有口径而没有的主题。打字查找,Enter 到列表;F4 下一步,F6 看告知过谁,F8 与前一版比对。",
        "Agreed answers: what many challenge, and what is important or sensitive, is answered in one approved wording "
        "[H-4.4.5]. Desk, supervisor and area manager draft and submit; the head of customer service or of the centre "
        "approves, returns, takes out of force. An approved version is never changed: a new one is drafted. Taking one "
        "out of force counts at once; what was said before stays on record. At the top are the topics that call for an "
        "answer. Type to search, Enter goes to the list; F4 is the next step, F6 who was told, F8 compares with the "
        "version before.",
    )

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, tuple[Script, Stage]] = {}
        self._wanted: dict[str, int] = {}
        self._reader = ""
        self._looking = self._stale = False

    def compose(self) -> ComposeResult:
        """The field, the table, all there is of a version, the bars."""
        yield TopBar()
        yield SmallNotice()
        with Vertical(id="asked"):
            yield Entry(placeholder=ASK, compact=True, id="query")
        yield LineTable(_columns(), KeyedRows((), self._row), empty=EMPTY, id="scripts")
        yield Page(self._detail, id="wording")
        yield KeyBar()

    def on_mount(self) -> None:
        """The cursor in the list."""
        entitle(self.query_one("#asked"), hinted(f"{say(label('screens', 'scripts'))} {named('Shift+F3')}"))
        self.query_one(LineTable).focus()

    def refresh_data(self) -> None:
        """Reads the answers anew; on which topics one is called for, beside the screen: that is among filed cases."""
        super().refresh_data()
        if self._reader != self.me:
            self._reader, self._wanted = self.me, {}
        if self._looking:
            self._stale = True
        else:
            self._look()
        self._list()

    def _look(self) -> None:
        self._looking, self._stale = True, False
        self._find_wanted(self.program.seat)

    @work(thread=True, group="wanted")
    def _find_wanted(self, seat: Seat) -> None:
        wanted: tuple[tuple[str, int], ...] = ()
        wrong: StoreError | None = None
        try:
            with giving_way():
                wanted = seat.wanted_answers()
        except StoreError as error:
            wrong = error
        self.beside(self._found_wanted, seat.person.id, wanted, wrong)

    def _found_wanted(self, reader: str, wanted: tuple[tuple[str, int], ...], wrong: StoreError | None) -> None:
        self._looking = False
        if wrong is not None:
            self.program.tell_unread(wrong)
        elif reader == self.me:
            self._wanted = dict(wanted)
        if self._stale:
            self._look()
        table = self.query_one(LineTable)
        at_top = table.cursor == 0
        self._list()
        if at_top and self._wanted and not self.query_one("#query", Entry).value.strip():
            table.move_to(_WANT + next(iter(self._wanted)))

    def _list(self) -> None:
        program, asked = self.program, self.query_one("#query", Entry).value
        scripts = program.seat.scripts()
        found = [each for each in scripts if answers(each, asked, program.site.topics)]
        self._shown = {key_of(each): (each, where) for each, where in in_order(found, program.handbook, self.now)}
        wanted = [] if asked.strip() else [_WANT + each for each in self._wanted]
        table, drafts = self.query_one(LineTable), program.seat.person.has(*MAY_DRAFT)
        nothing = NOT_FOUND if asked.strip() else EMPTY if drafts else NONE_IN_FORCE
        table.show(KeyedRows([*wanted, *self._shown], self._row), empty=nothing)
        entitle(
            table,
            say(TITLE.format(n=len(self._shown))),
            say(LOOKING if self._looking else NOTHING) if program.seat.person.has(*MAY_READ) else say(ONLY_IN_FORCE),
        )
        self._show_detail()

    def _row(self, key: str) -> Row:
        topics = self.program.site.topics
        if key.startswith(_WANT):
            topic = key.removeprefix(_WANT)
            return Row(key, (topic_word(topic, topics), "", say(WANTED), "", "", "", self._challenged(topic)), "urgent")
        (script, where), handbook = self._shown[key], self.program.handbook
        cells = (
            topic_word(script.topic, topics),
            f"v{script.version}",
            stage_word(where),
            days(script),
            showing.staff(script.approved_by, handbook),
            showing.staff(script.spokesperson, handbook),
            script.text,
        )
        return Row(key, cells, "void" if where in PAST else TONES.get(where, ""))

    def _challenged(self, topic: str) -> str:
        within = self.program.handbook.policy(self.now).many_challenges.within.label
        return say(CHALLENGED.format(days=within, n=self._wanted[topic]))

    def script_at_hand(self) -> Script | None:
        """The version under the cursor."""
        found = self._shown.get(self.query_one(LineTable).key or "")
        return found[0] if found else None

    def wanted_at_hand(self) -> str:
        """The topic under the cursor that calls for an answer, else none."""
        key = self.query_one(LineTable).key or ""
        return key.removeprefix(_WANT) if key.startswith(_WANT) else ""

    def go_to(self, script: Script) -> None:
        """Shows a version under the cursor, whatever was searched for."""
        self.query_one("#query", Entry).load("")
        self._list()
        self.query_one(LineTable).move_to(key_of(script))

    def _detail(self, width: int) -> list[Item]:
        if topic := self.wanted_at_hand():
            return [Item((line(each),)) for each in wrap(self._challenged(topic), max(2, width))]
        script = self.script_at_hand()
        if script is None:
            return []
        words = [Item((line(Span(each, "strong")),)) for each in wrap(script.text, max(2, width))]
        known = known_items(self._known(script), (), width)
        return [*words, *known, heading(WHAT_BECAME, width), *self._history(script, width)]

    def _known(self, script: Script) -> list[Known]:
        now, handbook = self.now, self.program.handbook
        where = self._shown[key_of(script)][1]
        approved = showing.staff(script.approved_by, handbook)
        if script.approved is not None:
            approved += f" {near(script.approved, now)}"
        return [
            Known(STAGE, stage_word(where), TONES.get(where, "")),
            Known(VALIDITY, days(script)),
            Known(label("fields", "approved_by"), approved),
            Known(label("fields", "spokesperson"), showing.staff(script.spokesperson, handbook)),
            Known(label("fields", "sensitive"), say(YES if script.sensitive else NO), "urgent" * script.sensitive),
            Known(ID, f"{script.id} v{script.version}"),
        ]

    def _history(self, script: Script, width: int) -> Iterator[Item]:
        deeds = self.deeds_of(script)
        if not deeds:
            yield Item((line(Span(say(IN_THE_TABLES), "label")),))
        for deed in deeds:
            who = f"{moment(deed.at, self.now)}  {showing.staff(deed.by, self.program.handbook)}"
            yield Item(labelled(who, _said(deed), width))

    @on(LineTable.RowHighlighted, "#scripts")
    def _show_detail(self) -> None:
        self.query_one("#wording", Page).show(self._detail)

    @on(LineTable.RowSelected, "#scripts")
    def _chosen(self) -> None:
        if self.wanted_at_hand():
            self.action_script_draft()
        else:
            self.action_script_step()

    @on(Input.Changed, "#query")
    def _typed(self) -> None:
        self._list()

    @on(Input.Submitted, "#query")
    def _entered(self) -> None:
        self.query_one(LineTable).focus()

    def action_ask(self) -> None:
        """To the field."""
        self.query_one("#query", Entry).focus()

    def action_back(self) -> None:
        """Empties the field; with an empty field goes back to the first mode."""
        field = self.query_one("#query", Entry)
        if field.value:
            field.load("")
            self.query_one(LineTable).focus()
        else:
            super().action_back()


def _said(deed: Deed) -> str:
    what = label("commands", deed.name)
    reason = deed.text("reason")
    return say(BECAUSE.format(what=what, why=reason) if reason else what)


def _columns() -> tuple[Column, ...]:
    chinese = language() == "zh"
    return (
        Column(label("fields", "topic"), 10, flex=1),
        Column(Bilingual("版", "Ver"), 3),
        Column(STAGE, 8 if chinese else 14),
        Column(VALIDITY, 24, since=100),
        Column(label("fields", "approved_by"), 6, since=112),
        Column(SPOKEN_BY, 6 if chinese else 8, since=112),
        Column(WORDING, 20, flex=3),
    )


SCREEN = ScriptsScreen
