"""A screen is laid out once before it is seen, and what that goes by of Textual's own is as it was."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from textual.screen import Screen
from textual.widget import Widget

from qiantai_tui.dialogs.form import FormDialog
from tests.tui.desk_driver import at_the_desk

LAY_OUT: Callable[..., None] = vars(Screen)["_refresh_layout"]
"""Textual's private way of laying out."""


def test_what_is_gone_by_of_textuals_own_is_as_it_was() -> None:
    given = inspect.signature(vars(Widget)["_size_updated"]).parameters
    assert list(given) == ["self", "size", "virtual_size", "container_size", "layout"]
    assert given["layout"].default is True
    assert list(inspect.signature(LAY_OUT).parameters) == ["self", "size", "scroll"]
    assert "_size_updated(" in inspect.getsource(LAY_OUT)
    assert "self._refresh_layout(size)" in inspect.getsource(vars(Screen)["_screen_resized"])
    assert "_layout_required" in inspect.getsource(vars(Screen)["_on_layout"])
    assert "_arrangement_cache" in inspect.getsource(vars(Widget)["_clear_arrangement_cache"])


@pytest.mark.parametrize("keys", [("f2", *"1-2-301 灯不亮", "enter"), ("f9",), ("f5",)], ids=["taking in", "F9", "F5"])
async def test_a_form_is_laid_out_once_until_it_is_seen(keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    unseen: list[str] = []

    def lay_out(screen: Screen[Any], *given: Any, **named: Any) -> None:
        if isinstance(screen, FormDialog) and not screen.drawings:
            unseen.append(type(screen).__name__)
        LAY_OUT(screen, *given, **named)

    monkeypatch.setattr(Screen, "_refresh_layout", lay_out)
    async with at_the_desk() as desk:
        desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.press(*keys)
        form = desk.app.screen
        assert isinstance(form, FormDialog)
        assert form.drawings
        assert unseen == [type(form).__name__]
