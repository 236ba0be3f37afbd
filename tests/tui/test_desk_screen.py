"""A screen of the desk: while updates are held back it draws nothing, and once they come all of it."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.app import App
from textual.screen import Screen

from tests.tui.desk_driver import at_the_desk
from tests.tui.waiting import until


async def test_nothing_is_drawn_that_would_be_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    real = Compositor.render_update

    def noted(compositor: Compositor, *given: Any, **named: Any) -> object:
        drawn.append(compositor)
        return real(compositor, *given, **named)

    async with at_the_desk() as desk:
        monkeypatch.setattr(Compositor, "render_update", noted)
        with desk.app.batch_update():
            desk.app.screen.refresh(layout=True)
            desk.app.screen._refresh_layout()
            await desk.pilot.pause()
            assert drawn == []
        desk.app.screen.refresh(layout=True)
        await until(desk.pilot, lambda: drawn != [])


def test_textual_still_draws_and_throws_away() -> None:
    """Or there would be no need of a step of our own, and it might leave out what is seen."""
    assert "if self._batch_count:\n                return" in inspect.getsource(App._display)
    assert "self.call_later(self._compositor_refresh)" in inspect.getsource(Screen._refresh_layout)
    assert "app._display(" in inspect.getsource(Screen._compositor_refresh)
