"""What is no longer needed is looked for while nobody does anything, and seldom else."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from qiantai_tui import collecting
from qiantai_tui.program import let_go
from tests.tui.desk_driver import at_the_desk
from tests.tui.waiting import until


@pytest.fixture
def looked() -> Iterator[list[int]]:
    """Every look through all there is, while Python's own ways are put back afterwards."""
    before, found = gc.get_threshold(), list[int]()

    def hear(phase: str, told: dict[str, int]) -> None:
        if phase == "start" and told["generation"] == 2:
            found.append(2)

    gc.callbacks.append(hear)
    try:
        yield found
    finally:
        gc.callbacks.remove(hear)
        gc.set_threshold(*before)
        gc.unfreeze()


def test_from_the_first_screen_on_python_itself_seldom_looks(looked: list[int]) -> None:
    with collecting.held_back():
        assert not gc.isenabled()
        collecting.begin()
        assert gc.isenabled()
        assert gc.get_freeze_count()
        looked.clear()
        kept = [[each] for each in range(400_000)]
        assert not looked, len(kept)
        collecting.look_through()
        assert looked == [2]


def test_where_nothing_was_held_back_all_is_left_to_python(monkeypatch: pytest.MonkeyPatch) -> None:
    before, asked = gc.get_threshold(), list[None]()
    monkeypatch.setattr(gc, "collect", lambda: asked.append(None))
    collecting.begin()
    assert gc.get_threshold() == before
    collecting.look_through()
    assert not asked


async def test_it_is_looked_once_after_something_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[None] = []
    monkeypatch.setattr(let_go, "_EACH", 0.05)
    monkeypatch.setattr(collecting, "look_through", lambda: times.append(None))
    async with at_the_desk() as desk:
        rests = 0

        def rest() -> None:
            nonlocal rests
            rests += 1

        desk.app.set_interval(0.05, rest)
        await desk.press("f2")
        await until(desk.pilot, lambda: len(times) == 1)
        rests = 0
        await until(desk.pilot, lambda: rests > 5)
        assert len(times) == 1, "nothing was done since"
        await desk.press("1")
        await until(desk.pilot, lambda: len(times) == 2)
