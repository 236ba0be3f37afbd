"""The first line: whose desk this is, who is at it, what presses, and the time."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen
from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.reactive import var
from textual.style import Style
from textual.widget import Widget

from qiantai.projections.queue import Tally
from qiantai.words import Bilingual

from ..text.safe import clean, crop
from ..text.words import say

DESK = Bilingual("物业前台", "Front desk")
OVERDUE = Bilingual("超时 {n}", "late {n}")
SOON = Bilingual("一小时内 {n}", "in 1h {n}")
TO_SEND = Bilingual("待派 {n}", "to send {n}")
TO_CALL = Bilingual("待回访 {n}", "call back {n}")
ALERTS = Bilingual("提醒 {n}", "alerts {n}")
_ROOMY = 100
"""Cells from which the bar has room for the program's name and the date."""


@frozen
class Shown:
    """What the bar says."""

    site: str = ""
    person: str = ""
    tally: Tally | None = None
    at: datetime | None = None


class TopBar(Widget):
    """One line; what is past due is red, and says so in words."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 1; width: 1fr; background: $panel; color: $foreground; }
    TopBar > .top-bar--title { text-style: bold; }
    TopBar > .top-bar--overdue { color: $text-error; text-style: bold; }
    TopBar > .top-bar--soon { color: $text-warning; }
    TopBar > .top-bar--alerts { color: $text-accent; text-style: bold; }
    """
    COMPONENT_CLASSES = {"top-bar--title", "top-bar--overdue", "top-bar--soon", "top-bar--alerts"}
    can_focus = False

    shown: var[Shown] = var(Shown(), init=False)

    def watch_shown(self, before: Shown, now: Shown) -> None:
        """Draws the line anew where it says something else."""
        if before != now:
            self.refresh()

    def render(self) -> Content:
        """The line: names at the left, figures and the time at the right; the names give way first."""
        shown, width = self.shown, self.size.width
        right = self._right()
        head = Content.styled(f" {say(DESK)} " if width >= _ROOMY else "", self._style("title"))
        names = clean(" · ".join(each for each in (shown.site, shown.person) if each))
        room = max(0, width - right.cell_length - head.cell_length - 3)
        if cell_len(names) > room:
            names = crop(shown.person, room)
        space = max(1, width - right.cell_length - head.cell_length - 1 - cell_len(names))
        return Content.assemble(head, " ", Content(names), " " * space, right)

    def _right(self) -> Content:
        return Content.assemble(self._alerts(), self._figures(), f"   {self._time()} ")

    def _alerts(self) -> Content:
        """The sign of what is unseen, nothing where nothing is."""
        n: int = getattr(self.app, "unseen_alerts", 0)
        return Content.styled(say(ALERTS.format(n=n)), self._style("alerts")) + Content("  ") if n else Content("")

    async def on_click(self, event: Click) -> None:
        """A click on the sign opens the list of alerts."""
        begins = self.size.width - self._right().cell_length
        if event.chain == 1 and begins <= event.x < begins + self._alerts().cell_length - 2:
            await self.app.run_action("alerts")

    def _figures(self) -> Content:
        tally = self.shown.tally or Tally(0, 0, 0, 0)
        figures = (
            (OVERDUE, tally.overdue, "overdue"),
            (SOON, tally.within_the_hour, "soon"),
            (TO_SEND, tally.unassigned, ""),
            (TO_CALL, tally.call_backs, ""),
        )
        return Content("  ").join(
            Content.styled(say(words.format(n=n)), self._style(part) if part and n else "")
            for words, n, part in figures
        )

    def _time(self) -> str:
        if self.shown.at is None:
            return ""
        return f"{self.shown.at:%m-%d %H:%M:%S}" if self.size.width >= _ROOMY else f"{self.shown.at:%H:%M:%S}"

    def _style(self, part: str) -> Style:
        return self.get_visual_style(f"top-bar--{part}", partial=True)
