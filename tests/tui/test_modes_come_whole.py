"""Going from one mode to another: what comes is seen as soon as it has read, and never in part."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App

from tests.tui.desk_driver import at_the_desk
from tests.tui.screens_text import screen_text

MODES = {"f3": "已办结", "f7": "登记表", "f18": "待回访", "f20": "看板"}


@pytest.mark.parametrize(("key", "title"), MODES.items())
async def test_a_mode_is_seen_whole_and_waits_for_no_timer(
    key: str, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = title, "F1 帮助"
    async with at_the_desk() as desk:
        pictures: list[str] = []
        draw, wait = App._display, App.set_timer

        def drawn(app: App[Any], screen: Any, picture: Any) -> None:
            draw(app, screen, picture)
            if screen is app.screen and picture is not None and not app._batch_count:
                pictures.append(screen_text(desk.app))

        def never(app: App[Any], delay: float, *given: Any, **named: Any) -> Any:
            return wait(app, 3600 if delay == 0.05 else delay, *given, **named)

        desk.receive(kind="repair", summary="漏水", name="王女士")
        await desk.press("escape")
        queue = screen_text(desk.app)
        monkeypatch.setattr(App, "_display", drawn)
        monkeypatch.setattr(App, "set_timer", never)
        await desk.press(key)
        assert all(word in pictures[-1] for word in words)
        assert desk.app._batch_count == 0
        others = [each for each in pictures if each != queue and not all(word in each for word in words)]
        assert others == [], "a screen that is there in part"
        await desk.press("escape")
        assert "按时限" in screen_text(desk.app)
