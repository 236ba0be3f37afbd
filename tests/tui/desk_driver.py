"""A desk to drive in tests: the demo estate's people and rooms in memory, a clock that is set by hand, and a pilot."""

from __future__ import annotations

import csv
import tempfile
import tomllib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from attrs import evolve
from textual.pilot import Pilot

from qiantai import Desk, Done, Handbook, Household, MemoryStore, Store
from qiantai.calendar import national
from qiantai.lifecycle import Request
from qiantai.periods import ZONE
from qiantai.plugins import Plugins, load_plugins
from qiantai.reading import read_site
from qiantai.words import Bilingual
from qiantai_tui.app import DeskApp
from qiantai_tui.sites.site import Settings, Site
from qiantai_tui.text.words import Language
from tests.tui.hands import Hands

MONDAY = datetime(2026, 11, 23, 9, 31, tzinfo=ZONE)
"""A Monday morning, the desk open."""
OPEN_DOOR = Settings(sign_in=False)


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def go(self, **by: float) -> None:
        """So much later."""
        self.at += timedelta(**by)


@cache
def demo_handbook() -> tuple[Handbook, dict[str, tuple[str, ...]]]:
    """The demo estate's staff, scripts and rooms, and the words of its topics."""
    folder = files("qiantai_scenarios").joinpath("sites", "demo")
    site = read_site(tomllib.loads(folder.joinpath("site.toml").read_text(encoding="utf-8")), national())
    with folder.joinpath("households.csv").open(encoding="utf-8-sig") as opened:
        roll = [_household(row) for row in csv.DictReader(opened)]
    return evolve(site.handbook, households={each.id: each for each in roll}), dict(site.topics)


def _household(row: dict[str, str]) -> Household:
    parts = [row[key] for key in ("楼栋", "单元", "房号") if row[key]]
    return Household("-".join(parts), row["姓名"], row["电话"], row["邮箱"], bool(row["重要"]), row["片区"])


def desk_in_memory(clock: Clock, store: Store | None = None) -> Desk:
    """The demo estate's desk with nothing in it yet."""
    handbook, _ = demo_handbook()
    kept = store if store is not None else MemoryStore()
    kept.keep_households(list(handbook.households.values()))
    return Desk(handbook, kept, clock)


@cache
def _plugins() -> Plugins:
    return load_plugins()


def site_of(
    desk: Desk, folder: Path | None = None, settings: Settings = OPEN_DOOR, plugins: Plugins | None = None
) -> Site:
    """A site around a desk, with our own plugins unless others are given; nobody signs in unless `settings` says so."""
    place, name = folder or Path(tempfile.mkdtemp()), Bilingual("阳光花园", "Sunshine Garden")
    return Site(place, name, desk, demo_handbook()[1], plugins or _plugins(), settings)


class Driver(Hands[DeskApp]):
    """The program under a pilot, and what its screen says."""

    def __init__(self, app: DeskApp, pilot: Pilot[int], clock: Clock) -> None:
        super().__init__(app, pilot)
        self.clock = clock

    async def go(self, **by: float) -> None:
        """Lets the clock go on, and the screen with it."""
        self.clock.go(**by)
        for screen in self.app.screen_stack:
            if tick := getattr(screen, "tick", None):
                tick()
        await self.pilot.pause()

    def receive(self, by: str = "li", **fields: Any) -> str:
        """Takes a case in behind the screen's back; gives its number."""
        done = self.app.desk.receive(by, **{"channel": "phone", **fields})
        assert isinstance(done, Done), done
        self.app.tell_screens()
        return done.case.number

    def give(self, number: str, command: str, by: str, **fields: Any) -> None:
        """Gives a command behind the screen's back."""
        done = self.app.desk.do(number, command, by, **fields)
        assert isinstance(done, Done), done
        self.app.tell_screens()


@asynccontextmanager
async def at_the_desk(
    person: str | None = "li",
    *,
    size: tuple[int, int] = (120, 36),
    language: Language = "zh",
    clock: Clock | None = None,
    store: Store | None = None,
    folder: Path | None = None,
    requests: Mapping[str, Request] | None = None,
    settings: Settings = OPEN_DOOR,
    plugins: Plugins | None = None,
) -> AsyncIterator[Driver]:
    """The program, running, with this person at the desk; `requests` are the kinds it knows, the six unless said."""
    clock = clock or Clock()
    desk = desk_in_memory(clock, store)
    desk = desk.with_handbook(evolve(desk.handbook, requests=requests or desk.handbook.requests))
    site = site_of(desk, folder, settings, plugins)
    app = DeskApp(site, clock=clock, reports=Path(tempfile.mkdtemp()), language=language)
    if person is not None:
        app.person = app.handbook.people[person]
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield Driver(app, pilot, clock)
