"""What can be done with the agreed answer at hand: its next step, a new version, who was told, what changed.

Forms are imported when they are opened.
"""

from __future__ import annotations

from typing import ClassVar

from textual import work

from qiantai import Refusal, Seat, StoreError, label
from qiantai.agreeing import STEPS, steps_for
from qiantai.books import SCRIPTS
from qiantai.deeds import DRAFT, SUBMIT, WITHDRAW, Deed
from qiantai.scripts import MAY_DRAFT, Script, stage
from qiantai.words import Bilingual

from ..agreed.book import read_deeds
from ..agreed.carrying_out import agree_here
from ..desk_screen import OfTheDesk
from ..dialogs.choose import ChooseDialog, Item
from ..giving_way import giving_way
from ..text.wordings import stage_word, topic_word
from ..text.words import say
from ..widgets.rows import Column
from . import Action

NONE_AT_HAND = Bilingual(
    "没有选中的口径。↑ ↓ 选一版,或 F5 拟一条", "No answer is chosen. ↑ ↓ choose one, or F5 drafts one"
)
NO_STEP = Bilingual(
    "这一版“{stage}”,现在没有您能办的。F6 看告知过谁",
    "It is “{stage}”: nothing for you to do now. F6 shows who was told",
)
STEPS_TITLE = Bilingual("下一步 · {topic} v{n}", "Next step · {topic} v{n}")
NEXT_VERSION = Bilingual("照它拟新版", "Draft the next version")
NEW_ANSWER = Bilingual("另拟一条口径", "Draft another answer")
NOT_A_DRAFTER = Bilingual("口径由前台、主管、区域主任拟", "Desk, supervisor and area manager draft the answers")
NO_OTHER = Bilingual("这个主题只有这一版,没有可比的", "It is the only version on its topic: nothing to compare with")
WAITS = Bilingual("{topic} 的 v{n} 正待审定", "{topic} v{n} waits for its approval")
CHANGE = Bilingual("改草稿", "Change the draft")
DONE = Bilingual("{topic} v{n} 已{what}", "{topic} v{n}: {what}, done")
TELL_THEM = Bilingual(
    "{topic} v{version} 告知过 {n} 次,F6 逐一回访",
    "{topic} v{version} was told {n} times: F6 lists them, to be called again",
)
_COLUMNS = (Column(Bilingual("办什么", "Step"), 20, flex=1), Column(Bilingual("依据", "Clause"), 8))
_WHICH = (Column(Bilingual("办什么", "Step"), 20, flex=1),)
_NEXT, _NEW = "next", "new"


def _step(name: str) -> Action:
    return Action(name, label("commands", name), "", f"script({name!r})")


