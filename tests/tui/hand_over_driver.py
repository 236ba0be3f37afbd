"""A hand-over at the desk, as its tests go through it."""

from __future__ import annotations

from collections.abc import Mapping

from qiantai.shift.book import Stage
from qiantai_tui.dialogs.signing import SignDialog
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.page import Page
from tests.tui.desk_driver import Driver
from tests.tui.door import PEOPLE

SIZES = ((120, 36), (80, 24))
LANGUAGES: tuple[Language, ...] = ("zh", "en")
SAID = (
    "厨房漏水",
    "装修噪音,晚上十点还在敲",
    "5栋1单元102",
    "电梯维保明早来",
    "阳光花园",
    *(each.name for each in PEOPLE.values()),
)


def stage(desk: Driver, number: int = 1) -> Stage | None:
    """How far that hand-over is on the disk."""
    here = desk.app.shifts.book().hand_over(number)
    return here.stage if here else None


def followed(desk: Driver) -> Mapping[str, tuple[str, str, str]]:
    """Who follows each open case up, and to whom it is offered."""
    return {each.number: (each.owner, each.stand_in, each.offered_to) for each in desk.app.desk.store.open_cases()}


async def two_open(desk: Driver) -> tuple[str, str]:
    """A leak that was sent out and a complaint, both li's."""
    leak = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水", emergency=True)
    desk.give(leak, "dispatch", "li", to=["engineering"])
    noise = desk.receive(kind="complaint", household="5-1-101", summary="装修噪音,晚上十点还在敲", place="5栋1单元102")
    await desk.pilot.pause()
    return leak, noise


async def drawn_up(desk: Driver, receiver: str = "何悦") -> None:
    """Shift+F12, F4, and who takes over."""
    await desk.press("f24", "f4")
    await desk.type(receiver)
    await desk.press("enter")


async def signs(desk: Driver, who: str) -> None:
    """F4, and the name or its initials, or the PIN."""
    await desk.press("f4")
    assert isinstance(desk.app.screen, SignDialog)
    await desk.type(who)
    await desk.press("enter")


def on(desk: Driver, number: str) -> None:
    """Puts the cursor on a case of the page."""
    assert desk.app.screen.query_one(Page).move_to(number)
