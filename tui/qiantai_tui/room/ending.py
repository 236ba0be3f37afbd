"""The program in the training room at the end of a rehearsal: scored, put on record at once, told, and begun again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from qiantai.store import StoreError
from qiantai.words import Bilingual
from qiantai_scenarios.rehearsing import Deed, Play, Score, score
from qiantai_scenarios.scenario import Scenario

from ..app import DeskApp
from ..sites.files import SiteError
from ..sites.site import Site
from ..text.words import say
from ..widgets.rows import Column
from .room import Room

NOBODYS = Bilingual("没有记给谁", "on record for nobody")
KEPT = Bilingual("成绩记在{who}名下", "on record for {who}")
UNDONE = Bilingual("什么也没办,不记成绩", "nothing was done, and nothing goes on record")
PRACTICED = Bilingual("从中间接着练的,不记成绩", "taken up again from within: practice, no result")
AFTER = Bilingual("讲评看完了?", "Done with the debrief?")
AGAIN = Bilingual("从头再练一遍,不记成绩", "From the beginning again, for practice")
LEAVE = Bilingual("结束", "Leave")


@frozen
class Ended:
    """What came of a rehearsal: the trainee's deeds and their score; `practice` is no result of anybody."""

    scenario: Scenario
    deeds: tuple[Deed, ...]
    score: Score
    practice: bool


@frozen
class Trainee:
    """Who is trained for real, by name, and what puts a result on record for them.

    It may raise `SiteError` and `StoreError`.
    """

    name: str
    keep: Callable[[Ended], None]


class EndingApp(DeskApp):
    """What comes of the first time is the result; what is taken up again from within is for practice alone."""

    def __init__(self, site: Site, room: Room, trainee: Trainee | None, **given: Any) -> None:
        """Without a `trainee` the result is nobody's."""
        super().__init__(site, **given)
        self.room, self.trainee = room, trainee
        self.ended: Ended | None = None
        self.kept = NOBODYS

    def begin_anew(self) -> None:
        """Tells it from where it stands now."""
        raise NotImplementedError

    def debrief(self) -> None:
        """Brings it to its end and tells what came of it."""
        from .debriefing import DebriefScreen

        self.room.run(0)
        self.clear_notifications()
        play = self.room.play
        if self.ended is None:
            self.ended = Ended(play.scenario, play.deeds, score(play), self.room.practice)
            self._keep(self.ended)
        name = self.trainee.name if self.trainee else ""
        self.push_screen(DebriefScreen(play, self.kept, trainee=name, practice=self.room.practice), self._left)

    def _keep(self, ended: Ended) -> None:
        """Puts the result on record at once: whatever becomes of this terminal, it is there."""
        if not ended.deeds:
            self.kept = UNDONE
        elif self.trainee is not None:
            try:
                self.trainee.keep(ended)
            except (SiteError, StoreError) as error:
                self.kept = error.why
                self.notify(error.why, severity="error", timeout=30)
            else:
                self.kept = KEPT.format(who=self.trainee.name)

    def ask_whither(self) -> None:
        """Asks what comes after the debrief."""
        from ..dialogs.choose import ChooseDialog, Item

        items = (Item("again", (say(AGAIN),)), Item("leave", (say(LEAVE),)))
        self.push_screen(ChooseDialog(AFTER, (Column(Bilingual("", ""), 20, flex=1),), items), self._afterwards)

    def _afterwards(self, chosen: str | None) -> None:
        if chosen is not None:
            self.screen.dismiss(Play(self.room.play.scenario) if chosen == "again" else None)

    def _left(self, again: Play | None) -> None:
        """Goes on from the point that was chosen, for practice alone; else it is over."""
        if again is None:
            self.exit(0)
            return
        self.room.take_up(again)
        self.kept = PRACTICED
        self.begin_anew()
