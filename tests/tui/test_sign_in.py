"""At the desk: signing in, wrong PINs, the lock, a superior's command in one's stead, codes, and numbers shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from qiantai_tui.dialogs.jump import JumpScreen
from qiantai_tui.dialogs.new_pin import PinDialog
from qiantai_tui.dialogs.pins import SignInDialog
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.sign_in.book import PinBook
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.desk_driver import Clock
from tests.tui.door import PEOPLE, PINS, door, people_at, sign_in


@pytest.mark.parametrize("who", ["李静", "lj", "li"])
async def test_signing_in_by_name_or_initials(who: str, tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        assert isinstance(desk.app.screen, SignInDialog)
        assert people_at(desk) == ""
        await sign_in(desk, who, PINS["li"])
        assert people_at(desk) == "li"
        assert isinstance(desk.app.screen, QueueScreen)


async def test_signing_in_by_number(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        first = desk.app.screen.query_one("#people", LineTable).key or ""
        PinBook(tmp_path).choose(PEOPLE[first], "6482")
        await sign_in(desk, "1", "6482")
        assert people_at(desk) == first


async def test_it_is_said_whose_pin_is_asked_for(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        await sign_in(desk, "李静", PINS["li"])
        await desk.press("f12")
        assert "李静 的 PIN 或口令    ↑↓ 换人" in desk.screen, "whoever was there is asked for the PIN alone"
        table = desk.app.screen.query_one("#people", LineTable)
        table.move_to("sun")
        await desk.pilot.pause()
        assert "孙浩 的 PIN 或口令" in desk.screen
        await desk.type(PINS["sun"])
        await desk.press("enter")
        assert people_at(desk) == "sun"


async def test_a_wrong_pin_lets_nobody_in_and_waits_outlive_the_program(tmp_path: Path) -> None:
    clock = Clock()
    async with door(tmp_path, clock=clock) as desk:
        await sign_in(desk, "李静", "1111")
        assert people_at(desk) == ""
        assert "PIN 不对。可行:再试一次" in desk.screen
        for _ in range(2):
            await desk.type("1111")
            await desk.press("enter")
        assert "5 秒后再试;再错 5 次锁 30 分钟" in desk.screen
    async with door(tmp_path, clock=clock) as desk:
        await sign_in(desk, "李静", PINS["li"])
        assert people_at(desk) == ""
        assert "还要等" in desk.screen
        desk.clock.go(seconds=6)
        await desk.type(PINS["li"])
        await desk.press("enter")
        assert people_at(desk) == "li"


async def test_a_pin_typed_as_a_name_gives_way_to_the_name(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        await desk.type(PINS["li"])
        await desk.press("enter")
        assert "先选人" in desk.screen
        await sign_in(desk, "李静", PINS["li"])
        assert people_at(desk) == "li"


async def test_before_anybody_signs_in_nothing_else_can_be_done(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        desk.app.desk.receive("li", kind="repair", channel="phone", household="1-2-301", summary="漏水")
        await desk.press("ctrl+p")
        assert "派单" not in desk.screen
        await desk.press("escape")
        for key in ("escape", "f3", "f7", "f2", "f9", "f12", "ctrl+r"):
            await desk.press(key)
            assert isinstance(desk.app.screen, SignInDialog), key
        await desk.press("ctrl+o")
        marks = desk.app.screen
        assert isinstance(marks, JumpScreen)
        assert [each.id for each in marks.there.values()] == ["who", "pin"]
        await desk.press("ctrl+o", "1")
        assert isinstance(desk.app.screen, SignInDialog)
        assert "漏水" not in desk.screen
        assert not desk.app.seat.open_cases()


async def test_a_first_person_who_mistypes_goes_on_in_the_field_they_see(tmp_path: Path) -> None:
    async with door(tmp_path, pins=False) as desk:
        await desk.type("1234")
        for _ in range(2):
            await desk.press("enter")
        assert "没有这个人" in desk.screen
        await desk.press(*["backspace"] * 4)
        await desk.type("林")
        await desk.press("f10")
        assert isinstance(desk.app.screen, PinDialog)


async def test_the_first_person_chooses_a_pin_and_gives_the_others_a_code(tmp_path: Path) -> None:
    async with door(tmp_path, pins=False) as desk:
        await desk.type("林")
        await desk.press("enter")
        assert isinstance(desk.app.screen, PinDialog)
        await desk.type("1234")
        await desk.press("enter")
        await desk.type("1234")
        await desk.press("enter")
        assert "太好猜" in desk.screen
        await desk.type("8264")
        await desk.press("enter")
        await desk.type("8265")
        await desk.press("enter")
        assert "两遍不一样" in desk.screen
        await desk.type("8264")
        await desk.press("enter")
        await desk.type("8264")
        await desk.press("enter")
        assert people_at(desk) == "lin"
        desk.app.action_give_code()
        await desk.pilot.pause()
        await desk.type("李静")
        await desk.press("enter")
        (code,) = [word for word in desk.screen.split() if word.isdigit() and len(word) == 8]
        await desk.press("escape")
        await desk.press("f12")
        assert people_at(desk) == ""
        await desk.press("shift+tab")
        await sign_in(desk, "李静", code)
        assert isinstance(desk.app.screen, PinDialog)
        for _ in range(2):
            await desk.type("7391")
            await desk.press("enter")
        assert people_at(desk) == "li"
    async with door(tmp_path) as desk:
        await sign_in(desk, "李静", "7391")
        assert people_at(desk) == "li"


async def test_the_desk_locks_when_nobody_touches_it_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        await sign_in(desk, "李静", PINS["li"])
        number = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水")
        desk.app.open_case(number)
        await desk.pilot.pause()
        desk.clock.go(minutes=9)
        desk.app._lock_when_idle()
        assert people_at(desk) == "li"
        desk.clock.go(minutes=1)
        desk.app._lock_when_idle()
        await desk.pilot.pause()
        assert people_at(desk) == ""
        for secret in ("厨房漏水", number, "王岚"):
            assert secret not in desk.screen
        await desk.type(PINS["li"])
        await desk.press("enter")
        assert people_at(desk) == "li"
        assert "厨房漏水" in desk.screen


async def test_a_key_tells_that_somebody_is_there(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        await sign_in(desk, "李静", PINS["li"])
        desk.clock.go(minutes=9)
        await desk.press("down")
        desk.clock.go(minutes=9)
        desk.app._lock_when_idle()
        assert people_at(desk) == "li"


async def test_what_was_being_written_is_kept_behind_the_lock(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        await sign_in(desk, "李静", PINS["li"])
        number = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水")
        screen = desk.app.screen
        assert isinstance(screen, QueueScreen)
        screen.stand_on(number)
        screen.give(number, "note")
        await desk.pilot.pause()
        await desk.type("阀门在门后")
        await desk.press("tab")
        desk.app.lock()
        await desk.pilot.pause()
        assert "阀门" not in desk.screen
        await desk.type(PINS["li"])
        await desk.press("enter")
        assert isinstance(desk.app.screen, StepForm)
        assert "阀门在门后" in desk.screen


async def test_somebody_else_begins_at_the_queue(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        await sign_in(desk, "李静", PINS["li"])
        number = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水")
        desk.app.open_case(number)
        await desk.pilot.pause()
        await desk.press("f12")
        await desk.press("shift+tab")
        await sign_in(desk, PEOPLE["sun"].name, PINS["sun"])
        await desk.pilot.pause()
        assert people_at(desk) == "sun"
        assert isinstance(desk.app.screen, QueueScreen)
        assert "厨房漏水" not in desk.screen, "it was not sent to engineering yet"


async def test_everybody_has_their_own_half_written_line(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        await sign_in(desk, "李静", PINS["li"])
        await desk.press("f2")
        await desk.type("1-2-301 回电13911112222")
        await desk.press("f12", "shift+tab")
        await sign_in(desk, PEOPLE["sun"].name, PINS["sun"])
        await desk.pilot.pause()
        assert "13911112222" not in desk.screen
        await desk.press("f12", "shift+tab")
        await sign_in(desk, "李静", PINS["li"])
        await desk.pilot.pause()
        assert "13911112222" in desk.screen


async def test_ones_own_pin_is_changed_with_the_present_one(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        await sign_in(desk, "李静", PINS["li"])
        desk.app.action_change_pin()
        await desk.pilot.pause()
        for text in (PINS["li"], "6248", "6248"):
            await desk.type(text)
            await desk.press("enter")
        assert isinstance(desk.app.screen, QueueScreen)
        await desk.press("f12")
        await desk.type("6248")
        await desk.press("enter")
        assert people_at(desk) == "li"


async def test_a_clerk_gives_nobody_a_code(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        await sign_in(desk, "孙", PINS["sun"])
        desk.app.action_give_code()
        await desk.pilot.pause()
        assert "一次性代码由" in desk.screen
        assert isinstance(desk.app.screen, QueueScreen)
