"""The program that edits one rehearsal by itself: nothing of a site is opened."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

from qiantai.desk import now
from qiantai.lifecycle import Request
from qiantai.people import Person
from qiantai.words import Bilingual
from qiantai_scenarios.scenario import Scenario

from ..actions import Action, bound
from ..dialogs.help import HelpDialog
from ..preferences import NOTHING_TAKEN, Taken
from ..program.base import BaseApp
from ..sites.draft_book import DraftBook
from ..sites.files import PRIVATE_FOLDER, home, reports_folder
from ..text.words import Language
from .screen import WritingScreen

DRAFTS = "writing.json"


class WritingApp(BaseApp):
    """Ends when the file is left, or for it to be played: then `to_try` is what to play."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (Action("help", Bilingual("帮助", "Help"), "f1", footer=80, priority=True),)
    BINDINGS = bound(ACTIONS)

    def __init__(
        self,
        file: Path,
        kinds: Mapping[str, Request],
        *,
        reports: Path,
        language: Language = "zh",
        drafts: Path | None = None,
        said: Bilingual | None = None,
    ) -> None:
        """`drafts` is the file of what was left unfinished in forms; `said` is told at the start."""
        super().__init__(clock=now, reports=reports, language=language)
        self.drafts = DraftBook(drafts)
        self.to_try: Scenario | None = None
        self._file, self._kinds, self._told = file, kinds, said
        self.person: Person | None = None

    def on_mount(self) -> None:
        """Shows the file."""
        self.tell_wrong()
        self.push_screen(WritingScreen(self._file, self._kinds), lambda _: self.exit(0))
        if self._told is not None:
            self.notify(self._told, timeout=10)

    def action_help(self) -> None:
        """Explains what has the focus."""
        self.push_screen(HelpDialog())

    def try_out(self, scenario: Scenario, file: Path) -> None:
        """Ends for the rehearsal to be played."""
        del file
        self.to_try = scenario
        self.exit(0)


def write(
    file: Path,
    kinds: Mapping[str, Request],
    *,
    language: Language = "zh",
    taken: Taken = NOTHING_TAKEN,
    said: Bilingual | None = None,
) -> int:
    """Edits a file on the terminal, and plays it in between as often as that is asked for; gives the exit code."""
    from ..room.trying import rehearsed

    folder = home()
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    while True:
        app = WritingApp(file, kinds, reports=reports_folder(), language=language, drafts=folder / DRAFTS, said=said)
        app.settle(taken)
        app.run()
        if app.to_try is None:
            return app.return_code or 0
        rehearsed(app.to_try, language, taken)
        said = None
