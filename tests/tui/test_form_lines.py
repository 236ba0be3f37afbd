"""The lines of a form: ↑ and ↓ go from each to the next, in a form that is longer than the screen too."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App

from qiantai_tui.dialogs.form import FormDialog
from qiantai_tui.dialogs.form_lines import Lines
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.widgets.field_rows import FieldRow
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.screens_text import screen_text

SIZES = [(120, 36), (80, 24)]


def line(desk: Driver) -> str:
    """The name of the line that the cursor is in."""
    form, focused = desk.app.screen, desk.app.focused
    assert isinstance(form, FormDialog), desk.screen
    assert focused is not None, desk.screen
    return next(each.field for each in focused.ancestors if isinstance(each, FieldRow))


async def to_the_line(desk: Driver, name: str, key: str) -> None:
    """Presses an arrow until the cursor is there."""
    for _ in range(40):
        if line(desk) == name:
            return
        await desk.press(key)
    raise AssertionError(f"{key} does not lead to {name}")


@pytest.mark.parametrize("size", SIZES)
async def test_the_arrows_go_through_every_line_there_and_back(size: tuple[int, int]) -> None:
    async with at_the_desk(size=size) as desk:
        await desk.press("f2")
        await desk.type("1-2-301 楼上装修太吵")
        await desk.press("enter", "f8")
        form = desk.app.screen
        assert isinstance(form, IntakeForm)
        lines = [each.field for each in form.all_rows() if each.display]
        assert len(lines) > 15
        assert "topic" in lines
        await to_the_line(desk, lines[0], "up")
        met = [line(desk)]
        for _ in lines[1:]:
            await desk.press("down")
            met.append(line(desk))
        assert met == lines
        await desk.press("up")
        assert line(desk) == lines[-2]


async def test_a_time_that_is_read_back_makes_the_form_longer_and_the_arrows_go_on() -> None:
    async with at_the_desk(size=(80, 24), language="en") as desk:
        await desk.press("f2")
        await desk.type("13812345678 楼上装修太吵")
        await desk.press("enter")
        await to_the_line(desk, "occurred_at", "down")
        await desk.type("昨天 23:00")
        await desk.press("down")
        await desk.type("十点以后停工")
        form = desk.app.screen
        assert isinstance(form, IntakeForm)
        rows = {each.field: each.text() for each in form.all_rows()}
        assert (rows["occurred_at"], rows["demand"]) == ("昨天 23:00", "十点以后停工")


@pytest.mark.parametrize("size", SIZES)
async def test_a_form_is_seen_whole_at_once_and_nothing_in_it_moves(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(size=size, language="en") as desk:
        for summary in ("厨房漏水", "卫生间漏水", "阳台漏水"):
            desk.receive(kind="repair", household="1-2-301", summary=summary)
        await desk.press("f2")
        await desk.type("1-2-301 又漏水了")
        pictures, draw = list[str](), App._display

        def drawn(app: App[Any], screen: Any, picture: Any) -> None:
            draw(app, screen, picture)
            if isinstance(app.screen, IntakeForm) and screen is app.screen:
                pictures.append(screen_text(desk.app))

        monkeypatch.setattr(App, "_display", drawn)
        await desk.press("enter")
        await desk.pilot.pause()
        assert set(pictures) == {screen_text(desk.app)}
        assert "Enter Take in" in pictures[0]


@pytest.mark.parametrize("size", SIZES)
async def test_a_line_comes_on_the_screen_when_it_is_first_seen_and_in_its_place(size: tuple[int, int]) -> None:
    async with at_the_desk(size=size) as desk:
        await desk.press("f2")
        await desk.type("1-2-301 楼上装修太吵")
        await desk.press("enter")
        form = desk.app.screen
        assert isinstance(form, IntakeForm)
        waiting = [each for each in form.all_rows() if not each.display]
        assert len(waiting) > 10
        assert not any(each.is_attached for each in waiting)
        await desk.press("f8", "f8", "f8")
        there = [each.field for each in form.query_one(Lines).children if isinstance(each, FieldRow)]
        assert there == [each.field for each in form.all_rows() if each.is_attached]
        assert set(there) > {"demand", "joint", "area"}
