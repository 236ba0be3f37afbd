"""A rehearsal under a pilot, with a clock of real time that goes when it is told to."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from qiantai.refusals import Refusal
from qiantai_scenarios.library import rehearsal_files, rehearsals
from qiantai_scenarios.reader import scenario_of
from qiantai_scenarios.rehearsing import Play
from qiantai_scenarios.scenario import Scenario
from qiantai_tui.room.app import RehearsalApp
from qiantai_tui.room.debriefing import DebriefScreen
from qiantai_tui.room.ending import Trainee as Trained
from qiantai_tui.room.room import Room
from qiantai_tui.text.words import Language
from tests.tui.hands import Hands

TAP = "first-dripping-tap"


def named(id: str) -> Scenario:
    """A rehearsal that comes along."""
    return next(each for each in rehearsals() if each.id == id)


TEXTS = frozenset(
    ["title", "title_en", "about", "about_en", "name", "says", "why", "why_en", "summary", "result", "text", "reason"]
)
"""Under what the words of people stand in the file of a rehearsal."""


def otherwise(id: str, say: Callable[[str], str]) -> Scenario:
    """A rehearsal that comes along, as its file reads with all that anybody says or is called gone through `say`."""
    file = next(each for each in rehearsal_files() if each.name == f"{id}.toml")

    def said(value: Any, name: str = "") -> Any:
        match value:
            case dict():
                return {key: said(each, key) for key, each in value.items()}
            case list():
                return [said(each) for each in value]
            case str() if name in TEXTS:
                return say(value)
            case _:
                return value

    return scenario_of(said(tomllib.loads(file.read_text(encoding="utf-8"))), file.name)


def said_in(id: str) -> Iterator[str]:
    """What people say, write and are called in a rehearsal, which nobody translates."""
    scenario = named(id)
    assert scenario.rehearsal is not None
    handbook = scenario.handbook
    yield from (each.name for each in handbook.people.values())
    yield from (each.name for each in handbook.households.values())
    yield from (each.says for each in scenario.steps)
    yield from (each.says for each in scenario.rehearsal.answers)
    yield from (str(value) for step in scenario.steps for value in step.fields.values())


class Trainee(Hands[RehearsalApp]):
    """Who plays it: their hands, and what they see."""

    def __init__(self, app: RehearsalApp, pilot: Pilot[int], wall: list[float]) -> None:
        super().__init__(app, pilot)
        self._wall = wall

    @property
    def room(self) -> Room:
        """The rehearsal."""
        return self.app.room

    async def wait(self, seconds: float) -> None:
        """Lets so much real time go by."""
        self._wall[0] += seconds
        self.app.go_on()
        await self.pilot.pause()


@asynccontextmanager
async def in_the_room(
    scenario: Scenario,
    *,
    size: tuple[int, int] = (120, 36),
    language: Language = "zh",
    begun: bool = True,
    trainee: Trained | None = None,
) -> AsyncIterator[Trainee]:
    """A rehearsal on the screen; it has begun, unless the briefing is to be seen."""
    wall = [0.0]
    room = Room(Play(scenario), lambda: wall[0])
    folder = Path(tempfile.mkdtemp())
    app = RehearsalApp(room, folder, reports=folder, language=language, trainee=trainee)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        hands = Trainee(app, pilot, wall)
        if begun:
            await hands.press("enter")
        yield hands


async def take_the_call(trainee: Trainee, line: str) -> None:
    await trainee.press("f2")
    await trainee.type(line)
    await trainee.press("enter", "enter")


async def well_played(trainee: Trainee) -> None:
    """The first call as it should go."""
    await trainee.wait(4)
    await take_the_call(trainee, "2-1-301 水龙头滴水")
    await trainee.wait(30)
    await trainee.press("f5", "enter", "f10")
    for _ in range(4):
        trainee.room.jump()
        await trainee.wait(1)
    number = next(iter(trainee.room.play.aliases))
    done = trainee.app.carry_out(number, "call_back", channel="phone", quality_ok=True, satisfied=True)
    assert not isinstance(done, Refusal), done
    await trainee.pilot.pause()


async def badly_played(trainee: Trainee) -> None:
    """The first call taken late, and left lying."""
    await trainee.wait(40)
    await take_the_call(trainee, "2-1-301 水龙头滴水")


async def end(trainee: Trainee) -> None:
    await trainee.press("f11")
    await trainee.press("end", "enter")
    assert isinstance(trainee.app.screen, DebriefScreen)
