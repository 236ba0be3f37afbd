"""Every key of the screen at hand with what it does, those that were changed marked, and what has no key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from rich.cells import cell_len
from textual.dom import DOMNode
from textual.screen import Screen

from qiantai.words import Bilingual

from ..actions import Action, at_hand, bound, owned, shown_keys
from ..text.words import language, say
from ..widgets.items import BLANK, Item, heading
from .help import focused_about
from .read import ReadDialog, keyed, paragraph

TITLE = Bilingual("全部按键", "All keys")
HERE = Bilingual("光标所在", "Where the cursor is")
SCREEN = Bilingual("这个画面", "This screen")
EVERYWHERE = Bilingual("到处都能用", "Everywhere")
NO_KEY = Bilingual("没有键,在 ^P 里", "Without a key, in ^P")
CHANGED = Bilingual("{name}(改过,原为 {keys})", "{name} (changed, was {keys})")
CHANGE = Bilingual(
    "换按键:写进 qiantai config path 所示文件的 [keys],用 qiantai config check 查对。",
    "Other keys: write them under [keys] of the file that qiantai config path names; qiantai config check holds "
    "them to the rules.",
)


class KeysDialog(ReadDialog):
    """The keys of what is under it."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("put_away", Bilingual("返回", "Back"), "escape,enter", "put_away", footer=10),
    )
    BINDINGS = bound(ACTIONS)
    title_words = TITLE

    def sections(self, under: Screen[Any], width: int) -> Iterator[Item]:
        """The keys here and everywhere, then what has none."""
        found = list(at_hand(under))
        if words := focused_about(under):
            yield heading(HERE, width, first=True)
            yield from paragraph(say(words), width)
        for title, program in ((SCREEN, False), (EVERYWHERE, True)):
            rows = [self._row(*each) for each in found if each[1].key and (each[0] is self.app) is program]
            if rows:
                yield heading(title, width)
                yield from keyed(rows, width)
        if names := [say(action.label) for _, action in found if not action.key]:
            yield heading(NO_KEY, width)
            yield from _unbroken(names, width)
        yield BLANK
        yield from paragraph(say(CHANGE), width)

    def _row(self, node: DOMNode, action: Action) -> tuple[str, str]:
        """Its keys and its name, and on which it was: in words as they stand, where `say` would name the new key."""
        keys, name = " ".join(shown_keys(action.key)), say(action.label)
        before = next(" ".join(shown_keys(each.key)) for each in owned(node) if each.id == action.id)
        return keys, name if keys == before else CHANGED.format(name=name, keys=before or "–")[language()]


def _unbroken(names: Iterable[str], width: int) -> Iterator[Item]:
    """Names in lines, none of them broken where it fits into one."""
    row = ""
    for name in names:
        longer = f"{row} · {name}" if row else name
        if row and cell_len(longer) > width:
            yield from paragraph(row, width)
            longer = name
        row = longer
    yield from paragraph(row, width)
