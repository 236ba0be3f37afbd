"""At a household's dossier: what its keys ask for, the roll as it is kept, and the terms of a site."""

from __future__ import annotations

from attrs import evolve
from textual.pilot import Pilot

from qiantai import Household, Retention, Term
from qiantai_tui.app import DeskApp
from tests.tui.estate import Estate
from tests.tui.waiting import gathered

HOME = "4-2-302"
"""A household of which everything is closed."""


async def at_the_dossier(pilot: Pilot[int], app: DeskApp, *keys: str, household: str = HOME) -> None:
    app.open_household(household)
    await pilot.pause()
    await pilot.press(*keys)
    await gathered(pilot)


async def type_in(pilot: Pilot[int], app: DeskApp, text: str) -> None:
    from textual.events import Paste

    app.post_message(Paste(text))
    await pilot.pause()


def terms(made: Estate, **written: str) -> Estate:
    retention = Retention({kind: Term.parse(each) for kind, each in written.items()}, by="zhao")
    return evolve(made, desk=made.desk.with_handbook(evolve(made.desk.handbook, retentions=(retention,))))


def roll(made: Estate) -> dict[str, Household]:
    return {each.id: each for each in made.desk.store.households()}
