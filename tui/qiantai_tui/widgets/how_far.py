"""A line that says what is read or written beside the screen, and how far that is."""

from __future__ import annotations

from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from qiantai.words import Bilingual

from ..followed import Followed
from ..text.safe import crop
from ..text.words import say

READ = Bilingual("已读 {n} 件", "{n} read")
READ_OF = Bilingual("{n} / {of} 件", "{n} of {of}")
LEAVES = Bilingual("Esc 停下", "Esc stops")
STAYS = Bilingual("正在写,写完为止……", "Being written; it goes to its end…")
_CELLS = 16
_SECONDS = 0.2
"""Between two looks at how far it is."""


class HowFar(Widget):
    """Nothing where nothing goes on."""

    DEFAULT_CSS = """
    HowFar { height: 1; width: 1fr; display: none; color: $text-primary; }
    HowFar.-going { display: block; }
    """
    can_focus = False
    _timer: Timer | None = None
    _followed: Followed | None = None
    _shown = ""

    def follow(self, followed: Followed | None) -> None:
        """Shows how far this is from now on; with None nothing any more."""
        self._followed = followed
        self.set_class(followed is not None, "-going")
        if self._timer is None:
            self._timer = self.set_interval(_SECONDS, self._look, pause=True)
        (self._timer.pause if followed is None else self._timer.resume)()
        self._look()

    def _look(self) -> None:
        shown = "" if self._followed is None else told(self._followed)
        if shown != self._shown:
            self._shown = shown
            self.refresh()

    def render(self) -> Content:
        """The line."""
        return Content(crop(self._shown, max(2, self.content_size.width)))


def told(followed: Followed) -> str:
    """What is read, how much of it, and whether it can still be given up."""
    if followed.written:
        return say(STAYS)
    says, count, of = say(followed.says), f"{followed.count:,}", followed.of
    if not of:
        read = say(READ.format(n=count)) if followed.count else ""
        return "  ".join(each for each in (says, read, say(LEAVES)) if each)
    done = min(_CELLS, _CELLS * followed.count // of)
    bar = "█" * done + "░" * (_CELLS - done)
    return f"{says}  {bar} {say(READ_OF.format(n=count, of=f'{of:,}'))}  {say(LEAVES)}"
