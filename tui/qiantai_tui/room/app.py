"""The program in the training room: the desk's own screens over a rehearsal, in a frame that nobody can mistake."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.events import Resize
from textual.screen import Screen

from qiantai.plugins import load_plugins
from qiantai.words import Bilingual
from qiantai_scenarios.rehearsing import Play
from qiantai_scenarios.rehearsing.happenings import Happening, Rang, Said
from qiantai_scenarios.scenario import Scenario

from ..actions import Action, bound
from ..mode import Mode
from ..preferences import NOTHING_TAKEN, Taken
from ..program.base import BaseApp
from ..sites.site import Settings, Site
from ..text.clicked import hinted
from ..text.safe import entitle
from ..text.words import Language, say
from .desk import desk_of
from .ending import Ended, EndingApp, Trainee
from .folder import folder_to_play_in
from .room import GO_ON, STANDS_STILL, Room
from .telling import framed, heard, rings

NAME = Bilingual("演练", "Rehearsal")
ALL_DONE = Bilingual("都办完了。F11 结束,看讲评", "All is done. F11 ends it and shows the debrief")
MINUTES_OVER = Bilingual(
    "规定的时间用完了,后面办的不算。F11 结束,看讲评", "The minutes are over. F11 shows the debrief"
)
MADE_UP = Bilingual("演练里写的都是编的,不交给浏览器", "What is written in a rehearsal is made up, and not handed out")
REHEARSALS = "rehearsal"
_EDGES = 4
"""Cells of a screen's edge that hold no words."""
NO_HAND_OVER = Bilingual(
    "演练里没有人接班,不办交接班。F11 看怎样继续、怎样结束",
    "Nobody takes over in a rehearsal, and no shift is handed over. F11 goes on or ends it",
)


