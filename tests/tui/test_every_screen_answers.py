"""Every screen answers the mouse, ^P and ^Z."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.desk_driver import Driver
from tests.tui.every_screen import walk
from tests.tui.pointer import pointed_at
from tests.tui.stages import Stage, stage
from tests.tui.test_every_screen import STAGES


@pytest.mark.parametrize("on", STAGES)
async def test_every_screen_answers(on: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    wrong: list[str] = []
    async with stage(on) as desk:
        async for stop in walk(desk, on):
            wrong += [f"{stop.name}: {each}" for each in await _wrong(desk)]
    assert not wrong, "\n".join(wrong)


async def _wrong(desk: Driver) -> list[str]:
    return [*await pointed_at(desk)]
