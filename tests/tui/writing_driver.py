"""A rehearsal under a trainer's hands: the program that edits one file, and what its screen says."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from qiantai.requests import REQUESTS
from qiantai_scenarios.making.fresh import fresh
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.line_table import LineTable
from qiantai_tui.writing.app import WritingApp
from qiantai_tui.writing.screen import WritingScreen
from qiantai_tui.writing.source import Source
from tests.tui.hands import Hands
from tests.tui.waiting import gathered, until

MONDAY = date(2026, 11, 23)


def leak(folder: Path, name: str = "leak", language: str = "zh") -> Path:
    """A rehearsal as it is begun."""
    file = folder / f"{name}.toml"
    file.write_text(fresh("repair", name, MONDAY, language), encoding="utf-8")
    return file


class Trainer(Hands[WritingApp]):
    """Who writes it."""

    def __init__(self, app: WritingApp, pilot: Pilot[int], file: Path) -> None:
        super().__init__(app, pilot)
        self.file = file

    @property
    def writing(self) -> WritingScreen:
        """The screen with the file, whatever stands over it."""
        return next(each for each in self.app.screen_stack if isinstance(each, WritingScreen))

    @property
    def text(self) -> str:
        """The rehearsal as it is written now."""
        return self.writing.work.text

    @property
    def saved(self) -> str:
        """The rehearsal on the disk."""
        return self.file.read_text(encoding="utf-8")

    @property
    def told(self) -> str:
        """What is to be mended, a line each."""
        found = self.writing.checked
        return "\n".join(each.sentence.zh for each in found.findings) if found else ""

    async def fill(self, text: str) -> None:
        """Puts another text into the field that has the focus."""
        await self.press("home", "ctrl+k")
        await self.type(text)

    async def looked(self) -> None:
        """Waits until what is written now has been checked; toasts that stand over it go."""
        await self.pilot.pause()
        await until(self.pilot, lambda: self.writing.checked_text == self.text)
        await gathered(self.pilot)
        self.app.clear_notifications()
        await self.pilot.pause()

    async def on(self, key: str) -> None:
        """Puts the cursor on a row."""
        assert self.writing.query_one(LineTable).move_to(key), key
        await self.pilot.pause()

    async def write(self, was: str, now: str) -> None:
        """Types in the text: these words in place of those."""
        source = self.writing.query_one(Source)
        assert was in source.text
        source.load_text(source.text.replace(was, now, 1))
        await self.looked()


@asynccontextmanager
async def writing(
    file: Path, *, size: tuple[int, int] = (120, 36), language: Language = "zh", looked: bool = True
) -> AsyncIterator[Trainer]:
    """The file on the screen, checked once."""
    folder = Path(tempfile.mkdtemp())
    app = WritingApp(file, REQUESTS, reports=folder, language=language, drafts=folder / "drafts.json")
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        trainer = Trainer(app, pilot, file)
        if looked:
            await trainer.looked()
        yield trainer
