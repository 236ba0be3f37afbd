"""How a rehearsal that is written gets onto the disk, and what is asked where somebody else writes it too."""

from __future__ import annotations

from qiantai.words import Bilingual

from ..dialogs.choose import ChooseDialog, Item
from ..sites.files import SiteError
from ..text.words import say
from ..widgets.rows import Column
from .base import WritingBase
from .shelf import read

SAVED = Bilingual("保存了:{file}", "Saved: {file}")
CHANGED_OUTSIDE = Bilingual("文件被别人改过,已换成新的", "Somebody changed the file: it is shown as it is now")
ALSO_CHANGED = Bilingual("文件被别人改过;保存时会先问您", "Somebody changed the file; saving will ask you first")
LEAVE = Bilingual("改过的还没有保存", "What you changed is not saved")
LEAVING = {
    "save": Bilingual("保存", "Save it"),
    "drop": Bilingual("不要这次改的", "Let go of the changes"),
    "stay": Bilingual("接着改", "Go on"),
}
BOTH = Bilingual("文件被别人改过,怎么办?", "Somebody changed the file. What now?")
OF_BOTH = {
    "mine": Bilingual("存我的(别人的留一份在旁边)", "Save mine (the other one is kept beside)"),
    "theirs": Bilingual("换成文件里的(^Z 可回来)", "Take the file's (^Z comes back)"),
    "stay": Bilingual("先不存", "Save nothing yet"),
}
_ONE = (Column(Bilingual("", ""), 30, flex=1),)


class Saving(WritingBase):
    """Nothing is overwritten and nothing let go of without a question."""

    _told_of: str | None = None

    def look_at_the_file(self) -> None:
        """Notices what somebody else has written: takes it where nothing here is lost by that, else says so once."""
        if not self.work.sheet.changed:
            return
        try:
            there = read(self.work.sheet.file)
        except SiteError:
            return
        if not self.work.unsaved:
            self.work.reload()
            self._told_of = there.mark
            self.show_it()
            self.look()
            self.program.notify(CHANGED_OUTSIDE)
        elif there.mark != self._told_of:
            self._told_of = there.mark
            self.program.notify(ALSO_CHANGED, severity="warning", timeout=10)

    def action_save(self) -> None:
        """Saves it; where somebody else has written the file meanwhile, asks first."""
        if self.work.sheet.changed:
            items = [Item(key, (say(words),)) for key, words in OF_BOTH.items()]
            self.app.push_screen(ChooseDialog(BOTH, _ONE, items), self._settle)
            return
        self._save()

    def _settle(self, chosen: str | None) -> None:
        match chosen:
            case "mine":
                self._save()
            case "theirs":
                self.work.reload()
                self.show_it()
                self.look()
            case _:
                """Nothing is saved."""

    def _save(self) -> bool:
        try:
            self.work.save()
        except SiteError as error:
            self.program.notify(error.why, severity="error")
            return False
        self._told_of = self.work.sheet.mark
        self.entitle_it()
        self.program.notify(SAVED.format(file=self.work.sheet.file.name))
        return True

    def action_leave(self) -> None:
        """Leaves; what is not saved is asked about."""
        if not self.work.unsaved:
            self.work.drop()
            self.dismiss(None)
            return
        items = [Item(key, (say(words),)) for key, words in LEAVING.items()]
        self.app.push_screen(ChooseDialog(LEAVE, _ONE, items), self._leaving)

    def _leaving(self, chosen: str | None) -> None:
        match chosen:
            case "save" if self.work.sheet.changed:
                self.action_save()
            case "save":
                if self._save():
                    self.dismiss(None)
            case "drop":
                self.work.drop()
                self.dismiss(None)
            case _:
                """Goes on."""
