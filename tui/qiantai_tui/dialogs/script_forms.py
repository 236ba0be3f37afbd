"""The forms of an agreed answer: a wording to be drafted, and a step that is seen whole before it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widget import Widget

from qiantai import label
from qiantai.agreeing import STEPS
from qiantai.deeds import APPROVE, DRAFT, WITHDRAW, Deed
from qiantai.scripts import Script, script_in_force
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..agreed.carrying_out import agree_here
from ..desk_screen import NOT_KEPT
from ..text import showing
from ..text.facts import NO, YES
from ..text.wordings import days, topic_word
from ..text.words import language, say
from ..widgets.choice_rows import FlagRow, ListRow
from ..widgets.day_row import DayRow
from ..widgets.field_rows import FieldRow, NotesRow, WordsRow
from ..widgets.options import Option
from ..widgets.reading import Reading
from .form import FormDialog

NEW_TITLE = Bilingual("拟口径", "Draft an agreed answer")
TOPIC_TITLE = Bilingual("拟口径 · {topic}", "Draft an agreed answer · {topic}")
VERSION_TITLE = Bilingual("改草稿 · {topic} v{n}", "Change the draft · {topic} v{n}")
ABOUT = Bilingual(
    "按对业户说的原话写。存成草稿,提请审定;审定以前不起效。",
    "In the words said to residents. It is kept as a draft, to be submitted; it counts once it is approved.",
)
DRAFTED = Bilingual("已存草稿:{topic} v{n}。F4 提请审定", "Kept as a draft: {topic} v{n}. F4 submits it")
TODAY = Bilingual("今天起;或 2026-12-01、12月1日", "from today; or 2026-12-01, 12-1")
NO_END = Bilingual("不限;或 2026-12-31", "no end; or 2026-12-31")
TITLE = Bilingual("{what} · {topic} v{n}", "{what} · {topic} v{n}")
VALID = Bilingual("有效期:{days}", "Valid: {days}")
SPOKEN = Bilingual("指定解答人:{who}", "Spokesperson: {who}")
SENSITIVE = Bilingual("敏感:{yes}", "Sensitive: {yes}")
TAKES_PLACE = Bilingual("起效后代替现行的 v{n}:{text}", "Once in force it takes the place of v{n}: {text}")
WITH_IT = Bilingual(
    "停用即刻起效,同一条更早的各版一并停用;已经告知过的不变,名单在 F6。",
    "It counts at once, for the versions before it too. What was said already stays on record; F6 lists who was told.",
)
THEN = Bilingual("停用后这个主题的现行口径:{text}", "In force on this topic afterwards: {text}")
NOTHING_THEN = Bilingual("停用后这个主题没有现行口径", "Afterwards no answer is in force on this topic")
NOT_BY_ENTER = Bilingual("看过原话,再按 F10", "Once you have read the wording, press F10")


class AgreeForm(FormDialog[Deed | None]):
    """Gives the deed once it is on record."""

    command = ""
    form_name = "script"

    def agreed(self, **fields: Any) -> Deed | None:
        """What came of it; a refusal is shown, and gives None."""
        done = agree_here(self.program, self.command, **fields)
        if isinstance(done, Deed):
            self._sent = True
            self.program.drafts.drop(self.draft_name)
            return done
        self.keep()
        if done.clause is not None or done.rule == NOT_KEPT:
            self.tell_no(done)
        else:
            self._mark(done)
        return None


class DraftForm(AgreeForm):
    """A wording on a topic: the next version of one that there is, a draft to be changed, or a new answer."""

    command = DRAFT
    DEFAULT_CSS = """
    DraftForm > #frame { width: 92; }
    DraftForm Notes { height: 6; }
    """

    def __init__(self, script: Script | None, topic: str = "") -> None:
        super().__init__()
        self._script, self._topic = script, script.topic if script else topic
        self._changes = script is not None and not script.approved_by
        self.draft_name = f"script:{self._topic}:{script.version if script else ''}"

    def content(self) -> Iterable[Widget]:
        """Named after its topic."""
        topic = topic_word(self._topic, self.program.site.topics)
        if self._script is not None and self._changes:
            self.title_words = VERSION_TITLE.format(topic=topic, n=self._script.version)
        else:
            self.title_words = TOPIC_TITLE.format(topic=topic) if self._topic else NEW_TITLE
        return super().content()

    def before(self) -> Iterable[Widget]:
        """What becomes of it."""
        yield Reading(say(ABOUT), classes="about")

    def rows(self) -> Iterator[FieldRow]:
        """The topic where it is not known yet, the wording, its days, and who may give it."""
        script, people = self._script, self.program.handbook.people.values()
        if not self._topic:
            yield ListRow("topic", label("fields", "topic"), self._topics(), must=True)
        yield NotesRow("wording", label("words", "agreed_answer"), must=True, text=script.text if script else "")
        first = DayRow("from", label("fields", "from"), self.program.clock, hint=TODAY)
        last = DayRow("valid_until", label("fields", "valid_until"), self.program.clock, hint=NO_END)
        if script is not None and self._changes:
            first.entry.load(script.valid_from.isoformat())
            last.entry.load(script.valid_until.isoformat() if script.valid_until else "")
        yield from (first, last)
        yield FlagRow("sensitive", label("fields", "sensitive"), taken=script.sensitive if script else False)
        speakers = [Option(each.id, each.name) for each in people]
        taken = script.spokesperson if script and script.spokesperson in self.program.handbook.people else ""
        yield ListRow("spokesperson", label("fields", "spokesperson"), speakers, taken=taken)

    def _topics(self) -> list[Option]:
        topics = self.program.site.topics
        known = dict.fromkeys((*topics, *(each.topic for each in self.program.seat.scripts())))
        return [Option(each, topic_word(each, topics)) for each in known]

    def send(self, values: dict[str, Any]) -> None:
        """Keeps it as a draft."""
        names = {"wording": "text", "valid_until": "until"}
        emptied = {"from": None, "until": None, "spokesperson": ""}
        said = emptied | {names.get(name, name): value for name, value in values.items()}
        if self._script is not None:
            said |= {"id": self._script.id}
            said |= {"version": self._script.version} if self._changes else {}
        else:
            said = {"topic": self._topic, **said}
        done = self.agreed(**said)
        if done is not None:
            topic = topic_word(done.text("topic"), self.program.site.topics)
            self.program.tell_did("script", DRAFTED.format(topic=topic, n=done.version))
            self.dismiss(done)


class ScriptStepForm(AgreeForm):
    """A step with a version, its wording above, what follows from it, and a line for the reason where it needs one."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("确定", "Do it"), "f10,ctrl+s", "send", footer=10),
    )
    BINDINGS = [*bound(ACTIONS), Binding("enter", "not_by_enter", show=False)]
    DEFAULT_CSS = """
    ScriptStepForm > #frame { width: 92; }
    ScriptStepForm #seen { height: auto; max-height: 45vh; scrollbar-size-vertical: 1; margin-bottom: 1; }
    ScriptStepForm .clause { margin-top: 1; color: $text-muted; max-height: 5; }
    """

    def __init__(self, script: Script, command: str, topic: str) -> None:
        super().__init__()
        self.script, self.command = script, command
        self.title_words = TITLE.format(what=label("commands", command), topic=topic, n=script.version)

    def before(self) -> Iterable[Widget]:
        """The wording, and what follows."""
        yield VerticalScroll(Reading("\n".join(self._lines())), id="seen")

    def _lines(self) -> Iterator[str]:
        script, handbook = self.script, self.program.handbook
        yield from (script.text, "", say(VALID.format(days=days(script))))
        if script.spokesperson:
            yield say(SPOKEN.format(who=showing.staff(script.spokesperson, handbook)))
        yield say(SENSITIVE.format(yes=YES if script.sensitive else NO))
        if self.command == APPROVE and (old := handbook.script(script.topic, self.now)) is not None:
            yield say(TAKES_PLACE.format(n=old.version, text=old.text))
        if self.command == WITHDRAW:
            yield from (say(WITH_IT), say(self._then()))

    def _then(self) -> Bilingual:
        """What is in force on the topic once it is withdrawn, and the versions before it with it."""
        script = self.script
        left = [each for each in self.program.handbook.scripts if each.id != script.id or each.version > script.version]
        found = script_in_force(left, script.topic, self.now)
        return NOTHING_THEN if found is None else THEN.format(text=found.text)

    def rows(self) -> Iterator[FieldRow]:
        """The reason."""
        if STEPS[self.command].reasoned:
            yield WordsRow("reason", label("fields", "reason"), must=True)

    def after(self) -> Iterable[Widget]:
        """The clause by which who may do it."""
        clause = STEPS[self.command].clause
        yield Reading(f"{clause.id}  {clause.en if language() == 'en' else clause.zh}", classes="clause")

    def submitted(self) -> None:
        """Enter alone does nothing: it is not taken back."""
        self.program.notify(NOT_BY_ENTER)

    def action_not_by_enter(self) -> None:
        """The same where there is no line to be filled."""
        self.submitted()

    def send(self, values: dict[str, Any]) -> None:
        """Does it."""
        done = self.agreed(id=self.script.id, version=self.script.version, **values)
        if done is not None:
            self.dismiss(done)
