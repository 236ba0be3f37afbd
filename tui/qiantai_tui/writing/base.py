"""What the parts of the writing screen share: the file in hand, and how a change of it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qiantai.lifecycle import Request
from qiantai_scenarios.making.rows import Row
from qiantai_scenarios.scenario import Scenario

from ..desk_screen import DeskScreen
from .forms import Forms
from .sheet import Work
from .shelf import read


class WritingBase(DeskScreen[None]):
    """One rehearsal that is being written; `playable` is what it was read as when that was last possible."""

    def __init__(self, file: Path, kinds: Mapping[str, Request]) -> None:
        """Raises `SiteError` where the file cannot be read."""
        super().__init__()
        self.work = Work(read(file))
        self.kinds = kinds
        self.playable: Scenario | None = None
        self.rows: dict[str, Row] = {}

    @property
    def in_text(self) -> bool:
        """Whether the text is shown rather than the rows."""
        raise NotImplementedError

    @property
    def here(self) -> Row | None:
        """The row under the cursor, or the one that the line of the text belongs to."""
        raise NotImplementedError

    def written(self, text: str) -> None:
        """Takes another text: shows it, keeps it, and has it checked."""
        self.work.write(text)
        self.show_it()
        self.look()

    def show_it(self) -> None:
        """Shows the text as it is now."""
        raise NotImplementedError

    def entitle_it(self) -> None:
        """Says which file it is, and whether it is saved."""
        raise NotImplementedError

    def look(self) -> None:
        """Has the text checked, a moment after the last change."""
        raise NotImplementedError

    def go_to_line(self, line: int, column: int = 1) -> None:
        """Puts the cursor on a line of the text, or on the row that it belongs to."""
        raise NotImplementedError

    def go_to_text(self, line: int, column: int = 1) -> None:
        """To a line of the text, which is shown where the rows were."""
        raise NotImplementedError

    def forms(self) -> Forms:
        """The forms of the text as it is now."""
        return Forms(self.work.sheet.file.stem, self.work.text, self.kinds, self.playable)
