"""A screen of the desk under the bar that says whose desk it is, what presses, and the time."""

from __future__ import annotations

from typing import ClassVar

from qiantai.projections.queue import Line, tally
from qiantai.words import Bilingual

from .actions import Action, bound
from .desk_screen import DeskScreen
from .screens.queue import QueueScreen, who_is_there
from .text.words import say
from .widgets.top_bar import Shown, TopBar


class BarScreen(DeskScreen[None]):
    """Its bar follows the clock while it is the screen that is seen; `tick` is called each second.

    Textual calls `on_mount` and `on_screen_resume` of every class by itself: one that has its own calls no other.
    """

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("take_in", Bilingual("登记", "Take in"), "f2", "at_the_queue('take_in')", footer=10, priority=True),
        Action("emergency", Bilingual("应急", "Emergency"), "f9", "at_the_queue('emergency')"),
    )
    BINDINGS = bound(ACTIONS)

    _pressing: tuple[Line, ...] = ()

    def on_mount(self) -> None:
        """Ticks from now on."""
        self.set_interval(1, self._second)

    def on_screen_resume(self) -> None:
        """Reads the data, when it is first seen and whenever it comes back."""
        self.program.read_anew(self)

    def refresh_data(self) -> None:
        """Reads what is open anew; what a screen shows besides, it reads here too."""
        self._pressing = self.program.seat.queue()
        self._fill_bar()

    def said_so_far(self) -> str:
        """The line that a case taken in from here begins with: whom this screen shows, or what was looked for."""
        return ""

    async def action_at_the_queue(self, action: str) -> None:
        """Goes to the queue, and does there what its own key does; a half-written line there comes first."""
        from .screens import modes

        said = self.said_so_far()
        self.app.switch_mode(modes()[0].id)
        while len(self.app.screen_stack) > 1:
            await self.app.pop_screen()
        screen = self.app.screen
        begun = isinstance(screen, QueueScreen) and screen.line.entry.value
        if isinstance(screen, QueueScreen) and action == "take_in" and (begun or said):
            screen.line.entry.begin_anew()
            if not begun:
                screen.take_in(screen.read_line(said))
        else:
            await self.app.run_action(action, screen)

    def action_back(self) -> None:
        """Back to where it was opened; from a mode to the first one."""
        from .screens import modes

        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.switch_mode(modes()[0].id)

    def tick(self) -> None:
        """A second has passed."""

    def _second(self) -> None:
        if self.is_current:
            self._fill_bar()
            self.tick()

    def _fill_bar(self) -> None:
        now, name = self.now, who_is_there(self.program)
        shown = Shown(say(self.program.site.name), name, tally(self._pressing, now), now.replace(microsecond=0))
        self.query_one(TopBar).shown = shown
