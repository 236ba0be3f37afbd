"""A rehearsal in hand: how far it has come, what time it is in it, and who is being spoken to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from attrs import define, field

from qiantai.commands import Command
from qiantai.desk import Done
from qiantai.refusals import Refusal
from qiantai.store import conflict
from qiantai.words import INCIDENT, Bilingual
from qiantai_scenarios.rehearsing import Clock, Deed, Play
from qiantai_scenarios.rehearsing.happenings import Did, Happening, Rang

PACES = (1, 2, 5, 10)
"""How many times as fast as real time a rehearsal may run."""
NOT_ONES_PART = Bilingual("演练里只扮演 {name}", "in a rehearsal one plays {name} alone")
PLAY_YOUR_PART = Bilingual("同事会自己办他们的", "the others do their part by themselves")
TIME_IS_UP = Bilingual(
    "规定的 {minutes} 分钟用完了,后来办的不算", "the {minutes} minutes are over, and this does not count"
)
STANDS_STILL = Bilingual("演练已暂停,暂停时什么也不能办", "the rehearsal stands still, and nothing is done meanwhile")
GO_ON = Bilingual("F11 继续,再办", "F11 goes on with it")
TO_THE_DEBRIEF = Bilingual("结束,看讲评", "end it and see the debrief")


@define
class Room:
    """A play that goes on as real time goes by, `wall` seconds of it as a clock gives them, from any beginning.

    While it stands still no time of either kind goes by, and nothing can be done in it.

    `practice` is a play that was taken up again from some point of it: it is for learning, and no result of anybody.
    """

    play: Play
    _wall: Callable[[], float]
    clock: Clock = field()
    practice: bool = False
    picked: str = ""
    _picked_at: datetime | None = None
    _told: int = 0
    _begun: float = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._begun = self._wall() - self.clock.wall
        self._told = len(self.play.happened)

    @clock.default
    def _stands_still(self) -> Clock:
        return Clock(self.play.now, self.play.wall, 0.0)

    @property
    def seconds(self) -> float:
        """The seconds of real time that it has been going on, without those in which it stood still."""
        return round(self._wall() - self._begun, 1) if self.pace else self.clock.wall

    def now(self) -> datetime:
        """What time it is in the play."""
        return max(self.clock.now(self.seconds), self.play.now)

    @property
    def pace(self) -> float:
        """How many times as fast as real time it runs; 0 where it stands still."""
        return self.clock.pace

    @property
    def time_is_up(self) -> bool:
        """Whether the minutes of real time that it allows are over."""
        left = self.seconds_left
        return left is not None and left < 0

    @property
    def seconds_left(self) -> float | None:
        """The seconds of real time that are left of its minutes, below 0 after them; None where it allows any."""
        minutes = self.play.rehearsal.minutes
        return None if minutes is None else 60 * minutes - self.seconds

    def run(self, pace: float) -> None:
        """Goes on at another pace; 0 stands still."""
        seconds = self.seconds
        self.clock = self.clock.paced(seconds, pace)
        self._begun = self._wall() - seconds

    def jump(self) -> bool:
        """Goes to when something happens next by itself; False where nothing will."""
        then = self.play.next_at
        if then is None:
            return False
        self.clock = self.clock.jumped(self.seconds, then)
        return True

    def take_up(self, play: Play) -> None:
        """Goes on from another point of it, for practice."""
        self.play, self.practice, self.picked, self._picked_at = play, True, "", None
        self._told = len(play.happened)
        self._begun = self._wall() - play.wall
        self.clock = Clock(play.now, play.wall, 1.0)

    def go_on(self) -> tuple[Happening, ...]:
        """Lets everything happen that happens up to now; gives what nobody was told of yet."""
        now, then = self.now(), self.play.next_at
        if then is not None and then <= now:
            self.play = self.play.until(now)
        return self._news()

    def _news(self) -> tuple[Happening, ...]:
        happened = self.play.happened
        news, self._told = happened[self._told :], len(happened)
        return news

    def speak_to(self, case: str = "") -> Rang | None:
        """Picks up the call, or turns to whoever stands there: the first to come, unless one is named; None: nobody."""
        waiting = [each for each in self.play.ringing if not case or each.case == case]
        if not waiting:
            return None
        if self.picked != waiting[0].case:
            self.picked, self._picked_at = waiting[0].case, self.now()
        return waiting[0]

    @property
    def speaking_to(self) -> Rang | None:
        """Who is being spoken to and has not been taken in yet."""
        return next((each for each in self.play.ringing if each.case == self.picked), None)

    def give(self, by: str, name: str, number: str, seen: int | None, fields: Mapping[str, Any]) -> Done | Refusal:
        """What comes of a command of the trainee's on a case by its number. Raises `Conflict` where it has gone on."""
        at = self.now()
        command = Command(name, by, number, fields)
        if by != self.play.rehearsal.trainee:
            who = self.play.scenario.handbook.people[self.play.rehearsal.trainee].name
            return Refusal(command, at, "not_ones_part", None, NOT_ONES_PART.format(name=who), PLAY_YOUR_PART)
        if not self.pace:
            return Refusal(command, at, "stands_still", None, STANDS_STILL, GO_ON)
        if self.time_is_up:
            why = TIME_IS_UP.format(minutes=self.play.rehearsal.minutes)
            return Refusal(command, at, "time_is_up", None, why, TO_THE_DEBRIEF)
        self.play = self.play.until(at)
        before = self.play.desk.store.case(number) if number else None
        if seen is not None and before is not None and seen != len(before.history):
            raise conflict(number)
        case, picked = self._case_of(name, number)
        self.play = self.play.did(Deed(at, name, case, self._by_alias(fields), self.seconds, picked))
        return self._outcome(command, case, 0 if before is None else len(before.history))

    def _outcome(self, command: Command, case: str, before: int) -> Done | Refusal:
        did = self.play.last
        assert isinstance(did, Did), "its time is not up"
        if did.played.refusal is not None:
            return did.played.refusal
        if command.name == "receive" and case == self.picked:
            self.picked, self._picked_at = "", None
        now = self.play.cases[case]
        return Done(now, now.history[before:], did.played.left)

    def _case_of(self, name: str, number: str) -> tuple[str, datetime | None]:
        """The scenario's name for the case that a command is about, and when whoever came was first spoken to."""
        if number:
            return self.play.aliases.get(number, number), None
        if name == INCIDENT:
            begun = [each.case for each in self.play.scenario.steps if each.do == INCIDENT]
            return self._first_new(begun), None
        rang = self.speaking_to or self.speak_to()
        return (rang.case, self._picked_at) if rang else (self._first_new(()), None)

    def _first_new(self, names: Collection[str]) -> str:
        used, known = set(self.play.aliases.values()), set(self.play.scenario.aliases)
        own = (f"X{n}" for n in range(1, len(used) + 2))
        return next(each for each in (*names, *(each for each in own if each not in known)) if each not in used)

    def _by_alias(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields with the scenario's names for the cases that they name by number."""
        aliases = self.play.aliases
        named = {name: aliases.get(str(fields[name]), "") for name in ("into", INCIDENT) if name in fields}
        several = {"cases": tuple(aliases.get(str(each), "") for each in fields["cases"])} if "cases" in fields else {}
        return {**fields, **named, **several}
