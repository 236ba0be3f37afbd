"""Backups beside an open desk: begun when one is due, and what came of them told once on its screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qiantai.case import Case
from qiantai.chain import verify
from qiantai.periods import ZONE
from qiantai.words import NOTHING, Bilingual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..app import DeskApp
    from .automatic import Automatic, Ended

FIRST, EVERY = 3, 5
"""Seconds after the first screen stands, and between two looks whether a backup is due or has ended."""
FAILED = Bilingual("备份没有做成", "No backup was made")
LAST = Bilingual("上一份好的备份:{at}", "The last good one: {at}")
NONE_YET = Bilingual("还没有一份备份", "There is none yet")
BROKEN = Bilingual("经过与封印不符", "A history is not what was sealed")
VERIFY = Bilingual(
    "{which}。什么都没有改动。可行:关了前台运行 qiantai verify",
    "{which}. Nothing was changed. What would do: close the desk and run qiantai verify",
)
SEVERAL = Bilingual("{n} 件事项与封印不符", "{n} cases are not what was sealed")
MADE = Bilingual("第一份备份做好了,与数据同一个盘", "The first backup is made, on the disk that the data is on")
SAME_DISK = Bilingual(
    "可行:在 settings.toml 里用 backup_to 设到另一个盘", "What would do: backup_to in settings.toml, on another disk"
)


class Backing:
    """Looks after the backups of a desk that is open."""

    def __init__(self, app: DeskApp, automatic: Automatic) -> None:
        self._app, self._automatic = app, automatic
        self._told = NOTHING

    def begin(self) -> None:
        """Looks from now on; the first screen goes first."""
        self._app.set_timer(FIRST, self._check)
        self._app.set_interval(EVERY, self.look)

    def changed(self) -> None:
        """Something was kept that the last backup has not."""
        self._automatic.changed = True

    def look(self) -> None:
        """Begins a backup where one is due, and tells what came of one that has ended."""
        ended = self._automatic.ended()
        if ended is not None:
            self._tell(ended)
        elif self._automatic.due():
            self._automatic.begin()

    def _check(self) -> None:
        self.look()
        cases = self._app.desk.store.open_cases()
        self._app.run_worker(lambda: self._verify(cases), thread=True)

    def _verify(self, cases: Sequence[Case]) -> None:
        """Whether the open cases are what was sealed; all others are when a backup is made."""
        found = next((broken for each in cases if (broken := verify(each.history))), None)
        if found is not None:
            self._app.call_from_thread(self._warn, BROKEN, VERIFY.format(which=found.sentence))

    def _tell(self, ended: Ended) -> None:
        good = ended.record.good
        if ended.why is not None:
            at = LAST.format(at=f"{good.at.astimezone(ZONE):%Y-%m-%d %H:%M}") if good else NONE_YET
            self._warn(FAILED, Bilingual(f"{ended.why.zh}\n{at.zh}", f"{ended.why.en}\n{at.en}"))
        elif good is not None and good.breaks:
            self._warn(BROKEN, VERIFY.format(which=SEVERAL.format(n=good.breaks)))
        elif good is not None and ended.first:
            from .making import same_disk  # of no use before there is one

            if same_disk(self._app.site.folder, Path(good.file).parent):
                self._app.notify(SAME_DISK, title=MADE, timeout=12)

    def _warn(self, title: Bilingual, what: Bilingual) -> None:
        """Says it once, however often it comes of it again."""
        if what != self._told:
            self._told = what
            self._app.notify(what, title=title, severity="warning", timeout=30)
