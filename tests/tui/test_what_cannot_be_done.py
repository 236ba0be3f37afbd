"""What is asked for where it cannot be done says why: nothing from the palette is silent."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from qiantai_tui.actions import at_hand
from tests.tui.desk_driver import Driver
from tests.tui.every_screen import STOPS, Stop
from tests.tui.screens_text import screen_text
from tests.tui.stages import home, stage
from tests.tui.waiting import gathered

SHOWS = frozenset(
    {"kind_after", "kind_before", "filter_after", "filter_before", "to_board", "back", "quit", "mode_queue"}
    | {"month_after", "this_month", "day_after", "today"}
)
"""What shows for itself where it changes nothing: the latest month, the one kind that there is, the list itself."""
NOTHING_TO_DO = ("case_gone", "queue_nobody", "figures_shut", "dossier_shut", "alerts")
"""Screens on which little can be done."""
ALIKE = 1


def _seen(desk: Driver) -> tuple[object, ...]:
    app = desk.app
    return app.screen, app.focused, app.current_mode, app.theme, screen_text(app)


async def _silent(desk: Driver, stop: Stop, asked: Counter[object]) -> list[str]:
    """The actions of which nothing is to be seen: no screen, no toast, no cursor elsewhere; one of those done alike."""
    silent: list[str] = []
    for name in [action.id for _, action in at_hand(desk.app.screen)]:
        node, action = next(each for each in at_hand(desk.app.screen) if each[1].id == name)
        alike = type(node), action.action.partition("(")[0]
        asked[alike] += 1
        if node is desk.app or name in SHOWS or asked[alike] > ALIKE:
            continue  # where the program itself can go every walk goes
        desk.app.clear_notifications()
        before = _seen(desk)
        await desk.app.run_action(action.action, node)
        await gathered(desk.pilot)
        if desk.app._notifications:
            continue
        if (after := _seen(desk)) == before:
            silent.append(f"{stop.name}: {name}")
        if after[0] is not before[0] or after[2] != before[2]:
            await home(desk, "desk")
            await stop.way(desk)
            await gathered(desk.pilot)
    return silent


async def test_what_cannot_be_done_now_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    silent: list[str] = []
    asked: Counter[object] = Counter()
    async with stage("desk") as desk:
        for stop in (each for each in STOPS if each.name in NOTHING_TO_DO):
            await stop.way(desk)
            await gathered(desk.pilot)
            silent += await _silent(desk, stop, asked)
            await home(desk, "desk")
    assert not silent, "\n".join(silent)
