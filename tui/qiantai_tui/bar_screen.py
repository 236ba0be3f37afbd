"""A screen of the desk under the bar that says whose desk it is, what presses, and the time."""

from __future__ import annotations

from qiantai.projections.queue import Line, queue, tally
from qiantai.standing import may_see
from qiantai.words import Bilingual

from .desk_screen import DeskScreen
from .widgets.top_bar import Shown, TopBar
from .words import say

NOBODY = Bilingual("还没有选谁在前台", "nobody is at the desk yet")


class BarScreen(DeskScreen[None]):
    """Its bar follows the clock while it is the screen that is seen; `tick` is called each second."""

    _pressing: tuple[Line, ...] = ()

    def on_mount(self) -> None:
        """Reads the data, and ticks from now on."""
        self.refresh_data()
        self.set_interval(1, self._second)

    def on_screen_resume(self) -> None:
        """Reads the data anew."""
        if self.is_mounted:
            self.refresh_data()

    def refresh_data(self) -> None:
        """Reads what is open anew; what a screen shows besides, it reads here too."""
        person = self.program.person
        cases = self.program.desk.store.open_cases() if person is not None else ()
        self._pressing = queue(case for case in cases if person is not None and may_see(case, person))
        self._fill_bar()

    def tick(self) -> None:
        """A second has passed."""

    def _second(self) -> None:
        if self.is_current:
            self._fill_bar()
            self.tick()

    def _fill_bar(self) -> None:
        person, now = self.program.person, self.now
        name = person.name if person is not None else say(NOBODY)
        shown = Shown(say(self.program.site.name), name, tally(self._pressing, now), now.replace(microsecond=0))
        self.query_one(TopBar).shown = shown
