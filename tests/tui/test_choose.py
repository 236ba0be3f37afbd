"""A list to choose from: the arrows go round, letters lead to a line, figures choose one."""

from __future__ import annotations

from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.desk_driver import Driver, at_the_desk


async def steps_of_a_repair(desk: Driver) -> LineTable:
    """The list that F4 opens, with more lines than there are figures."""
    desk.receive(kind="repair", household="1-2-301", summary="门锁坏了")
    await desk.pilot.pause()
    await desk.press("f4")
    assert isinstance(desk.app.screen, ChooseDialog), desk.screen
    return desk.app.screen.query_one(LineTable)


async def test_up_from_the_first_line_is_the_last_and_down_from_there_the_first() -> None:
    async with at_the_desk(size=(80, 24)) as desk:
        table = await steps_of_a_repair(desk)
        assert table.row_count > 9
        first = table.key
        await desk.press("up")
        assert (table.cursor, table.key) == (table.row_count - 1, "link")
        await desk.press("up")
        assert table.cursor == table.row_count - 2
        await desk.press("down", "down")
        assert (table.cursor, table.key) == (0, first)


async def test_initials_lead_to_the_line_that_they_are_of() -> None:
    async with at_the_desk() as desk:
        table = await steps_of_a_repair(desk)
        await desk.press(*"yh")
        assert table.key == "withdraw"
        await desk.press("up", *"bz")
        assert table.key == "note", "an arrow begins the letters anew"
        await desk.press(*"cb")
        assert table.key == "urge", "letters that nothing has begin anew"
        await desk.press("up", *"gz", "enter")
        assert isinstance(desk.app.screen, StepForm)
        assert desk.app.screen.asked.command == "correct"


async def test_in_the_list_of_the_staff_the_arrows_go_round_from_the_field() -> None:
    async with at_the_desk() as desk:
        await desk.press("f12")
        assert isinstance(desk.app.screen, ChooseDialog)
        table = desk.app.screen.query_one(LineTable)
        place = table.cursor
        await desk.press(*["up"] * (place + 1))
        assert table.cursor == table.row_count - 1
        await desk.type("zy")
        await desk.press("enter")
        assert desk.app.person is not None
        assert desk.app.person.name == "赵颖"