class RehearsalApp(EndingApp):
    """One rehearsal. It has its own clock and store, and a folder that goes with it: nothing of a site is opened."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (Action("room", NAME, "f11,shift+f5,f17", "room", footer=5, priority=True),)
    BINDINGS = bound(ACTIONS)
    CSS = (
        BaseApp.CSS
        + """
    Screen {
        border-top: heavy $error; border-bottom: heavy $error;
        border-title-color: $text-error; border-title-style: bold reverse; border-title-align: center;
        border-subtitle-color: $text-warning; border-subtitle-align: left;
    }
    /* The frame of the screen beneath is seen through it. */
    ModalScreen { border: none; }
    /* Nothing is seen through the debrief. */
    DebriefScreen { border-top: heavy $error; border-bottom: heavy $error; }
    ModalScreen #textual-toastrack { margin: 1 0 0 0; }
    """
    )

    def __init__(
        self, room: Room, folder: Path, *, reports: Path, language: Language = "zh", trainee: Trainee | None = None
    ) -> None:
        """`folder` is for what the desk keeps beside its cases, drafts that is; it is nobody's site.

        Without a `trainee` the result is nobody's.
        """
        scenario = room.play.scenario
        settings, plugins = Settings(sign_in=False), load_plugins()
        desk = desk_of(room)
        site = Site(folder, scenario.title, desk, _topics(scenario), plugins, settings)
        super().__init__(site, room, trainee, reports=reports, language=language)
        self.person = scenario.handbook.people[room.play.rehearsal.trainee]
        self._said: str | Content = ""
        self._warned = self._over = False

    def offered(self) -> tuple[Mode, ...]:
        """None: what a plugin's screen does beside the cases is not made up."""
        return ()

    def settle(self, taken: Taken) -> None:
        """As the desk has it; what is changed of the settings in a rehearsal goes with it."""
        super().settle(taken)
        self.config = None

    def on_mount(self) -> None:
        """Tells what it is about; the clock stands still until it begins."""
        self.title = say(NAME)
        self.set_interval(0.5, self.go_on)
        self.call_later(self._brief)
        if not self.is_headless:
            self._end_when_told()

    def _end_when_told(self) -> None:
        """Whoever ends the process ends it as its own keys do, so that its folder goes along."""
        with suppress(NotImplementedError):  # on Windows, where the folder may stay
            end = partial(self.exit, return_code=128 + signal.SIGTERM)
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, end)

    def _brief(self) -> None:
        from .briefing import Briefing

        self._frame(self.screen)
        self.push_screen(Briefing(self.room.play), self._begin)

    def _begin(self, begun: bool | None) -> None:
        if not begun:
            self.exit(0)
            return
        self.room.run(1)
        self.go_on()

    def push_screen(self, screen: Any, *given: Any, **named: Any) -> Any:
        """As Textual has it; the frame stands around it from the first moment."""
        if isinstance(screen, Screen):
            self._frame(screen)
        return super().push_screen(screen, *given, **named)

    def go_on(self) -> None:
        """Lets the play go on, tells what happened, and draws the frame anew."""
        news = self.room.go_on()
        for each in news:
            self._tell(each)
        if news:
            self.tell_screens()
        for screen in self.screen_stack:
            self._frame(screen)
        if self.room.play.over and not self._over:
            self._over = True
            self.notify(ALL_DONE, timeout=20)
        if self.room.time_is_up and not self._warned:
            self._warned = True
            self.notify(MINUTES_OVER, severity="warning", timeout=20)

    def _tell(self, happened: Happening) -> None:
        told = heard(happened, self.room)
        if isinstance(happened, Rang | Said):
            self._said = say(told)
        if isinstance(happened, Rang):
            self.bell()
            self._said = hinted(say(rings(happened)))
        if told.zh:
            self.notify(told, timeout=12)

    def _frame(self, screen: Screen[Any], width: int | None = None) -> None:
        wide = self.size.width if width is None else width
        entitle(screen, hinted(framed(self.room, wide - _EDGES)), self._said)

    def on_resize(self, event: Resize) -> None:
        """Has the frame say what the new width has room for."""
        for screen in self.screen_stack:
            self._frame(screen, event.size.width)

    def greet(self) -> None:
        """Picks up the phone, or turns to whoever stands at the counter."""
        self.speak_to()

    def speak_to(self, case: str = "") -> None:
        """Turns to whoever waits with that case; to whoever came first, where none is named."""
        if not self.room.pace:
            self.notify(GO_ON, title=STANDS_STILL, severity="warning")
        elif self.room.speaking_to is None or case:
            rang = self.room.speak_to(case)
            if rang is not None:
                self._hear_out(heard(rang, self.room))
        self._frame(self.screen)

    def _hear_out(self, words: Bilingual) -> None:
        """Has words stand at the lower edge, and whole in a toast where the edge is too short for them."""
        self._said = say(words)
        if cell_len(self._said) > self.size.width - _EDGES:
            self.notify(words, timeout=20)

    def carry_out(self, *given: Any, **fields: Any) -> Any:
        """As the desk has it; whoever answers back to it is heard at once."""
        done = super().carry_out(*given, **fields)
        self.go_on()
        return done

    def action_room(self) -> None:
        """Asks how the rehearsal goes on."""
        from .briefing import Briefing
        from .controls import Controls
        from .debriefing import DebriefScreen

        if isinstance(self.screen, DebriefScreen):
            self.ask_whither()
        elif not any(isinstance(each, Briefing | Controls | DebriefScreen) for each in self.screen_stack):
            self.push_screen(Controls(self.room), self._controlled)

    async def action_quit(self) -> None:
        """Asks first where leaving would lose what has been done."""
        from .controls import Controls

        if self.ended is not None or not self.room.play.deeds or isinstance(self.screen, Controls):
            self.exit(0)
        else:
            self.action_room()

    def action_mode(self, mode: str) -> None:
        """As the desk has it; of rehearsals there is this one."""
        if mode == REHEARSALS:
            self.action_room()
        else:
            super().action_mode(mode)

    def modes_beside(self) -> tuple[Mode, ...]:
        """All but the list of rehearsals."""
        return tuple(each for each in super().modes_beside() if each.id != REHEARSALS)

    def rehearse(self, scenario: Scenario) -> None:  # noqa: ARG002
        """There is no rehearsal within a rehearsal."""
        self.action_room()

    def deliver_binary(self, path_or_file: Any, **given: Any) -> str | None:
        """As Textual has it; what the desk itself writes in a rehearsal is made up, and no browser gets it."""
        if Path(path_or_file).is_relative_to(self.site.folder):
            self.notify(MADE_UP, severity="warning")
            return None
        return super().deliver_binary(path_or_file, **given)

    def begin_anew(self) -> None:
        """Tells it from here, as nothing had been said."""
        self._over = self._warned = False
        self._said = ""
        self.tell_screens()
        self.go_on()

    def _controlled(self, chosen: str | None) -> None:
        match (chosen or "").split(":"):
            case ["pace", pace]:
                self.room.run(float(pace))
            case ["jump", *_]:
                self.room.jump()
            case ["to", case]:
                self.speak_to(case)
            case ["heard", *_]:
                from .controls import Heard

                self.push_screen(Heard(self.room))
            case ["leave", *_]:
                self.exit(0)
            case ["end", *_]:
                self.debrief()
        self.go_on()

    def action_hand_over_shift(self) -> None:
        """Nobody takes over in a rehearsal."""
        self.notify(NO_HAND_OVER)

    def action_staff(self) -> None:
        """Nobody changes places in a rehearsal: the trainee plays one part."""
        self.action_room()


def _topics(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """The words that speak for the topics of a scenario: the file's, and of a topic that it has none for its name."""
    named = (str(each.fields.get("topic", "")) for each in scenario.steps)
    every = (*(each.topic for each in scenario.handbook.scripts), *named)
    return {**{topic: (topic,) for topic in every if topic}, **scenario.topics}


def rehearse(
    play: Play,
    wall: Any,
    *,
    reports: Path,
    language: Language = "zh",
    taken: Taken = NOTHING_TAKEN,
    trainee: Trainee | None = None,
) -> tuple[Ended | None, int]:
    """Runs a rehearsal on the terminal; what came of it, None where it was left before its end, and the exit code."""
    with folder_to_play_in() as folder:
        app = RehearsalApp(Room(play, wall), folder, reports=reports, language=language, trainee=trainee)
        app.settle(taken)
        app.run()
        return app.ended, app.return_code or 0
