"""Jump mode: a key marks every place of a screen, the next goes there; full-width, pasted and clicked too."""

from __future__ import annotations

import pytest
from textual.events import Paste

from qiantai_tui.dialogs.elsewhere import ElsewhereDialog
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.dialogs.jump import LETTERS, JumpScreen, Mark
from qiantai_tui.screens import modes
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.queue import QueueScreen
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.every_screen import STOPS, walk
from tests.tui.stages import home, stage


async def marks(desk: Driver) -> JumpScreen:
    await desk.press("ctrl+o")
    screen = desk.app.screen
    assert isinstance(screen, JumpScreen)
    return screen


async def in_a_form(desk: Driver) -> IntakeForm:
    await desk.press("f2")
    await desk.type("1-2-301 漏水")
    await desk.press("enter")
    form = desk.app.screen
    assert isinstance(form, IntakeForm)
    return form


async def test_a_letter_goes_to_its_place() -> None:
    async with at_the_desk() as desk:
        form = await in_a_form(desk)
        shown = await marks(desk)
        letter = next(key for key, there in shown.there.items() if there is form.row("place").control)  # type: ignore[union-attr]
        assert f" {letter.upper()} " in desk.screen
        await desk.press(letter)
        assert desk.app.screen is form
        assert form.focused is form.row("place").control  # type: ignore[union-attr]


@pytest.mark.parametrize("typed", ["ｓ", "Ｓ", "S"])
async def test_as_an_input_method_has_it(typed: str) -> None:
    async with at_the_desk() as desk:
        shown = await marks(desk)
        there = shown.there["s"]
        await desk.press(typed)
        assert desk.app.screen.focused is there
        again = await marks(desk)
        again.post_message(Paste(f"{typed}\n"))
        await desk.pilot.pause()
        assert desk.app.screen.focused is there


async def test_a_figure_changes_the_screen_and_a_form_is_answered_first() -> None:
    async with at_the_desk() as desk:
        shown = await marks(desk)
        assert {key for key in shown.there if key.isdigit()} == {str(each.order) for each in modes() if each.order}
        await desk.press("２")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, FindScreen)
        await desk.press("ctrl+o", "1")
        await desk.pilot.pause()
        form = await in_a_form(desk)
        over = await marks(desk)
        assert not [key for key in over.there if key.isdigit()]
        await desk.press("2", "ctrl+o")
        await desk.pilot.pause()
        assert desk.app.screen is form  # type: ignore[comparison-overlap]


async def test_a_second_time_it_lists_the_screens_and_what_is_no_mark_does_nothing() -> None:
    async with at_the_desk() as desk:
        before = desk.app.screen.focused
        shown = await marks(desk)
        await desk.press("z", "9", "ctrl+o")
        await desk.pilot.pause()
        assert not shown.is_attached
        assert isinstance(desk.app.screen, ElsewhereDialog)
        await desk.press("escape", "ctrl+o", "escape")
        assert isinstance(desk.app.screen, QueueScreen)
        assert desk.app.screen.focused is before


async def test_a_click_on_a_mark_does_the_same() -> None:
    async with at_the_desk() as desk:
        shown = await marks(desk)
        mark = next(each for each in shown.query(Mark) if each.key == "a")
        await desk.pilot.click(offset=(mark.region.x + 1, mark.region.y))
        assert desk.app.screen.focused is shown.there["a"]
        shown = await marks(desk)
        mark = next(each for each in shown.query(Mark) if each.key == "6")
        await desk.pilot.click(offset=(mark.region.x + 1, mark.region.y))
        await desk.pilot.pause()
        assert desk.app.current_mode == "register"


async def test_on_every_screen_every_place_in_sight_is_marked_and_no_mark_hides_another() -> None:
    reached: set[str] = set()
    async with stage("desk", size=(80, 24)) as desk:
        async for stop in walk(desk, "desk"):
            under = desk.app.screen
            await desk.press("ctrl+o")
            shown = desk.app.screen
            if not isinstance(shown, JumpScreen) or isinstance(under, JumpScreen):
                continue
            places = [each for each in under.focus_chain if each in under._compositor.visible_widgets]
            there = [shown.there[each.key] for each in shown.query(Mark) if each.key in LETTERS]
            assert set(there) == set(places[: len(LETTERS)]), stop.name
            at = [each.region for each in shown.query(Mark)]
            assert not [(a, b) for a in at for b in at if a is not b and a.overlaps(b)], stop.name
            if there:
                await desk.press(shown.query(Mark).first().key)
                assert under.focused is there[0], stop.name
                reached.add(stop.name)
            else:
                await home(desk, "desk")
    assert len(reached) > len([each for each in STOPS if each.stage == "desk"]) / 2
