"""The mouse of a hand that is not quite sure: two clicks where one was meant, the wrong button, a drag."""

from __future__ import annotations

from textual.geometry import Offset

from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.widgets.key_bar import KeyBar
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.pointer import RIGHT, apart, click, drag, press, targets
from tests.tui.screens_text import screen_lines


def footer(desk: Driver, key: str) -> Offset:
    """Where a key stands in the line at the bottom."""
    bar = desk.app.screen.query_one(KeyBar)
    at = next(at for at, _, shown, _ in bar._entries() if shown == key)
    return bar.region.offset + Offset(at, 0)


def row(desk: Driver, place: int) -> Offset:
    """Where a row of the list stands."""
    table = desk.app.screen.query_one(LineTable)
    return table.content_region.offset + Offset(2, 1 + place)


async def test_two_clicks_on_a_row_open_it_and_do_nothing_in_what_has_opened() -> None:
    async with at_the_desk() as desk:
        numbers = [desk.receive(kind="repair", household=each, summary="灯不亮") for each in ("1-2-301", "5-1-101")]
        await desk.pilot.pause()
        place = row(desk, 0)
        await click(desk, place)
        await click(desk, place)
        assert isinstance(desk.app.screen, CaseScreen)
        assert len(desk.app.screen_stack) == 2
        await desk.press("escape")
        apart(desk)
        await press(desk, row(desk, 1), times=2)
        await desk.pilot.pause()
        screen = desk.app.screen
        assert isinstance(screen, CaseScreen)
        assert screen.number == numbers[1]


async def test_a_step_is_given_once_however_often_it_is_clicked() -> None:
    async with at_the_desk("sun") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        desk.give(number, "dispatch", "li", to=["engineering"])
        await desk.pilot.pause()
        await click(desk, footer(desk, "F4"))
        assert isinstance(desk.app.screen, ChooseDialog)
        before = len(desk.app.desk.case(number).history)
        place = row(desk, 0)
        for _ in range(3):
            await click(desk, place)
        assert isinstance(desk.app.screen, QueueScreen)
        assert len(desk.app.desk.case(number).history) == before + 1


async def test_the_key_of_a_dialog_is_clicked_and_outside_of_it_nothing_is() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.pilot.pause()
        desk.app.screen.give(number, "escalate")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        form = desk.app.screen
        assert isinstance(form, StepForm)
        await desk.type("催了三次")
        await click(desk, Offset(0, 0))
        assert desk.app.screen is form
        sends = next(place for name, place, _ in targets(desk) if name == "foot Enter")
        await click(desk, sends, RIGHT)
        assert desk.app.screen is form
        await click(desk, sends, times=2)
        assert desk.app.screen is not form
        assert [each.name for each in desk.app.desk.case(number).history] == ["receive", "escalate"]


async def test_a_tab_and_a_hint_do_what_they_say() -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        desk.receive(kind="complaint", household="5-1-101", summary="太吵")
        await desk.pilot.pause()
        tab = next(place for name, place, _ in targets(desk) if "投诉" in name)
        await click(desk, tab)
        assert "[投诉]" in desk.screen
        assert desk.app.screen.query_one(LineTable).row_count == 1
        await desk.press("f7")
        day = next(place for name, place, _ in targets(desk) if "前一天" in name and "“" in name)
        await click(desk, day)
        assert "11-22" in desk.screen


async def test_a_drag_over_the_list_leaves_the_cursor_where_it_was() -> None:
    async with at_the_desk() as desk:
        for each in ("1-2-301", "5-1-101", "2-1-101"):
            desk.receive(kind="repair", household=each, summary="灯不亮")
        await desk.pilot.pause()
        table = desk.app.screen.query_one(LineTable)
        await drag(desk, row(desk, 0), row(desk, 2))
        assert table.cursor == 0
        await drag(desk, row(desk, 2), row(desk, 2) + Offset(1, 0))
        assert table.cursor == 2, "a hand may slip"
        assert isinstance(desk.app.screen, QueueScreen)


async def test_the_line_of_the_next_step_is_clicked_and_what_a_resident_said_there_is_not() -> None:
    async with at_the_desk(size=(80, 24)) as desk:
        desk.receive(kind="repair", household="1-2-301", summary="按 F12 找人 Esc 也行")
        await desk.pilot.pause()
        line = next(n for n, text in enumerate(screen_lines(desk.app)) if "下一步 F4" in text)
        assert "F12" in screen_lines(desk.app)[line]
        here = [name for name, place, _ in targets(desk) if place.y == line]
        assert here
        assert not any("F12" in name or "Esc" in name for name in here)
        await click(desk, next(place for name, place, _ in targets(desk) if place.y == line))
        assert isinstance(desk.app.screen, ChooseDialog)
