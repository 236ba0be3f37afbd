"""Asks for a backup and, where it is sealed, its passphrase, and makes the site that is in it."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.widget import Widget
from textual.widgets import Input, Static

from qiantai import StoreError, label
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..sites.files import SiteError
from ..text.safe import safe
from ..text.words import say
from ..widgets.entry import Entry
from ..widgets.reading import Reading
from .frame import FIELD_BY_FIELD, Framed

FILE = Bilingual("备份文件(全路径)", "File of the backup (its whole path)")
PHRASE = Bilingual("口令(没有加密就不填)", "Passphrase (none where it is not sealed)")
WHERE = Bilingual("恢复到 {folder}", "It is restored into {folder}")
NO_FILE = Bilingual("填上备份文件的路径", "Give the path of the backup")
RESTORING = Bilingual("正在恢复并核对……", "Restoring, and reading it back…")
MOST = 1000


class RestoreForm(Framed[Path | None]):
    """Gives the folder of the site that was restored, None where it was left."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("restore", Bilingual("恢复并开始", "Restore and begin"), "f10,ctrl+s", footer=10),
        Action("leave", Bilingual("返回", "Back"), "escape", footer=90),
    )
    BINDINGS = [*bound(ACTIONS), *FIELD_BY_FIELD]
    CSS_PATH = "../screens/first_run.tcss"
    title_words = label("screens", "restore")
    ABOUT = Bilingual(
        "备份是 .jsonl.gz 或 .age 文件,在数据文件夹旁边或 backup_to 所设的地方;逐条核对,不完整就什么都不写。",
        "A backup is a .jsonl.gz or .age file, beside the data's folder or where backup_to says. Each line is checked; "
        "where it is not whole nothing is written.",
    )

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder, self._busy = folder, False

    def content(self) -> Iterable[Widget]:
        """The two fields."""
        yield Static(safe(say(FILE)))
        yield Entry(most=MOST, compact=True, id="file")
        yield Static(safe(say(PHRASE)))
        yield Entry(most=MOST, compact=True, id="phrase", password=True)
        yield Reading(say(WHERE.format(folder=self._folder)), id="where")
        yield Static("", id="wrong")

    def on_mount(self) -> None:
        """Begins with the file."""
        self.query_one("#file").focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """Enter goes on from the file to the passphrase, and from there restores."""
        if event.input.id == "file":
            self.query_one("#phrase").focus()
        else:
            self.action_restore()

    def action_restore(self) -> None:
        """Restores it."""
        given = self.query_one("#file", Entry).value.strip().strip("\"'")
        if not given:
            self._tell(NO_FILE)
            self.query_one("#file").focus()
        elif not self._busy:
            self._busy = True
            self._tell(RESTORING)
            self.run_worker(self._restore(Path(given).expanduser()), exclusive=True)

    async def _restore(self, file: Path) -> None:
        from ..backups.reading import open_export
        from ..backups.restoring import take_in
        from ..backups.sealing import Sealing

        sealing = Sealing(phrase=self.query_one("#phrase", Entry).value)
        try:
            await to_thread(lambda: take_in(open_export(file, sealing), self._folder))
            self.dismiss(self._folder)
        except (SiteError, StoreError) as error:
            self._tell(error.why)
        finally:
            self._busy = False

    def _tell(self, words: Bilingual) -> None:
        self.query_one("#wrong", Static).update(safe(say(words), lines=True))

    def action_leave(self) -> None:
        """Back to the choice."""
        self.dismiss(None)
