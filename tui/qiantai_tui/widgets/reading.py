"""Text to be read: residents' words and scripts, wrapped by the rules of Chinese."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from ..text.safe import ELLIPSIS, crop
from ..text.wrapping import wrap
from .laid_once import LaidOnce


class Reading(LaidOnce, Widget):
    """Lines of somebody's words, as wide as there is room, as high as they need."""

    DEFAULT_CSS = """
    Reading { width: 1fr; height: auto; }
    """
    can_focus = False

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        """The text as it was said; `show` puts another in its place."""
        super().__init__(id=id, classes=classes)
        self._text = text

    def show(self, text: str) -> None:
        """Shows another text."""
        self._text = text
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines it needs in so many cells."""
        del container, viewport
        return len(wrap(self._text, max(2, width)))

    def render(self) -> Content:
        """The lines; where there is no room for all of them the last one that has shows that there are more."""
        width, height = max(2, self.content_size.width), self.content_size.height
        lines = wrap(self._text, width)
        if 0 < height < len(lines):
            lines = [*lines[: height - 1], crop(f"{lines[height - 1]}{ELLIPSIS}", width)]
        return Content("\n".join(lines))
