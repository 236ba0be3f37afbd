"""A desk at which people sign in, for the tests: some have a PIN already."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from qiantai import Store
from qiantai_tui.sign_in.book import PinBook
from qiantai_tui.sites.site import Settings
from tests.tui.desk_driver import Clock, Driver, at_the_desk, demo_handbook

PINS = {"li": "7391", "lin": "8264", "sun": "5937"}
PEOPLE = demo_handbook()[0].people


@asynccontextmanager
async def door(
    folder: Path,
    *,
    clock: Clock | None = None,
    pins: bool = True,
    store: Store | None = None,
    lock_after: int = Settings().lock_after,
    **given: Any,
) -> AsyncIterator[Driver]:
    """The desk at which people sign in, with these PINs chosen already; it locks after so many minutes of its clock."""
    book = PinBook(folder)
    if pins and book.empty:
        for id, pin in PINS.items():
            assert book.choose(PEOPLE[id], pin) is None
    settings = Settings(lock_after=lock_after)
    async with at_the_desk(None, folder=folder, clock=clock, store=store, settings=settings, **given) as desk:
        yield desk


async def sign_in(desk: Driver, who: str, pin: str) -> None:
    """Types who, Enter, the PIN, Enter."""
    await desk.type(who)
    await desk.press("enter")
    await desk.type(pin)
    await desk.press("enter")


def people_at(desk: Driver) -> str:
    """Who is at the desk, by id; empty for nobody."""
    return desk.app.person.id if desk.app.person else ""
