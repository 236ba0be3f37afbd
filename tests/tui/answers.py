"""What is wrong with how a screen answers the mouse, ^P and ^Z."""

from __future__ import annotations

from attrs import define, field

from qiantai_tui.text.words import Language
from tests.tui.called import palette_faults
from tests.tui.desk_driver import Driver
from tests.tui.pointer import looks, pointed_at, targets
from tests.tui.taken_back import undo_faults


@define
class Answers:
    """What has been looked at on a walk already: a screen that offers what another did is not pointed at again."""

    language: Language
    said: tuple[str, ...]
    _known: set[str] = field(factory=set[str])
    _seen: set[object] = field(factory=set[object])

    async def faults(self, desk: Driver) -> list[str]:
        """All that is wrong; the screen may be another afterwards, where ^Z has done what it is for."""
        wrong: list[str] = []
        here = [*targets(desk)]
        if (looked := looks(desk, here)) not in self._seen:
            self._seen.add(looked)
            wrong += [*await pointed_at(desk, here), *await palette_faults(desk, self.language, self.said, self._known)]
        return wrong + await undo_faults(desk)
