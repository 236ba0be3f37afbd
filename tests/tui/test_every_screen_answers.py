"""Every screen answers the mouse, ^P and ^Z."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.called import palette_faults
from tests.tui.every_screen import walk
from tests.tui.pointer import looks, pointed_at, targets
from tests.tui.stages import Stage, stage
from tests.tui.taken_back import undo_faults
from tests.tui.test_every_screen import SAID, STAGES


@pytest.mark.parametrize("on", STAGES)
async def test_every_screen_answers(on: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    wrong: list[str] = []
    known, seen = set[str](), set[object]()
    async with stage(on) as desk:
        async for stop in walk(desk, on):
            found: list[str] = []
            here = [*targets(desk)]
            if (looked := looks(desk, here)) not in seen:
                seen.add(looked)
                found += [*await pointed_at(desk, here), *await palette_faults(desk, "zh", SAID, known)]
            found += await undo_faults(desk)
            wrong += [f"{stop.name}: {each}" for each in found]
    assert not wrong, "\n".join(wrong)
