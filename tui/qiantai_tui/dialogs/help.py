"""Help for what has the focus: what it is, what the screen is for, and every key that does something here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget

from qiantai.words import Bilingual, label

from ..actions import Action, at_hand, bound, shown_key
from ..taking_back import TABLE
from ..text.words import say
from ..widgets.choice import Choice
from ..widgets.entry import Entry
from ..widgets.field_rows import FieldRow
from ..widgets.items import BLANK, Item, heading
from ..widgets.line_table import LineTable
from ..widgets.notes import Notes
from ..widgets.options import Options
from ..widgets.quick_intake import QuickIntake
from .read import ReadDialog, keyed, paragraph

HERE = Bilingual("光标所在", "Where the cursor is")
SCREEN = Bilingual("这个画面", "This screen")
KEYS = Bilingual("这里可用的键", "Keys that work here")
TOLD = Bilingual("{what}:{instead}", "{what}: {instead}")
TAKEN_BACK = Bilingual("撤销 {key}", "Taking back  {key}")
PALETTE = Bilingual(
    "^P 列出这里的全部功能,打名称或拼音首字母就能找到。Shift+F1 是全部按键。",
    "^P lists everything that can be done here; type a part of its name to find it. Shift+F1 shows all keys.",
)
NOTHING = Bilingual("没有选中什么。Tab 到下一处。", "Nothing has the focus. Tab goes to the next place.")
_WIDGETS: tuple[tuple[type[Widget], Bilingual], ...] = (
    (
        LineTable,
        Bilingual(
            "一张表:↑ ↓ 换行,PgUp PgDn 翻页,Home End 到头尾,Enter 打开这一行。",
            "A table: ↑ ↓ go by rows, PgUp PgDn by pages, Home End to its ends, Enter opens the row.",
        ),
    ),
    (
        QuickIntake,
        Bilingual(
            "快速受理:说清谁和什么事就行,如 1-2-301 漏水;房号、电话、姓名、拼音首字母都能认出业户,Enter 开始登记。",
            "Quick intake: who and what is enough, such as 1-2-301 and the matter; room, telephone, name or initials "
            "tell the household, Enter begins the form.",
        ),
    ),
    (
        Entry,
        Bilingual(
            "一行文字:可以粘贴多行,全角数字会变成半角;^Z 撤销输入,Enter 交出去。",
            "A line of text: several lines may be pasted; ^Z takes typing back, Enter hands it in.",
        ),
    ),
    (
        Notes,
        Bilingual(
            "几行文字:Enter 换行,Tab 到下一项,^Z 撤销输入。",
            "Several lines of text: Enter begins a new one, Tab goes on, ^Z takes typing back.",
        ),
    ),
    (
        Choice,
        Bilingual(
            "一项选择:Enter 展开,↑ ↓ 选,再 Enter 选定,Esc 收起。",
            "One of many: Enter opens the list, ↑ ↓ choose, Enter takes one, Esc closes it.",
        ),
    ),
    (
        Options,
        Bilingual(
            "几项选择:← → 换,数字键直接选,可多选的用 Space 勾选。",
            "A few choices: ← → go along them, a figure takes one, Space ticks where several may be taken.",
        ),
    ),
)


def about(node: DOMNode) -> Bilingual | None:
    """What a widget or a screen says of itself (`ABOUT`), or what is said of its kind; None where nothing is."""
    own = getattr(node, "ABOUT", None)
    if isinstance(own, Bilingual):
        return own
    return _of_its_sort(node)


def focused_about(screen: Screen[Any]) -> Bilingual | None:
    """What is said of the focused widget, or of the nearest one round it that says something.

    Of a field of a form: what goes there, and then how a field of its sort is used.
    """
    path = [node for node in (screen.focused.ancestors_with_self if screen.focused else ()) if node is not screen]
    own = next((words for node in path if isinstance(words := getattr(node, "ABOUT", None), Bilingual)), None)
    sort = (about(node) for node in path if isinstance(node, QuickIntake))
    of_its_sort = next(sort, None) or next((words for node in path if (words := _of_its_sort(node))), None)
    if own is not None and of_its_sort is not None and any(isinstance(node, FieldRow) for node in path):
        return Bilingual(f"{own.zh}\n{of_its_sort.zh}", f"{own.en}\n{of_its_sort.en}")
    return own or of_its_sort


def _of_its_sort(node: DOMNode) -> Bilingual | None:
    return next((words for kind, words in _WIDGETS if isinstance(node, kind)), None)


class HelpDialog(ReadDialog):
    """Help for the screen under it."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("put_away", Bilingual("返回", "Back"), "escape,enter,f1", "put_away", footer=10),
    )
    BINDINGS = bound(ACTIONS)
    title_words = label("screens", "help")
    page_id = "help"

    def sections(self, under: Screen[Any], width: int) -> Iterator[Item]:
        """What has the focus, what the screen is for, and the keys."""
        here, screen = focused_about(under), about(under)
        yield heading(HERE, width, first=True)
        for words in say(here or NOTHING).split("\n"):
            yield from paragraph(words, width)
        if screen is not None:
            yield heading(SCREEN, width)
            yield from paragraph(say(screen), width)
        yield heading(KEYS, width)
        actions = [action for _, action in at_hand(under) if action.key]
        yield from _keys(actions, width)
        for undo in (each for each in actions if each.id == "undo"):
            yield heading(TAKEN_BACK.format(key=shown_key(undo.key)), width)
            for sort in TABLE.values():
                yield from paragraph(say(TOLD.format(what=sort.what, instead=sort.instead)), width)
        yield BLANK
        yield from paragraph(say(PALETTE), width)


def _keys(actions: list[Action], width: int) -> Iterator[Item]:
    rows = [(shown_key(each.key), say(each.label), say(each.help) if each.help else "") for each in actions]
    yield from keyed(((key, f"{name}: {help}" if help else name) for key, name, help in rows), width)
