"""A clause in full, opened from wherever it is cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static

from qiantai import Clause
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..text.safe import safe
from ..text.words import language, say
from ..widgets.reading import Reading
from .frame import Framed

TITLE = Bilingual("条款 {id}", "Clause {id}")
KINDS = {
    "duty": Bilingual("时限或义务:什么事由谁在什么时候前办", "A duty: what is to be done, by whom, by when"),
    "bar": Bilingual("不许:这样的办法程序会拒绝", "A bar: what goes against it is refused"),
    "record": Bilingual("记录:什么要记下来、归到哪里", "A record: what is to be written down, and where it is kept"),
    "target": Bilingual("指标:看板按它统计", "A target: the figures are measured by it"),
    "role": Bilingual("职责:这件事归谁", "A role: whose business it is"),
    "practice": Bilingual("做法:应当怎样做", "Good practice: how it should be done"),
    "house": Bilingual("本项目规定", "House rule of this site"),
}


class ClauseDialog(Framed[None]):
    """What a clause says, in our own words, in the language of the screens and, asked for, in the other."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("put_away", Bilingual("返回", "Back"), "escape,enter", "put_away", footer=10),
        Action("other_language", Bilingual("看另一种语言", "The other language"), "tab", "other_language", footer=20),
    )
    BINDINGS = bound(ACTIONS)
    ABOUT = Bilingual(
        "条款:本程序据以办事的一条,用我们自己的话写。Tab 看另一种语言。",
        "A clause: one that the program goes by, in our own words. Tab shows the other language.",
    )
    DEFAULT_CSS = """
    ClauseDialog .kind { color: $text-muted; margin-bottom: 1; }
    """

    def __init__(self, clause: Clause) -> None:
        super().__init__()
        self.clause = clause
        self.title_words = TITLE.format(id=clause.id)
        self._spoken = language()

    def content(self) -> Iterable[Widget]:
        """The kind of clause, and its words."""
        yield Static(safe(say(KINDS.get(self.clause.kind, Bilingual("", "")))), classes="kind")
        yield Reading(self._text(), id="text")

    def _text(self) -> str:
        return self.clause.en if self._spoken == "en" else self.clause.zh

    def action_other_language(self) -> None:
        """Chinese for English, English for Chinese."""
        self._spoken = "zh" if self._spoken == "en" else "en"
        self.query_one("#text", Reading).show(self._text())

    def action_put_away(self) -> None:
        """Back to where it was cited."""
        self.dismiss(None)