class ScriptActions(OfTheDesk):
    """For a screen with a version at hand, `script_at_hand()`, or a topic that calls for one, `wanted_at_hand()`."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("script_step", Bilingual("下一步", "Next"), "f4", footer=30),
        Action("script_draft", Bilingual("拟口径", "Draft"), "f5", footer=40),
        Action("script_told", Bilingual("告知过谁", "Told"), "f6", footer=50),
        Action("script_compare", Bilingual("比对", "Compare"), "f8", footer=60),
        *(_step(name) for name in STEPS if name != DRAFT),
    )
    _book: tuple[object, tuple[Deed, ...]] | None = None

    def script_at_hand(self) -> Script | None:
        """The version that the keys are for."""
        raise NotImplementedError

    def wanted_at_hand(self) -> str:
        """The topic at hand that calls for an answer, empty for none."""
        raise NotImplementedError

    def go_to(self, script: Script) -> None:
        """Puts a version at hand."""
        raise NotImplementedError

    def deeds_of(self, script: Script) -> tuple[Deed, ...]:
        """What was done to a version, as far as the site's book knows; it is read when it is another."""
        books = self.program.site.books
        stamp = books.stamp(SCRIPTS)
        if self._book is None or self._book[0] != stamp:
            try:
                self._book = stamp, read_deeds(books)
            except StoreError:  # the app has told of it
                self._book = stamp, ()
        return tuple(each for each in self._book[1] if (each.id, each.version) == (script.id, script.version))

    def action_script_step(self) -> None:
        """What who is at the desk could do now with the version at hand."""
        script = self.script_at_hand()
        if script is None:
            self.action_script_draft() if self.wanted_at_hand() else self.program.notify(NONE_AT_HAND)
            return
        person, handbook = self.program.seat.person, self.program.handbook
        names = steps_for(script, person, self.now, handbook)
        words = {DRAFT: CHANGE}
        items = [Item(each, (say(words.get(each) or label("commands", each)), STEPS[each].clause.id)) for each in names]
        if script.approved_by and person.has(*MAY_DRAFT):
            items.append(Item(_NEXT, (say(NEXT_VERSION), STEPS[DRAFT].clause.id)))
        if not items:
            word = stage_word(stage(script, handbook.scripts, self.now))
            self.program.notify(NO_STEP.format(stage=word))
            return
        title = STEPS_TITLE.format(topic=self._topic(script), n=script.version)
        self.program.push_screen(ChooseDialog(title, _COLUMNS, items), self._step_chosen)

    def _step_chosen(self, name: str | None) -> None:
        script = self.script_at_hand()
        if name is None or script is None:
            return
        if name in (_NEXT, DRAFT):
            self._draft(script)
        else:
            self.action_script(name)

    def action_script(self, name: str) -> None:
        """One step with the version at hand: at once where nothing is to be seen or said first, else by its form."""
        from ..dialogs.script_forms import ScriptStepForm

        script = self.script_at_hand()
        if script is None:
            self.program.notify(NONE_AT_HAND)
        elif name == SUBMIT:
            self._done(script, name, agree_here(self.program, name, id=script.id, version=script.version))
        else:
            form = ScriptStepForm(script, name, self._topic(script))
            self.program.push_screen(form, lambda done: self._done(script, name, done) if done else None)

    def _done(self, script: Script, name: str, done: Deed | Refusal) -> None:
        if isinstance(done, Refusal):
            self.program.refuse(done)
            return
        said = DONE.format(topic=self._topic(script), n=script.version, what=label("commands", name))
        self.program.tell_did("script", said)
        if name == WITHDRAW:
            self._count_told(script, self.program.seat)

    @work(thread=True, group="told")
    def _count_told(self, script: Script, seat: Seat) -> None:
        """Beside the screen: who was told may be in the archive."""
        try:
            with giving_way():
                told = seat.told(script.id, script.version)
        except StoreError as error:
            self.beside(self.program.tell_unread, error)
        else:
            self.beside(self._tell_them, script, 0 if isinstance(told, Refusal) else len(told))

    def _tell_them(self, script: Script, times: int) -> None:
        if times:
            said = TELL_THEM.format(topic=self._topic(script), version=script.version, n=times)
            self.program.notify(said, severity="warning", timeout=20)

    def action_script_draft(self) -> None:
        """A new wording: on the topic that calls for one, the next version of the one at hand, or a new answer."""
        topic, script = self.wanted_at_hand(), self.script_at_hand()
        if not self.program.seat.person.has(*MAY_DRAFT):
            self.program.notify(NOT_A_DRAFTER, severity="warning")
        elif topic or script is None:
            self._draft(None, topic)
        else:
            items = [
                Item(_NEXT, (say(NEXT_VERSION if script.approved_by else CHANGE),)),
                Item(_NEW, (say(NEW_ANSWER),)),
            ]
            title = STEPS_TITLE.format(topic=self._topic(script), n=script.version)
            self.program.push_screen(
                ChooseDialog(title, _WHICH, items),
                lambda chosen: self._draft(script if chosen == _NEXT else None) if chosen else None,
            )

    def _draft(self, script: Script | None, topic: str = "") -> None:
        """The form; where the next version is begun already, that is shown or changed."""
        from ..dialogs.script_forms import DraftForm

        begun = next((each for each in self.program.seat.scripts() if self._is_begun(each, script, topic)), None)
        if begun is not None and begun.submitted:
            self.program.notify(WAITS.format(topic=self._topic(begun), n=begun.version))
            self.go_to(begun)
            return
        script = begun or script

        def drafted(done: Deed | None) -> None:
            made = None if done is None else self._version(done)
            if made is not None:
                self.go_to(made)

        self.program.push_screen(DraftForm(script, topic), drafted)

    @staticmethod
    def _is_begun(each: Script, script: Script | None, topic: str) -> bool:
        return not each.approved_by and (each.id == script.id if script else bool(topic) and each.topic == topic)

    def _version(self, deed: Deed) -> Script | None:
        scripts = self.program.seat.scripts()
        return next((each for each in scripts if (each.id, each.version) == (deed.id, deed.version)), None)

    def action_script_told(self) -> None:
        """Everybody who was told the version at hand."""
        from ..screens.told import ToldScreen

        script = self.script_at_hand()
        if script is None:
            self.program.notify(NONE_AT_HAND)
        else:
            self.program.push_screen(ToldScreen(script, self._topic(script)))

    def action_script_compare(self) -> None:
        """The version at hand beside the one before it, else beside another on its topic."""
        from ..dialogs.compare import CompareDialog

        script = self.script_at_hand()
        if script is None:
            self.program.notify(NONE_AT_HAND)
            return
        theirs = [each for each in self.program.seat.scripts() if each.topic == script.topic and each != script]
        before = [each for each in theirs if (each.id, each.version) < (script.id, script.version)]
        found = max(before or theirs, key=lambda each: (each.id == script.id, each.version), default=None)
        if found is None:
            self.program.notify(NO_OTHER)
        else:
            self.program.push_screen(CompareDialog(found, script, self._topic(script)))

    def _topic(self, script: Script) -> str:
        return topic_word(script.topic, self.program.site.topics)
