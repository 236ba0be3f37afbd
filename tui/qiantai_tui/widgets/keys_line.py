"""The keys at the foot of a dialog, each with what it does; a click does it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from rich.cells import cell_len
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from ..actions import at_hand
from ..text.safe import clean
from .laid_once import LaidOnce

_APART = 3


@frozen
class Foot:
    """A key as it is shown, what it does, and the id of the action; empty where it is the field's own key."""

    key: str
    words: str
    action: str = ""


class KeysLine(LaidOnce, Static):
    """One line of them."""

    def __init__(self, feet: Sequence[Foot], *, id: str | None = None) -> None:
        super().__init__(self._content(feet), id=id)
        self.feet = tuple(feet)

    def show(self, feet: Sequence[Foot]) -> None:
        """Shows others."""
        if tuple(feet) != self.feet:
            self.feet = tuple(feet)
            self.update(self._content(feet))

    @staticmethod
    def _content(feet: Sequence[Foot]) -> Content:
        parts: list[str | tuple[str, str]] = []
        for each in feet:
            parts += [(each.key, "$accent bold"), f" {clean(each.words)}{' ' * _APART}"]
        return Content.assemble(*parts)

    def place(self, foot: Foot) -> tuple[int, int]:
        """The first cell of one, and the cell after its last."""
        begins = sum(_wide(each) + _APART for each in self.feet[: self.feet.index(foot)])
        return begins, begins + _wide(foot)

    async def on_click(self, event: Click) -> None:
        """Does what was clicked, once."""
        offset = event.get_content_offset(self)
        for each in self.feet if offset is not None and event.chain == 1 else ():
            begins, ends = self.place(each)
            owner = next(((node, action) for node, action in at_hand(self.screen) if action.id == each.action), None)
            if offset is not None and begins <= offset.x < ends and owner is not None:
                await self.app.run_action(owner[1].action, owner[0])
                return


def _wide(foot: Foot) -> int:
    return cell_len(foot.key) + 1 + cell_len(clean(foot.words))
