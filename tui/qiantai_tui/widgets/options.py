"""A few choices side by side, one or several of them taken: no list to open, one key to decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen
from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from qiantai.words import Bilingual

from ..text.safe import clean
from ..text.words import say
from .laid_once import LaidOnce


@frozen
class Option:
    """One choice: what it stands for, and its words."""

    value: str
    label: Bilingual | str


class Options(LaidOnce, Widget, can_focus=True):
    """Choices that ←→ walks along; with `several` Space takes or leaves one, else where one stands is taken.

    A figure key takes the choice of that place at once. `value` is empty while nothing is taken.
    """

    DEFAULT_CSS = """
    Options { width: 1fr; height: auto; }
    Options > .options--taken { color: $accent; text-style: bold; }
    Options > .options--here { background: $block-cursor-background; text-style: $block-cursor-text-style; }
    Options > .options--left { color: $foreground 75%; }
    """
    COMPONENT_CLASSES = {"options--taken", "options--here", "options--left"}
    BINDINGS = [
        Binding("left", "walk(-1)", "上一个", show=False),
        Binding("right", "walk(1)", "下一个", show=False),
        Binding("space", "take", "选定", show=False),
    ]

    taken: var[tuple[str, ...]] = var((), init=False)
    here: var[int] = var(0, init=False)

    class Changed(Message):
        """Other choices were taken."""

        def __init__(self, options: Options) -> None:
            super().__init__()
            self.options = options

        @property
        def control(self) -> Options:
            """The choices."""
            return self.options

    def __init__(
        self,
        options: Iterable[Option],
        *,
        taken: Sequence[str] = (),
        several: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`taken` are the values taken from the start."""
        super().__init__(id=id, classes=classes)
        self._options, self._several = tuple(options), several
        values = [each.value for each in self._options]
        self.set_reactive(Options.taken, tuple(each for each in taken if each in values))
        self.set_reactive(Options.here, values.index(self.taken[0]) if self.taken else 0)

    @property
    def value(self) -> str:
        """The value taken, empty for none; of several the first."""
        return self.taken[0] if self.taken else ""

    def load(self, values: Iterable[str]) -> None:
        """Takes these, those that are there."""
        known = [each.value for each in self._options]
        self.taken = tuple(each for each in values if each in known)
        if self.taken:
            self.here = known.index(self.taken[0])

    def offer(self, options: Iterable[Option]) -> None:
        """Puts other choices up; what was taken stays where it is still there."""
        self._options = tuple(options)
        self.taken = tuple(each for each in self.taken if each in [one.value for one in self._options])
        self.here = 0
        self.refresh(layout=True)

    def watch_taken(self) -> None:
        """Tells who is listening."""
        self.refresh()
        self.post_message(self.Changed(self))

    def watch_here(self) -> None:
        """Shows where it stands."""
        self.refresh()

    def action_walk(self, steps: int) -> None:
        """To the next choice, which is taken where there is but one to take; the first key takes the first."""
        if not self._options:
            return
        if self._several:
            self.here = (self.here + steps) % len(self._options)
        else:
            start = self.here if self.taken else (-1 if steps > 0 else 0)
            self._decide((start + steps) % len(self._options))

    def action_take(self) -> None:
        """Takes or leaves the choice under the cursor; of two, takes the other."""
        if not self._several:
            self.action_walk(1)
        elif self._options:
            self._decide(self.here)

    def on_key(self, event: Key) -> None:
        """A figure takes the choice of its place."""
        if event.character and event.character in "123456789" and int(event.character) <= len(self._options):
            event.stop()
            self._decide(int(event.character) - 1)

    def _decide(self, place: int) -> None:
        self.here, value = place, self._options[place].value
        if not self._several:
            self.taken = (value,)
        elif value in self.taken:
            self.taken = tuple(each for each in self.taken if each != value)
        else:
            self.taken = (*self.taken, value)

    def _parts(self) -> list[str]:
        signs = ("✓ ", "· ") if self._several else ("● ", "○ ")
        return [
            f"{signs[each.value not in self.taken]}{clean(say(each.label)).replace(' ', chr(0xA0))}"
            for each in self._options
        ]

    def _placed(self, width: int) -> list[tuple[int, int, str]]:
        """Of each choice its line, its first cell and its words."""
        placed: list[tuple[int, int, str]] = []
        line = at = 0
        for text in self._parts():
            if at and at + cell_len(text) > width:
                line, at = line + 1, 0
            placed.append((line, at, text))
            at += cell_len(text) + 2
        return placed

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines it needs in so many cells."""
        del container, viewport
        placed = self._placed(max(1, width))
        return placed[-1][0] + 1 if placed else 1

    def render(self) -> Content:
        """The choices, the taken ones marked by a sign too."""
        lines: list[Content] = []
        for place, (line, at, text) in enumerate(self._placed(max(1, self.content_size.width))):
            part = "taken" if self._options[place].value in self.taken else "left"
            shown = Content.styled(text, self.get_visual_style(f"options--{part}", partial=True))
            if self.has_focus and place == self.here:
                shown = shown.stylize(self.get_visual_style("options--here", partial=True))
            if line == len(lines):
                lines.append(shown)
            else:
                lines[line] = Content.assemble(lines[line], " " * (at - lines[line].cell_length), shown)
        return Content("\n").join(lines)

    def on_click(self, event: Click) -> None:
        """Takes what was clicked."""
        offset = event.get_content_offset(self)
        if offset is None or event.chain > 1:
            return
        for place, (line, at, text) in enumerate(self._placed(max(1, self.content_size.width))):
            if offset.y == line and at <= offset.x < at + cell_len(text):
                self._decide(place)
