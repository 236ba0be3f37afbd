"""The screen of the figures, with a year behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from qiantai_tui.widgets.line_table import LineTable
from tests.tui.busy_estate import everything_said
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.months import SAID_IN_A_YEAR, a_year

SAID = (*everything_said(), *SAID_IN_A_YEAR)


async def figures(desk: Driver, *keys: str) -> None:
    """Goes to the figures and waits until they are read."""
    await desk.press("f20", *keys)
    await filled(desk)


async def filled(desk: Driver) -> None:
    await desk.app.workers.wait_for_complete()
    await desk.pilot.pause()


@asynccontextmanager
async def a_year_at_the_desk(person: str = "lin", **given: Any) -> AsyncIterator[Driver]:
    async with at_the_desk(person, store=a_year(), **given) as desk:
        await figures(desk)
        yield desk


def stand_on(desk: Driver, target: str) -> LineTable:
    """Puts the cursor on a figure."""
    table = desk.app.screen.query_one("#figures", LineTable)
    assert table.move_to(target), target
    return table


def line_of(desk: Driver, words: str) -> str:
    """The line of the screen with these words."""
    return next((line for line in desk.screen.splitlines() if words in line), "")
