"""What is seen of a screen through the dialog that stands over it."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.css.styles import RulesMap
from textual.renderables.background_screen import BackgroundScreen
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.visual import RenderOptions, Visual


class Dimmed(Visual):
    """A screen as it is drawn now, under a colour; each style on it is mixed with the colour once."""

    def __init__(self, under: BackgroundScreen) -> None:
        color = under.color
        self._strips = [
            Strip([Segment(text, _under(style, color)) for text, style, _ in strip], strip.cell_length)
            for strip in under.screen._compositor.render_strips()
        ]

    def render_strips(self, width: int, height: int | None, style: VisualStyle, options: RenderOptions) -> list[Strip]:
        """Its lines, which are as wide as the screen."""
        del width, style, options
        return self._strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as it may be."""
        del rules
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Its lines."""
        del rules, width
        return len(self._strips)


@lru_cache(maxsize=1024)
def _under(style: Style | None, color: Color) -> Style | None:
    return next(iter(BackgroundScreen.process_segments([Segment("", style)], color))).style
