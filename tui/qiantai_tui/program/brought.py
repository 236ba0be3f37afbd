"""An app with the modes that plugins bring: after the program's own, the first of them on the digits that are left."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.screen import Screen

from qiantai import label
from qiantai.offered import OfferedScreen
from qiantai.words import Bilingual

from ..mode import Mode
from ..screens import modes
from .signed_in import SignedInApp

RAISED = Bilingual("打开时出错:{what}", "it failed as it was opened: {what}")
STRANGE = Bilingual("给的 {what} 不是 Textual 的整个画面", "it gave {what}, which is no whole screen of Textual's")


class BroughtApp(SignedInApp):
    """None of them is made before somebody goes there."""

    def offered(self) -> tuple[Mode, ...]:
        """Those that the site's plugins offer, in the order of the plugins' names; who fails is among its failures."""
        own = modes()
        return tuple(
            Mode(each.name, label("screens", each.name), "", place, partial(_made, plugin, each))
            for place, (plugin, each) in enumerate(self.site.screens([mode.id for mode in own]), len(own) + 1)
        )

    def bring(self) -> None:
        """Takes them in beside the program's own, each on its digit where it has one."""
        self.brought = self.offered()
        for each in self.brought:
            self.add_mode(each.id, each.make)
            if each.action.key:
                self.bind(each.action.key, each.action.action, show=False)


def _made(plugin: str, offered: OfferedScreen) -> Screen[Any]:
    """The screen; where there is none, one that says whose fault it is and why."""
    try:
        made = offered.make()
    except Exception as error:
        why = RAISED.format(what=f"{type(error).__name__}: {error}")
    else:
        match made:
            case Screen(is_modal=False):
                return made
            case _:
                why = STRANGE.format(what=repr(made))
    from ..screens.not_made import NotMadeScreen

    return NotMadeScreen(offered.name, plugin, why)
