"""What stands in the place of a plugin's screen that could not be made: whose fault it is, why, and what would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult

from qiantai import label
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..bar_screen import BarScreen
from ..dialogs.read import paragraph
from ..text.safe import entitle
from ..text.words import say
from ..widgets.items import BLANK, Item
from ..widgets.key_bar import KeyBar
from ..widgets.page import Page
from ..widgets.small_notice import SmallNotice
from ..widgets.top_bar import TopBar

FAULT = Bilingual("插件 {plugin} 的画面打不开:{why}", "The screen of the plugin {plugin} cannot be shown: {why}")
GO_ON = Bilingual(
    "前台照常办。Esc 回到待办,F2 登记。", "The desk goes on as it was. Esc goes to the cases to do, F2 takes in a call."
)
WOULD_DO = Bilingual(
    "可行:告诉写这个插件的人;或在小区的 settings.toml 里写上这一行,关掉它,再启动:",
    "What would do: tell whoever wrote the plugin; or switch it off by this line in the site's settings.toml, and "
    "start again:",
)
OFF = 'plugins_off = ["{plugin}"]'


class NotMadeScreen(BarScreen):
    """Nothing but words: the plugin has nothing to show."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (Action("back", Bilingual("返回", "Back"), "escape", footer=70),)
    BINDINGS = bound(ACTIONS)
    CSS_PATH = "not_made.tcss"
    ABOUT = Bilingual(
        "一个插件带来的画面,打不开。这里说明是哪个插件、为什么;别的画面不受影响。",
        "A screen that a plugin brings and that cannot be shown. Here is which plugin, and why; no other screen is "
        "touched by it.",
    )

    def __init__(self, name: str, plugin: str, why: Bilingual) -> None:
        super().__init__()
        self._mode, self._plugin, self._why = name, plugin, why

    def compose(self) -> ComposeResult:
        """The words between the bars."""
        yield TopBar()
        yield SmallNotice()
        yield Page(self._words, id="not_made")
        yield KeyBar()

    def refresh_data(self) -> None:
        """Names the screen that it stands for."""
        super().refresh_data()
        entitle(self.query_one("#not_made", Page), say(label("screens", self._mode)))

    def _words(self, width: int) -> Sequence[Item]:
        return list(self._said(width))

    def _said(self, width: int) -> Iterator[Item]:
        yield from paragraph(say(FAULT.format(plugin=self._plugin, why=self._why)), width)
        yield BLANK
        yield from paragraph(say(GO_ON), width)
        yield from paragraph(say(WOULD_DO), width)
        yield from paragraph(OFF.format(plugin=self._plugin), width)
