"""The mode of the figures 看板, whose screen is imported when somebody goes there."""

from __future__ import annotations

from textual.screen import Screen

from qiantai import label

from ..mode import Mode


def _screen() -> Screen[None]:
    from .figures_month import FiguresScreen  # the first screenful needs none of it

    return FiguresScreen()


SCREEN = Mode("figures", label("screens", "figures"), "shift+f8,f20", 4, _screen)
