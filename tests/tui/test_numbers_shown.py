"""No screen shows a resident's number in full to whom it is not due, nor longer than it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qiantai_tui.actions.case_actions import SHOWN_FOR
from qiantai_tui.screens import modes
from qiantai_tui.screens.queue import QueueScreen
from tests.tui.desk_driver import Driver, at_the_desk, demo_handbook

PHONE, LANDLINE, MAIL = "13911112222", "0755-83215678", "secret@example.com"
PEOPLE = demo_handbook()[0].people
FULL = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
SIZES = [(120, 36), (80, 24)]


def take_in(desk: Driver) -> list[str]:
    """Three cases with numbers everywhere that a number can stand."""
    where, said = f"厨房 {LANDLINE}", f"漏水,回电{PHONE}"
    leak = desk.receive(kind="repair", household="1-2-301", phone=PHONE, email=MAIL, summary=said, place=where)
    desk.give(leak, "note", "li", text=f"又打了{PHONE}")
    desk.give(leak, "correct", "li", field="phone", value=PHONE, reason=f"原来写错 {LANDLINE}")
    desk.give(leak, "dispatch", "li", to=["engineering"])
    noise = desk.receive(kind="complaint", household="1-2-301", phone=LANDLINE, summary=f"噪音{PHONE}", major=True)
    asked = desk.receive(kind="enquiry", household="1-2-301", phone=PHONE, summary="几点开门")
    desk.give(asked, "answer", "li", text=f"打{PHONE}问", satisfied=True)
    desk.app.tell_screens()
    return [leak, noise, asked]


def in_full(desk: Driver) -> list[str]:
    """The numbers and addresses that stand on the screen in full."""
    return [*FULL.findall(desk.screen), *(each for each in (LANDLINE, MAIL) if each in desk.screen)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("person", ["li", "lin", "sun", "tang"])
async def test_no_screen_shows_one_unasked(person: str, size: tuple[int, int], tmp_path: Path) -> None:
    async with at_the_desk(person, size=size, folder=tmp_path) as desk:
        numbers = take_in(desk)
        for mode in modes():
            desk.app.switch_mode(mode.id)
            await desk.pilot.pause()
            assert not in_full(desk), mode.id
        for number in numbers:
            desk.app.open_case(number)
            await desk.pilot.pause()
            assert not in_full(desk), number
        desk.app.open_household("1-2-301")
        await desk.pilot.pause()
        assert not in_full(desk)


@pytest.mark.parametrize("size", SIZES)
async def test_a_number_asked_for_is_there_for_half_a_minute_and_for_who_asked(
    size: tuple[int, int], tmp_path: Path
) -> None:
    async with at_the_desk("li", size=size, folder=tmp_path) as desk:
        leak, *_ = take_in(desk)
        screen = desk.app.screen
        assert isinstance(screen, QueueScreen)
        screen.stand_on(leak)
        await desk.press("ctrl+r")
        assert PHONE in in_full(desk)
        (look,) = desk.app.desk.store.looks()
        assert (look.by, look.what, look.which) == ("li", "phone", leak)
        await desk.go(seconds=SHOWN_FOR.total_seconds() + 1)
        assert not in_full(desk)
        await desk.press("ctrl+r")
        assert PHONE in in_full(desk)
        desk.app.be("sun")
        await desk.pilot.pause()
        assert not in_full(desk)
        assert len(desk.app.desk.store.looks()) == 2


async def test_a_correction_is_not_filled_with_what_is_masked(tmp_path: Path) -> None:
    async with at_the_desk("li", folder=tmp_path) as desk:
        leak, *_ = take_in(desk)
        screen = desk.app.screen
        assert isinstance(screen, QueueScreen)
        screen.stand_on(leak)
        screen.give(leak, "correct")
        await desk.pilot.pause()
        assert not in_full(desk)
