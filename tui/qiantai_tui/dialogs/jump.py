"""Jump mode: a letter on every place of the screen that takes keys, a figure for every mode; one key goes there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Click, Key, Paste
from textual.geometry import Offset, Region
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from qiantai.words import Bilingual

from ..actions import Action, bound
from ..desk_screen import DeskDialog
from ..mode import Mode
from ..text.clicked import hinted
from ..text.safe import clean
from ..text.words import say
from ..widgets.entry import half_width

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""The marks, the easiest to reach first."""
HINT = Bilingual("按字母到那一处   Esc 返回", "A letter goes there   Esc back")
WITH_MODES = Bilingual("按数字换画面   ^O 列出画面", "A figure: another screen   ^O lists them")
_MARK_WIDTH = 3


def _beside(region: Region, *, framed: bool) -> Offset:
    """Where a mark hides nothing: on the frame of a place, else before it, else on what is over it."""
    if framed:
        return region.offset + Offset(1, 0)
    before = region.x - _MARK_WIDTH - 1
    return Offset(before, region.y) if before >= 0 else Offset(region.x, max(0, region.y - 1))


class Mark(Static):
    """A key on the place that it goes to; a click does the same."""

    class Chosen(Message):
        """It was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, key: str, words: str = "") -> None:
        super().__init__(Content.assemble((f" {key.upper()} ", "bold reverse"), f" {clean(words)}" if words else ""))
        self.key = key

    def on_click(self, event: Click) -> None:
        """Goes there."""
        event.stop()
        if event.chain == 1:
            self.post_message(self.Chosen(self.key))


class JumpScreen(DeskDialog[Widget | Mode | str | None]):
    """Gives the widget or the mode that was chosen, `ELSEWHERE` for the list of screens, None for nothing."""

    ELSEWHERE = "elsewhere"
    ACTIONS: ClassVar[tuple[Action, ...]] = (Action("leave", Bilingual("返回", "Back"), "escape"),)
    BINDINGS = bound(ACTIONS)
    ABOUT = Bilingual(
        "跳转:每一处上面有一个字母,按它光标就到那里;数字换画面;再按 ^O 列出全部画面。全角字母数字也行,鼠标点也行。",
        "Jump: every place has a letter on it, which takes the cursor there; a figure changes the screen; ^O again "
        "lists the screens. Full-width letters and figures do, and so does a click.",
    )
    DEFAULT_CSS = """
    JumpScreen { background: transparent; }
    JumpScreen > Mark { position: absolute; width: auto; height: 1; color: $accent; background: $surface; }
    JumpScreen > #foot { dock: bottom; height: auto; width: 1fr; background: $panel; color: $foreground; }
    JumpScreen .modes { height: 1; width: 1fr; }
    JumpScreen .modes Mark { width: auto; margin-right: 2; color: $accent; }
    JumpScreen #foot Static { height: auto; }
    """

    def __init__(self, under: Screen[Any], modes: Sequence[Mode] = ()) -> None:
        """`under` is the screen whose places are marked, `modes` those that can be gone to from it."""
        super().__init__()
        self._under, self._modes = under, tuple(modes)
        self.there: dict[str, Widget | Mode] = {}

    def compose(self) -> ComposeResult:
        """The marks, and what they are for."""
        self.there = {}
        for key, (widget, at) in zip(LETTERS, self._places(), strict=False):
            mark = Mark(key)
            mark.styles.offset = at
            self.there[key] = widget
            yield mark
        shown = [mode for mode in self._modes if 1 <= mode.order <= 9]
        self.there |= {str(mode.order): mode for mode in shown}
        rows = (Horizontal(*row, classes="modes") for row in self._rows(shown))
        yield Vertical(*rows, Static(hinted(f" {say(HINT)}   {say(WITH_MODES) if shown else ''}".rstrip())), id="foot")

    def _rows(self, shown: Sequence[Mode]) -> Iterator[list[Mark]]:
        """The modes in as few rows as there is room for."""
        row: list[Mark] = []
        left = self.app.size.width
        for mode in shown:
            wide = _MARK_WIDTH + 1 + cell_len(say(mode.label)) + 2
            if row and wide > left:
                yield row
                row, left = [], self.app.size.width
            row.append(Mark(str(mode.order), say(mode.label)))
            left -= wide
        if row:
            yield row

    def _places(self) -> Iterator[tuple[Widget, Offset]]:
        """Every widget in sight that takes keys, from the top down, and where its mark stands."""
        seen = self._under._compositor.visible_widgets
        found = [(each, seen[each]) for each in self._under.focus_chain if each in seen]
        for widget, (region, clip) in sorted(found, key=lambda each: (each[1][0].y, each[1][0].x)):
            if clip.intersection(region):
                yield widget, _beside(region, framed=bool(widget.styles.border.top[0]))

    def on_resize(self) -> None:
        """Marks the places where they are now."""
        self.call_after_refresh(lambda: self.refresh(recompose=True))

    def on_key(self, event: Key) -> None:
        """A letter or a figure, full-width too."""
        if event.character:
            self._choose(event.character)

    def on_paste(self, event: Paste) -> None:
        """An input method may hand over what was typed in one piece."""
        self._choose(event.text.strip())

    def on_mark_chosen(self, event: Mark.Chosen) -> None:
        """The mouse."""
        self._choose(event.key)

    def _choose(self, typed: str) -> None:
        there = self.there.get(half_width(typed).lower())
        if there is not None:
            self.dismiss(there)

    def action_elsewhere(self) -> None:
        """The list of all screens."""
        self.dismiss(self.ELSEWHERE)

    def action_leave(self) -> None:
        """Nowhere."""
        self.dismiss(None)
