"""What a terminal shows after all that the program has sent it is what the program means it to show."""

from __future__ import annotations

import pytest

from qiantai_tui.text.words import Language
from qiantai_tui.widgets.options import Options
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.hand_over_driver import LANGUAGES
from tests.tui.screens_text import screen_lines
from tests.tui.terminal import Terminal
from tests.tui.waiting import until

WORDS = "x已记下,单号 BX-20261123-001 的事项已经派给工程部,请在下午三点以前回复业户"


async def shown(desk: Driver, terminal: Terminal) -> None:
    """Until the terminal shows the picture; fails where it never does."""
    await until(desk.pilot, lambda: [each.rstrip() for each in terminal.lines] == _meant(desk))


def _meant(desk: Driver) -> list[str]:
    return [each.rstrip() for each in screen_lines(desk.app)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=str)
async def test_a_toast_leaves_nothing_behind_whatever_was_scrolled_meanwhile(
    size: tuple[int, int], language: Language
) -> None:
    async with at_the_desk(size=size, language=language) as desk:
        await desk.press("f2")
        await desk.type("1-2-301 漏水")
        await desk.press("enter")
        desk.app.screen.query(Options).first().focus()
        await desk.pilot.pause()
        terminal = Terminal(desk.app)
        await desk.pilot.resize_terminal(size[0], size[1] - 1)
        await desk.pilot.resize_terminal(*size)
        await shown(desk, terminal)
        for scrolled in ((), ("pagedown", "down", "up", "down")):
            desk.app.notify(WORDS, timeout=3600)
            await until(desk.pilot, lambda: "BX-20261123-001" in desk.screen)
            await desk.pilot.press(*scrolled)
            await shown(desk, terminal)
            desk.app.clear_notifications()
            await until(desk.pilot, lambda: "BX-20261123-001" not in desk.screen)
            await shown(desk, terminal)
