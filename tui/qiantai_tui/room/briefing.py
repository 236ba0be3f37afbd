"""Before a rehearsal begins: what it is about, which part one plays, how long there is and what passes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from qiantai import label
from qiantai.words import Bilingual
from qiantai_scenarios.rehearsal import COVERS
from qiantai_scenarios.rehearsing import Play

from ..actions import Action, bound
from ..dialogs.frame import Framed
from ..text.facts import joined
from ..text.words import say
from ..text.wrapping import wrap
from ..widgets.items import BLANK, Item, Span, labelled, line
from ..widgets.page import Page

TITLE = Bilingual("演练:{title}", "Rehearsal: {title}")
YOU = Bilingual("您扮演", "You play")
TRAINS = Bilingual("练什么", "It trains")
PASSES = Bilingual("满分 100,{n} 分合格", "{n} of 100 points pass")
MARKS = Bilingual("合格", "To pass")
MINUTES = Bilingual("实际时间", "Real time")
SO_LONG = Bilingual("{n} 分钟以内", "{n} minutes")
NO_LIMIT = Bilingual("不限", "no limit")
HOW = Bilingual(
    "画面、按键、规矩都和前台一样,只是人和事都是编的。电话响、有人来,F2 接;说的话在最下面一行。同事会自己办他们的。"
    "F11 暂停、加快、跳到下一件事、重看说过的话、结束。",
    "Screens, keys and rules are the desk's own; people and matters are made up. When the phone rings or "
    "somebody comes, "
    "F2 attends to them; what they say stands at the bottom. Colleagues do their part. F11 pauses, speeds up, goes to "
    "what happens next, shows again what was said, and ends it.",
)


class Briefing(Framed[bool]):
    """True to begin, False to leave."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("begin", Bilingual("开始", "Begin"), "enter,f10", "begin", footer=10),
        Action("leave", Bilingual("不练了", "Leave"), "escape", "leave", footer=90),
    )
    BINDINGS = bound(ACTIONS)
    DEFAULT_CSS = "Briefing Page { height: auto; max-height: 1fr; min-height: 8; }"
    ABOUT = HOW

    def __init__(self, play: Play) -> None:
        super().__init__()
        self._play = play
        self.title_words = TITLE.format(title=play.scenario.title)

    def content(self) -> Sequence[Page]:
        """The page."""
        return (Page(self._items, id="briefing"),)

    def on_mount(self) -> None:
        """As high as its lines."""
        page = self.query_one(Page)
        page.focus()
        self.watch(page, "virtual_size", self._fit)

    def _fit(self) -> None:
        page = self.query_one(Page)
        page.styles.height = max(8, min(page.virtual_size.height, self.size.height - 8))

    def _items(self, width: int) -> list[Item]:
        play, found = self._play, self._play.rehearsal
        person = play.scenario.handbook.people[found.trainee]
        roles = joined(say(label("roles", each)) for each in person.roles)
        minutes = SO_LONG.format(n=found.minutes) if found.minutes else NO_LIMIT
        facts = (
            (YOU, f"{person.name}({roles})"),
            (TRAINS, joined(say(COVERS[each]) for each in found.covers)),
            (MARKS, say(PASSES.format(n=found.passing))),
            (MINUTES, say(minutes)),
        )
        about = [Item((line(Span(each)),)) for each in wrap(say(play.scenario.about), width)]
        known = [Item(labelled(say(name), text, width, name_width=10)) for name, text in facts if text]
        how = [Item((line(Span(each, "label")),)) for each in wrap(say(HOW), width)]
        return [*about, BLANK, *known, BLANK, *how]

    def action_begin(self) -> None:
        """Begins."""
        self.dismiss(True)

    def action_leave(self) -> None:
        """Leaves it."""
        self.dismiss(False)
